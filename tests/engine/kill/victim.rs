//! The program in a process of its own, which ends as nothing else would.

use crate::attachments::bench::{Bucket, document};
use crate::program::{Program, number};
use crate::stage::{PATIENCE, Played, Stage, TOKEN, draft, token_for_all};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use recado::domain::hosting::{AttachmentHosting, StorageConfig};
use recado::domain::message::Message;
use recado::domain::{AccountId, MessageId};
use recado::engine::{Live, OutboxCommand};
use recado::simulator::Control;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command as Process, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const FOLDER: &str = "RECADO_KILL_FOLDER";
const ADDRESS: &str = "RECADO_KILL_ADDRESS";
const TASK: &str = "RECADO_KILL_TASK";
/// Where files are put, as JSON; without it none are sent.
const STORAGE: &str = "RECADO_KILL_STORAGE";
/// Stands before each line that the child says to its parent.
const SAYS: &str = "@recado ";
/// What a queue may hold before the child writes no more …
const QUEUED_MAX: u64 = 30;
/// … and how many messages may be on their way to their readers.
const UNREAD_MAX: u64 = 60;
/// How many of them may wait for their files.
const PREPARING_MAX: u64 = 6;

/// What a child does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Sends without end, with this seed.
    Send(u64),
    /// Waits until three messages are accepted, and clears the gateway's queue.
    Clear,
    /// Only listens, and sends what there is to be sent.
    Listen,
}

/// The child: works until it is killed. In an ordinary run of the tests there is nobody to kill it, and nothing is done.
#[test]
fn the_child() {
    let (Ok(folder), Ok(address), Ok(task)) =
        (std::env::var(FOLDER), std::env::var(ADDRESS), std::env::var(TASK))
    else {
        return;
    };
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
    let account = known.unwrap_or_else(|| program.save(None, draft("Loja", &address, TOKEN)).unwrap());
    let storage = std::env::var(STORAGE).ok();
    if let Some(json) = &storage {
        put_files_into(&mut program, account, json);
    }
    // Nothing is under way that was when the program ended.
    program.until(account, "taken up", |view| view.outbox.in_flight <= 1);
    say("ready");
    tell_when_listening(&stage, &program, account);
    let mut line = String::new();
    if std::io::stdin().read_line(&mut line).unwrap() == 0 {
        return;
    }
    match task.split_once(' ') {
        Some(("send", seed)) => {
            let files = storage.map(|_| &stage);
            send(&mut program, account, seed.parse().unwrap(), files)
        }
        _ if task == "clear" => clear(&mut program, account),
        _ => {}
    }
    // The parent ends this; should the parent be gone, so is its end of this pipe.
    std::io::stdin().read_line(&mut line).unwrap();
}

fn put_files_into(program: &mut Program, account: AccountId, json: &str) {
    let config: StorageConfig = serde_json::from_str(json).unwrap();
    let hosting = AttachmentHosting::Storage(config);
    if program.account_view(account).account.hosting != hosting {
        program.set_hosting(account, hosting, None).unwrap();
    }
}

/// Sends a document, now and then one that goes in parts.
fn send_a_file(
    program: &mut Program,
    account: AccountId,
    stage: &Stage,
    random: &mut StdRng,
    to: &[&str],
) -> Vec<Message> {
    let bytes = if random.random_ratio(1, 8) {
        9_000_000
    } else {
        random.random_range(1_000..60_000)
    };
    let (path, _) = document(stage, "Planta.pdf", bytes);
    let file = program.take_in(account, &path);
    program.send_files(account, to, "Segue", &[file])
}

fn send(program: &mut Program, account: AccountId, seed: u64, files: Option<&Stage>) -> ! {
    let mut random = StdRng::seed_from_u64(seed);
    loop {
        let people = random.random_range(1..4_usize);
        let first = random.random_range(0..40_usize);
        let to: Vec<String> = (first..first + people).map(number).collect();
        let to: Vec<&str> = to.iter().map(String::as_str).collect();
        let stored = match files {
            Some(stage) if random.random_ratio(1, 5) => {
                send_a_file(program, account, stage, &mut random, &to)
            }
            _ => program.send(account, &to, "Olá"),
        };
        for message in stored {
            let what = if message.attachment.is_some() {
                "file"
            } else {
                "text"
            };
            say(&format!("stored {} {} {what}", message.id, message.client_id));
        }
        // Not more than the dispatcher takes: the kills must fall between its steps, too. And not more than the gateway
        // tells of.
        program.until(account, "taken", |view| {
            let on_their_way = view.outbox.accepted + view.outbox.sent + view.outbox.delivered;
            view.outbox.queued < QUEUED_MAX
                && on_their_way < UNREAD_MAX
                && view.outbox.preparing < PREPARING_MAX
        });
    }
}

fn clear(program: &mut Program, account: AccountId) {
    for message in program.send(account, &[&number(1), &number(2), &number(3)], "Olá") {
        say(&format!("stored {} {} text", message.id, message.client_id));
    }
    program.until(account, "accepted", |view| view.outbox.accepted == 3);
    let ticket = program.ticket();
    program.outbox(OutboxCommand::ClearGatewayQueue { ticket, account });
}

fn tell_when_listening(stage: &Stage, program: &Program, account: AccountId) {
    let mut live = program.link.live.clone();
    let handle = stage.handle();
    std::thread::spawn(move || {
        let url = |live: &Live| live.account(account).and_then(|view| live.webhook_url(view));
        let found = handle
            .block_on(live.wait_for(|live| url(live).is_some()))
            .ok()
            .and_then(|live| url(&live));
        if let Some(url) = found {
            say(&format!("listens {url}"));
        }
    });
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAYS}{line}").unwrap();
    out.flush().unwrap();
}

/// What the children have said.
#[derive(Debug, Default)]
pub struct Heard {
    /// Messages whose storing was answered, with their identifier on the wire.
    pub stored: Vec<(MessageId, String)>,
    /// How many of them have a file.
    pub files: usize,
    /// Where they listen: always the same.
    pub url: Option<String>,
    /// The longest time from the beginning of a process until nothing of an earlier one was under way.
    pub slowest: Duration,
    /// How many came that far.
    pub ready: usize,
}

/// A child at work.
pub struct Victim {
    child: Child,
    began: Instant,
    lines: Receiver<(Instant, String)>,
    /// Kept open: its end would end the child.
    _input: Arc<Mutex<ChildStdin>>,
}

impl Victim {
    /// Starts one. It begins its task as soon as the gateway knows where to call it; with `at_rest`, never.
    pub fn start(
        folder: &Path,
        gateway: &Played,
        storage: Option<&Bucket>,
        task: Task,
        at_rest: bool,
    ) -> Self {
        let began = Instant::now();
        let mut process = Process::new(std::env::current_exe().unwrap());
        if let Some(bucket) = storage {
            let config = bucket.server.config();
            process.env(STORAGE, serde_json::to_string(&config).unwrap());
        }
        let mut child = process
            .args([
                "--exact",
                "kill::victim::the_child",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(FOLDER, folder)
            .env(ADDRESS, &gateway.url)
            .env(
                TASK,
                match task {
                    Task::Send(seed) => format!("send {seed}"),
                    Task::Clear => "clear".to_owned(),
                    Task::Listen => "listen".to_owned(),
                },
            )
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = Arc::new(Mutex::new(child.stdin.take().unwrap()));
        let (tell, lines) = channel();
        let out = BufReader::new(child.stdout.take().unwrap());
        if !at_rest && gateway.control.webhook().is_some() {
            let_go(&input);
        }
        let (control, door) = (gateway.control.clone(), Arc::clone(&input));
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                // The first line may stand behind what the test runner prints.
                let Some((_, said)) = line.split_once(SAYS) else {
                    continue;
                };
                if let Some(url) = said.strip_prefix("listens ") {
                    enter(&control, url, || {
                        if !at_rest {
                            let_go(&door);
                        }
                    });
                }
                if tell.send((Instant::now(), said.to_owned())).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            began,
            lines,
            _input: input,
        }
    }

    /// Reads lines until enough is heard.
    #[track_caller]
    pub fn hear_until(&self, heard: &mut Heard, enough: impl Fn(&Heard, &str) -> bool) {
        loop {
            let (at, line) = self
                .lines
                .recv_timeout(PATIENCE)
                .expect("the child goes on, as long as what it sends is reported read");
            self.note(at, &line, heard);
            if enough(heard, &line) {
                return;
            }
        }
    }

    /// Waits until it says that it listens.
    #[track_caller]
    pub fn until_listening(&self, heard: &mut Heard) {
        self.hear_until(heard, |_, line| line.starts_with("listens "));
    }

    /// Ends it without a word. What it had said until then is taken.
    pub fn kill(mut self, heard: &mut Heard) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        while let Ok((at, line)) = self.lines.recv() {
            self.note(at, &line, heard);
        }
    }

    fn note(&self, at: Instant, line: &str, heard: &mut Heard) {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["stored", id, client_id, what] => {
                heard.files += usize::from(what == "file");
                heard
                    .stored
                    .push((MessageId::parse(id).unwrap(), client_id.to_owned()));
            }
            ["ready"] => {
                heard.slowest = heard.slowest.max(at - self.began);
                heard.ready += 1;
            }
            ["listens", url] => {
                let known = heard.url.get_or_insert_with(|| url.to_owned());
                assert_eq!(known, url, "the gateway must find it where it was");
            }
            // A line that the kill has cut off.
            _ => {}
        }
    }
}

/// Enters the address at the gateway, if it has none yet, and does what waited for that.
fn enter(control: &Control, url: &str, then: impl FnOnce()) {
    if control.webhook().is_none()
        && let Ok(url) = url.parse()
    {
        control.set_webhook(Some(url));
        then();
    }
}

fn let_go(input: &Mutex<ChildStdin>) {
    // It may have been killed by now.
    let _ = writeln!(input.lock().unwrap());
}
