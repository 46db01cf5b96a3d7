//! What the gateway reports settles what we did not know, and touches nothing else.

use crate::inbox::webhook_of;
use crate::program::{Program, number};
use crate::stage::{Played, Stage};
use recado::domain::message::{Message, MessageState, ReasonKind};
use recado::domain::time::{Clock, Timestamp};
use recado::domain::{AccountId, ThreadEntry};
use recado::engine::{Answer, OutboxCommand};
use recado::simulator::webhook::{StatusName, StatusStyle};
use recado::simulator::{Endpoint, Fault, SimulatorState, Times, WebhookRetry, WebhookStyle};
use std::time::Duration;

const START: Timestamp = Timestamp(1_790_000_000_000);

/// Connects the webhook, by which statuses name a message like this.
fn connect(program: &mut Program, gateway: &Played, account: AccountId, name: StatusName) {
    let url = webhook_of(program, account);
    let statuses = StatusStyle {
        name,
        ..StatusStyle::default()
    };
    gateway.control.set_webhook_style(WebhookStyle {
        statuses,
        ..WebhookStyle::default()
    });
    gateway.control.set_webhook_retry(WebhookRetry::fast());
    gateway.control.set_webhook(Some(url));
}

/// A message that waits in the gateway's queue, which may have been cleared for all we know, but was not.
fn uncertain(program: &mut Program, gateway: &Played, account: AccountId) -> Message {
    gateway.control.hold_queue(true);
    let message = program.send_one(account, &number(1), "Olá");
    program.until_state(message.id, MessageState::Accepted);
    gateway.fault(Endpoint::ClearQueue, Fault::HtmlInstead, Times::ONCE, None);
    let ticket = program.ticket();
    program.outbox(OutboxCommand::ClearGatewayQueue { ticket, account });
    assert!(matches!(program.answer(ticket), Answer::QueueCleared(Err(_))));
    let unknown = program.message(message.id);
    assert_eq!(unknown.state, MessageState::Unknown);
    assert_eq!(unknown.reason.clone().unwrap().kind, ReasonKind::QueueCleared);
    unknown
}

fn quiet(gateway: &Played, messages: usize) {
    gateway.wait("everything is told", |state: &SimulatorState| {
        let book = state.ledger();
        let seen = book
            .messages()
            .iter()
            .filter(|message| message.statuses.len() == 3);
        seen.count() >= messages && state.is_webhook_quiet()
    });
}

#[test]
fn a_report_resolves_what_had_been_unknown_for_longer_than_it_is_repeated() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    // By our own identifier: no answer has ever told the gateway's.
    connect(&mut program, &gateway, account, StatusName::ClientId);
    gateway.control.hold_queue(true);
    gateway.fault(Endpoint::Send, Fault::HtmlInstead, Times::Always, Some(true));
    let message = program.send_one(account, &number(1), "Olá");
    for attempts in 1..=5 {
        program.until_message(message.id, "repeated", |message| {
            message.attempts == attempts && message.state == MessageState::Queued
        });
        clock.advance(Duration::from_secs(14 * 60));
        program.wake(account);
    }
    let unknown = program.until_state(message.id, MessageState::Unknown);
    assert_eq!(unknown.gateway_id, None);
    program.until(account, "a problem", |view| view.outbox.unknown == 1);
    clock.advance(Duration::from_secs(3 * 3_600));
    gateway.control.hold_queue(false);
    let read = program.until_state(message.id, MessageState::Read);
    assert_eq!((read.reason, read.attempts), (None, unknown.attempts));
    program.until(account, "no problem any more", |view| {
        view.outbox.unknown == 0 && view.outbox.read == 1
    });
    quiet(&gateway, 1);
    gateway.assert_nothing_doubled();
    assert_eq!(gateway.sends(), usize::try_from(unknown.attempts).unwrap());
}

#[test]
fn what_the_operator_says_has_arrived_is_still_reported_read() {
    for name in [StatusName::LogId, StatusName::ClientId] {
        let stage = Stage::new();
        let gateway = stage.gateway();
        let mut program = stage.program();
        let account = program.add_account("Loja", &gateway);
        connect(&mut program, &gateway, account, name);
        let unknown = uncertain(&mut program, &gateway, account);
        program.outbox(OutboxCommand::Arrived(unknown.id));
        let arrived = program.until_state(unknown.id, MessageState::Delivered);
        assert_eq!(arrived.reason.unwrap().kind, ReasonKind::ConfirmedByOperator);
        gateway.control.hold_queue(false);
        let read = program.until_state(unknown.id, MessageState::Read);
        assert_eq!(read.reason, None);
        quiet(&gateway, 1);
        let states: Vec<_> = program
            .history(unknown.id)
            .iter()
            .map(|step| step.state)
            .collect();
        let end = &states[states.len() - 3..];
        assert_eq!(
            end,
            [MessageState::Unknown, MessageState::Delivered, MessageState::Read],
            "never back to sent: {states:?}"
        );
    }
}

#[test]
fn a_report_about_the_first_copy_is_shown_on_the_first_only() {
    for name in [StatusName::LogId, StatusName::ClientId] {
        let stage = Stage::new();
        let gateway = stage.gateway();
        let mut program = stage.program();
        let account = program.add_account("Loja", &gateway);
        connect(&mut program, &gateway, account, name);
        let first = uncertain(&mut program, &gateway, account);
        // The second waits here while the first is reported about.
        program.pause(account, true);
        program.outbox(OutboxCommand::SendAgain(first.id));
        program.until(account, "the second waits", |view| view.outbox.queued == 1);
        let second = copy_of(&mut program, &first);
        gateway.control.hold_queue(false);
        program.until_state(first.id, MessageState::Read);
        quiet(&gateway, 1);
        assert_eq!(program.message(second.id), second);
        assert_eq!(program.history(second.id).len(), 1);
        let history_of_first = program.history(first.id).len();
        program.pause(account, false);
        let read = program.until_state(second.id, MessageState::Read);
        quiet(&gateway, 2);
        assert_ne!(read.gateway_id, program.message(first.id).gateway_id);
        assert_eq!(program.message(first.id).state, MessageState::Read);
        assert_eq!(program.history(first.id).len(), history_of_first);
        assert_eq!(
            gateway.ledger.sendings().len(),
            2,
            "the operator knew of the risk"
        );
        gateway.assert_nothing_doubled();
    }
}

/// The message that was made of this one.
fn copy_of(program: &mut Program, first: &Message) -> Message {
    let mut others = program
        .thread(first.conversation)
        .into_iter()
        .filter_map(|entry| match entry {
            ThreadEntry::Outgoing(message) if message.id != first.id => Some(*message),
            _ => None,
        });
    let copy = others.next().unwrap();
    assert!(others.next().is_none());
    assert_ne!(copy.client_id, first.client_id);
    copy
}
