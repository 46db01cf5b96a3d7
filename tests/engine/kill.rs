//! `kill -9` at seeded moments: a child runs the engine, the gateway stays here, and both books are compared at the end.
//! `RECADO_KILL_POINTS` asks for more of them than the usual 60.

use crate::program::{Program, number};
use crate::stage::{PATIENCE, Played, Stage, TOKEN, draft, together};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use recado::domain::message::MessageState;
use recado::domain::{AccountId, MessageId};
use recado::engine::{OutboxCommand, Question};
use recado::simulator::ledger::LedgerBook;
use recado::simulator::{Endpoint, Fault, RepeatAnswer, Times};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const FOLDER: &str = "RECADO_KILL_FOLDER";
const ADDRESS: &str = "RECADO_KILL_ADDRESS";
const CHILD_SEED: &str = "RECADO_KILL_SEED";
/// How many folders are played in at once.
const LANES: usize = 3;
/// Stands before each line that the child says to its parent.
const SAYS: &str = "@recado ";

/// The child: sends until it is killed. In an ordinary run of the tests there is nobody to kill it, and nothing is done.
#[test]
fn the_child() {
    let (Ok(folder), Ok(address), Ok(seed)) = (
        std::env::var(FOLDER),
        std::env::var(ADDRESS),
        std::env::var(CHILD_SEED),
    ) else {
        return;
    };
    let mut random = StdRng::seed_from_u64(seed.parse().unwrap());
    let stage = Stage::new();
    let mut program = stage.program_with(|options| {
        options.folder = folder.into();
        options.secrets = crate::stage::token_for_all(TOKEN);
    });
    let known = program
        .link
        .live
        .borrow()
        .accounts
        .first()
        .map(|view| view.account.id);
    let account = known.unwrap_or_else(|| program.save(None, draft("Loja", &address, TOKEN)).unwrap());
    say("ready");
    loop {
        let people = random.random_range(1..4_usize);
        let first = random.random_range(0..40_usize);
        let to: Vec<String> = (first..first + people).map(number).collect();
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        for message in program.send(account, &to, "Olá") {
            say(&format!("stored {} {}", message.id, message.client_id));
        }
        // Not more than the dispatcher takes: the kills must fall between its steps, too.
        program.until(account, "taken", |view| view.outbox.queued < 30);
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAYS}{line}").unwrap();
    out.flush().unwrap();
}

struct Victim {
    child: Child,
    lines: Receiver<String>,
}

impl Victim {
    fn start(folder: &Path, gateway: &Played, seed: u64) -> Self {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args(["--exact", "kill::the_child", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder)
            .env(ADDRESS, &gateway.url)
            .env(CHILD_SEED, seed.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (tell, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                // The first line may stand behind what the test runner prints.
                let Some((_, said)) = line.split_once(SAYS) else {
                    continue;
                };
                if tell.send(said.to_owned()).is_err() {
                    return;
                }
            }
        });
        Self { child, lines }
    }

    /// Reads lines until this many messages have been stored by the child.
    fn wait_for_stored(&self, count: usize, stored: &mut Vec<(MessageId, String)>) {
        let before = stored.len();
        while stored.len() < before + count {
            let line = self.lines.recv_timeout(PATIENCE).expect("the child goes on");
            note(&line, stored);
        }
    }

    /// Ends it as nothing else would: without a word. What it had said until then is taken.
    fn kill(mut self, stored: &mut Vec<(MessageId, String)>) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        for line in self.lines.iter() {
            note(&line, stored);
        }
    }
}

fn note(line: &str, stored: &mut Vec<(MessageId, String)>) {
    let words: Vec<&str> = line.split(' ').collect();
    if let ["stored", id, client_id] = words[..] {
        stored.push((MessageId::parse(id).unwrap(), client_id.to_owned()));
    }
}

/// Lets so many microseconds pass; a sleep would wake too late.
fn spin(micros: u64) {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_micros(micros) {
        std::hint::spin_loop();
    }
}

fn points() -> usize {
    std::env::var("RECADO_KILL_POINTS")
        .ok()
        .and_then(|points| points.parse().ok())
        .unwrap_or(60)
}

/// One folder and one gateway through a number of kills.
fn play(lane: u64, repeat: RepeatAnswer) {
    let stage = Stage::new();
    let mut random = StdRng::seed_from_u64(stage.seed.wrapping_add(lane));
    let gateway = stage.gateway();
    gateway.control.set_repeat_answer(repeat);
    let data = stage.folder.path().join("data");
    let mut stored = Vec::new();
    for _ in 0..points().div_ceil(LANES) {
        let victim = Victim::start(&data, &gateway, random.random());
        wait_for_a_moment(&mut random, &gateway, &victim, &mut stored);
        victim.kill(&mut stored);
        gateway.control.clear_faults();
        assert!(
            gateway
                .ledger
                .messages()
                .iter()
                .all(|message| message.sent_at.len() <= 1)
        );
    }
    look_at_the_end(&stage, &gateway, &data, &stored, repeat);
}

/// Waits for one of the moments at which a kill is of interest.
fn wait_for_a_moment(
    random: &mut StdRng,
    gateway: &Played,
    victim: &Victim,
    stored: &mut Vec<(MessageId, String)>,
) {
    let sends = gateway.sends();
    let few = random.random_range(1..9_usize);
    let struck = || gateway.ledger.read(faults_in);
    let strike = |fault: Fault| {
        let before = struck();
        gateway.fault(Endpoint::Send, fault, Times::ONCE, None);
        gateway.wait("struck", |state| faults_in(state.ledger()) > before);
    };
    match random.random_range(0..6) {
        // While it starts: the database is being made, opened, taken up.
        0 => spin(random.random_range(0..150_000)),
        // A message has just been stored; the attempt is about to be committed.
        1 => {
            victim.wait_for_stored(few, stored);
            spin(random.random_range(0..6_000));
        }
        // The request has arrived and is processed; its answer is held back for ever.
        2 => strike(Fault::ProcessThenNever),
        // The request has arrived and is not processed.
        3 => strike(Fault::NeverWithoutProcessing),
        // Half of the answer is on its way.
        4 => {
            strike(Fault::StallAt(30));
            spin(random.random_range(0..3_000));
        }
        // Somewhere around the answer: before it is read, while it is committed, when the next begins.
        _ => {
            gateway.wait("some sends", |state| {
                state.ledger().requests_to(Endpoint::Send) >= sends + few
            });
            spin(random.random_range(0..8_000));
        }
    }
}

fn faults_in(book: &LedgerBook) -> usize {
    book.requests()
        .iter()
        .filter(|request| request.fault.is_some())
        .count()
}

fn look_at_the_end(
    stage: &Stage,
    gateway: &Played,
    data: &Path,
    stored: &[(MessageId, String)],
    repeat: RepeatAnswer,
) {
    let begun = Instant::now();
    let mut program = stage.program_with(|options| {
        options.folder = data.to_owned();
        options.secrets = crate::stage::token_for_all(TOKEN);
    });
    let Some(account) = program
        .link
        .live
        .borrow()
        .accounts
        .first()
        .map(|view| view.account.id)
    else {
        assert!(stored.is_empty());
        return;
    };
    // Nothing is under way that was when the program ended.
    program.until(account, "taken up", |view| view.outbox.in_flight <= 1);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    for (id, client_id) in stored {
        let message = program.message(*id);
        assert_eq!(message.client_id.as_str(), client_id);
    }
    // And then everything goes its way to the end, without waiting for its turn.
    hurry(&mut program, account, stored);
    gateway.wait_until_drained();
    gateway.assert_nothing_doubled();
    for (id, client_id) in stored {
        let message = program.message(*id);
        let sent = gateway.ledger.sent_count(client_id);
        assert_eq!(
            (message.state, sent),
            (MessageState::Accepted, 1),
            "{repeat:?}: {message:#?}"
        );
    }
    // Nothing was sent that is not on record.
    let recorded = conversations(&mut program, account);
    for message in gateway.ledger.messages() {
        assert!(
            recorded.contains(&message.client_id),
            "sent without a record: {message:?}"
        );
    }
    println!(
        "{} messages through {} kills",
        recorded.len(),
        points().div_ceil(LANES)
    );
}

/// Has every message that waits for another attempt tried now.
fn hurry(program: &mut Program, account: AccountId, stored: &[(MessageId, String)]) {
    for (id, _) in stored {
        let message = program.message(*id);
        if message.state == MessageState::Queued && message.attempts > 0 {
            program.outbox(OutboxCommand::Retry(*id));
        }
        program.until_state(*id, MessageState::Accepted);
    }
    // Also those whose storing was never answered.
    program.until(account, "all gone", |view| {
        view.outbox.queued + view.outbox.in_flight == 0
    });
}

/// The identifier on the wire of every message in the database.
fn conversations(program: &mut Program, account: AccountId) -> std::collections::BTreeSet<String> {
    use recado::domain::conversation::ConversationFilter;
    use recado::engine::Answer;
    let filter = ConversationFilter {
        account: Some(account),
        ..ConversationFilter::default()
    };
    let list = program.ask(Question::Conversations {
        filter,
        before: None,
        limit: 500,
    });
    let Answer::Conversations(list) = list else {
        panic!("{list:?}")
    };
    let mut all = std::collections::BTreeSet::new();
    for row in list {
        let mut before = None;
        loop {
            let page = program.ask(Question::Messages {
                conversation: row.conversation.id,
                before,
                limit: 500,
            });
            let Answer::Messages(page) = page else {
                panic!("{page:?}")
            };
            all.extend(page.iter().map(|message| message.client_id.to_string()));
            match page.first() {
                Some(first) if page.len() == 500 => before = Some(first.id),
                _ => break,
            }
        }
    }
    all
}

#[test]
fn killed_at_any_moment() {
    together(&[
        ("the first identifier again", || play(1, RepeatAnswer::SameLogId)),
        ("a new identifier", || play(2, RepeatAnswer::NewLogId)),
        ("refused", || play(3, RepeatAnswer::Refused)),
    ]);
}
