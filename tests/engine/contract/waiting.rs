//! What the gateway does not take now waits here, and goes on by itself.

use super::desk::deaf;
use super::scene::{START, Scene, at_each_gateway};
use crate::program::number;
use recado::domain::message::{MessageState, ReasonKind};
use recado::simulator::{Fault, Times};
use std::time::Duration;

fn waits_for_plenty(scene: &mut Scene) {
    let mut program = scene.program_on_held_clock();
    deaf(&mut program);
    let account = scene.account(&mut program);
    scene.gateway.run_out();
    let first = program.send_one(account, &number(1), "Primeira");
    let view = program.until(account, "held", |view| view.held.is_some());
    assert_eq!(view.held.unwrap().kind, scene.expected.used_up);
    let waits = program.until_message(first.id, "waits", |message| message.state == MessageState::Queued);
    assert_eq!((waits.attempts, waits.first_unclear_at), (1, None));
    let second = program.send_one(account, &number(2), "Segunda");
    let reads = scene.gateway.facts().reads;
    program.wake(account);
    // Something else that is asked proves that the dispatcher had its chance.
    program.refresh(account);
    scene
        .gateway
        .wait("something is asked", &mut |facts| facts.reads > reads);
    assert_eq!(
        scene.gateway.facts().sends.len(),
        1,
        "the second would be refused as well"
    );
    scene.gateway.refill();
    let at = waits.next_attempt_at.unwrap();
    assert!(at > START, "{waits:?}");
    let wait = u64::try_from(at.0 - START.0).unwrap();
    scene.clock.advance(Duration::from_millis(wait));
    program.wake(account);
    for message in [first.id, second.id] {
        program.until_state(message, MessageState::Accepted);
    }
    program.until(account, "not held", |view| view.held.is_none());
    let facts = scene.gateway.facts();
    assert_eq!((facts.copies_of("Primeira"), facts.copies_of("Segunda")), (1, 1));
}

#[test]
fn what_is_used_up_holds_the_queue_until_it_is_time() {
    at_each_gateway("what is used up holds the queue", waits_for_plenty);
}

fn goes_slower(scene: &mut Scene) {
    let mut program = scene.program_on_held_clock();
    deaf(&mut program);
    let account = scene.account(&mut program);
    let slower = Fault::HttpStatus {
        status: 429,
        retry_after: Some(Duration::from_secs(30)),
    };
    scene.gateway.fault(slower, Times::ONCE, None);
    let first = program.send_one(account, &number(1), "Primeira");
    let view = program.until(account, "held", |view| view.held.is_some());
    assert_eq!(view.held.unwrap().kind, ReasonKind::RateLimited);
    let waits = program.until_message(first.id, "waits", |message| message.state == MessageState::Queued);
    assert_eq!(waits.next_attempt_at, Some(START.plus(Duration::from_secs(30))));
    let second = program.send_one(account, &number(2), "Segunda");
    scene.clock.advance(Duration::from_secs(29));
    let reads = scene.gateway.facts().reads;
    program.wake(account);
    program.refresh(account);
    scene
        .gateway
        .wait("something is asked", &mut |facts| facts.reads > reads);
    assert_eq!(scene.gateway.facts().sends.len(), 1);
    scene.clock.advance(Duration::from_secs(1));
    program.wake(account);
    for message in [first.id, second.id] {
        program.until_state(message, MessageState::Accepted);
    }
    let facts = scene.gateway.facts();
    assert_eq!((facts.copies_of("Primeira"), facts.copies_of("Segunda")), (1, 1));
}

#[test]
fn a_wish_to_go_slower_holds_the_queue_for_that_long() {
    at_each_gateway("a wish to go slower holds the queue", goes_slower);
}
