//! What was unclear becomes clear: by a report, or by the operator.

use super::desk::deaf;
use super::scene::{Scene, at_each_gateway};
use crate::program::{Program, number};
use recado::domain::ThreadEntry;
use recado::domain::message::{Message, MessageState, ReasonKind};
use recado::engine::{Notice, OutboxCommand};
use recado::simulator::{Fault, Times};

/// A report that overtakes the answer, which never comes, and one that comes after it was given up.
fn is_resolved_by_a_report(scene: &mut Scene) {
    let mut program = scene.program();
    let account = scene.called_account(&mut program);
    scene.gateway.report_by_our_mark();
    scene.gateway.fault(Fault::ProcessThenNever, Times::ONCE, None);
    let early = program.send_one(account, &number(1), "Cedo");
    let early = program.until_state(early.id, MessageState::Read);
    assert_eq!(early.attempts, 1);

    scene.gateway.hold(true);
    scene.gateway.fault(Fault::ResetAfterReading, Times::ONCE, None);
    let late = program.send_one(account, &number(2), "Tarde");
    let unclear = program.until_message(late.id, "unclear", |message| scene.is_unclear(message));
    assert_eq!(unclear.gateway_id, None);
    scene.gateway.hold(false);
    let late = program.until_state(late.id, MessageState::Read);
    assert_eq!(late.reason, None);
    assert!(late.attempts == 1 || scene.can.repeatable_send, "{late:?}");
    scene
        .gateway
        .wait("all is told", &mut |facts| facts.is_quiet && facts.is_drained);
    let facts = scene.gateway.facts();
    assert_eq!((facts.copies_of("Cedo"), facts.copies_of("Tarde")), (1, 1));
    assert!(facts.all_identical("Tarde"));
    assert_eq!(
        program.message(early.id).state,
        MessageState::Read,
        "the lost answer changes nothing"
    );
}

#[test]
fn what_is_unclear_is_resolved_by_a_report() {
    at_each_gateway("what is unclear is resolved by a report", is_resolved_by_a_report);
}

/// The message that was made of this one.
fn copy_of(program: &mut Program, first: &Message) -> Message {
    let entries = program.thread(first.conversation);
    let others: Vec<&Message> = entries
        .iter()
        .filter_map(ThreadEntry::outgoing)
        .filter(|message| message.id != first.id)
        .collect();
    assert_eq!(others.len(), 1, "{others:?}");
    others[0].clone()
}

fn is_decided_by_the_operator(scene: &mut Scene) {
    let mut program = scene.program_on_held_clock();
    deaf(&mut program);
    let account = scene.account(&mut program);
    let arrived = scene.unknown_message(&mut program, account, &number(1), "Chegou");
    let again = scene.unknown_message(&mut program, account, &number(2), "De novo");
    program.until(account, "two problems", |view| view.outbox.unknown == 2);
    let before = scene.gateway.facts();

    program.outbox(OutboxCommand::Arrived(arrived.id));
    let delivered = program.until_state(arrived.id, MessageState::Delivered);
    assert_eq!(delivered.reason.unwrap().kind, ReasonKind::ConfirmedByOperator);
    program.outbox(OutboxCommand::Arrived(arrived.id));
    program.until_notice("too late", |notice| *notice == Notice::TooLate(arrived.id));

    // Two clicks.
    program.outbox(OutboxCommand::SendAgain(again.id));
    program.outbox(OutboxCommand::SendAgain(again.id));
    program.until_notice("one copy only", |notice| *notice == Notice::TooLate(again.id));
    let copy = copy_of(&mut program, &again);
    assert_ne!(copy.client_id, again.client_id);
    assert_eq!((&copy.text, &copy.to), (&again.text, &again.to));
    program.until_state(copy.id, MessageState::Accepted);
    program.until(account, "dealt with", |view| view.outbox.unknown == 0);
    scene
        .gateway
        .wait("all are on their way", &mut |facts| facts.is_drained);
    let facts = scene.gateway.facts();
    assert_eq!(facts.sends.len(), before.sends.len() + 1, "once more, by choice");
    assert_eq!((facts.copies_of("Chegou"), facts.copies_of("De novo")), (1, 2));
}

#[test]
fn the_operator_says_that_it_arrived_or_sends_it_again() {
    at_each_gateway("the operator decides", is_decided_by_the_operator);
}

fn never_steps_back(scene: &mut Scene) {
    const ORDER: [MessageState; 7] = [
        MessageState::Queued,
        MessageState::InFlight,
        MessageState::Unknown,
        MessageState::Accepted,
        MessageState::Sent,
        MessageState::Delivered,
        MessageState::Read,
    ];
    let mut program = scene.program();
    let account = scene.called_account(&mut program);
    scene.gateway.report_in_disorder();
    let numbers: Vec<String> = (0..8).map(number).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let messages = program.send(account, &numbers, "Oi");
    for message in &messages {
        program.until_state(message.id, MessageState::Read);
    }
    for taken in scene.gateway.facts().taken {
        scene.gateway.report_late(&taken);
    }
    scene.gateway.wait("all is told", &mut |facts| {
        facts.is_quiet && facts.taken.iter().all(|taken| taken.seen)
    });
    // What was told is all applied when something that came after it is.
    let last = program.send_one(account, &number(9), "Tchau");
    program.until_state(last.id, MessageState::Read);
    for message in &messages {
        assert_eq!(program.message(message.id).state, MessageState::Read);
        let ranks: Vec<_> = program
            .history(message.id)
            .iter()
            .map(|step| ORDER.iter().position(|state| *state == step.state).unwrap())
            .collect();
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert_eq!(ranks.iter().filter(|rank| **rank == 6).count(), 1, "{ranks:?}");
    }
}

#[test]
fn late_and_repeated_reports_never_take_a_message_back() {
    at_each_gateway("late and repeated reports", never_steps_back);
}
