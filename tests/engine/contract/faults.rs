//! Whatever goes wrong, nothing is sent twice and nothing is called failed or sent that is neither.

use super::desk::{deaf, is_taken};
use super::scene::{Scene, at_each_gateway};
use crate::program::number;
use recado::domain::health::Connection;
use recado::domain::message::{MessageState, ReasonKind};
use recado::gateway::http::Timeouts;
use recado::simulator::{Fault, Times};
use std::time::Duration;

/// Faults whose answer can be read all the same.
fn readable() -> Vec<Fault> {
    vec![
        Fault::Bom,
        Fault::PhpWarningBefore,
        Fault::PhpWarningAfter,
        Fault::TrailingComma,
        Fault::Drip {
            bytes: 40,
            interval: Duration::from_millis(2),
        },
        Fault::Delay(Duration::from_millis(80)),
    ]
}

/// Faults that leave it unclear what has become of the request.
fn unclear() -> Vec<Fault> {
    let reply = |body: &[u8]| Fault::Reply {
        status: 200,
        body: body.to_vec(),
    };
    let http = |status| Fault::HttpStatus {
        status,
        retry_after: None,
    };
    vec![
        reply(b"{}"),
        reply(b"null"),
        reply(b"[]"),
        Fault::HtmlInstead,
        Fault::Empty,
        Fault::TruncatedAt(8),
        Fault::CutAt(8),
        Fault::StallAt(8),
        http(500),
        http(502),
        http(503),
        http(404),
        Fault::Redirect {
            status: 302,
            location: None,
        },
        Fault::Redirect {
            status: 307,
            location: None,
        },
        Fault::ResetAfterReading,
        Fault::CloseBeforeReading,
        Fault::ProcessThenNever,
        Fault::NeverWithoutProcessing,
        Fault::Delay(Duration::from_secs(60)),
    ]
}

fn keeps_to_what_it_knows(scene: &mut Scene) {
    let mut program = scene.program();
    deaf(&mut program);
    let mut cases = Vec::new();
    let clear = readable().into_iter().map(|fault| (fault, true, None));
    let processed = unclear().into_iter().map(|fault| (fault, false, Some(true)));
    let lost = unclear().into_iter().map(|fault| (fault, false, Some(false)));
    for (fault, readable, processed) in clear.chain(processed).chain(lost) {
        let gateway = scene.another();
        let name = format!("Case {}", cases.len());
        let account = scene.account_of(&mut program, &*gateway, &name);
        gateway.fault(fault.clone(), Times::ONCE, processed);
        let text = format!("Olá, ação 👋 {}", cases.len());
        let message = program.send_one(account, &number(cases.len()), &text);
        cases.push((gateway, account, message, fault, readable, processed));
    }
    for (gateway, account, message, fault, readable, processed) in &cases {
        let named = format!("{fault:?}, processed: {processed:?}");
        let ended = program.until_message(message.id, &named, |message| !message.state.is_open());
        // What comes after it goes out, and the first does not again.
        let next = program.send_one(*account, message.to.digits(), "E mais");
        let next = program.until_message(next.id, "the next", |message| is_taken(message.state));
        gateway.wait("all are on their way", &mut |facts| facts.is_drained);
        let facts = gateway.facts();
        let (copies, requests) = (facts.copies_of(&message.text), facts.requests_with(&message.text));
        let named = format!("{named}, {requests} requests, {copies} copies: {ended:#?}");
        assert_eq!((next.attempts, facts.copies_of("E mais")), (1, 1), "{named}");
        assert_eq!(facts.strays, 0, "a redirect was followed: {named}");
        assert!(
            facts.all_identical(&message.text),
            "a repetition differs: {named}"
        );
        assert!(
            requests <= ended.attempts as usize,
            "repeated behind our back: {named}"
        );
        match (*readable, scene.can.repeatable_send) {
            (true, _) => assert_eq!(
                (ended.state, copies, ended.attempts),
                (MessageState::Accepted, 1, 1),
                "{named}"
            ),
            (false, true) => {
                assert_eq!(
                    (ended.state, copies, ended.attempts),
                    (MessageState::Accepted, 1, 2),
                    "{named}"
                );
            }
            (false, false) => {
                assert_eq!(
                    (ended.state, ended.attempts),
                    (MessageState::Unknown, 1),
                    "{named}"
                );
                assert!(copies <= 1, "{named}");
                assert_eq!(
                    program.message(message.id).state,
                    MessageState::Unknown,
                    "{named}"
                );
            }
        }
    }
}

#[test]
fn every_fault_once_and_nothing_twice() {
    at_each_gateway("every fault once and nothing twice", keeps_to_what_it_knows);
}

fn waits_for_the_gateway(scene: &mut Scene) {
    let mut program = scene.program();
    deaf(&mut program);
    let account = scene.account(&mut program);
    scene.gateway.stop();
    let messages = program.send(account, &[&number(1), &number(2)], "Oi");
    for message in &messages {
        let waits = program.until_message(message.id, "tried", |message| {
            message.attempts >= 1 && message.state == MessageState::Queued
        });
        assert_eq!(waits.reason.unwrap().kind, ReasonKind::NoConnection);
        assert_eq!(waits.first_unclear_at, None);
    }
    program.refresh(account);
    program.until(account, "not reached", |view| {
        view.health.connection == Connection::GatewayUnreachable
    });
    scene.comes_back();
    for message in &messages {
        program.until_state(message.id, MessageState::Accepted);
    }
    let facts = scene.gateway.facts();
    assert_eq!((facts.taken.len(), facts.copies_of("Oi")), (2, 2));
}

#[test]
fn what_could_not_leave_goes_out_by_itself_when_the_gateway_is_back() {
    at_each_gateway("what could not leave goes out by itself", waits_for_the_gateway);
}

fn is_refused_for_good(scene: &mut Scene) {
    let mut program = scene.program();
    deaf(&mut program);
    let account = scene.account(&mut program);
    scene.gateway.refuse_next();
    let message = program.send_one(account, &number(1), "Primeira");
    let rejected = program.until_state(message.id, MessageState::Rejected);
    let (kind, detail, words) = &scene.expected.refusal;
    let reason = rejected.reason.unwrap();
    assert_eq!((reason.kind, reason.detail.as_deref()), (*kind, *detail));
    assert!(
        reason.words.as_deref().is_some_and(|said| said.contains(words)),
        "{reason:?}"
    );
    let next = program.send_one(account, &number(1), "Segunda");
    program.until_state(next.id, MessageState::Accepted);
    let facts = scene.gateway.facts();
    assert_eq!(
        (facts.copies_of("Primeira"), facts.requests_with("Primeira")),
        (0, 1)
    );
    let steps = program.history(message.id);
    assert!(
        steps
            .iter()
            .any(|step| step.raw.as_deref().is_some_and(|raw| raw.contains("HTTP ")))
    );
}

#[test]
fn a_documented_refusal_is_final_and_in_the_gateways_words() {
    at_each_gateway("a documented refusal is final", is_refused_for_good);
}

/// The program ends while the request is under way.
fn survives_a_restart(scene: &mut Scene) {
    const LONG: Timeouts = Timeouts {
        connect: Duration::from_secs(30),
        send: Duration::from_secs(30),
        read: Duration::from_secs(30),
    };
    let mut program = scene.program_within(LONG);
    deaf(&mut program);
    let account = scene.account(&mut program);
    scene.gateway.fault(Fault::ProcessThenNever, Times::ONCE, None);
    let message = program.send_one(account, &number(1), "Primeira");
    scene
        .gateway
        .wait("it has the request", &mut |facts| facts.sends.len() == 1);
    program.shutdown();
    drop(program);
    let mut program = scene.program_within(LONG);
    if scene.can.repeatable_send {
        let accepted = program.until_state(message.id, MessageState::Accepted);
        assert_eq!(accepted.attempts, 2);
    } else {
        let unknown = program.until_state(message.id, MessageState::Unknown);
        assert_eq!(unknown.reason.unwrap().kind, ReasonKind::ProgramEnded);
    }
    // What comes after it goes out all the same, and it does not again.
    let next = program.send_one(account, &number(1), "Segunda");
    program.until_message(next.id, "taken", |message| is_taken(message.state));
    scene
        .gateway
        .wait("all are on their way", &mut |facts| facts.is_drained);
    let facts = scene.gateway.facts();
    let repeated = usize::from(scene.can.repeatable_send);
    assert_eq!(
        (facts.copies_of("Primeira"), facts.requests_with("Primeira")),
        (1, 1 + repeated)
    );
    assert!(facts.all_identical("Primeira"), "{facts:?}");
    assert_eq!(facts.copies_of("Segunda"), 1);
}

#[test]
fn what_was_under_way_when_the_program_ended_is_not_doubled() {
    at_each_gateway("what was under way when the program ended", survives_a_restart);
}
