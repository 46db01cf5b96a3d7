//! What the tests of this screen and of the one for a new message stand on: the whole window over a played engine that
//! answers out of a small store, driven by accessible names.

mod people;
mod stored;

pub use people::{message, outgoing, people};
pub use stored::Stored;

use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::settings::{SendKey, Settings, ThemeChoice};
use crate::domain::{AccountId, Attachment, PhoneNumber};
use crate::engine::{Command, Event, Live, OutboxCommand, Question, Ticket};
use crate::ui::testing::{self, Played};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::sync::Arc;
use std::time::Duration;

/// The window, its played engine and what that has been told.
pub struct Bench {
    pub played: Played,
    pub stored: Stored,
    pub asked: Vec<Question>,
    /// Questions that were not answered.
    waiting: Vec<(Ticket, Question)>,
    sent: Vec<Command>,
    /// Questions are kept and not answered.
    pub silent: bool,
}

impl Bench {
    pub fn new(live: Live, stored: Stored, size: impl Into<egui::Vec2>) -> Self {
        let mut bench = Self {
            played: Played::new(live, size, 256),
            stored,
            asked: Vec::new(),
            waiting: Vec::new(),
            sent: Vec::new(),
            silent: false,
        };
        bench.settle();
        bench
    }

    /// The usual window: one account, a few conversations, the first of them open.
    pub fn usual() -> Self {
        let live = testing::live(1);
        let stored = people(live.accounts[0].account.id);
        let mut bench = Self::new(live, stored, [1_280.0, 800.0]);
        bench.open(0);
        bench.taken();
        bench
    }

    /// The usual window with other settings or another state of its account.
    pub fn with(change: impl FnOnce(&mut Live)) -> Self {
        let mut bench = Self::usual();
        bench.played.engine.change(change);
        bench.settle();
        bench
    }

    pub fn account(&self) -> AccountId {
        self.played.engine.live.borrow().accounts[0].account.id
    }

    /// Opens the conversation of a row, as the palette and the queue do.
    pub fn open(&mut self, index: usize) {
        let id = self.stored.id(index);
        self.played.harness.state_mut().open_conversation(id);
        self.settle();
    }

    /// Draws and answers until the window asks for nothing more.
    pub fn settle(&mut self) {
        for _ in 0..12 {
            self.played.harness.run_steps(2);
            if !self.exchange() {
                break;
            }
        }
        self.played.harness.run_steps(2);
        self.exchange();
    }

    fn exchange(&mut self) -> bool {
        let mut answered = false;
        while let Ok(command) = self.played.engine.commands.try_recv() {
            let Command::Ask(ticket, question) = command else {
                self.sent.push(command);
                continue;
            };
            self.asked.push(question.clone());
            if let Some(answer) = self.stored.answer(&question).filter(|_| !self.silent) {
                self.played
                    .engine
                    .events
                    .try_send(Event::Answer(ticket, answer))
                    .unwrap();
                answered = true;
            } else {
                self.waiting.push((ticket, question));
            }
        }
        answered
    }

    /// The ticket of the only question of this kind that waits for its answer.
    pub fn waiting(&self, is_it: impl Fn(&Question) -> bool) -> Ticket {
        let mut found = self.waiting.iter().filter(|(_, question)| is_it(question));
        match (found.next(), found.next()) {
            (Some((ticket, _)), None) => *ticket,
            _ => panic!("{:?}", self.waiting),
        }
    }

    /// Tells the window something.
    pub fn tell(&mut self, event: Event) {
        self.played.engine.events.try_send(event).unwrap();
        self.settle();
    }

    /// The commands sent since the last call.
    pub fn taken(&mut self) -> Vec<Command> {
        std::mem::take(&mut self.sent)
    }

    /// The one message sent since the last call: its ticket, recipients, text and attachment. Drafts do not count.
    pub fn one_send(&mut self) -> (Ticket, Vec<PhoneNumber>, String, Option<Attachment>) {
        let mut sends = self.sends();
        assert_eq!(sends.len(), 1, "{sends:?}");
        sends.remove(0)
    }

    pub fn sends(&mut self) -> Vec<(Ticket, Vec<PhoneNumber>, String, Option<Attachment>)> {
        self.taken()
            .into_iter()
            .filter_map(|command| match command {
                Command::Outbox(OutboxCommand::Send {
                    ticket,
                    to,
                    text,
                    attachments,
                    ..
                }) => Some((ticket, to, text, attachments.into_iter().next())),
                _ => None,
            })
            .collect()
    }

    pub fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.played.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub fn type_text(&mut self, text: &str) {
        self.played.harness.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    pub fn paste(&mut self, text: &str) {
        self.played.harness.event(egui::Event::Paste(text.to_owned()));
        self.settle();
    }

    fn nodes<'a>(&'a self, name: &'a str) -> Vec<Node<'a>> {
        self.played.harness.query_all_by_label(name).collect()
    }

    /// Whether something has this accessible name.
    pub fn shows(&self, name: &str) -> bool {
        !self.nodes(name).is_empty()
    }

    /// Whether something has these words in its name or value. Blanks that do not break count as blanks.
    pub fn tells(&self, words: &str) -> bool {
        self.texts().iter().any(|text| text.contains(words))
    }

    /// The names and values of everything that is there.
    pub fn texts(&self) -> Vec<String> {
        fn walk(node: Node<'_>, into: &mut Vec<String>) {
            let own = node.accesskit_node();
            for text in [own.label(), own.value()].into_iter().flatten() {
                into.push(text.replace(['\u{a0}', '\u{202f}'], " ").replace('\u{2011}', "-"));
            }
            for child in node.children() {
                walk(child, into);
            }
        }
        let mut texts = Vec::new();
        walk(self.played.harness.root(), &mut texts);
        texts
    }

    /// Clicks the button, menu item or field with this name; the last one, for dialogs stand above what is below.
    pub fn click(&mut self, name: &str) {
        let role = |node: &Node<'_>| node.accesskit_node().role();
        let nodes = self.nodes(name);
        nodes
            .iter()
            .rev()
            .find(|node| role(node) != Role::Label)
            .or_else(|| nodes.last())
            .unwrap_or_else(|| panic!("{name} is not there: {:#?}", self.texts()))
            .click();
        self.settle();
    }

    /// Chooses where an attachment comes from.
    pub fn attach(&mut self, from: &str) {
        self.click("Anexar");
        self.click(from);
    }

    /// Draws until this holds: what is done in a thread of its own takes its time.
    pub fn until(&mut self, holds: impl Fn(&mut Self) -> bool) {
        let until = std::time::Instant::now() + Duration::from_secs(30);
        while !holds(self) {
            assert!(std::time::Instant::now() < until, "{:#?}", self.texts());
            self.settle();
            std::thread::yield_now();
        }
    }

    pub fn rect(&self, name: &str) -> egui::Rect {
        let nodes = self.nodes(name);
        let node = nodes
            .last()
            .unwrap_or_else(|| panic!("{name} is not there: {:#?}", self.texts()));
        node.rect()
    }

    pub fn is_disabled(&self, name: &str) -> bool {
        self.nodes(name)
            .last()
            .unwrap_or_else(|| panic!("{name} is not there"))
            .accesskit_node()
            .is_disabled()
    }

    pub fn focus(&mut self, field: &str) {
        self.played.focus_field(field);
        self.settle();
    }

    /// What stands in a field.
    pub fn value(&self, field: &str) -> String {
        self.nodes(field)
            .into_iter()
            .find_map(|node| node.accesskit_node().value())
            .unwrap_or_default()
    }

    /// Lets time pass.
    pub fn wait(&mut self, duration: Duration) {
        self.played.clock.advance(duration);
        self.settle();
    }

    /// The commands about files since the last call; all others wait on.
    pub fn about_files(&mut self) -> Vec<crate::engine::AttachmentCommand> {
        let (files, others) = self
            .taken()
            .into_iter()
            .partition::<Vec<_>, _>(|command| matches!(command, Command::Attachment(_)));
        self.sent = others;
        files
            .into_iter()
            .filter_map(|command| match command {
                Command::Attachment(command) => Some(command),
                _ => None,
            })
            .collect()
    }

    /// The drafts to be kept since the last call.
    pub fn kept(&mut self) -> Vec<(DraftPlace, Draft)> {
        let (kept, others) = self
            .taken()
            .into_iter()
            .partition::<Vec<_>, _>(|command| matches!(command, Command::Conversation(_)));
        self.sent = others;
        kept.into_iter()
            .filter_map(|command| match command {
                Command::Conversation(crate::engine::ConversationCommand::KeepDraft(place, draft)) => {
                    Some((place, draft))
                }
                _ => None,
            })
            .collect()
    }

    /// Draws what is shown; kept where `RECADO_PICTURES` says.
    pub fn picture(&mut self, name: &str) -> image::RgbaImage {
        let picture = self.played.picture();
        if let Ok(folder) = std::env::var("RECADO_PICTURES") {
            std::fs::create_dir_all(&folder).unwrap();
            picture.save(format!("{folder}/{name}.png")).unwrap();
        }
        picture
    }
}

/// A picture in dark.
pub fn dark(live: &mut Live) {
    live.settings = Arc::new(Settings {
        theme: ThemeChoice::Dark,
        ..Settings::clone(&live.settings)
    });
}

/// `Ctrl+Enter` sends.
pub fn ctrl_enter(live: &mut Live) {
    live.settings = Arc::new(Settings {
        send_key: SendKey::CtrlEnter,
        ..Settings::clone(&live.settings)
    });
}
