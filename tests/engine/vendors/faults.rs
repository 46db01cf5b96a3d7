//! Every fault, processed or not: nothing is sent twice, nothing is called failed or sent that is neither.

use super::{Contracted, Desk, deaf, is_taken, sends};
use crate::program::number;
use crate::stage::{Stage, TOKEN, connect_within, together, token_for_all};
use recado::domain::message::{MessageState, ReasonKind};
use recado::gateway::http::Timeouts;
use recado::simulator::Fault;
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use recado::simulator::devino::PlayedDevino;
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
        http(404),
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

fn keeps_to_what_it_knows<V: Contracted>() {
    let stage = Stage::new();
    let mut program = stage.program();
    deaf(&mut program);
    let mut cases = Vec::new();
    let clear = readable().into_iter().map(|fault| (fault, true, None));
    let processed = unclear().into_iter().map(|fault| (fault, false, Some(true)));
    let lost = unclear().into_iter().map(|fault| (fault, false, Some(false)));
    for (fault, readable, processed) in clear.chain(processed).chain(lost) {
        let desk = Desk::<V>::open(&stage);
        let account = desk.account(&mut program, &format!("Case {}", cases.len()));
        desk.fault(fault.clone(), processed);
        let message = program.send_one(account, &number(cases.len()), "Olá, ação 👋");
        cases.push((desk, message, fault, readable, processed));
    }
    for (desk, message, fault, readable, processed) in &cases {
        let named = format!("{fault:?}, processed: {processed:?}");
        let ended = program.until_message(message.id, &named, |message| {
            !message.state.is_open() || (message.state == MessageState::Queued && message.attempts > 0)
        });
        let named = format!("{named}: {ended:#?}");
        let copies = desk.copies_to(message);
        if *readable {
            assert_eq!((ended.state, copies), (MessageState::Accepted, 1), "{named}");
        } else {
            assert_eq!(ended.state, MessageState::Unknown, "{named}");
            assert!(copies <= 1, "{named}");
        }
        assert_eq!((desk.sends().max(1), ended.attempts), (1, 1), "{named}");
        assert!(
            desk.ledger
                .requests()
                .iter()
                .all(|request| request.function.is_some()),
            "a redirect was followed: {named}"
        );
    }
}

#[test]
fn every_fault_once_and_nothing_twice() {
    together(&[
        ("devino", keeps_to_what_it_knows::<PlayedDevino>),
        ("decision", keeps_to_what_it_knows::<PlayedDecisionTelecom>),
    ]);
}

/// The program ends while the request is under way.
fn is_not_repeated_after_a_restart<V: Contracted>() {
    const LONG: Timeouts = Timeouts {
        connect: Duration::from_secs(30),
        send: Duration::from_secs(30),
        read: Duration::from_secs(30),
    };
    let stage = Stage::new();
    let desk = Desk::<V>::open(&stage);
    let begin = || {
        stage.program_with(|options| {
            options.connect = connect_within(LONG);
            options.secrets = token_for_all(TOKEN);
        })
    };
    let mut program = begin();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    desk.fault(Fault::ProcessThenNever, None);
    let message = program.send_one(account, &number(1), "Oi");
    desk.wait("it has the request", |state| sends(state.book()) == 1);
    program.shutdown();
    drop(program);
    let mut program = begin();
    let unknown = program.until_state(message.id, MessageState::Unknown);
    assert_eq!(unknown.reason.unwrap().kind, ReasonKind::ProgramEnded);
    // What comes after it goes out all the same, and it does not.
    let next = program.send_one(account, &number(1), "Oi de novo");
    program.until_message(next.id, "taken", |message| is_taken(message.state));
    assert_eq!(desk.sends(), 2);
    assert_eq!(program.message(message.id).state, MessageState::Unknown);
}

#[test]
fn what_was_under_way_when_the_program_ended_is_unknown_and_never_repeated() {
    together(&[
        ("devino", is_not_repeated_after_a_restart::<PlayedDevino>),
        (
            "decision",
            is_not_repeated_after_a_restart::<PlayedDecisionTelecom>,
        ),
    ]);
}
