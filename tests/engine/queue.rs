//! The vendor's own queue: clearing it, and the delay between its messages.

use crate::program::{Program, number};
use crate::stage::{Played, Stage, TOKEN, connect_within, token_for_all};
use recado::domain::AccountId;
use recado::domain::message::{Message, MessageState, ReasonKind};
use recado::engine::{Answer, CallError, CallErrorKind, OutboxCommand};
use recado::gateway::DelayChange;
use recado::gateway::http::Timeouts;
use recado::simulator::{Endpoint, Fault, Times};
use std::time::Duration;

fn begin_clear(program: &mut Program, account: AccountId) -> recado::engine::Ticket {
    let ticket = program.ticket();
    program.outbox(OutboxCommand::ClearGatewayQueue { ticket, account });
    ticket
}

fn clear(program: &mut Program, account: AccountId) -> Result<(u64, usize), CallError> {
    let ticket = begin_clear(program, account);
    match program.answer(ticket) {
        Answer::QueueCleared(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn three_accepted(program: &mut Program, gateway: &Played, account: AccountId) -> Vec<Message> {
    gateway.control.hold_queue(true);
    let messages = program.send(account, &[&number(1), &number(2), &number(3)], "Oi");
    for message in &messages {
        program.until_state(message.id, MessageState::Accepted);
    }
    messages
}

#[test]
fn what_was_accepted_is_unknown_after_the_queue_was_cleared() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    assert_eq!(clear(&mut program, account), Ok((0, 0)));
    let messages = three_accepted(&mut program, &gateway, account);
    program.until(account, "counted", |view| view.outbox.accepted == 3);
    assert_eq!(clear(&mut program, account), Ok((3, 3)));
    for message in &messages {
        let unknown = program.message(message.id);
        assert_eq!(unknown.state, MessageState::Unknown);
        assert_eq!(unknown.reason.unwrap().kind, ReasonKind::QueueCleared);
    }
    let view = program.until(account, "counted and read again", |view| {
        view.outbox.unknown == 3
            && view
                .health
                .queue_length
                .as_ref()
                .is_some_and(|read| read.value == 0)
    });
    assert_eq!(view.outbox.accepted, 0);
    assert!(gateway.ledger.messages().iter().all(|message| message.cleared));
}

#[test]
fn an_empty_queue_makes_nothing_uncertain() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    program.until_state(message.id, MessageState::Accepted);
    gateway.wait_until_drained();
    assert_eq!(clear(&mut program, account), Ok((0, 0)));
    assert_eq!(program.message(message.id).state, MessageState::Accepted);
}

#[test]
fn a_clearing_without_a_clear_answer_counts_as_one() {
    let unclear = [
        Fault::ResetAfterReading,
        Fault::ProcessThenNever,
        Fault::Empty,
        Fault::HtmlInstead,
    ];
    let stage = Stage::new();
    let mut program = stage.program();
    for (index, fault) in unclear.into_iter().enumerate() {
        let gateway = stage.gateway();
        let account = program.add_account(&format!("Loja {index}"), &gateway);
        let messages = three_accepted(&mut program, &gateway, account);
        gateway.fault(Endpoint::ClearQueue, fault.clone(), Times::ONCE, None);
        assert!(clear(&mut program, account).is_err(), "{fault:?}");
        for message in &messages {
            assert_eq!(
                program.message(message.id).state,
                MessageState::Unknown,
                "{fault:?}"
            );
        }
    }
}

#[test]
fn a_refused_clearing_changes_nothing() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let messages = three_accepted(&mut program, &gateway, account);
    let no = Fault::WrongErro("Função indisponível".to_owned());
    gateway.fault(Endpoint::ClearQueue, no, Times::ONCE, None);
    assert_eq!(
        clear(&mut program, account).unwrap_err().kind,
        CallErrorKind::Refused
    );
    for message in &messages {
        assert_eq!(program.message(message.id).state, MessageState::Accepted);
    }
}

#[test]
fn clearing_waits_for_the_send_under_way() {
    const SLOW: Duration = Duration::from_millis(800);
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.hold_queue(true);
    gateway.fault(Endpoint::Send, Fault::Delay(SLOW), Times::ONCE, None);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    gateway.wait("the send has arrived", |state| {
        state.ledger().requests_to(Endpoint::Send) == 1
    });
    assert_eq!(clear(&mut program, account), Ok((1, 1)));
    assert_eq!(program.message(message.id).state, MessageState::Unknown);
    let requests = gateway.ledger.all_requests();
    let at = |endpoint| {
        requests
            .iter()
            .find(|request| request.endpoint == Some(endpoint))
            .unwrap()
            .at
    };
    assert!(at(Endpoint::ClearQueue) >= at(Endpoint::Send) + SLOW);
}

#[test]
fn a_clearing_is_written_down_though_the_program_ends() {
    for answers in [true, false] {
        let stage = Stage::new();
        let gateway = stage.gateway();
        let mut program = stage.program_with(|options| {
            options.secrets = token_for_all(TOKEN);
            // Longer than the end of the program waits.
            options.connect = connect_within(Timeouts::default());
        });
        let account = program.add_account("Loja", &gateway);
        let messages = three_accepted(&mut program, &gateway, account);
        let fault = if answers {
            Fault::Delay(Duration::from_millis(500))
        } else {
            Fault::ProcessThenNever
        };
        gateway.fault(Endpoint::ClearQueue, fault, Times::ONCE, None);
        begin_clear(&mut program, account);
        gateway.wait("cleared", |state| {
            state.ledger().requests_to(Endpoint::ClearQueue) == 1
        });
        program.shutdown();
        let mut again = stage.lasting_program();
        for message in &messages {
            assert_eq!(again.message(message.id).state, MessageState::Unknown);
        }
    }
}

#[test]
fn the_delay_is_set_and_remembered() {
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| config.delay_secs = 7);
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    assert_eq!(program.account_view(account).account.delay_secs, None);
    let ticket = program.ticket();
    program.outbox(OutboxCommand::SetDelay {
        ticket,
        account,
        secs: 3,
    });
    let answer = program.answer(ticket);
    let Answer::DelaySet(Ok(change)) = answer else {
        panic!("{answer:?}")
    };
    assert_eq!(
        change,
        DelayChange {
            previous_secs: Some(7),
            current_secs: Some(3)
        }
    );
    assert_eq!(program.account_view(account).account.delay_secs, Some(3));
    assert_eq!(gateway.control.read(|state| state.delay_secs()), 3);
    program.shutdown();
    let again = stage.lasting_program();
    assert_eq!(again.account_view(account).account.delay_secs, Some(3));
}
