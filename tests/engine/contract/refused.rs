//! What a gateway refuses: a message, a batch, the account as a whole; and what it may say in doing so.

use super::desk::{Contracted, Desk, deaf, sends};
use crate::program::{Program, number};
use crate::stage::{Stage, together};
use recado::domain::attachment::Attachment;
use recado::domain::message::{Message, MessageState, MessageStep, ReasonKind};
use recado::domain::time::Clock;
use recado::domain::{AccountId, MediaKind, PhoneNumber, TemplateMessage, Timestamp};
use recado::engine::{Answer, OutboxCommand};
use recado::simulator::common::Function;
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use recado::simulator::devino::{PlayedDevino, REFUSALS, Scope};
use recado::simulator::{Fault, FaultRule, Times};
use std::time::Duration;

const START: Timestamp = Timestamp(1_790_000_000_000);

fn numbers(count: usize) -> Vec<String> {
    (1..=count).map(number).collect()
}

fn send(program: &mut Program, account: AccountId, count: usize) -> Vec<Message> {
    let numbers = numbers(count);
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    program.send(account, &numbers, "Oi")
}

/// How many messages each request held that had any.
fn batches(desk: &Desk<PlayedDevino>) -> Vec<usize> {
    let held = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        body["messages"].as_array().unwrap().len()
    };
    let requests = desk.ledger.requests();
    requests
        .iter()
        .map(|request| held(&request.body))
        .filter(|count| *count > 0)
        .collect()
}

#[test]
fn what_went_out_beside_a_refused_message_is_not_posted_again() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open(&stage);
    let mut program = stage.program();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    // All but the first are taken, and then the server fails.
    let invalid = REFUSALS.iter().find(|refusal| {
        refusal.key == "invalid" && refusal.place.reference(Some(0)).unwrap().ends_with(".to")
    });
    desk.control
        .refuse(*invalid.unwrap(), Scope::Message, Times::ONCE);
    let halfway = Fault::Reply {
        status: 500,
        body: br#"{"reasons":[{"key":"invalid","ref":"messages[0].to"}]}"#.to_vec(),
    };
    desk.fault(halfway, Some(true));
    let messages = send(&mut program, account, 5);
    let refused = program.until_state(messages[0].id, MessageState::Rejected);
    assert_eq!(refused.reason.unwrap().kind, ReasonKind::InvalidRecipient);
    for message in &messages[1..] {
        let unknown = program.until_state(message.id, MessageState::Unknown);
        assert_eq!(unknown.reason.unwrap().kind, ReasonKind::GatewayFailure);
        assert_eq!(desk.copies_to(message), 1);
    }
    // What comes after it goes out, and nothing of it again.
    let next = program.send_one(account, &number(9), "Oi");
    program.until_state(next.id, MessageState::Accepted);
    assert_eq!(batches(&desk), [5, 1]);
}

#[test]
fn a_queue_that_is_refused_is_tried_with_one_message_and_ever_more_rarely() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open(&stage);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    desk.control.refuse_credentials(true);
    let messages = send(&mut program, account, 5);
    program.until(account, "held", |view| view.held.is_some());
    for message in &messages {
        program.until_message(message.id, "waits", |message| {
            message.state == MessageState::Queued && message.attempts == 1
        });
    }
    assert_eq!(batches(&desk), [5]);
    let minute = Duration::from_secs(60);
    for (minutes, tried) in [
        (1, 2),
        (1, 2),
        (1, 3),
        (3, 3),
        (1, 4),
        (7, 4),
        (1, 5),
        (14, 5),
        (1, 6),
    ] {
        clock.advance(minute * minutes);
        program.wake(account);
        // What is asked of the gateway beside it proves that the dispatcher had its chance.
        let before = desk.ledger.requests_to(Function::Send);
        program.refresh(account);
        desk.wait("it is asked", |state| {
            state.book().requests_to(Function::Send) > before
        });
        desk.wait("it is tried", |state| sends(state.book()) >= tried);
        program.until(account, "all wait again", |view| view.outbox.queued == 5);
        assert_eq!(batches(&desk).len(), tried, "{minutes} minutes, {tried}");
    }
    assert!(batches(&desk)[1..].iter().all(|count| *count == 1));
    // With other credentials it goes on at once: one for a try, and then all that is left.
    desk.control.refuse_credentials(false);
    let before = batches(&desk).len();
    program.save(Some(account), desk.draft("Loja")).unwrap();
    for message in &messages {
        program.until_state(message.id, MessageState::Accepted);
    }
    program.until(account, "not held", |view| view.held.is_none());
    assert_eq!(batches(&desk)[before..], [1, 4]);
    assert!(messages.iter().all(|message| desk.copies_to(message) == 1));
}

#[test]
fn reads_that_are_answered_do_not_hurry_sends_that_are_refused() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDecisionTelecom>::open(&stage);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    desk.control.add_fault(FaultRule {
        endpoint: Some(Function::Send),
        fault: Fault::HttpStatus {
            status: 403,
            retry_after: None,
        },
        times: Times::Always,
        processed: None,
    });
    let message = program.send_one(account, &number(1), "Oi");
    program.until(account, "held", |view| view.held.is_some());
    // The first time the read is believed.
    program.refresh(account);
    program.until_message(message.id, "tried again", |message| {
        message.attempts == 2 && message.state == MessageState::Queued
    });
    program.until(account, "held", |view| view.held.is_some());
    // The last read only shows that the answer to the one before it was heard.
    for _ in 0..4 {
        let before = desk.ledger.requests_to(Function::State);
        program.refresh(account);
        desk.wait("it is read", |state| {
            state.book().requests_to(Function::State) > before
        });
        program.wake(account);
    }
    assert_eq!(program.message(message.id).attempts, 2);
    assert_eq!(desk.sends(), 2);
    // The operator's wish counts.
    desk.control.clear_faults();
    program.outbox(OutboxCommand::Retry(message.id));
    program.until_state(message.id, MessageState::Accepted);
}

/// Everything the operator sees of a message.
fn seen(message: &Message, history: &[MessageStep]) -> String {
    format!("{message:?} {history:?}")
}

fn keeps_its_address_to_itself<V: Contracted>(
    refusal: fn(&str) -> (u16, String),
    report: fn(&str) -> String,
) {
    let stage = Stage::new();
    let desk = Desk::<V>::open(&stage);
    let mut program = stage.program();
    let account = desk.account(&mut program, "Loja");
    desk.control.hold_queue(true);
    let first = program.send_one(account, &number(1), "Oi");
    program.until_state(first.id, MessageState::Accepted);
    let callback = desk.ledger.messages()[0].callback.clone().unwrap();
    let token = callback.path_segments().unwrap().rev().nth(1).unwrap().to_owned();
    assert!(token.len() >= 32, "{callback}");

    let (status, body) = refusal(callback.as_str());
    desk.fault(
        Fault::Reply {
            status,
            body: body.into_bytes(),
        },
        None,
    );
    let refused = program.send_one(account, &number(2), "Oi");
    let refused = program.until_state(refused.id, MessageState::Rejected);
    let words = refused.reason.clone().unwrap().words.unwrap();
    assert!(words.contains("[secret]"), "{words}");
    let all = seen(&refused, &program.history(refused.id));
    assert!(!all.contains(&token), "{all}");

    desk.control.post_body(
        Some(callback.clone()),
        Some("application/json"),
        report(callback.as_str()),
    );
    let told = program.until_message(first.id, "told", |message| {
        message.state == MessageState::Rejected
    });
    let all = seen(&told, &program.history(told.id));
    assert!(!all.contains(&token) && all.contains("[secret]"), "{all}");
}

#[test]
fn the_address_that_is_called_stands_in_no_words() {
    together(&[
        ("devino", || {
            keeps_its_address_to_itself::<PlayedDevino>(
                |address| {
                    let body = format!(
                        r#"{{"result":[{{"code":"REJECTED","reasons":[{{"key":"invalid","ref":"messages[0].callbackUrl"}}],"description":"{address}"}}]}}"#
                    );
                    (200, body)
                },
                |address| format!(r#"[{{"ts":1,"status":"{address}","errorCode":2010}}]"#),
            );
        }),
        ("decision", || {
            keeps_its_address_to_itself::<PlayedDecisionTelecom>(
                |address| {
                    let body = format!(
                        r#"{{"name":"Invalid Parameter: callback_url","message":"Empty parameter or parameter validation error {address}","code":1,"status":400}}"#
                    );
                    (400, body)
                },
                |address| {
                    format!(
                        r#"{{"message":"more than 24 hours have passed {address}","code":7,"status":503}}"#
                    )
                },
            );
        }),
    ]);
}

#[test]
fn a_template_is_measured_by_its_own_limits_and_sent_without_a_picture() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open(&stage);
    let mut program = stage.program();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    let mut send = |text: String, attachments: Vec<Attachment>| {
        let ticket = program.ticket();
        program.outbox(OutboxCommand::Send {
            template: Some(TemplateMessage {
                key: super::played::TEMPLATE.to_owned(),
                language: "pt_BR".to_owned(),
                values: vec!["Ana".to_owned()],
            }),
            ticket,
            account,
            to: vec![PhoneNumber::from_digits(&number(1)).unwrap()],
            names: Vec::new(),
            text,
            attachments,
            not_before: None,
        });
        match program.answer(ticket) {
            Answer::Enqueued(stored) => stored,
            other => panic!("{other:?}"),
        }
    };
    let picture = Attachment {
        url: "https://files.example/a.jpg".to_owned(),
        name: "a.jpg".to_owned(),
        kind: MediaKind::Image,
        file: None,
    };
    assert!(send("Seu pedido chegou".to_owned(), vec![picture]).is_err());
    let long = send("x".repeat(3_000), Vec::new()).unwrap().remove(0);
    program.until_state(long.id, MessageState::Accepted);
    assert_eq!(desk.copies_to(&long), 1);
}
