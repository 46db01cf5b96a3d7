//! What the played engine answers out of.

use super::outgoing;
use crate::domain::conversation::{
    Conversation, ConversationFilter, ConversationRow, Draft, DraftPlace, LastLine,
};
use crate::domain::message::{Message, MessageStep};
use crate::domain::template::Template;
use crate::domain::{AccountId, ConversationId, OutgoingFile, PhoneNumber, ThreadEntry, Timestamp};
use crate::engine::{Answer, Question};
use std::collections::HashMap;

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
    pub(super) fn answer(&self, question: &Question) -> Option<Answer> {
        Some(match question {
            Question::Conversations {
                filter,
                before,
                limit,
            } => self.list(filter, *before, *limit),
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
            Question::Conversation(id) => Answer::Conversation(Box::new(self.person(*id)?)),
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

    fn list(&self, filter: &ConversationFilter, before: Option<Timestamp>, limit: u32) -> Answer {
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
                .take(limit as usize)
                .cloned()
                .collect(),
        )
    }

    fn person(&self, id: ConversationId) -> Option<Conversation> {
        let listed = self.rows.iter().find(|row| row.conversation.id == id);
        let listed = listed.map(|row| &row.conversation).or(self.people.get(&id));
        match listed {
            Some(person) => Some(person.clone()),
            // In no list: its messages tell who it is.
            None => self
                .entries
                .get(&id)?
                .last()
                .and_then(ThreadEntry::outgoing)
                .map(|message| Conversation {
                    last_wrote_at: None,
                    id,
                    account: message.account,
                    phone: message.to.clone(),
                    name: None,
                    told_name: None,
                    note: String::new(),
                    do_not_write: false,
                }),
        }
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
