//! The disk is full, or broken: operation after operation fails, once, for a while or from then on. Afterwards the gateway's
//! ledger and what its calls were answered are compared with the program over the same folder and a good disk.
//! `RECADO_FAULT_POINTS` asks for more operations than the usual 72, `all` for each of them.

use crate::events::{self, Event};
use crate::play::{self, Scene, Size};
use crate::program::Program;
use crate::promises;
use crate::shim::{EIO, ENOSPC, Failing, Shim};
use crate::stage::{Played, Stage, TOKEN, token_for_all};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use recado::domain::message::{Message, MessageState};
use recado::domain::{AccountId, IncomingKind, ThreadEntry};
use recado::engine::{ListenerState, OutboxCommand};
use recado::simulator::webhook::{Told, WebhookEnd};
use recado::simulator::{Endpoint, Said};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How many runs there are at once.
const LANES: usize = 3;
/// How much happens in a run.
const SIZE: Size = Size {
    rounds: 1,
    texts: 2,
    files: 1,
    patience: Duration::from_millis(600),
};
/// How long a disk fails that does so for a while, in operations.
const A_WHILE: u64 = 25;

/// All that is to be tried, in a random order.
fn points(totals: &[(i32, u64)], random: &mut StdRng) -> Vec<Failing> {
    let wanted = std::env::var("RECADO_FAULT_POINTS").unwrap_or_default();
    let counts = [1, A_WHILE, u64::MAX];
    if wanted == "all" {
        let every = totals.iter().flat_map(|(errno, total)| {
            (1..=*total).flat_map(move |at| {
                counts.map(|count| Failing {
                    errno: *errno,
                    at,
                    count,
                })
            })
        });
        return every.collect();
    }
    let wanted: usize = wanted.parse().unwrap_or(72);
    let kinds = totals.len() * counts.len();
    (0..wanted)
        .map(|index| {
            let (errno, total) = totals[index % totals.len()];
            // Spread evenly, and a little beside.
            let step = total as f64 / (wanted.div_ceil(kinds)) as f64;
            let at = (index / kinds) as f64 * step + random.random_range(0.0..step);
            Failing {
                errno,
                at: 1 + at as u64,
                count: counts[index / totals.len() % counts.len()],
            }
        })
        .collect()
}

#[test]
fn no_operation_that_fails_loses_or_doubles_anything() {
    let begun = Instant::now();
    let stage = Stage::new();
    let mut random = stage.random();
    let totals = [ENOSPC, EIO].map(|errno| {
        let never = Failing {
            errno,
            at: u64::MAX,
            count: 0,
        };
        let outcome = play_with(&stage, &mut random, never);
        assert_eq!(outcome.failed, 0);
        (errno, outcome.operations)
    });
    println!("operations: {totals:?}, after {:?}", begun.elapsed());
    let points = points(&totals, &mut random);
    let count = points.len();
    let left = Mutex::new(points);
    let results = Mutex::new(Vec::new());
    let seed: u64 = random.random();
    std::thread::scope(|scope| {
        for lane in 0..LANES {
            let (left, results) = (&left, &results);
            scope.spawn(move || {
                let stage = Stage::new();
                let mut random = StdRng::seed_from_u64(seed.wrapping_add(lane as u64));
                loop {
                    let Some(failing) = left.lock().unwrap().pop() else {
                        return;
                    };
                    let outcome = play_with(&stage, &mut random, failing);
                    results.lock().unwrap().push(outcome);
                }
            });
        }
    });
    let results = results.into_inner().unwrap();
    assert_eq!(results.len(), count);
    let sum = |of: fn(&Outcome) -> usize| results.iter().map(of).sum::<usize>();
    println!(
        "{count} runs in {:?}: {} met their fault, {} did not begin, {} messages stored, {} calls answered 2xx",
        begun.elapsed(),
        sum(|outcome| usize::from(outcome.failed > 0)),
        sum(|outcome| usize::from(outcome.stored == 0)),
        sum(|outcome| outcome.stored),
        sum(|outcome| outcome.answered),
    );
    // A few points lie behind the end of a run that was shorter.
    let met = sum(|outcome| usize::from(outcome.failed > 0));
    assert!(met * 10 >= count * 8, "{met} of {count}");
    assert!(sum(|outcome| outcome.stored) > count && sum(|outcome| outcome.answered) > count);
}

/// What a run came to.
struct Outcome {
    operations: u64,
    failed: u64,
    stored: usize,
    answered: usize,
}

fn play_with(stage: &Stage, random: &mut StdRng, failing: Failing) -> Outcome {
    let home = play::home();
    let scene = Scene::new(stage, home.path());
    let mut shim = Shim::new(&scene.disk, &scene.scratch);
    shim.failing = Some(failing);
    let gateway = stage.gateway();
    let run = scene.play(&shim, &gateway, random, SIZE);
    let counted = shim.counted();
    let marks = std::fs::read_to_string(&shim.marks).unwrap_or_default();
    let case = format!(
        "{failing:?}, the first: {}\n{:?}\n{marks}",
        counted.first, run.said
    );
    assert!(run.ended_well, "{case}\n{}", run.errors);
    assert!(!run.errors.contains("panicked at"), "{case}\n{}", run.errors);
    assert!(!marks.contains("unanswered"), "{case}");
    let events: Vec<Event> = marks.lines().filter_map(events::mark).collect();
    let books = Aftermath {
        stage,
        gateway: &gateway,
        scene: &scene,
        events: &events,
        case: &case,
    };
    let answered = books.compare();
    Outcome {
        operations: counted.operations,
        failed: counted.failed,
        stored: events
            .iter()
            .filter(|event| matches!(event, Event::Stored { .. }))
            .count(),
        answered,
    }
}

/// After a run: the disk is good again.
struct Aftermath<'a> {
    stage: &'a Stage,
    gateway: &'a Played,
    scene: &'a Scene,
    events: &'a [Event],
    case: &'a str,
}

/// The program's own book.
#[derive(Default)]
struct Ours {
    outgoing: BTreeMap<String, Message>,
    /// How often each text came.
    texts: BTreeMap<String, usize>,
    /// How often each file came.
    files: BTreeMap<[u8; 32], usize>,
}

impl Aftermath<'_> {
    /// Compares both books; answers how many calls were answered 2xx.
    fn compare(&self) -> usize {
        let case = self.case;
        let data = self.scene.data();
        // Before the program goes on: what was promised holds.
        let books = self.stage.handle().block_on(promises::open(&data));
        let held = books.and_then(|books| books.hold(self.events));
        assert_eq!(held, Ok(()), "{case}");
        let mut program = self.stage.program_with(|options| {
            options.folder = data.clone();
            options.secrets = token_for_all(TOKEN);
        });
        let known = program
            .link
            .live
            .borrow()
            .accounts
            .first()
            .map(|view| view.account.id);
        let Some(account) = known else {
            assert!(self.events.is_empty(), "{case}");
            assert_eq!(self.gateway.ledger.requests_to(Endpoint::Send), 0, "{case}");
            return 0;
        };
        self.let_all_go(&mut program, account);
        let ours = read(&mut program, account);
        program.shutdown();
        self.compare_outgoing(&ours);
        let answered = self.compare_incoming(&ours);
        let books = self.stage.handle().block_on(promises::open(&data));
        let held = books.and_then(|books| books.hold(self.events));
        assert_eq!(held, Ok(()), "{case}");
        answered
    }

    /// Lets everything go its way to the end.
    fn let_all_go(&self, program: &mut Program, account: AccountId) {
        program.until_live("listening", |live| {
            matches!(live.listener.state, ListenerState::Listening(_))
                && live
                    .account(account)
                    .is_some_and(|view| live.webhook_url(view).is_some())
        });
        let live = program.link.live.borrow().clone();
        let url = live.webhook_url(live.account(account).unwrap()).unwrap();
        self.gateway.control.set_webhook(Some(url.parse().unwrap()));
        for message in read(program, account).outgoing.into_values() {
            if matches!(message.state, MessageState::Queued | MessageState::Preparing) {
                program.outbox(OutboxCommand::Retry(message.id));
            }
        }
        program.until(account, self.case, |view| {
            view.outbox.preparing + view.outbox.queued + view.outbox.in_flight == 0
        });
        self.gateway.wait(self.case, play::is_over);
    }

    fn compare_outgoing(&self, ours: &Ours) {
        let case = self.case;
        self.gateway.assert_nothing_doubled();
        for request in self.gateway.ledger.all_requests() {
            if let Some(client_id) = request.field("idmsg") {
                assert!(
                    ours.outgoing.contains_key(client_id),
                    "sent without a record: {client_id}; {case}"
                );
            }
        }
        // What was told while nobody was known to listen is not known.
        let told = self.gateway.ledger.webhooks();
        let all_told = told.iter().all(|webhook| webhook.is_acknowledged());
        let least = if all_told {
            MessageState::Read
        } else {
            MessageState::Accepted
        };
        for (client_id, message) in &ours.outgoing {
            let there = self.gateway.ledger.message(client_id);
            let there = there.unwrap_or_else(|| panic!("never sent: {message:?}; {case}"));
            if play::has_failed(&there) {
                // The vendor's document has no such report: the message stays accepted.
                assert!(
                    there.sent_at.is_empty() && !message.state.is_open(),
                    "{message:?}; {case}"
                );
                continue;
            }
            assert_eq!(there.sent_at.len(), 1, "{message:?}; {case}");
            assert!(
                message.state.progress() >= least.progress(),
                "{message:?}; {case}"
            );
        }
    }

    fn compare_incoming(&self, ours: &Ours) -> usize {
        let case = self.case;
        let mut answered = 0;
        for webhook in self.gateway.ledger.webhooks() {
            // A refusal would not be tried again: it would be lost.
            let taken = matches!(
                webhook.end,
                Some(WebhookEnd::Acknowledged | WebhookEnd::NoAddress)
            );
            let last = webhook.attempts.last();
            assert!(
                taken,
                "{:?} after {last:?}: {:?}; {case}",
                webhook.end,
                webhook.told.identity()
            );
            if !webhook.is_acknowledged() {
                continue;
            }
            answered += 1;
            let count = match &webhook.told {
                Told::Message {
                    said: Said::Text(text),
                    ..
                } => ours.texts.get(text),
                Told::File { bytes, .. } => {
                    let sha256: [u8; 32] = Sha256::digest(bytes).into();
                    ours.files.get(&sha256)
                }
                Told::Message { .. } | Told::Status { .. } => continue,
            };
            assert_eq!(count, Some(&1), "{:?}; {case}", webhook.told.identity());
        }
        answered
    }
}

fn read(program: &mut Program, account: AccountId) -> Ours {
    let mut ours = Ours::default();
    for row in program.conversations(account) {
        for entry in program.thread(row.conversation.id) {
            match entry {
                ThreadEntry::Outgoing(message) => {
                    ours.outgoing.insert(message.client_id.to_string(), *message);
                }
                ThreadEntry::Incoming(message) => {
                    if message.kind == IncomingKind::Text {
                        *ours.texts.entry(message.text).or_default() += 1;
                    } else if let Some(file) = message.media.and_then(|media| media.file) {
                        *ours.files.entry(file.sha256).or_default() += 1;
                    }
                }
            }
        }
    }
    ours
}
