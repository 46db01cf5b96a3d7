//! From the composer to the reader, in batches, with templates, and the account itself.

use super::{Contracted, Desk, TEMPLATE, deaf, is_taken, sends};
use crate::program::{Program, number};
use crate::stage::{Stage, together};
use recado::domain::health::Connection;
use recado::domain::message::{MessageState, ReasonKind};
use recado::domain::{Secret, TemplateMessage};
use recado::engine::{AccountCommand, Answer, Command};
use recado::simulator::common::VendorState;
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use recado::simulator::devino::{PlayedDevino, REFUSALS, Scope};
use recado::simulator::{Fault, Times};

fn goes_the_whole_way<V: Contracted>() {
    let stage = Stage::new();
    let desk = Desk::<V>::open(&stage);
    let mut program = stage.program();
    let account = desk.account(&mut program, "Loja");
    let message = program.send_one(account, &number(1), "Olá, ação 👋");
    let read = program.until_state(message.id, MessageState::Read);
    assert_eq!((read.attempts, read.reason), (1, None));
    let record = desk.ledger.messages().remove(0);
    assert_eq!(read.gateway_id, Some(record.id.to_string()));
    // Each message has an address of its own, under the one of its account.
    let view = program.until(account, "it has a path", |view| !view.inbox.path.is_empty());
    let path = view.inbox.path;
    let callback = record.callback.unwrap();
    assert_eq!(callback.path(), format!("{path}/{}", message.client_id));

    let template = TemplateMessage {
        key: TEMPLATE.to_owned(),
        language: "pt_BR".to_owned(),
        values: vec!["Ana".to_owned()],
    };
    let message = program.send_template(account, &number(2), template.clone());
    let read = program.until_state(message.id, MessageState::Read);
    assert_eq!(read.template, Some(template));
    let sent = desk.ledger.messages().remove(1).template.unwrap();
    assert_eq!((&*sent.key, &*sent.values), (TEMPLATE, &["Ana".to_owned()][..]));
    program.until(account, "the figures know it", |view| {
        view.figures.median_delivery_ms.is_some() && view.figures.reported_at.is_some()
    });
}

#[test]
fn a_message_goes_the_whole_way() {
    together(&[
        ("devino", goes_the_whole_way::<PlayedDevino>),
        ("decision", goes_the_whole_way::<PlayedDecisionTelecom>),
    ]);
}

/// A report that overtakes the lost answer, and one that comes after it.
fn is_resolved_by_a_report<V: Contracted>() {
    let stage = Stage::new();
    let desk = Desk::<V>::open(&stage);
    let mut program = stage.program();
    let account = desk.account(&mut program, "Loja");
    desk.fault(Fault::ProcessThenNever, None);
    let early = program.send_one(account, &number(1), "Oi");
    program.until_state(early.id, MessageState::Read);
    desk.control.hold_queue(true);
    desk.fault(Fault::ResetAfterReading, None);
    let late = program.send_one(account, &number(2), "Oi");
    let unknown = program.until_state(late.id, MessageState::Unknown);
    assert_eq!(unknown.gateway_id, None);
    desk.control.hold_queue(false);
    let read = program.until_state(late.id, MessageState::Read);
    assert_eq!((read.attempts, read.reason), (1, None));
    assert_eq!((desk.copies_to(&early), desk.copies_to(&late)), (1, 1));
}

#[test]
fn what_is_unknown_is_resolved_by_a_report() {
    together(&[
        ("devino", is_resolved_by_a_report::<PlayedDevino>),
        ("decision", is_resolved_by_a_report::<PlayedDecisionTelecom>),
    ]);
}

/// Stores messages that are due at the same time.
fn at_once(
    program: &mut Program,
    account: recado::domain::AccountId,
    count: usize,
) -> Vec<recado::domain::message::Message> {
    program.pause(account, true);
    let numbers: Vec<String> = (1..=count).map(number).collect();
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let messages = program.send(account, &numbers, "Oi");
    program.pause(account, false);
    messages
}

#[test]
fn a_batch_is_one_request_and_each_of_it_has_its_own_end() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open(&stage);
    let mut program = stage.program();
    let account = desk.account(&mut program, "Loja");
    deaf(&mut program);
    let invalid = *REFUSALS.iter().find(|refusal| refusal.key == "invalid").unwrap();
    desk.control.refuse(invalid, Scope::Message, Times::ONCE);
    let messages = at_once(&mut program, account, 30);
    let states: Vec<MessageState> = messages
        .iter()
        .map(|message| {
            let ended = program.until_message(message.id, "ended", |message| !message.state.is_open());
            assert_eq!(
                desk.copies_to(&ended),
                usize::from(is_taken(ended.state)),
                "{ended:?}"
            );
            assert_eq!(ended.attempts, 1);
            ended.state
        })
        .collect();
    let refused = states
        .iter()
        .filter(|state| **state == MessageState::Rejected)
        .count();
    assert_eq!((refused, states.len() - refused), (1, 29), "{states:?}");
    assert_eq!(desk.sends(), 2, "twenty and ten");

    // An answer that is lost leaves all of its request unclear, and nothing of it goes out again.
    desk.fault(Fault::ResetAfterReading, None);
    let lost = at_once(&mut program, account, 5);
    for message in &lost {
        let unknown = program.until_state(message.id, MessageState::Unknown);
        assert_eq!(unknown.reason.unwrap().kind, ReasonKind::ConnectionLost);
    }
    assert_eq!(desk.sends(), 3);
}

fn credentials_are_looked_at<V: Contracted>() {
    let stage = Stage::new();
    let desk = Desk::<V>::open(&stage);
    let mut program = stage.program();
    let account = desk.account(&mut program, "Loja");
    deaf(&mut program);
    desk.control.refuse_credentials(true);
    let message = program.send_one(account, &number(1), "Oi");
    program.until(account, "the queue holds", |view| {
        view.held
            .as_ref()
            .is_some_and(|reason| reason.kind == ReasonKind::CredentialsRefused)
    });
    program.refresh(account);
    program.until(account, "refused", |view| {
        view.health.connection == Connection::CredentialsRefused
    });
    // Wrong ones are told as such before they are saved.
    let mut wrong = desk.draft("Outra");
    wrong
        .fields
        .insert("key".to_owned(), Secret::new("wrong".to_owned()));
    let ticket = program.ticket();
    program.command(Command::Account(AccountCommand::Test {
        ticket,
        id: None,
        draft: Box::new(wrong),
    }));
    assert!(matches!(program.answer(ticket), Answer::Tested(Err(_))));
    desk.control.refuse_credentials(false);
    program.refresh(account);
    program.until_message(message.id, "goes on", |message| is_taken(message.state));
    assert_eq!(desk.copies_to(&message), 1);
    desk.wait("nothing is sent by a test", |state: &VendorState<V>| {
        state.book().messages().len() == 1 && sends(state.book()) == 2
    });
}

#[test]
fn a_test_of_the_credentials_sends_nothing() {
    together(&[
        ("devino", credentials_are_looked_at::<PlayedDevino>),
        ("decision", credentials_are_looked_at::<PlayedDecisionTelecom>),
    ]);
}
