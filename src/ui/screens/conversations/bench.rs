//! What the tests of this screen and of the one for a new message stand on: the whole window over a played engine that
//! answers out of a small store, driven by accessible names.

use crate::domain::conversation::{Conversation, ConversationRow, Draft, DraftPlace, LastLine};
use crate::domain::message::{Message, MessageState, MessageStep, Reason, ReasonKind};
use crate::domain::settings::{SendKey, Settings, ThemeChoice};
use crate::domain::template::Template;
use crate::domain::{
    AccountId, Attachment, ClientMessageId, ConversationId, MediaKind, MessageId, OutgoingFile, PhoneNumber,
    ThreadEntry,
};
use crate::engine::{Answer, Command, Event, Live, OutboxCommand, Question, Ticket};
use crate::ui::testing::{self, NOW, Played};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

/// What the engine would read.
#[derive(Default)]
pub struct Stored {
    pub rows: Vec<ConversationRow>,
    pub entries: HashMap<ConversationId, Vec<ThreadEntry>>,
    /// Who is known though no list holds them any more.
    pub people: HashMap<ConversationId, Conversation>,
    pub drafts: Vec<(DraftPlace, Draft)>,
    pub history: Vec<MessageStep>,
    pub strangers: usize,
    /// Files that messages of ours carry.
    pub sent_files: Vec<OutgoingFile>,
    /// The library of every account.
    pub templates: Vec<Template>,
}

impl Stored {
    fn answer(&self, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Conversations {
                filter,
                before,
                limit,
            } => {
                let search = filter.search.to_lowercase();
                let digits: String = search.chars().filter(char::is_ascii_digit).collect();
                let fits = |row: &&ConversationRow| {
                    let name = row.conversation.shown_name().unwrap_or_default().to_lowercase();
                    let number = row.conversation.phone.digits();
                    let found = name.contains(&search)
                        || row.last_text.to_lowercase().contains(&search)
                        || (!digits.is_empty() && number.contains(&digits));
                    let old = before.is_none_or(|before| row.last_at < Some(before));
                    let account = filter
                        .account
                        .is_none_or(|account| account == row.conversation.account);
                    let needed = !filter.problems_only || row.problems > 0;
                    found && old && account && needed && (!filter.unread_only || row.unread > 0)
                };
                Answer::Conversations(
                    self.rows
                        .iter()
                        .filter(fits)
                        .take(*limit as usize)
                        .cloned()
                        .collect(),
                )
            }
            Question::Thread {
                conversation,
                before,
                limit,
            } => {
                let all = self.entries.get(conversation).map_or(&[][..], Vec::as_slice);
                let end = before.map_or(all.len(), |before| {
                    all.iter().position(|entry| entry.id() == before).unwrap_or(0)
                });
                Answer::Thread(all[end.saturating_sub(*limit as usize)..end].to_vec())
            }
            Question::Conversation(id) => {
                let listed = self.rows.iter().find(|row| row.conversation.id == *id);
                let listed = listed.map(|row| &row.conversation).or(self.people.get(id));
                let person = match listed {
                    Some(person) => person.clone(),
                    // In no list: its messages tell who it is.
                    None => self
                        .entries
                        .get(id)?
                        .last()
                        .and_then(ThreadEntry::outgoing)
                        .map(|message| Conversation {
                            last_wrote_at: None,
                            id: *id,
                            account: message.account,
                            phone: message.to.clone(),
                            name: None,
                            told_name: None,
                            note: String::new(),
                            do_not_write: false,
                        })?,
                };
                Answer::Conversation(Box::new(person))
            }
            Question::Drafts(_) => Answer::Drafts(self.drafts.clone()),
            Question::History(_) => Answer::History(self.history.clone()),
            Question::DoNotWrite(_, numbers) => {
                let people = self.rows.iter().map(|row| &row.conversation);
                let marked: Vec<_> = people.filter(|person| person.do_not_write).collect();
                let is_marked = |number: &&PhoneNumber| marked.iter().any(|person| person.phone == **number);
                Answer::DoNotWrite(numbers.iter().filter(is_marked).cloned().collect())
            }
            Question::OutgoingFile(id) => {
                let file = self.sent_files.iter().find(|file| file.id == *id);
                match file {
                    Some(file) => Answer::OutgoingFile(Box::new(file.clone())),
                    None => Answer::Failed("there is no such file".into()),
                }
            }
            Question::Templates(_) => Answer::Templates(self.templates.clone()),
            Question::Strangers(..) => Answer::Strangers(self.strangers),
            Question::LastWrote(_, numbers) => {
                let people = || self.rows.iter().map(|row| &row.conversation);
                let wrote = |number: &PhoneNumber| {
                    let mut of = people().filter(|person| person.phone.contact_key() == number.contact_key());
                    of.next().and_then(|person| person.last_wrote_at)
                };
                Answer::LastWrote(numbers.iter().map(wrote).collect())
            }
            _ => return None,
        })
    }

    /// A conversation with these messages, the newest last.
    pub fn add(&mut self, account: AccountId, name: Option<&str>, digits: &str, messages: Vec<Message>) {
        let messages = messages.into_iter();
        self.add_entries(account, name, digits, messages.map(outgoing).collect());
    }

    /// A conversation with both sides, the newest last.
    pub fn add_entries(
        &mut self,
        account: AccountId,
        name: Option<&str>,
        digits: &str,
        mut entries: Vec<ThreadEntry>,
    ) {
        let id = ConversationId::new();
        let phone = PhoneNumber::from_digits(digits).unwrap();
        for entry in &mut entries {
            match entry {
                ThreadEntry::Outgoing(message) => {
                    (message.account, message.conversation) = (account, id);
                    message.to = phone.clone();
                }
                ThreadEntry::Incoming(message) => {
                    (message.account, message.conversation) = (account, id);
                    message.from = phone.clone();
                }
            }
        }
        let last = entries.last();
        let is_problem =
            |entry: &&ThreadEntry| entry.outgoing().is_some_and(|message| message.state.is_problem());
        self.rows.push(ConversationRow {
            conversation: Conversation {
                last_wrote_at: None,
                id,
                account,
                phone,
                name: name.map(str::to_owned),
                told_name: None,
                note: String::new(),
                do_not_write: false,
            },
            last_text: last.map(|entry| entry.text().to_owned()).unwrap_or_default(),
            last_attachment: last
                .and_then(|entry| entry.outgoing()?.attachment.as_ref())
                .map(|attachment| attachment.name.clone()),
            last: last.map(|entry| match entry {
                ThreadEntry::Outgoing(message) => LastLine::Outgoing(message.state),
                ThreadEntry::Incoming(message) => LastLine::Incoming(message.kind),
            }),
            unread: 0,
            last_at: last.map(ThreadEntry::at),
            problems: u32::try_from(entries.iter().filter(is_problem).count()).unwrap(),
            draft: None,
            hit: None,
        });
        self.people
            .extend(self.rows.last().map(|row| (id, row.conversation.clone())));
        self.entries.insert(id, entries);
    }

    /// The conversation of the row with this index.
    pub fn id(&self, index: usize) -> ConversationId {
        self.rows[index].conversation.id
    }
}

/// One of ours as a line of a thread.
pub fn outgoing(message: Message) -> ThreadEntry {
    ThreadEntry::Outgoing(Box::new(message))
}

/// A message written so many minutes before [`NOW`].
pub fn message(minutes: u64, state: MessageState, text: &str) -> Message {
    let at = NOW.minus(Duration::from_secs(minutes * 60));
    Message {
        template: None,
        id: MessageId::new(),
        account: AccountId::new(),
        conversation: ConversationId::new(),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: text.into(),
        attachment: None,
        client_id: ClientMessageId::random(),
        gateway_id: None,
        state,
        reason: None,
        attempts: 1,
        next_attempt_at: None,
        first_unclear_at: None,
        not_before: None,
        created_at: at,
        updated_at: at,
    }
}

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

/// A file that goes along.
pub fn file(name: &str, kind: MediaKind) -> Option<Attachment> {
    Some(Attachment {
        url: format!("https://files.example/{name}"),
        file: None,
        name: name.into(),
        kind,
    })
}

/// A few people, with messages in every state.
pub fn people(account: AccountId) -> Stored {
    use MessageState as State;
    let because = |kind| Some(Reason::new(kind));
    let day = 24 * 60;
    let mut stored = Stored {
        history: super::super::stage::history(),
        ..Stored::default()
    };
    stored.add(
        account,
        Some("Marina Souza"),
        "5511900000044",
        vec![
            message(2 * day, State::Read, "Oi Marina, tudo bem? Aqui é da Loja Centro 😊"),
            message(day + 30, State::Read, "Seu pedido *1842* chegou. Retire até _sexta_, das 9h às 18h."),
            Message {
                attachment: file("orcamento-1842.pdf", MediaKind::Document),
                ..message(40, State::Delivered, "")
            },
            message(38, State::Read, "Boa tarde, *Marina*! Ficou sim. Segue em anexo, válido até sexta. Detalhes em https://loja.example/1842"),
            Message {
                reason: because(ReasonKind::TimedOut),
                first_unclear_at: Some(NOW),
                ..message(9, State::Unknown, "Seu pedido saiu para entrega")
            },
            Message {
                reason: because(ReasonKind::InvalidAttachment),
                attachment: file("catalogo.webp", MediaKind::Image),
                ..message(6, State::Rejected, "Catálogo novo")
            },
            message(4, State::Accepted, "Por nada! Qualquer dúvida é só chamar. 👋"),
            Message {
                attempts: 0,
                ..message(1, State::Queued, "Temos também a linha nova, veja a foto ✨")
            },
        ],
    );
    let rest: [(Option<&str>, &str, u64, State, &str); 6] = [
        (
            Some("João Pereira"),
            "5511900000021",
            13,
            State::Delivered,
            "Combinado, até amanhã!",
        ),
        (
            None,
            "5521900000031",
            30,
            State::Sent,
            "Segue o endereço: Rua das Flores, 120",
        ),
        (
            Some("Clínica Aurora"),
            "5511900000052",
            52,
            State::Read,
            "Segue o orçamento em anexo",
        ),
        (
            Some("Rafael Lima"),
            "5511900000063",
            140,
            State::Rejected,
            "Seu pedido saiu para entrega",
        ),
        (
            Some("Beatriz Teles"),
            "5511900000074",
            200,
            State::Delivered,
            "Bom dia! Confirmado para quinta às 15h30, na unidade do centro",
        ),
        (
            Some("Ágata Gomes"),
            "5511900000085",
            day + 90,
            State::Read,
            "Vou verificar e já retorno",
        ),
    ];
    for (name, digits, minutes, state, text) in rest {
        stored.add(account, name, digits, vec![message(minutes, state, text)]);
    }
    stored.rows[2].draft = Some("Bom dia! Passando para".into());
    stored
}
