//! A clean end in the middle of something, and the start after it.

use crate::program::number;
use crate::stage::{Stage, connect_within};
use recado::domain::conversation::{Draft, DraftPlace};
use recado::domain::message::{MessageState, ReasonKind};
use recado::engine::{Answer, Command, ConversationCommand, Question, SHUTDOWN_PATIENCE};
use recado::gateway::http::Timeouts;
use recado::simulator::{Endpoint, Fault, RepeatAnswer, Times};
use std::time::Duration;

#[test]
fn a_send_under_way_is_waited_for() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.fault(
        Endpoint::Send,
        Fault::Delay(Duration::from_secs(1)),
        Times::ONCE,
        None,
    );
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    let messages = program.send(account, &[&number(1), &number(2)], "Oi");
    gateway.wait("the send has arrived", |state| {
        state.ledger().requests_to(Endpoint::Send) == 1
    });
    let took = program.shutdown();
    assert!(took < SHUTDOWN_PATIENCE, "{took:?}");
    assert_eq!(gateway.sends(), 1, "nothing new is begun at the end");
    let mut again = stage.lasting_program();
    let first = again.message(messages[0].id);
    assert_eq!((first.state, first.attempts), (MessageState::Accepted, 1));
    again.until_state(messages[1].id, MessageState::Accepted);
    gateway.wait_until_drained();
    gateway.assert_nothing_doubled();
}

#[test]
fn a_gateway_that_never_answers_does_not_keep_the_program() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.set_repeat_answer(RepeatAnswer::Refused);
    gateway
        .control
        .fault_everywhere(Fault::ProcessThenNever, Times::Always);
    let slow = connect_within(Timeouts::default());
    let mut program = stage.program_with(|options| {
        options.secrets = crate::stage::token_for_all(crate::stage::TOKEN);
        options.connect = slow;
    });
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    gateway.wait("the send and a read have arrived", |state| {
        state.ledger().requests_to(Endpoint::Send) == 1 && state.ledger().requests_to(Endpoint::Status) == 1
    });
    let took = program.shutdown();
    assert!(took < SHUTDOWN_PATIENCE + Duration::from_secs(1), "{took:?}");
    gateway.control.clear_faults();
    // At once, in the same folder.
    let mut again = stage.lasting_program();
    let taken_up = again.message(message.id);
    assert!(
        taken_up.first_unclear_at.is_some() && taken_up.attempts <= 2,
        "{taken_up:?}"
    );
    let Answer::History(steps) = again.ask(Question::History(message.id)) else {
        panic!()
    };
    assert!(steps.iter().any(|step| {
        step.reason
            .as_ref()
            .is_some_and(|reason| reason.kind == ReasonKind::ProgramEnded)
    }));
    let known = again.until_state(message.id, MessageState::Accepted);
    assert!(known.is_inferred());
    gateway.wait_until_drained();
    gateway.assert_nothing_doubled();
    assert_eq!(gateway.ledger.sent_count(message.client_id.as_str()), 1);
}

#[test]
fn what_was_asked_for_just_before_the_end_is_kept() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    program.pause(account, true);
    for index in 0..40 {
        program.begin_send(account, &[&number(index)], "Oi");
    }
    let draft = Draft {
        text: "ainda não".to_owned(),
        ..Draft::default()
    };
    let place = DraftPlace::NewMessage(account);
    program.command(Command::Conversation(ConversationCommand::KeepDraft(
        place,
        draft.clone(),
    )));
    program.shutdown();
    let mut again = stage.lasting_program();
    assert_eq!(again.account_view(account).outbox.queued, 40);
    let Answer::Drafts(drafts) = again.ask(Question::Drafts(account)) else {
        panic!()
    };
    assert_eq!(drafts, [(place, draft)]);
}
