//! `kill -9` at seeded moments: a child runs the engine, the gateway stays here, and both books are compared at the end.
//! `RECADO_KILL_POINTS` asks for more of them than the usual 500.

mod books;
mod others;
mod victim;

use crate::attachments::bench::Bucket;
use crate::program::number;
use crate::stage::{Played, Stage, together};
use books::TAKEN_UP_WITHIN;
use bytes::Bytes;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom as _;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use recado::domain::message::{MessageState, ReasonKind};
use recado::simulator::common::Book;
use recado::simulator::ledger::LedgerBook;
use recado::simulator::webhook::{
    Document, FileEncoding, FileOrder, FileStyle, StatusName, StatusStyle, Told,
};
use recado::simulator::{
    Contact, Endpoint, Fault, RepeatAnswer, Said, SimulatorState, Times, WebhookRetry, WebhookStyle,
};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use victim::{Heard, Task, Victim};

/// How many folders are played in at once.
const LANES: usize = 3;
/// How many first starts are cut off.
const FIRST_STARTS: usize = 12;

fn points() -> usize {
    std::env::var("RECADO_KILL_POINTS")
        .ok()
        .and_then(|points| points.parse().ok())
        .unwrap_or(500)
}

/// When a kill is of interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    /// While it starts: the database is opened, what was under way is taken up.
    Starting,
    /// Right after it began to listen.
    Listening,
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
    /// It was told what became of a message, and has not got the answer to its sending.
    ReportedFirst,
    /// What came is being committed, or is committed and not answered yet.
    Committed,
    /// A file is on its way.
    FileStreamed,
    /// A message with a file of the operator's has just been stored.
    FileStored,
    /// Such a file is on its way to the storage, has just come there, or is fetched back.
    FilePlaced,
}

const MOMENTS: [Moment; 12] = [
    Moment::Starting,
    Moment::Listening,
    Moment::Stored,
    Moment::Processed,
    Moment::NotProcessed,
    Moment::HalfAnswered,
    Moment::Answered,
    Moment::ReportedFirst,
    Moment::Committed,
    Moment::FileStreamed,
    Moment::FileStored,
    Moment::FilePlaced,
];

/// One folder and one gateway through a number of kills.
struct Lane {
    random: StdRng,
    gateway: Played,
    /// Where files go: it is there also while the program is not.
    bucket: Bucket,
    data: PathBuf,
    heard: Heard,
    /// How many texts were written.
    written: usize,
}

fn play(lane: u64, repeat: RepeatAnswer, style: WebhookStyle) {
    let begun = Instant::now();
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.set_repeat_answer(repeat);
    gateway.control.set_webhook_style(style);
    gateway.control.set_webhook_retry(WebhookRetry::fast());
    let mut lane = Lane {
        random: StdRng::seed_from_u64(stage.seed.wrapping_add(lane)),
        gateway,
        bucket: Bucket::start(&stage),
        data: stage.folder.path().join("data"),
        heard: Heard::default(),
        written: 0,
    };
    let kills = points().div_ceil(LANES);
    let mut spent: BTreeMap<Moment, (usize, Duration)> = BTreeMap::new();
    for _ in 0..kills {
        let begun = Instant::now();
        let moment = lane.kill_once();
        let (count, time) = spent.entry(moment).or_default();
        *count += 1;
        *time += begun.elapsed();
    }
    let killed = begun.elapsed();
    let figures = books::compare(&stage, &lane.gateway, &lane.bucket, &lane.data, &lane.heard);
    assert!(lane.heard.slowest < TAKEN_UP_WITHIN, "{:?}", lane.heard.slowest);
    println!(
        "{repeat:?}: {kills} kills in {killed:?}, compared after {:?}; {} starts, the slowest {:?}; {figures}; {spent:?}",
        begun.elapsed(),
        lane.heard.ready,
        lane.heard.slowest,
    );
}

impl Lane {
    fn kill_once(&mut self) -> Moment {
        let moment = *MOMENTS.choose(&mut self.random).unwrap();
        // With nothing to send, what is written to the disk is what came.
        let at_rest = moment == Moment::Committed;
        let task = Task::Send(self.random.random());
        let victim = Victim::start(&self.data, &self.gateway, Some(&self.bucket), task, at_rest);
        if self.gateway.control.webhook().is_some() {
            for _ in 0..self.random.random_range(0..3) {
                self.somebody_writes();
            }
        }
        self.wait_for(moment, &victim);
        victim.kill(&mut self.heard);
        self.gateway.control.clear_faults();
        let sent_once = self.gateway.ledger.read(|book| {
            let mut messages = book.messages().iter();
            messages.all(|message| message.sent_at.len() <= 1)
        });
        assert!(sent_once);
        moment
    }

    fn wait_for(&mut self, moment: Moment, victim: &Victim) {
        let few = self.random.random_range(1..9_usize);
        match moment {
            Moment::Starting => pass(self.random.random_range(0..150_000)),
            Moment::Listening => {
                victim.until_listening(&mut self.heard);
                pass(self.random.random_range(0..4_000));
            }
            Moment::Stored => {
                let before = self.heard.stored.len();
                victim.hear_until(&mut self.heard, |heard, _| heard.stored.len() >= before + few);
                pass(self.random.random_range(0..6_000));
            }
            Moment::Processed => self.strike(Fault::ProcessThenNever),
            Moment::NotProcessed => self.strike(Fault::NeverWithoutProcessing),
            Moment::HalfAnswered => {
                self.strike(Fault::StallAt(30));
                pass(self.random.random_range(0..3_000));
            }
            Moment::Answered => {
                let sends = self.gateway.sends();
                self.gateway.wait("some sends", |state| {
                    state.ledger().requests_to(Endpoint::Send) >= sends + few
                });
                pass(self.random.random_range(0..8_000));
            }
            Moment::ReportedFirst => {
                self.strike(Fault::ProcessThenNever);
                // The dispatcher goes on after a while: not the last message, but the one that is last now.
                let last = self.gateway.ledger.messages().pop().unwrap().client_id;
                self.gateway
                    .wait("reported", |state| is_reported(state.ledger(), &last));
                pass(self.random.random_range(0..2_000));
            }
            Moment::Committed => {
                victim.until_listening(&mut self.heard);
                (0..5).for_each(|_| self.somebody_writes());
                // Not always the first: the program writes a word of its own when it begins to listen.
                for _ in 0..self.random.random_range(1..5) {
                    commits(&self.data.join("recado.sqlite3-shm"));
                }
                pass(self.random.random_range(0..400));
            }
            Moment::FileStreamed => {
                victim.until_listening(&mut self.heard);
                self.somebody_sends_a_file();
                something_in(&self.data.join("spool"));
                pass(self.random.random_range(0..15_000));
            }
            Moment::FileStored => {
                let before = self.heard.files;
                victim.hear_until(&mut self.heard, |heard, _| heard.files > before);
                pass(self.random.random_range(0..10_000));
            }
            Moment::FilePlaced => {
                let server = &self.bucket.server;
                server.asked();
                victim.hear_until(&mut self.heard, |_, _| !server.asked().is_empty());
                pass(self.random.random_range(0..30_000));
            }
        }
    }

    /// Lets this fault strike the next sending.
    fn strike(&self, fault: Fault) {
        let struck = self.gateway.ledger.read(faults_in);
        self.gateway.fault(Endpoint::Send, fault, Times::ONCE, None);
        self.gateway
            .wait("struck", |state| faults_in(state.ledger()) > struck);
    }

    fn somebody(&mut self) -> Contact {
        Contact::new(&number(self.random.random_range(20..60)), "Maria Souza")
    }

    fn somebody_writes(&mut self) {
        self.written += 1;
        let (contact, text) = (self.somebody(), format!("Mensagem {}", self.written));
        self.gateway.control.contact_writes(contact, Said::text(&text));
    }

    /// Large enough to be on its way for a while, and like no other.
    fn somebody_sends_a_file(&mut self) {
        let mut bytes = vec![0; self.random.random_range(100_000..1_000_000)];
        self.random.fill_bytes(&mut bytes);
        let document = Document {
            bytes: Bytes::from(bytes),
            mime_type: "application/octet-stream".to_owned(),
            name: "Planta.bin".to_owned(),
        };
        let contact = self.somebody();
        self.gateway
            .control
            .contact_writes(contact, Said::Document(document));
    }
}

/// Whether a request of a book after so many was struck by a fault; and whether one with messages was.
fn faults_between(book: &Book, before: usize) -> Option<bool> {
    let mut struck = book
        .requests()
        .iter()
        .skip(before)
        .filter(|request| request.fault.is_some())
        .peekable();
    struck.peek()?;
    Some(struck.any(|request| !request.body.contains("[]")))
}

fn faults_in(book: &LedgerBook) -> usize {
    let requests = book.requests().iter();
    requests.filter(|request| request.fault.is_some()).count()
}

/// Whether something of this message was told and taken.
fn is_reported(book: &LedgerBook, message: &str) -> bool {
    book.webhooks().iter().rev().any(|webhook| {
        webhook.is_acknowledged()
            && matches!(&webhook.told, Told::Status { client_id, .. } if client_id == message)
    })
}

/// Lets so many microseconds pass. A sleep alone would wake too late.
fn pass(micros: u64) {
    const LATE: u64 = 1_000;
    let begun = Instant::now();
    std::thread::sleep(Duration::from_micros(micros.saturating_sub(LATE)));
    while begun.elapsed() < Duration::from_micros(micros) {
        std::hint::spin_loop();
    }
}

/// Waits until the database commits something: its index, which all of its processes share, begins with a count of that.
fn commits(index: &Path) {
    let count = || {
        let mut beginning = [0; 12];
        let read = File::open(index).and_then(|mut file| file.read_exact(&mut beginning));
        read.map_or([0; 4], |()| [8, 9, 10, 11].map(|at: usize| beginning[at]))
    };
    let before = count();
    watch_for(|| count() != before);
}

/// Waits until there is a file with something in it.
fn something_in(folder: &Path) {
    watch_for(|| {
        let Ok(mut entries) = std::fs::read_dir(folder) else {
            return false;
        };
        entries.any(|entry| {
            entry
                .and_then(|entry| entry.metadata())
                .is_ok_and(|metadata| metadata.len() > 0)
        })
    });
}

fn watch_for(seen: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_millis(300);
    while !seen() && Instant::now() < until {
        std::hint::spin_loop();
    }
}

#[test]
fn killed_at_any_moment() {
    together(&[
        ("the first identifier again", || {
            let style = WebhookStyle {
                statuses: StatusStyle {
                    name: StatusName::Alternating,
                    ..StatusStyle::default()
                },
                ..WebhookStyle::default()
            };
            play(1, RepeatAnswer::SameLogId, style);
        }),
        ("a new identifier", || {
            let style = WebhookStyle {
                files: FileStyle {
                    encoding: FileEncoding::Multipart,
                    order: FileOrder::BeforeMessage,
                    ..FileStyle::default()
                },
                ..by_our_identifier()
            };
            play(2, RepeatAnswer::NewLogId, style);
        }),
        ("refused", || {
            let mut style = by_our_identifier();
            style.message_copies = 2;
            style.files.copies = 2;
            style.statuses.copies = 2;
            style.statuses.shuffled = true;
            play(3, RepeatAnswer::Refused, style);
        }),
        ("the first start", first_starts),
    ]);
}

/// A repetition that is answered with something else than the first identifier is known by ours only.
fn by_our_identifier() -> WebhookStyle {
    WebhookStyle {
        statuses: StatusStyle {
            name: StatusName::ClientId,
            ..StatusStyle::default()
        },
        ..WebhookStyle::default()
    }
}

/// The first start of all, at which the database, the account and its address are made, is cut off.
fn first_starts() {
    let stage = Stage::new();
    let mut random = stage.random();
    let gateway = stage.gateway();
    for index in 0..FIRST_STARTS {
        let data = stage.folder.path().join(format!("data {index}"));
        let mut heard = Heard::default();
        let victim = Victim::start(&data, &gateway, None, Task::Listen, true);
        if random.random() {
            pass(random.random_range(0..250_000));
        } else {
            victim.hear_until(&mut heard, |_, line| line == "ready");
            pass(random.random_range(0..30_000));
        }
        victim.kill(&mut heard);
        let victim = Victim::start(&data, &gateway, None, Task::Listen, true);
        victim.until_listening(&mut heard);
        victim.kill(&mut heard);
        assert!(heard.slowest < TAKEN_UP_WITHIN, "{:?}", heard.slowest);
        gateway.control.set_webhook(None);
    }
}

/// The gateway deletes what waited there, and the program ends before it is told.
#[test]
fn killed_while_the_queue_at_the_gateway_is_cleared() {
    for fault in [Fault::ProcessThenNever, Fault::NeverWithoutProcessing] {
        let stage = Stage::new();
        let gateway = stage.gateway();
        gateway.control.set_webhook_retry(WebhookRetry::fast());
        gateway.control.hold_queue(true);
        let data = stage.folder.path().join("data");
        let mut heard = Heard::default();
        let deletes = fault.processes();
        gateway.fault(Endpoint::ClearQueue, fault, Times::ONCE, None);
        let victim = Victim::start(&data, &gateway, None, Task::Clear, false);
        gateway.wait("asked to clear", |state| {
            state.ledger().requests_to(Endpoint::ClearQueue) == 1
        });
        victim.kill(&mut heard);
        assert_eq!(heard.stored.len(), 3);
        let (mut program, _) = books::open(&stage, &data);
        for (id, _) in &heard.stored {
            let unknown = program.message(*id);
            assert_eq!(unknown.state, MessageState::Unknown);
            assert_eq!(unknown.reason.unwrap().kind, ReasonKind::QueueCleared);
        }
        gateway.control.hold_queue(false);
        gateway.wait_until_drained();
        gateway.wait("told", SimulatorState::is_webhook_quiet);
        for (id, client_id) in &heard.stored {
            assert_eq!(gateway.ledger.sent_count(client_id), usize::from(!deletes));
            // What was not deleted is reported, and so known again.
            let end = if deletes {
                MessageState::Unknown
            } else {
                MessageState::Read
            };
            program.until_state(*id, end);
        }
        // Settled once: what is accepted later has nothing to do with it.
        let account = program.message(heard.stored[0].0).account;
        let later = program.send_one(account, &number(9), "Olá");
        program.until_message(later.id, "accepted", |message| {
            message.state.progress() >= MessageState::Accepted.progress()
        });
        program.shutdown();
        let (mut program, _) = books::open(&stage, &data);
        let state = program.message(later.id).state;
        assert_ne!(state, MessageState::Unknown);
    }
}
