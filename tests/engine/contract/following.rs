//! What becomes of messages is asked where nothing is told.

use super::desk::{Desk, deaf};
use crate::program::{Program, number};
use crate::stage::Stage;
use recado::domain::Timestamp;
use recado::domain::message::MessageState;
use recado::domain::time::Clock;
use recado::simulator::common::{Ending, Function};
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use recado::simulator::{Fault, Times};
use std::time::Duration;

const START: Timestamp = Timestamp(1_790_000_000_000);

#[test]
fn a_message_is_asked_about_until_its_end_and_over_a_restart() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDecisionTelecom>::open(&stage);
    let clock = Clock::held(START);
    let begin = || {
        stage.program_with(|options| {
            options.clock = clock.clone();
            options.secrets = crate::stage::token_for_all(crate::stage::TOKEN);
        })
    };
    let mut program = begin();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    desk.control.hold_queue(true);
    desk.control.end_messages(Ending::Delivered, Times::Next(1));
    desk.control.end_messages(Ending::Seen, Times::Next(1));
    let first = program.send_one(account, &number(1), "Oi");
    let second = program.send_one(account, &number(2), "Oi");
    for message in [&first, &second] {
        program.until_state(message.id, MessageState::Accepted);
    }
    let asked = |desk: &Desk<PlayedDecisionTelecom>| desk.ledger.requests_to(Function::State);
    // The test of the account puts a question too.
    let before = asked(&desk);
    clock.advance(Duration::from_secs(31));
    program.wake(account);
    desk.wait("both are asked about", |state| {
        state.book().requests_to(Function::State) >= before + 2
    });
    assert_eq!(program.message(first.id).state, MessageState::Accepted, "pending");

    // The next questions are put by the program as it begins anew.
    program.shutdown();
    drop(program);
    desk.control.hold_queue(false);
    desk.wait("all is where it ends", |state| {
        let ends: Vec<_> = state
            .book()
            .messages()
            .iter()
            .map(|message| message.steps.len())
            .collect();
        ends.len() == 2 && ends[0] >= 2 && ends[1] >= 3
    });
    clock.advance(Duration::from_secs(61));
    let mut program = begin();
    program.until_state(first.id, MessageState::Delivered);
    program.until_state(second.id, MessageState::Read);
}

/// When a message of which nothing new is ever told is asked about, in seconds after it was accepted: slower and slower,
/// at last every three hours, for five days.
fn expected_questions() -> Vec<u64> {
    const FIVE_DAYS: u64 = 5 * 24 * 3_600;
    let first = [30, 60, 120, 300, 600, 1_800, 3_600];
    let later = std::iter::repeat(3 * 3_600);
    let mut at = 0;
    first
        .into_iter()
        .chain(later)
        .map(|wait| {
            at += wait;
            at
        })
        .take_while(|at| *at <= FIVE_DAYS)
        .collect()
}

/// How often a message was asked about.
fn asked_about(desk: &Desk<PlayedDecisionTelecom>, gateway_id: &str) -> usize {
    let body = format!("{{\"message_id\":{gateway_id}}}");
    desk.ledger.read(|book| asked_in(book, &body))
}

fn asked_in(book: &recado::simulator::common::Book, body: &str) -> usize {
    let questions = book.requests().iter();
    questions
        .filter(|request| request.function == Some(Function::State) && request.body == body)
        .count()
}

#[test]
fn a_pending_message_is_asked_about_slower_and_slower_for_five_days_over_restarts() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDecisionTelecom>::open(&stage);
    let clock = Clock::held(START);
    let begin = || {
        stage.program_with(|options| {
            options.clock = clock.clone();
            options.secrets = crate::stage::token_for_all(crate::stage::TOKEN);
        })
    };
    let mut program = begin();
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    desk.control.end_messages(Ending::Pending, Times::Always);
    let message = program.send_one(account, &number(1), "Oi");
    let accepted = program.until_state(message.id, MessageState::Accepted);
    let gateway_id = accepted.gateway_id.unwrap();
    let body = format!("{{\"message_id\":{gateway_id}}}");
    let until_asked = |program: &Program, count: usize| {
        program.wake(account);
        desk.wait("it is asked about", |state| {
            asked_in(state.book(), &body) >= count
        });
        assert_eq!(asked_about(&desk, &gateway_id), count, "no question too many");
    };
    let questions = expected_questions();
    assert!(questions.len() > 40, "{questions:?}");
    let mut passed = 0;
    for (index, at) in questions.iter().enumerate() {
        // A second before nothing is asked: the next question would be one too many.
        clock.advance(Duration::from_secs(at - 1 - passed));
        let is_restarted = index % 5 == 3;
        if is_restarted {
            // What falls due while it is closed is asked about once, when it begins.
            program.shutdown();
            drop(program);
            clock.advance(Duration::from_secs(1));
            program = begin();
        } else {
            program.wake(account);
            // An answer to a question about the message has gone through the same database.
            assert_eq!(program.message(message.id).state, MessageState::Accepted);
            assert_eq!(asked_about(&desk, &gateway_id), index, "not before its time");
            clock.advance(Duration::from_secs(1));
        }
        passed = *at;
        until_asked(&program, index + 1);
        // The next one is put in relation to the answer, so that must have been written down.
        wait_until_rests(&stage, index + 1);
    }
    // After five days it is given up: whatever comes after, and over a restart as well, it is not asked about.
    for days in [1, 10] {
        clock.advance(Duration::from_secs(days * 24 * 3_600));
        program.shutdown();
        drop(program);
        program = begin();
        let marker = program.send_one(account, &number(2), "Olá");
        let accepted = program.until_state(marker.id, MessageState::Accepted);
        clock.advance(Duration::from_secs(31));
        program.wake(account);
        let marker = format!("{{\"message_id\":{}}}", accepted.gateway_id.unwrap());
        desk.wait("others are asked about", |state| {
            asked_in(state.book(), &marker) >= 1
        });
        assert_eq!(asked_about(&desk, &gateway_id), questions.len());
    }
    assert_eq!(program.message(message.id).state, MessageState::Accepted);
}

/// Waits until the answer to the question of this number is written down: the message is due later again, or no more.
fn wait_until_rests(stage: &Stage, tries: usize) {
    let file = stage.folder.path().join("recado.sqlite3");
    let until = std::time::Instant::now() + crate::stage::PATIENCE;
    while let Some(known) = stage.handle().block_on(tries_of(&file))
        && known < tries
    {
        assert!(
            std::time::Instant::now() < until,
            "{known} of {tries} are written down"
        );
        std::thread::yield_now();
    }
}

/// How many questions about the only message are written down; `None` if it is followed no more.
async fn tries_of(file: &std::path::Path) -> Option<usize> {
    use sqlx::{ConnectOptions as _, Connection as _};
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = options.connect().await.unwrap();
    let tries: Option<i64> = sqlx::query_scalar("SELECT max(tries) FROM message_polls")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    tries.map(|tries| usize::try_from(tries).unwrap())
}

/// Which messages were asked about, in this order, by the gateway's identifier.
fn all_asked_about(desk: &Desk<PlayedDecisionTelecom>) -> Vec<String> {
    desk.ledger
        .requests()
        .iter()
        .filter(|request| request.function == Some(Function::State))
        .map(|request| {
            let body: serde_json::Value = serde_json::from_str(&request.body).unwrap();
            body["message_id"].to_string().replace('"', "")
        })
        .collect()
}

#[test]
fn a_message_that_cannot_be_all_asked_about_does_not_keep_the_others_waiting() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDecisionTelecom>::open(&stage);
    let clock = Clock::held(START);
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    deaf(&mut program);
    let account = desk.account(&mut program, "Loja");
    let first = program.send_one(account, &number(1), "Oi");
    let first = program.until_state(first.id, MessageState::Accepted);
    clock.advance(Duration::from_secs(1));
    let second = program.send_one(account, &number(2), "Oi");
    let second = program.until_state(second.id, MessageState::Accepted);
    let ids = [first.gateway_id.unwrap(), second.gateway_id.unwrap()];
    desk.wait("both are seen", |state| {
        state
            .book()
            .messages()
            .iter()
            .all(|message| message.steps.len() >= 3)
    });
    let no = Fault::Reply {
        status: 401,
        body: b"<h1>Unauthorized</h1>".to_vec(),
    };
    desk.control.fault(Function::State, no, Times::ONCE);
    clock.advance(Duration::from_secs(31));
    program.wake(account);
    program.until_state(second.id, MessageState::Read);
    let asked: Vec<String> = all_asked_about(&desk)
        .into_iter()
        .filter(|id| ids.contains(id))
        .collect();
    assert_eq!(asked, ids, "the first was asked about again before the second");
    assert_eq!(program.message(first.id).state, MessageState::Accepted);
    // It is asked about again in its time.
    clock.advance(Duration::from_secs(31));
    program.until_state(first.id, MessageState::Read);
}
