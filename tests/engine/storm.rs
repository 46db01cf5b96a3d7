//! Storms of webhooks with the program killed in the middle: every one that was answered 2xx is there, once.
//! `RECADO_STORM_SECS` asks for a longer one than the usual minute at 330 a second.

use crate::inbox::webhook_of;
use crate::program::{Program, number};
use crate::stage::{Played, Stage, TOKEN, draft, token_for_all};
use recado::domain::message::MessageState;
use recado::domain::{AccountId, ThreadEntry};
use recado::simulator::webhook::WebhookIdentity;
use recado::simulator::{StormPlan, StormReport};
use std::collections::{BTreeMap, HashSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command as Process, Stdio};
use std::time::Duration;

const FOLDER: &str = "RECADO_STORM_FOLDER";
const ADDRESS: &str = "RECADO_STORM_ADDRESS";
/// Stands before what the child says to its parent.
const SAYS: &str = "@recado ";
/// A storm lasts longer than other waits.
const STORM_PATIENCE: Duration = Duration::from_secs(600);
const CONTACTS: usize = 40;

/// The child: listens until it is killed. In an ordinary run of the tests there is nobody to kill it, and nothing is done.
#[test]
fn the_receiver() {
    let (Ok(folder), Ok(address)) = (std::env::var(FOLDER), std::env::var(ADDRESS)) else {
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
    let url = webhook_of(&mut program, account);
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAYS}{url}").unwrap();
    out.flush().unwrap();
    drop(out);
    // The parent ends this; should the parent be gone, so is its end of this pipe.
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

struct Receiver {
    child: Child,
    url: url::Url,
}

impl Receiver {
    fn start(folder: &Path, gateway: &Played) -> Self {
        let mut child = Process::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "storm::the_receiver",
                "--nocapture",
                "--test-threads=1",
            ])
            .env(FOLDER, folder)
            .env(ADDRESS, &gateway.url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.split_once(SAYS).map(|(_, said)| said.parse().unwrap()))
            .expect("the child listens");
        // What it prints at its end is of no interest, but it must be able to print it.
        std::thread::spawn(move || lines.count());
        Self { child, url }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Lets a storm blow over a receiver that is killed when so much of it has passed, and compares both books.
fn weather(plan: impl FnOnce(u64) -> StormPlan) {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let data = stage.folder.path().join("data");
    let mut names = Vec::new();
    let account = some_sent_messages(&stage, &gateway, &data, &mut names);
    let mut plan = plan(stage.seed % 1_000_000);
    plan.contacts = CONTACTS;
    plan.status_names = names.clone();
    let distinct = plan.distinct();
    let count = plan.count;

    let receiver = Receiver::start(&data, &gateway);
    let url = receiver.url.clone();
    gateway.control.set_webhook(Some(url.clone()));
    let handle = stage.handle();
    let storm = handle.block_on(async { gateway.control.storm(plan).unwrap() });
    handle
        .block_on(storm.wait_for(|now| now.acknowledged >= count / 2, STORM_PATIENCE))
        .expect("half of it passes");
    receiver.kill();
    let receiver = Receiver::start(&data, &gateway);
    assert_eq!(receiver.url, url, "the gateway finds it where it was");
    let report = handle.block_on(storm.finish());
    receiver.kill();
    println!(
        "{count} posts of {distinct} webhooks in {:?}: {} answered 2xx, {} without an answer",
        report.took,
        report.posts.iter().filter(|post| post.is_acknowledged()).count(),
        report.answered_with(None)
    );

    let mut program = stage.program_with(|options| {
        options.folder = data.clone();
        options.secrets = token_for_all(TOKEN);
    });
    compare(&mut program, account, &report, &names);
}

/// Messages whose statuses the storm tells, by the gateway's identifiers.
fn some_sent_messages(stage: &Stage, gateway: &Played, data: &Path, names: &mut Vec<String>) -> AccountId {
    let mut program = stage.program_with(|options| {
        options.folder = data.to_owned();
        options.secrets = token_for_all(TOKEN);
    });
    let account = program.add_account("Loja", gateway);
    for index in 0..60 {
        let message = program.send_one(account, &number(index % 30), "Olá");
        let accepted = program.until_state(message.id, MessageState::Accepted);
        names.push(accepted.gateway_id.unwrap());
    }
    program.shutdown();
    account
}

fn compare(program: &mut Program, account: AccountId, report: &StormReport, names: &[String]) {
    let mut texts: BTreeMap<String, usize> = BTreeMap::new();
    let mut states: BTreeMap<String, MessageState> = BTreeMap::new();
    for row in program.conversations(account) {
        let thread = program.thread(row.conversation.id);
        let incoming = thread.iter().filter(|entry| entry.incoming().is_some()).count();
        assert_eq!(row.unread as usize, incoming, "nobody has read any of it");
        for entry in thread {
            match entry {
                ThreadEntry::Incoming(message) => {
                    let number = message.text.split(':').next().unwrap_or_default().to_owned();
                    *texts.entry(number).or_default() += 1;
                }
                ThreadEntry::Outgoing(message) => {
                    if let Some(name) = message.gateway_id.clone() {
                        states.insert(name, message.state);
                        let mut seen = HashSet::new();
                        for step in program.history(message.id) {
                            assert!(seen.insert((step.state, step.attempt)), "applied twice: {step:?}");
                        }
                    }
                }
            }
        }
    }
    for (text, count) in &texts {
        assert_eq!(*count, 1, "{text}");
    }
    let mut furthest: BTreeMap<&str, u8> = BTreeMap::new();
    for identity in report.acknowledged() {
        match identity {
            WebhookIdentity::Message(id) => {
                let number = id.rsplit('-').next().unwrap();
                assert!(texts.contains_key(&format!("Mensagem {number}")), "lost: {id}");
            }
            WebhookIdentity::Status(name, code) => {
                let known = furthest.entry(name).or_default();
                *known = (*known).max(*code);
            }
            other => panic!("{other:?}"),
        }
    }
    for name in names {
        let Some(code) = furthest.get(name.as_str()) else {
            continue;
        };
        let least = [MessageState::Sent, MessageState::Delivered, MessageState::Read][usize::from(*code) - 1];
        let state = states[name];
        assert!(
            state.progress() >= least.progress(),
            "{name}: {state:?} after {code}"
        );
    }
    assert!(!furthest.is_empty() && !texts.is_empty());
}

#[test]
fn ten_thousand_at_once_with_a_kill_in_the_middle() {
    weather(StormPlan::burst);
}

#[test]
fn a_minute_at_330_a_second_with_a_kill_in_the_middle() {
    let secs: usize = std::env::var("RECADO_STORM_SECS")
        .ok()
        .and_then(|secs| secs.parse().ok())
        .unwrap_or(60);
    weather(|seed| StormPlan {
        count: 330 * secs,
        ..StormPlan::sustained(seed)
    });
}
