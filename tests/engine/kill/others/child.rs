//! The program in a process of its own, with an account of a gateway that knows no repetition.

use crate::contract::desk::{Contracted, Desk, draft_of};
use crate::program::{Program, number};
use crate::stage::{PATIENCE, Stage, TOKEN, token_for_all};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use recado::domain::{AccountId, GatewayKind, MessageId};
use recado::engine::Live;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command as Process, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Instant;

const FOLDER: &str = "RECADO_OTHERS_FOLDER";
const ADDRESS: &str = "RECADO_OTHERS_ADDRESS";
const KIND: &str = "RECADO_OTHERS_KIND";
const SEED: &str = "RECADO_OTHERS_SEED";
/// Stands before each line that the child says to its parent.
const SAYS: &str = "@recado ";
/// What a queue may hold before the child writes no more, and how many messages may be on their way to their readers.
const QUEUED_MAX: u64 = 40;
const UNREAD_MAX: u64 = 120;

/// The child: sends until it is killed. In an ordinary run of the tests there is nobody to kill it, and nothing is done.
#[test]
fn the_other_child() {
    let told = [FOLDER, ADDRESS, KIND, SEED].map(|name| std::env::var(name).ok());
    let [Some(folder), Some(address), Some(kind), Some(seed)] = told else {
        return;
    };
    let kind = GatewayKind::from_key(&kind).unwrap();
    let stage = Stage::new();
    let mut program = stage.program_with(|options| {
        options.folder = folder.into();
        options.secrets = token_for_all(TOKEN);
    });
    let known = program
        .link
        .live
        .borrow()
        .accounts
        .first()
        .map(|view| view.account.id);
    let account = known.unwrap_or_else(|| {
        program
            .save(None, draft_of(kind, "Loja", &address, TOKEN))
            .unwrap()
    });
    say("ready");
    // Reports are to find the same address after each start.
    program.until_live("it listens", |live: &Live| {
        live.account(account)
            .and_then(|view| live.webhook_url(view))
            .is_some()
    });
    say("listens");
    send(&mut program, account, seed.parse().unwrap())
}

fn send(program: &mut Program, account: AccountId, seed: u64) -> ! {
    let mut random = StdRng::seed_from_u64(seed);
    loop {
        let first = random.random_range(0..40_usize);
        let people = random.random_range(1..7_usize);
        let to: Vec<String> = (first..first + people).map(number).collect();
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        // No two messages to a person are alike: by this each is known at the gateway.
        let text = format!("Olá {:016x}", random.random::<u64>());
        for message in program.send(account, &to, &text) {
            say(&format!("stored {}", message.id));
        }
        program.until(account, "taken", |view| {
            let on_their_way = view.outbox.accepted + view.outbox.sent + view.outbox.delivered;
            view.outbox.queued < QUEUED_MAX && on_their_way < UNREAD_MAX
        });
    }
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAYS}{line}").unwrap();
    out.flush().unwrap();
}

/// A child at work.
pub struct Victim {
    child: Child,
    pub began: Instant,
    lines: Receiver<String>,
    /// Kept open, for it is not read.
    _input: ChildStdin,
}

impl Victim {
    pub fn start<V: Contracted>(folder: &Path, desk: &Desk<V>, seed: u64) -> Self {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "kill::others::child::the_other_child",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(FOLDER, folder)
            .env(ADDRESS, &desk.url)
            .env(KIND, V::KIND.key())
            .env(SEED, seed.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                // The first line may stand behind what the test runner prints.
                if let Some((_, said)) = line.split_once(SAYS)
                    && tell.send(said.to_owned()).is_err()
                {
                    return;
                }
            }
        });
        Self {
            child,
            began: Instant::now(),
            lines,
            _input: input,
        }
    }

    #[track_caller]
    pub fn hear_until(&self, stored: &mut Vec<MessageId>, enough: impl Fn(&[MessageId], &str) -> bool) {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).expect("the child goes on");
            note(&line, stored);
            if enough(stored, &line) {
                return;
            }
        }
    }

    /// Ends it without a word. What it had said until then is taken.
    pub fn kill(mut self, stored: &mut Vec<MessageId>) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        while let Ok(line) = self.lines.recv() {
            note(&line, stored);
        }
    }
}

fn note(line: &str, stored: &mut Vec<MessageId>) {
    // A line may have been cut off by the kill.
    if let Some(id) = line.strip_prefix("stored ").and_then(MessageId::parse) {
        stored.push(id);
    }
}
