//! The order of messages, and what the operator may do with one.

use crate::program::{Program, number};
use crate::stage::{Played, Stage};
use rand::RngExt as _;
use recado::domain::message::{Message, MessageState, ReasonKind};
use recado::domain::{AccountId, MessageId, ThreadEntry};
use recado::engine::{Answer, Notice, OutboxCommand, Question};
use recado::simulator::{Endpoint, Fault, Times};
use std::collections::BTreeMap;
use std::time::Duration;

#[test]
fn each_person_gets_messages_in_the_order_they_were_written() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut random = stage.random();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let unclear = [
        Fault::ResetAfterReading,
        Fault::Empty,
        Fault::HtmlInstead,
        Fault::CloseBeforeReading,
        Fault::HttpStatus {
            status: 503,
            retry_after: None,
        },
    ];
    for _ in 0..12 {
        let fault = unclear[random.random_range(0..unclear.len())].clone();
        gateway.fault(Endpoint::Send, fault, Times::ONCE, Some(random.random_bool(0.5)));
        // One that strikes nothing, so that the faults are spread.
        let pass = Fault::Delay(Duration::ZERO);
        gateway.fault(Endpoint::Send, pass, Times::Next(random.random_range(1..4)), None);
    }
    let mut written: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut ids = Vec::new();
    for index in 0..60 {
        let to = number(random.random_range(0..6));
        let message = program.send_one(account, &to, &format!("{index}"));
        written.entry(to).or_default().push(message.client_id.to_string());
        ids.push(message.id);
    }
    for id in ids {
        program.until_state(id, MessageState::Accepted);
    }
    gateway.wait_until_drained();
    gateway.assert_nothing_doubled();
    let mut got: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for message in gateway.ledger.sendings() {
        got.entry(message.to).or_default().push(message.client_id);
    }
    assert_eq!(got, written);
}

#[test]
fn one_send_is_under_way_at_a_time() {
    const SLOW: Duration = Duration::from_millis(60);
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.fault(Endpoint::Send, Fault::Delay(SLOW), Times::Always, None);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let to: Vec<String> = (0..12).map(number).collect();
    let to: Vec<&str> = to.iter().map(String::as_str).collect();
    for message in program.send(account, &to, "Oi") {
        program.until_state(message.id, MessageState::Accepted);
    }
    let mut times: Vec<Duration> = gateway
        .ledger
        .all_requests()
        .iter()
        .filter(|request| request.endpoint == Some(Endpoint::Send))
        .map(|request| request.at)
        .collect();
    assert_eq!(times.len(), 12);
    times.sort();
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= SLOW, "two at once: {pair:?}");
    }
}

#[test]
fn a_paused_account_sends_nothing_and_goes_on_later() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.pause(account, true);
    let message = program.send_one(account, &number(1), "Oi");
    let view = program.until(account, "held", |view| {
        view.held.is_some() && view.outbox.queued == 1
    });
    assert_eq!(view.held.unwrap().kind, ReasonKind::Paused);
    assert_eq!(program.message(message.id).attempts, 0);
    assert_eq!(gateway.sends(), 0);
    // Says so at once, not when the attempt has ended.
    gateway.fault(
        Endpoint::Send,
        Fault::Delay(Duration::from_secs(1)),
        Times::ONCE,
        None,
    );
    program.pause(account, false);
    let view = program.until(account, "under way", |view| view.outbox.in_flight == 1);
    assert_eq!(view.held, None);
    program.until_state(message.id, MessageState::Accepted);
    let view = program.until(account, "counted", |view| view.outbox.accepted == 1);
    assert_eq!((view.outbox.queued, view.outbox.in_flight), (0, 0));
}

fn too_late(program: &mut Program, id: MessageId) {
    program.notices.clear();
    program.outbox(OutboxCommand::Cancel(id));
    program.until_notice("too late", |notice| *notice == Notice::TooLate(id));
}

#[test]
fn only_what_cannot_have_left_is_taken_back() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.pause(account, true);
    let waiting = program.send_one(account, &number(1), "Oi").id;
    program.outbox(OutboxCommand::Cancel(waiting));
    let cancelled = program.until_state(waiting, MessageState::Cancelled);
    assert_eq!(cancelled.reason.unwrap().kind, ReasonKind::CancelledByOperator);
    too_late(&mut program, waiting);

    gateway.fault(
        Endpoint::Send,
        Fault::Delay(Duration::from_millis(700)),
        Times::ONCE,
        None,
    );
    program.pause(account, false);
    let under_way = program.send_one(account, &number(2), "Oi").id;
    program.until_state(under_way, MessageState::InFlight);
    too_late(&mut program, under_way);
    program.until_state(under_way, MessageState::Accepted);
    too_late(&mut program, under_way);

    gateway.fault(Endpoint::Send, Fault::Empty, Times::Always, None);
    let unclear = program.send_one(account, &number(3), "Oi").id;
    program.until_message(unclear, "unclear", |message| {
        message.first_unclear_at.is_some() && message.state == MessageState::Queued
    });
    program.pause(account, true);
    program.until_message(unclear, "rests", |message| message.state == MessageState::Queued);
    too_late(&mut program, unclear);
    assert_eq!(gateway.control.read(|state| state.ledger().messages().len()), 2);
}

#[test]
fn a_waiting_message_can_be_tried_now() {
    let stage = Stage::new();
    let mut gone = stage.gateway();
    gone.stop();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gone);
    let id = program.send_one(account, &number(1), "Oi").id;
    let waits = program.until_message(id, "waits long", |message| {
        message.attempts >= 2 && message.state == MessageState::Queued
    });
    let _back = stage.gateway_with(|config| config.port = gone.port);
    program.outbox(OutboxCommand::Retry(id));
    let accepted = program.until_state(id, MessageState::Accepted);
    assert!(accepted.attempts > waits.attempts);
    program.notices.clear();
    program.outbox(OutboxCommand::Retry(id));
    program.until_notice("too late", |notice| *notice == Notice::TooLate(id));
}

/// A message whose outcome is unknown: the gateway says that it knows an identifier it has never seen.
fn unknown_message(program: &mut Program, gateway: &Played, account: AccountId) -> Message {
    gateway.fault(
        Endpoint::Send,
        Fault::WrongErro("ID da mensagem repetido".to_owned()),
        Times::ONCE,
        None,
    );
    let id = program.send_one(account, &number(7), "Oi").id;
    program.until_state(id, MessageState::Unknown)
}

#[test]
fn the_operator_says_that_it_arrived() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let unknown = unknown_message(&mut program, &gateway, account);
    program.outbox(OutboxCommand::Arrived(unknown.id));
    let delivered = program.until_state(unknown.id, MessageState::Delivered);
    assert_eq!(delivered.reason.unwrap().kind, ReasonKind::ConfirmedByOperator);
    program.outbox(OutboxCommand::Arrived(unknown.id));
    program.until_notice("too late", |notice| *notice == Notice::TooLate(unknown.id));
    program.until(account, "counted", |view| {
        view.outbox.unknown == 0 && view.outbox.delivered == 1
    });
}

#[test]
fn sent_again_it_is_a_new_message_and_only_one() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let unknown = unknown_message(&mut program, &gateway, account);
    // Two clicks.
    program.outbox(OutboxCommand::SendAgain(unknown.id));
    program.outbox(OutboxCommand::SendAgain(unknown.id));
    program.until_notice("one copy only", |notice| *notice == Notice::TooLate(unknown.id));
    let entries = program.thread(unknown.conversation);
    let thread: Vec<&Message> = entries.iter().filter_map(ThreadEntry::outgoing).collect();
    assert_eq!(thread.len(), 2);
    assert_eq!(thread[0].state, MessageState::Unknown);
    assert_ne!(thread[0].client_id, thread[1].client_id);
    assert_eq!((&thread[0].text, &thread[0].to), (&thread[1].text, &thread[1].to));
    let copy = program.until_state(thread[1].id, MessageState::Accepted);
    gateway.wait_until_drained();
    assert_eq!(gateway.ledger.sent_count(copy.client_id.as_str()), 1);
    program.until(account, "dealt with", |view| view.outbox.unknown == 0);
}

#[test]
fn a_rejected_message_can_be_put_aside() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.fault(
        Endpoint::Send,
        Fault::WrongErro("Número do whatsapp inválido".to_owned()),
        Times::ONCE,
        None,
    );
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let id = program.send_one(account, &number(1), "Oi").id;
    let rejected = program.until_state(id, MessageState::Rejected);
    assert_eq!(rejected.reason.unwrap().kind, ReasonKind::InvalidRecipient);
    program.until(account, "a problem", |view| view.outbox.rejected == 1);
    program.outbox(OutboxCommand::PutAside(id));
    program.until(account, "no problem", |view| view.outbox.rejected == 0);
    let Answer::History(steps) = program.ask(Question::History(id)) else {
        panic!()
    };
    let states: Vec<_> = steps.iter().map(|step| (step.state, step.attempt)).collect();
    assert_eq!(
        states[..3],
        [
            (MessageState::Queued, 0),
            (MessageState::InFlight, 1),
            (MessageState::Rejected, 1)
        ]
    );
    assert!(
        steps[2]
            .raw
            .as_deref()
            .is_some_and(|raw| raw.contains("HTTP 200"))
    );
}
