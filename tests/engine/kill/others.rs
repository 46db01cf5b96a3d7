//! `kill -9` at seeded moments with the gateways that know no repetition: nothing is lost, nothing goes out a second time,
//! and what was under way is unknown until a report tells what became of it. `RECADO_KILL_POINTS` asks for more of them
//! than the usual 100 of each gateway.

mod child;

use super::{faults_between, pass, watch_for};
use crate::contract::desk::{Contracted, Desk, is_taken, sends};
use crate::program::Program;
use crate::stage::{Stage, together};
use child::Victim;
use rand::RngExt as _;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use recado::domain::message::{Message, MessageState};
use recado::domain::{AccountId, MessageId, ThreadEntry};
use recado::engine::OutboxCommand;
use recado::simulator::common::{Book, Function, Told};
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use recado::simulator::devino::PlayedDevino;
use recado::simulator::webhook::WebhookEnd;
use recado::simulator::{Fault, FaultRule, Times};
use sqlx::{ConnectOptions as _, Connection as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn points() -> usize {
    std::env::var("RECADO_KILL_POINTS")
        .ok()
        .and_then(|points| points.parse().ok())
        .unwrap_or(100)
}

/// When a kill is of interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    /// While it starts: what was under way is taken up.
    Starting,
    /// A message has just been stored; the attempt is about to be committed.
    Stored,
    /// The request has arrived and is processed; its answer is held back for ever.
    Processed,
    /// The request has arrived and is not processed.
    NotProcessed,
    /// Half of the answer is on its way.
    HalfAnswered,
    /// Somewhere around the answer: before it is read, while it is committed, when the next begins.
    Answered,
    /// It was told what became of a message whose answer never came.
    ReportedFirst,
    /// What it was told is being committed, or is committed and not answered yet.
    Reported,
}

const MOMENTS: [Moment; 8] = [
    Moment::Starting,
    Moment::Stored,
    Moment::Processed,
    Moment::NotProcessed,
    Moment::HalfAnswered,
    Moment::Answered,
    Moment::ReportedFirst,
    Moment::Reported,
];

/// One folder and one gateway through a number of kills.
struct Lane<'a, V: Contracted> {
    random: StdRng,
    stage: &'a Stage,
    desk: Desk<V>,
    data: PathBuf,
    stored: Vec<MessageId>,
    /// How many messages were under way when it was killed.
    under_way: usize,
    slowest: Duration,
}

impl<V: Contracted> Lane<'_, V> {
    fn kill_once(&mut self) -> Moment {
        let moment = *MOMENTS.choose(&mut self.random).unwrap();
        let under_way = self.stage.handle().block_on(under_way(&self.data));
        self.under_way += under_way.len();
        let victim = Victim::start(&self.data, &self.desk, self.random.random());
        if !under_way.is_empty() && moment != Moment::Starting {
            self.see_taken_up(&victim, &under_way);
        }
        self.wait_for(moment, &victim);
        victim.kill(&mut self.stored);
        self.desk.control.clear_faults();
        self.desk.ledger.read(assert_nothing_twice);
        moment
    }

    /// What was under way is unknown, or known by a report, and never waits to be sent again.
    fn see_taken_up(&mut self, victim: &Victim, under_way: &[Vec<u8>]) {
        let handle = self.stage.handle();
        let until = victim.began + super::TAKEN_UP_WITHIN;
        loop {
            let states = handle.block_on(states_of(&self.data, under_way));
            assert!(states.iter().all(|state| state != "queued"), "{states:?}");
            if states.iter().all(|state| state != "in_flight") {
                break;
            }
            assert!(Instant::now() < until, "{states:?}");
            pass(2_000);
        }
        self.slowest = self.slowest.max(victim.began.elapsed());
    }

    fn wait_for(&mut self, moment: Moment, victim: &Victim) {
        let few = self.random.random_range(1..6_usize);
        match moment {
            Moment::Starting => pass(self.random.random_range(0..150_000)),
            Moment::Stored => {
                let before = self.stored.len();
                victim.hear_until(&mut self.stored, |stored, _| stored.len() >= before + few);
                pass(self.random.random_range(0..6_000));
            }
            Moment::Processed => self.strike(Fault::ProcessThenNever),
            Moment::NotProcessed => self.strike(Fault::NeverWithoutProcessing),
            Moment::HalfAnswered => {
                self.strike(Fault::StallAt(30));
                pass(self.random.random_range(0..3_000));
            }
            Moment::Answered => {
                let before = self.desk.sends();
                self.desk
                    .wait("some sends", |state| sends(state.book()) >= before + few);
                pass(self.random.random_range(0..8_000));
            }
            Moment::ReportedFirst => {
                self.strike(Fault::ProcessThenNever);
                let last = self.desk.ledger.read(|book| book.messages().last().unwrap().id);
                self.desk
                    .wait("reported", |state| is_told(state.book(), |id| id == last));
                pass(self.random.random_range(0..2_000));
            }
            Moment::Reported => {
                let before = self.desk.ledger.calls().len();
                self.desk.wait("told", |state| {
                    state
                        .book()
                        .calls()
                        .iter()
                        .skip(before)
                        .any(|call| call.end.is_some())
                });
                watch_for(|| self.desk.ledger.calls().iter().any(|call| call.end.is_none()));
                pass(self.random.random_range(0..1_500));
            }
        }
    }

    /// Lets this fault strike the next request with messages. A test of the credentials has none.
    fn strike(&self, fault: Fault) {
        loop {
            let before = self.desk.ledger.read(|book| book.requests().len());
            self.desk.control.add_fault(FaultRule {
                endpoint: Some(Function::Send),
                fault: fault.clone(),
                times: Times::ONCE,
                processed: None,
            });
            self.desk
                .wait("struck", |state| faults_between(state.book(), before).is_some());
            if self.desk.ledger.read(|book| faults_between(book, before)) == Some(true) {
                return;
            }
        }
    }
}

/// Whether something of such a message was told and taken.
fn is_told(book: &Book, wanted: impl Fn(u64) -> bool) -> bool {
    book.calls().iter().rev().any(|call| {
        call.end == Some(WebhookEnd::Acknowledged)
            && matches!(call.told, Told::Step { message_id, .. } if wanted(message_id))
    })
}

/// By what a message is known on both sides.
type Known = (String, String);

/// No message was taken twice, and none was even asked for twice: where nothing is known, nothing is repeated.
fn assert_nothing_twice(book: &Book) {
    let mut taken: BTreeMap<Known, usize> = BTreeMap::new();
    for message in book.messages() {
        *taken
            .entry((message.to.clone(), message.text.clone()))
            .or_default() += 1;
    }
    for (known, count) in taken {
        assert_eq!(count, 1, "taken twice: {known:?}");
    }
    let mut asked: BTreeMap<Known, usize> = BTreeMap::new();
    for request in book.requests() {
        for known in messages_in(&request.body) {
            *asked.entry(known).or_default() += 1;
        }
    }
    for (known, count) in asked {
        assert_eq!(count, 1, "asked for twice: {known:?}");
    }
}

/// The messages of a request, whichever gateway's.
fn messages_in(body: &str) -> Vec<Known> {
    let Ok(body) = serde_json::from_str::<serde_json::Value>(body) else {
        return Vec::new();
    };
    let list = body.get("messages").and_then(|messages| messages.as_array());
    let list = list.cloned().unwrap_or_else(|| vec![body.clone()]);
    list.iter()
        .filter_map(|message| {
            let to = message.get("to").or_else(|| message.get("destination_addr"))?;
            let to = to.as_str().map_or_else(|| to.to_string(), str::to_owned);
            let text = message.get("text")?.as_str()?.to_owned();
            (!text.is_empty()).then_some((to, text))
        })
        .collect()
}

/// The messages that were under way when the program was killed, read from a copy: the file itself is left as it is for
/// the next start.
async fn under_way(data: &Path) -> Vec<Vec<u8>> {
    const FILES: [&str; 2] = ["recado.sqlite3", "recado.sqlite3-wal"];
    let copies = tempfile::tempdir().unwrap();
    for name in FILES {
        if data.join(name).exists() {
            std::fs::copy(data.join(name), copies.path().join(name)).unwrap();
        }
    }
    let file = copies.path().join(FILES[0]);
    if !file.exists() {
        return Vec::new();
    }
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut connection = options.connect().await.unwrap();
    // In the very first starts there may be no such table yet.
    let found = sqlx::query_scalar("SELECT id FROM messages WHERE state = 'in_flight'")
        .fetch_all(&mut connection)
        .await
        .unwrap_or_default();
    connection.close().await.unwrap();
    found
}

async fn states_of(data: &Path, messages: &[Vec<u8>]) -> Vec<String> {
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(data.join("recado.sqlite3"))
        .busy_timeout(Duration::from_secs(10));
    let mut connection = options.connect().await.unwrap();
    let mut states = Vec::new();
    for id in messages {
        let state = sqlx::query_scalar("SELECT state FROM messages WHERE id = $1")
            .bind(id)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        states.push(state);
    }
    connection.close().await.unwrap();
    states
}

/// The program's own book of what it sent.
fn outgoing(program: &mut Program, account: AccountId) -> Vec<Message> {
    let mut all = Vec::new();
    for row in program.conversations(account) {
        let thread = program.thread(row.conversation.id).into_iter();
        all.extend(thread.filter_map(|entry| match entry {
            ThreadEntry::Outgoing(message) => Some(*message),
            ThreadEntry::Incoming(_) => None,
        }));
    }
    all
}

fn known(message: &Message) -> Known {
    (message.to.digits().to_owned(), message.text.clone())
}

/// Lets everything go its way to the end, and compares both books.
fn compare<V: Contracted>(lane: &Lane<'_, V>) -> String {
    let (mut program, account) = super::books::open(lane.stage, &lane.data);
    program.until(account, "all gone", |view| {
        view.outbox.queued + view.outbox.in_flight == 0
    });
    let desk = &lane.desk;
    desk.wait("everything is sent and told", |state| {
        state.queue_length() == 0
            && state.is_all_told()
            && state
                .book()
                .messages()
                .iter()
                .all(|message| message.steps.len() == 3)
    });
    desk.ledger.read(assert_nothing_twice);
    let mut taken: BTreeMap<Known, u64> = desk
        .ledger
        .messages()
        .into_iter()
        .map(|message| ((message.to, message.text), message.id))
        .collect();
    let count_taken = taken.len();
    let ours = outgoing(&mut program, account);
    for id in &lane.stored {
        assert!(ours.iter().any(|message| message.id == *id), "{id} is lost");
    }
    let mut unknown = Vec::new();
    for message in &ours {
        let named = format!("{message:#?}");
        if let Some(gateway_id) = taken.remove(&known(message)) {
            let read = program.until_state(message.id, MessageState::Read);
            assert_eq!(read.gateway_id, Some(gateway_id.to_string()), "{named}");
        } else {
            assert_eq!(message.state, MessageState::Unknown, "{named}");
            unknown.push(message.clone());
        }
        assert!(message.attempts <= 1, "{named}");
    }
    assert!(taken.is_empty(), "sent without a record: {taken:?}");
    send_one_again(lane, &mut program, &unknown);
    format!(
        "{} messages, {count_taken} taken, {} unknown",
        ours.len(),
        unknown.len()
    )
}

/// Only the operator can have a second copy made.
fn send_one_again<V: Contracted>(lane: &Lane<'_, V>, program: &mut Program, unknown: &[Message]) {
    let Some(message) = unknown.first() else { return };
    let messages = lane.desk.ledger.messages().len();
    program.outbox(OutboxCommand::SendAgain(message.id));
    lane.desk.wait("sent again", |state| {
        state.book().messages().len() == messages + 1 && state.is_all_told()
    });
    let again = lane.desk.ledger.messages().pop().unwrap();
    assert_eq!((again.to, again.text), known(message));
    assert_eq!(program.message(message.id).state, MessageState::Unknown);
    let account = message.account;
    let copies = outgoing(program, account);
    let copy = copies
        .iter()
        .find(|copy| known(copy) == known(message) && copy.id != message.id);
    let read = program.until_state(copy.unwrap().id, MessageState::Read);
    assert!(is_taken(read.state) && read.client_id != message.client_id);
}

fn play<V: Contracted>() {
    let begun = Instant::now();
    let stage = Stage::new();
    let mut lane = Lane {
        random: stage.random(),
        desk: Desk::<V>::open_with(&stage, |common| {
            common.window = None;
            common.balance = 1_000_000;
        }),
        data: stage.folder.path().join("data"),
        stage: &stage,
        stored: Vec::new(),
        under_way: 0,
        slowest: Duration::ZERO,
    };
    let mut spent: BTreeMap<Moment, usize> = BTreeMap::new();
    for _ in 0..points() {
        *spent.entry(lane.kill_once()).or_default() += 1;
    }
    let killed = begun.elapsed();
    let figures = compare(&lane);
    println!(
        "{:?}: {} kills in {killed:?}, compared after {:?}; {} under way at a kill, taken up within {:?}; {figures}; {spent:?}",
        V::KIND,
        points(),
        begun.elapsed(),
        lane.under_way,
        lane.slowest,
    );
    assert!(lane.under_way > points() / 10, "the kills meet nothing under way");
}

#[test]
fn killed_at_any_moment_with_gateways_that_know_no_repetition() {
    together(&[
        ("devino", play::<PlayedDevino>),
        ("decision", play::<PlayedDecisionTelecom>),
    ]);
}
