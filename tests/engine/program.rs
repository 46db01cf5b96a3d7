//! The program without its window: what an operator does, as plain calls that wait for what they bring.

use crate::stage::{PATIENCE, Played, draft};
use recado::domain::account::AccountDraft;
use recado::domain::conversation::{ConversationFilter, ConversationRow};
use recado::domain::message::{Message, MessageState, MessageStep};
use recado::domain::settings::Settings;
use recado::domain::{AccountId, ConversationId, MessageId, PhoneNumber, TemplateMessage, ThreadEntry};
use recado::engine::{
    AccountCommand, AccountError, AccountView, Answer, Command, Engine, EngineOptions, Event, HealthCommand,
    Link, Live, Notice, OutboxCommand, PairingCommand, Question, Ticket,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::runtime::Handle;

pub struct Program {
    engine: Option<Engine>,
    pub link: Link,
    handle: Handle,
    tickets: u64,
    changed: BTreeSet<MessageId>,
    answers: BTreeMap<Ticket, Answer>,
    pub notices: Vec<Notice>,
    pub overflows: usize,
    /// Everything that was said, as `Debug` shows it.
    pub said: Vec<String>,
}

impl Program {
    pub fn start(handle: Handle, options: EngineOptions) -> Self {
        let mut engine = Engine::start(options).unwrap();
        Self {
            link: engine.take_link().unwrap(),
            engine: Some(engine),
            handle,
            tickets: 0,
            changed: BTreeSet::new(),
            answers: BTreeMap::new(),
            notices: Vec::new(),
            overflows: 0,
            said: Vec::new(),
        }
    }

    /// Stops the engine; tells how long that took.
    pub fn shutdown(&mut self) -> Duration {
        let begun = Instant::now();
        if let Some(engine) = self.engine.take() {
            engine.shutdown();
        }
        begun.elapsed()
    }

    pub fn command(&self, command: Command) {
        self.link
            .commands
            .blocking_send(command)
            .expect("the engine runs");
    }

    pub fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        Ticket(self.tickets)
    }

    /// Takes the next event, if one comes until then.
    pub fn next_event(&mut self, until: Instant) -> Option<()> {
        let left = until.saturating_duration_since(Instant::now());
        let events = &mut self.link.events;
        let event = self
            .handle
            .block_on(async { tokio::time::timeout(left, events.recv()).await })
            .ok()??;
        self.take(event);
        Some(())
    }

    /// Takes every event that has come.
    pub fn take_events(&mut self) -> usize {
        let mut taken = 0;
        while let Ok(event) = self.link.events.try_recv() {
            self.take(event);
            taken += 1;
        }
        taken
    }

    fn take(&mut self, event: Event) {
        self.said.push(format!("{event:?}"));
        match event {
            Event::Messages { ids, .. } => self.changed.extend(ids),
            Event::Answer(ticket, answer) => {
                self.answers.insert(ticket, answer);
            }
            Event::Notice(notice) => self.notices.push(notice),
            Event::Overflow => self.overflows += 1,
            Event::Live | Event::Dashboard(_) => {}
        }
    }

    #[track_caller]
    pub fn answer(&mut self, ticket: Ticket) -> Answer {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(answer) = self.answers.remove(&ticket) {
                return answer;
            }
            assert!(self.next_event(until).is_some(), "no answer to {ticket:?}");
        }
    }

    #[track_caller]
    pub fn ask(&mut self, question: Question) -> Answer {
        let ticket = self.ticket();
        self.command(Command::Ask(ticket, question));
        self.answer(ticket)
    }

    /// Changes settings and waits until they hold. The program may change others meanwhile, such as the port it got.
    pub fn change_settings(&mut self, edit: impl Fn(&mut Settings)) {
        let edited = |settings: &Settings| {
            let mut edited = settings.clone();
            edit(&mut edited);
            edited
        };
        let settings = edited(&self.link.live.borrow().settings);
        self.command(Command::Settings(Box::new(settings)));
        self.until_live("the settings hold", |live| {
            edited(&live.settings) == *live.settings
        });
    }

    pub fn account_view(&self, id: AccountId) -> AccountView {
        self.link
            .live
            .borrow()
            .account(id)
            .expect("the account is there")
            .clone()
    }

    /// Waits until an account looks like this.
    #[track_caller]
    pub fn until(&mut self, id: AccountId, what: &str, looks: impl Fn(&AccountView) -> bool) -> AccountView {
        self.until_live(what, |live| live.account(id).is_some_and(&looks));
        self.account_view(id)
    }

    #[track_caller]
    pub fn until_live(&mut self, what: &str, looks: impl Fn(&Live) -> bool) {
        let live = &mut self.link.live;
        let came = self.handle.block_on(async {
            let condition = |live: &Arc<Live>| looks(live);
            tokio::time::timeout(PATIENCE, live.wait_for(condition))
                .await
                .is_ok()
        });
        if !came {
            panic!("{what}: {:#?}", self.link.live.borrow());
        }
        self.take_events();
    }

    #[track_caller]
    pub fn until_notice(&mut self, what: &str, wanted: impl Fn(&Notice) -> bool) {
        let until = Instant::now() + PATIENCE;
        while !self.notices.iter().any(&wanted) {
            assert!(self.next_event(until).is_some(), "{what}: {:?}", self.notices);
        }
    }

    #[track_caller]
    pub fn message(&mut self, id: MessageId) -> Message {
        match self.ask(Question::Message(id)) {
            Answer::Message(message) => *message,
            other => panic!("{other:?}"),
        }
    }

    /// The conversations of an account, newest first.
    #[track_caller]
    pub fn conversations(&mut self, account: AccountId) -> Vec<ConversationRow> {
        let filter = ConversationFilter {
            account: Some(account),
            ..ConversationFilter::default()
        };
        match self.ask(Question::Conversations {
            filter,
            before: None,
            limit: 500,
        }) {
            Answer::Conversations(rows) => rows,
            other => panic!("{other:?}"),
        }
    }

    /// A whole thread, oldest first.
    #[track_caller]
    pub fn thread(&mut self, conversation: ConversationId) -> Vec<ThreadEntry> {
        const PAGE: u32 = 500;
        let mut all: Vec<ThreadEntry> = Vec::new();
        loop {
            let page = match self.ask(Question::Thread {
                conversation,
                before: all.first().map(ThreadEntry::id),
                limit: PAGE,
            }) {
                Answer::Thread(page) => page,
                other => panic!("{other:?}"),
            };
            let is_last = page.len() < PAGE as usize;
            all.splice(0..0, page);
            if is_last {
                return all;
            }
        }
    }

    #[track_caller]
    pub fn history(&mut self, id: MessageId) -> Vec<MessageStep> {
        match self.ask(Question::History(id)) {
            Answer::History(steps) => steps,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until a message looks like this.
    #[track_caller]
    pub fn until_message(&mut self, id: MessageId, what: &str, looks: impl Fn(&Message) -> bool) -> Message {
        let until = Instant::now() + PATIENCE;
        loop {
            self.changed.remove(&id);
            let overflows = self.overflows;
            let message = self.message(id);
            if looks(&message) {
                return message;
            }
            while !self.changed.contains(&id) && self.overflows == overflows {
                assert!(self.next_event(until).is_some(), "{what}: {message:#?}");
            }
        }
    }

    #[track_caller]
    pub fn until_state(&mut self, id: MessageId, state: MessageState) -> Message {
        self.until_message(id, state.key(), |message| message.state == state)
    }

    /// Saves an account of a played gateway.
    #[track_caller]
    pub fn add_account(&mut self, name: &str, gateway: &Played) -> AccountId {
        match self.save(None, draft(name, &gateway.url, crate::stage::TOKEN)) {
            Ok(id) => id,
            Err(error) => panic!("{error:?}"),
        }
    }

    #[track_caller]
    pub fn save(&mut self, id: Option<AccountId>, draft: AccountDraft) -> Result<AccountId, AccountError> {
        let ticket = self.ticket();
        self.command(Command::Account(AccountCommand::Save {
            ticket,
            id,
            draft: Box::new(draft),
        }));
        match self.answer(ticket) {
            Answer::Saved(outcome) => outcome,
            other => panic!("{other:?}"),
        }
    }

    /// Stores a message for each number.
    #[track_caller]
    pub fn send(&mut self, account: AccountId, to: &[&str], text: &str) -> Vec<Message> {
        let ticket = self.begin_send(account, to, text);
        match self.answer(ticket) {
            Answer::Enqueued(Ok(messages)) => messages,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub fn send_one(&mut self, account: AccountId, to: &str, text: &str) -> Message {
        self.send(account, &[to], text).remove(0)
    }

    /// Stores a message of a template.
    #[track_caller]
    pub fn send_template(&mut self, account: AccountId, to: &str, template: TemplateMessage) -> Message {
        let ticket = self.ticket();
        self.outbox(OutboxCommand::Send {
            template: Some(template),
            ticket,
            account,
            to: vec![PhoneNumber::from_digits(to).unwrap()],
            names: Vec::new(),
            text: "Seu pedido chegou".to_owned(),
            attachments: Vec::new(),
            not_before: None,
        });
        match self.answer(ticket) {
            Answer::Enqueued(Ok(mut messages)) => messages.remove(0),
            other => panic!("{other:?}"),
        }
    }

    /// Gives the command and does not wait.
    pub fn begin_send(&mut self, account: AccountId, to: &[&str], text: &str) -> Ticket {
        let ticket = self.ticket();
        self.outbox(OutboxCommand::Send {
            template: None,
            ticket,
            account,
            to: to
                .iter()
                .map(|digits| PhoneNumber::from_digits(digits).unwrap())
                .collect(),
            names: Vec::new(),
            text: text.to_owned(),
            attachments: Vec::new(),
            not_before: None,
        });
        ticket
    }

    pub fn outbox(&self, command: OutboxCommand) {
        self.command(Command::Outbox(command));
    }

    pub fn pairing(&self, command: PairingCommand) {
        self.command(Command::Pairing(command));
    }

    pub fn refresh(&self, account: AccountId) {
        self.command(Command::Health(HealthCommand::Refresh(account)));
    }

    pub fn pause(&mut self, account: AccountId, paused: bool) {
        self.command(Command::Account(AccountCommand::SetPaused {
            id: account,
            paused,
        }));
        self.until(account, "pausing", |view| view.account.paused == paused);
    }

    /// Lets the dispatcher look at its clock, which stands still in the test.
    pub fn wake(&self, account: AccountId) {
        self.command(Command::Account(AccountCommand::SetPaused {
            id: account,
            paused: false,
        }));
    }
}

/// A number for tests, 0 to 99.
pub fn number(index: usize) -> String {
    format!("55119000000{:02}", index % 100)
}
