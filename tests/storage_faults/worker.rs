//! The program in a process of its own, over a disk that may fail. It asks for things as an operator does and takes every
//! answer, also that something could not be done; what it is told it marks at once. It never fails by itself.

use crate::events::digits;
use crate::stage::{SHORT, TOKEN, connect_within, draft, token_for_all};
use recado::domain::message::Message;
use recado::domain::outgoing::{FileSource, PictureChange};
use recado::domain::{AccountId, Attachment, MessageId, OutgoingFile, PhoneNumber};
use recado::engine::{
    AccountCommand, Answer, AttachmentCommand, Command, Engine, EngineOptions, Event, Link, OutboxCommand,
    Question, Ticket,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

pub const FOLDER: &str = "RECADO_WORKER_FOLDER";
pub const ADDRESS: &str = "RECADO_WORKER_ADDRESS";
pub const DOCUMENT: &str = "RECADO_WORKER_DOCUMENT";
pub const MARKS: &str = "RECADO_WORKER_MARKS";
/// How many rounds of messages there are in each of the two lives.
pub const ROUNDS: &str = "RECADO_WORKER_ROUNDS";
/// How long it waits for something that a failing disk may hold up, in milliseconds.
pub const PATIENCE_MS: &str = "RECADO_WORKER_PATIENCE_MS";
/// Stands before each line for the parent.
pub const SAYS: &str = "@recado ";

/// Whoever asks gets an answer within this time, whatever the disk does.
const ANSWERED_WITHIN: Duration = Duration::from_secs(20);

/// The child. In an ordinary run of the tests nobody has asked for it, and nothing is done.
#[test]
fn the_child() {
    let variable = |name| std::env::var(name).ok();
    let (Some(folder), Some(address), Some(document), Some(marks)) = (
        variable(FOLDER),
        variable(ADDRESS),
        variable(DOCUMENT),
        variable(MARKS),
    ) else {
        return;
    };
    let number = |name| {
        variable(name)
            .and_then(|value| value.parse::<u64>().ok())
            .unwrap_or(1)
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut marks = File::options().create(true).append(true).open(marks).unwrap();
    for life in 0..2 {
        let mut options = EngineOptions::new(PathBuf::from(&folder), token_for_all(TOKEN));
        options.connect = connect_within(SHORT);
        let mut engine = match Engine::start(options) {
            Ok(engine) => engine,
            Err(error) => {
                say(&format!("did not start: {error}"));
                continue;
            }
        };
        let mut worker = Worker {
            link: engine.take_link().unwrap(),
            runtime: &runtime,
            marks: &mut marks,
            tickets: 0,
            answers: BTreeMap::new(),
            changed: BTreeSet::new(),
            patience: Duration::from_millis(number(PATIENCE_MS)),
        };
        worker.live(life, &address, &document, number(ROUNDS));
        engine.shutdown();
    }
    say("ended");
}

fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{SAYS}{line}").unwrap();
    out.flush().unwrap();
}

/// Waits for the parent's word. Should the parent be gone, so is its end of this pipe.
fn wait_for_parent() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
}

struct Worker<'w> {
    link: Link,
    runtime: &'w Runtime,
    marks: &'w mut File,
    tickets: u64,
    answers: BTreeMap<Ticket, Answer>,
    changed: BTreeSet<MessageId>,
    patience: Duration,
}

impl Worker<'_> {
    /// From a start to what comes before the end.
    fn live(&mut self, life: u64, address: &str, document: &str, rounds: u64) {
        let known = self
            .link
            .live
            .borrow()
            .accounts
            .first()
            .map(|view| view.account.id);
        let Some(account) = known.or_else(|| self.add_account(address)) else {
            say("settled");
            return wait_for_parent();
        };
        match self.until_listening(account) {
            Some(url) => say(&format!("listens {url}")),
            None => say("deaf"),
        }
        wait_for_parent();
        for round in 0..rounds {
            let first = life * 20 + round * 3;
            self.send(account, &[first, first + 1], &[]);
            if round % 3 == 0
                && let Some(file) = self.take_in(account, document)
            {
                self.send(account, &[first + 2], &[file]);
            }
        }
        self.settle(account);
        say("settled");
        wait_for_parent();
        // What came meanwhile is looked at once more.
        self.look();
    }

    fn mark(&mut self, words: &str) {
        // One call: one mark.
        self.marks.write_all(format!("{words}\n").as_bytes()).unwrap();
    }

    /// Takes an event, if one comes in time.
    fn take_event(&mut self, until: Instant) -> bool {
        let left = until.saturating_duration_since(Instant::now());
        let events = &mut self.link.events;
        let came = self
            .runtime
            .block_on(async { tokio::time::timeout(left, events.recv()).await });
        match came {
            Ok(Some(Event::Messages { ids, .. })) => self.changed.extend(ids),
            Ok(Some(Event::Answer(ticket, answer))) => drop(self.answers.insert(ticket, answer)),
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => return false,
        }
        true
    }

    fn ask(&mut self, what: &str, command: impl FnOnce(Ticket) -> Command) -> Option<Answer> {
        self.tickets += 1;
        let ticket = Ticket(self.tickets);
        if self.link.commands.blocking_send(command(ticket)).is_err() {
            self.mark(&format!("unanswered {what}: the engine is gone"));
            return None;
        }
        let until = Instant::now() + ANSWERED_WITHIN;
        loop {
            if let Some(answer) = self.answers.remove(&ticket) {
                return Some(answer);
            }
            if !self.take_event(until) {
                self.mark(&format!("unanswered {what}"));
                return None;
            }
        }
    }

    fn add_account(&mut self, address: &str) -> Option<AccountId> {
        let draft = Box::new(draft("Loja", address, TOKEN));
        let answer = self.ask("the saving of an account", |ticket| {
            Command::Account(AccountCommand::Save {
                ticket,
                id: None,
                draft,
            })
        })?;
        let Answer::Saved(Ok(id)) = answer else {
            return None;
        };
        self.mark(&format!("account {id}"));
        Some(id)
    }

    fn take_in(&mut self, account: AccountId, document: &str) -> Option<OutgoingFile> {
        let source = FileSource::Path(document.into());
        let answer = self.ask("the taking in of a file", |ticket| {
            Command::Attachment(AttachmentCommand::TakeIn {
                ticket,
                account,
                source,
                change: PictureChange::Keep,
            })
        })?;
        let Answer::TakenIn(Ok(file)) = answer else {
            return None;
        };
        self.mark(&format!(
            "taken {} {}",
            file.file.stored_name,
            digits(&file.file.sha256)
        ));
        Some(file)
    }

    fn send(&mut self, account: AccountId, to: &[u64], files: &[OutgoingFile]) {
        let to = to
            .iter()
            .filter_map(|index| PhoneNumber::from_digits(&format!("55119000000{index:02}")).ok())
            .collect();
        let attachments = files.iter().map(Attachment::from_file).collect();
        let answer = self.ask("a sending", |ticket| {
            Command::Outbox(OutboxCommand::Send {
                template: None,
                ticket,
                account,
                to,
                names: Vec::new(),
                text: "Olá".to_owned(),
                attachments,
                not_before: None,
            })
        });
        if let Some(Answer::Enqueued(Ok(messages))) = answer {
            for Message { id, client_id, .. } in messages {
                self.mark(&format!("stored {id} {client_id}"));
            }
        }
        self.look();
    }

    /// Shows what has changed.
    fn look(&mut self) {
        while let Some(id) = self.changed.pop_first() {
            let answer = self.ask("a question", |ticket| Command::Ask(ticket, Question::Message(id)));
            // An incoming message is none of those that this question is about.
            let Some(Answer::Message(message)) = answer else {
                continue;
            };
            if message.state.progress() >= Some(2) {
                self.mark(&format!("shown {id} {}", message.state.key()));
            }
        }
    }

    fn until_listening(&mut self, account: AccountId) -> Option<String> {
        let mut live = self.link.live.clone();
        self.runtime.block_on(async {
            let url = |live: &std::sync::Arc<recado::engine::Live>| {
                live.account(account).and_then(|view| live.webhook_url(view))
            };
            let found = live.wait_for(|live| url(live).is_some());
            let found = tokio::time::timeout(self.patience, found).await.ok()?;
            url(&*found.ok()?)
        })
    }

    /// Waits until nothing is to be sent any more, or nothing has changed for a while.
    fn settle(&mut self, account: AccountId) {
        let is_done = |worker: &Self| {
            let live = worker.link.live.borrow();
            live.account(account)
                .is_some_and(|view| view.outbox.preparing + view.outbox.queued + view.outbox.in_flight == 0)
        };
        let mut until = Instant::now() + self.patience;
        while !is_done(self) && self.take_event(until) {
            // Only this brings it on: what fails is told again and again.
            if !self.changed.is_empty() {
                until = Instant::now() + self.patience;
                self.look();
            }
        }
        self.look();
    }
}
