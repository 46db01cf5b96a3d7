//! What waits, what for, and what ends it.

use crate::program::number;
use crate::stage::{Stage, TOKEN, draft};
use recado::domain::Connection;
use recado::domain::message::{MessageState, ReasonKind};
use recado::domain::time::{Clock, Timestamp};
use recado::engine::{Notice, OutboxCommand};
use recado::simulator::{Endpoint, Fault, RepeatAnswer, Times};
use std::time::Duration;

const START: Timestamp = Timestamp(1_790_000_000_000);

fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(minutes * 60)
}

#[test]
fn a_known_identifier_means_accepted_until_nothing_confirms_it() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.set_repeat_answer(RepeatAnswer::Refused);
    gateway.fault(Endpoint::Send, Fault::ResetAfterReading, Times::ONCE, None);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    let unclear = program.until_message(message.id, "unclear", |message| {
        message.first_unclear_at.is_some()
    });
    assert_eq!((unclear.state, unclear.attempts), (MessageState::Queued, 1));
    assert_eq!(unclear.reason.unwrap().kind, ReasonKind::ConnectionLost);
    clock.advance(Duration::from_secs(3));
    program.wake(account);
    let known = program.until_state(message.id, MessageState::Accepted);
    assert!(known.is_inferred() && known.attempts == 2, "{known:?}");
    clock.advance(minutes(9));
    assert!(program.message(message.id).is_inferred());
    clock.advance(minutes(2));
    let unknown = program.until_state(message.id, MessageState::Unknown);
    assert_eq!(unknown.reason.unwrap().kind, ReasonKind::NotConfirmed);
    program.until_notice("told", |notice| {
        matches!(notice, Notice::Problem(id, reason) if *id == message.id && reason.kind == ReasonKind::NotConfirmed)
    });
    assert_eq!(gateway.ledger.sent_count(message.client_id.as_str()), 1);
    assert_eq!(program.account_view(account).outbox.unknown, 1);
}

#[test]
fn after_an_hour_without_a_clear_answer_it_is_unknown() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.fault(Endpoint::Send, Fault::HtmlInstead, Times::Always, Some(true));
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    for attempts in 1..=4 {
        let waits = program.until_message(message.id, "repeated", |message| {
            message.attempts == attempts && message.state == MessageState::Queued
        });
        assert_eq!(waits.first_unclear_at, Some(START));
        clock.advance(minutes(14));
        program.wake(account);
    }
    program.until_message(message.id, "repeated", |message| {
        message.attempts == 5 && message.state == MessageState::Queued
    });
    clock.advance(minutes(5));
    program.wake(account);
    let unknown = program.until_state(message.id, MessageState::Unknown);
    assert_eq!(unknown.attempts, 6);
    gateway.assert_nothing_doubled();
    assert_eq!(gateway.ledger.requests(message.client_id.as_str()), 6);
}

#[test]
fn a_gateway_that_comes_back_gets_what_waited() {
    let stage = Stage::new();
    let mut gone = stage.gateway();
    gone.stop();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gone);
    let messages = program.send(account, &[&number(1), &number(2)], "Oi");
    for message in &messages {
        let waits = program.until_message(message.id, "tried", |message| {
            message.attempts >= 1 && message.state == MessageState::Queued
        });
        assert_eq!(waits.reason.unwrap().kind, ReasonKind::NoConnection);
        assert_eq!(waits.first_unclear_at, None);
    }
    program.until(account, "not reached", |view| {
        view.health.connection == Connection::GatewayUnreachable
    });
    let back = stage.gateway_with(|config| config.port = gone.port);
    for message in &messages {
        program.until_state(message.id, MessageState::Accepted);
    }
    back.wait_until_drained();
    back.assert_nothing_doubled();
    assert_eq!(back.control.read(|state| state.sent_total()), 2);
}

#[test]
fn a_used_up_limit_holds_the_queue_until_it_is_time() {
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| config.daily_limit = 1);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    let first = program.send_one(account, &number(1), "Oi");
    program.until_state(first.id, MessageState::Accepted);
    let second = program.send_one(account, &number(2), "Oi");
    let view = program.until(account, "held", |view| view.held.is_some());
    assert_eq!(view.held.unwrap().kind, ReasonKind::QuotaExhausted);
    let third = program.send_one(account, &number(3), "Oi");
    // What holds it is the gateway's answer to it, or before that what the gateway has told of its limits meanwhile.
    let waits = program.message(second.id);
    assert_eq!(waits.state, MessageState::Queued);
    assert!(waits.attempts <= 1, "tried {} times", waits.attempts);
    program.wake(account);
    // Asking the gateway something else proves that the dispatcher had its chance.
    program.refresh(account);
    gateway.wait("another read", |state| {
        state.ledger().requests_to(Endpoint::QueueLength) >= 2
    });
    assert_eq!(program.message(second.id).attempts, waits.attempts);
    assert_eq!(
        gateway.sends(),
        1 + usize::try_from(waits.attempts).unwrap(),
        "the third would be refused as well"
    );
    gateway.control.set_used(0);
    gateway.control.set_limit(10);
    clock.advance(minutes(15));
    program.wake(account);
    for message in [first.id, second.id, third.id] {
        program.until_state(message, MessageState::Accepted);
    }
    program.until(account, "not held", |view| view.held.is_none());
    gateway.assert_nothing_doubled();
}

#[test]
fn a_wish_to_go_slower_holds_the_queue_for_that_long() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let slower = Fault::HttpStatus {
        status: 429,
        retry_after: Some(Duration::from_secs(30)),
    };
    gateway.fault(Endpoint::Send, slower, Times::ONCE, None);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    let messages = program.send(account, &[&number(1), &number(2), &number(3)], "Oi");
    let view = program.until(account, "held", |view| view.held.is_some());
    assert_eq!(view.held.unwrap().kind, ReasonKind::RateLimited);
    let first = program.until_message(messages[0].id, "waits", |message| message.attempts == 1);
    assert_eq!(first.next_attempt_at, Some(START.plus(Duration::from_secs(30))));
    clock.advance(Duration::from_secs(29));
    program.wake(account);
    program.refresh(account);
    gateway.wait("another read", |state| {
        state.ledger().requests_to(Endpoint::QueueLength) >= 2
    });
    assert_eq!(gateway.sends(), 1);
    clock.advance(Duration::from_secs(1));
    program.wake(account);
    for message in &messages {
        program.until_state(message.id, MessageState::Accepted);
    }
}

#[test]
fn the_operator_may_try_at_once_what_is_held() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.fault(
        Endpoint::Send,
        Fault::WrongErro("limite diario atingido".to_owned()),
        Times::ONCE,
        None,
    );
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    program.until(account, "held", |view| view.held.is_some());
    program.until_message(message.id, "waits", |message| {
        message.state == MessageState::Queued
    });
    program.outbox(OutboxCommand::Retry(message.id));
    program.until_state(message.id, MessageState::Accepted);
}

#[test]
fn refused_credentials_hold_the_queue_until_better_ones_are_saved() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program
        .save(None, draft("Loja", &gateway.url, "wrong-token-1"))
        .unwrap();
    let first = program.send_one(account, &number(1), "Oi");
    let view = program.until(account, "held", |view| {
        view.held.is_some() && view.health.connection == Connection::CredentialsRefused
    });
    assert_eq!(view.held.unwrap().kind, ReasonKind::CredentialsRefused);
    let second = program.send_one(account, &number(2), "Oi");
    let held = program.until_message(first.id, "waits", |message| message.state == MessageState::Queued);
    assert_eq!(held.attempts, 1);
    program.refresh(account);
    gateway.wait("another read", |state| {
        state.ledger().requests_to(Endpoint::Status) >= 2
    });
    assert_eq!(
        gateway.sends(),
        1,
        "each new message tried the refused credentials"
    );
    assert_eq!(program.account_view(account).outbox.rejected, 0);
    program
        .save(Some(account), draft("Loja", &gateway.url, TOKEN))
        .unwrap();
    for message in [first.id, second.id] {
        program.until_state(message, MessageState::Accepted);
    }
    program.until(account, "not held", |view| {
        view.held.is_none() && view.health.connection == Connection::Ready
    });
    gateway.wait_until_drained();
    gateway.assert_nothing_doubled();
}

#[test]
fn refused_credentials_hold_the_queue_until_the_gateway_takes_them() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.refuse_credentials(true);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    program.until(account, "held", |view| view.held.is_some());
    program.until_message(message.id, "waits", |message| {
        message.state == MessageState::Queued
    });
    gateway.control.refuse_credentials(false);
    program.refresh(account);
    program.until_state(message.id, MessageState::Accepted);
    assert_eq!(gateway.ledger.requests(message.client_id.as_str()), 2);
}

#[test]
fn what_may_have_gone_out_at_one_gateway_is_not_repeated_at_another() {
    let stage = Stage::new();
    let first = stage.gateway();
    let second = stage.gateway();
    first.fault(Endpoint::Send, Fault::ResetAfterReading, Times::ONCE, None);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &first);
    let unclear = program.send_one(account, &number(1), "Oi");
    program.until_message(unclear.id, "unclear", |message| {
        message.first_unclear_at.is_some()
    });
    program.pause(account, true);
    let untried = program.send_one(account, &number(2), "Oi");
    // Only the name: it goes on.
    program
        .save(Some(account), draft("Loja 2", &first.url, TOKEN))
        .unwrap();
    assert_eq!(program.message(unclear.id).state, MessageState::Queued);
    program
        .save(Some(account), draft("Loja 2", &second.url, TOKEN))
        .unwrap();
    program.pause(account, false);
    program.until_state(untried.id, MessageState::Accepted);
    let unknown = program.message(unclear.id);
    assert_eq!(unknown.state, MessageState::Unknown);
    assert_eq!(unknown.reason.unwrap().kind, ReasonKind::ConnectionLost);
    second.wait_until_drained();
    assert_eq!(first.ledger.sent_count(unclear.client_id.as_str()), 1);
    assert_eq!(second.ledger.requests(unclear.client_id.as_str()), 0);
    assert_eq!(second.ledger.sent_count(untried.client_id.as_str()), 1);
}
