//! Time and files: scheduled messages, addresses that are about to end, files that were outside for long enough. The clock
//! is held.

use super::bench::{document, fetched, until_gone, url_of};
use crate::program::number;
use crate::stage::Stage;
use recado::domain::message::{MessageState, ReasonKind};
use recado::domain::time::{Clock, Timestamp};
use recado::engine::{Answer, OutboxCommand};
use std::time::Duration;

const START: Timestamp = Timestamp(1_790_000_000_000);

fn hours(hours: u64) -> Duration {
    Duration::from_secs(hours * 3_600)
}

#[test]
fn a_scheduled_file_is_put_up_shortly_before_its_time_and_looked_at_again() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let (path, _) = document(&stage, "Planta.pdf", 1_000);
    let file = program.take_in(account, &path);
    let ticket = program.begin_send_files(
        account,
        &[&number(1)],
        "",
        std::slice::from_ref(&file),
        Some(START.plus(hours(48))),
    );
    let Answer::Enqueued(Ok(mut messages)) = program.answer(ticket) else {
        panic!("not stored");
    };
    let message = messages.remove(0);
    // Another message goes all its way meanwhile: the preparing task had its turn.
    let other = program.take_in(account, &path);
    let other = program.send_file(account, &number(2), &other);
    program.until_state(other.id, MessageState::Accepted);
    let waits = program.message(message.id);
    assert_eq!(waits.state, MessageState::Preparing);
    assert_eq!(waits.reason.unwrap().kind, ReasonKind::Scheduled);
    clock.advance(hours(48) - Duration::from_secs(29 * 60));
    program.wake(account);
    let ready = program.until_state(message.id, MessageState::Queued);
    assert_eq!(ready.reason.unwrap().kind, ReasonKind::Scheduled);
    clock.advance(Duration::from_secs(30 * 60));
    program.wake(account);
    program.until_state(message.id, MessageState::Accepted);
    let states: Vec<MessageState> = program
        .history(message.id)
        .iter()
        .map(|step| step.state)
        .collect();
    assert_eq!(
        states,
        [
            MessageState::Preparing,
            MessageState::Queued,
            MessageState::Preparing,
            MessageState::Queued,
            MessageState::InFlight,
            MessageState::Accepted
        ]
    );
    gateway.assert_nothing_doubled();
}

#[test]
fn an_address_that_is_about_to_end_is_not_sent() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let (path, content) = document(&stage, "Planta.pdf", 1_000);
    let file = program.take_in(account, &path);
    program.pause(account, true);
    let message = program.send_file(account, &number(1), &file);
    let ready = program.until_state(message.id, MessageState::Queued);
    clock.advance(hours(6 * 24 + 1));
    program.pause(account, false);
    let accepted = program.until_state(message.id, MessageState::Accepted);
    assert_ne!(url_of(&accepted), url_of(&ready));
    let reasons: Vec<ReasonKind> = program
        .history(message.id)
        .into_iter()
        .filter_map(|step| step.reason.map(|reason| reason.kind))
        .collect();
    assert!(
        reasons.contains(&ReasonKind::AttachmentAddressEnded),
        "{reasons:?}"
    );
    assert_eq!(fetched(&stage, &url_of(&accepted)), (200, content));
    assert_eq!(gateway.ledger.messages()[0].attachment_url, url_of(&accepted));
}

#[test]
fn nothing_can_be_had_for_more_than_a_week() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.hold_queue(true);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    program.until_listening(account);
    let (path, _) = document(&stage, "Planta.pdf", 1_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &file);
    let url = url_of(&program.until_state(message.id, MessageState::Accepted));
    clock.advance(hours(7 * 24) - Duration::from_secs(1));
    assert_eq!(fetched(&stage, &url).0, 200);
    clock.advance(Duration::from_secs(1));
    assert_eq!(fetched(&stage, &url).0, 404);
    // Whatever changes has the ends looked for.
    let other = program.send_one(account, &number(2), "Oi");
    program.outbox(OutboxCommand::Retry(other.id));
    program.until_hosted("nothing is outside", <[_]>::is_empty);
}

#[test]
fn a_restart_goes_on_handing_out_what_was_outside() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.hold_queue(true);
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", &gateway);
    let webhook = program.until_listening(account);
    let (path, content) = document(&stage, "Planta.pdf", 1_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(1), &file);
    let url = url_of(&program.until_state(message.id, MessageState::Accepted));
    program.shutdown();
    let mut program = stage.lasting_program();
    assert_eq!(program.until_listening(account), webhook);
    assert_eq!(fetched(&stage, &url), (200, content));
    gateway.control.set_webhook(Some(webhook));
    gateway.control.hold_queue(false);
    program.until_state(message.id, MessageState::Read);
    until_gone(&stage, &mut program, &url);
}
