//! What the window has read from the engine: pages of conversations and messages, the queue, the dashboard's points.
//! Screens say every frame what they want; what is missing or has changed is asked for, and the last good value stays
//! until the new one is there.

mod asking;
mod events;
mod loadable;
#[cfg(test)]
mod tests;
mod thread;
mod want;

pub use loadable::Loadable;
pub use thread::{PAGES_KEPT, Thread};
pub use want::{FilterKey, Want};

use crate::domain::conversation::{ConversationRow, Draft, DraftPlace};
use crate::domain::hosting::HostedFile;
use crate::domain::message::{Message, MessageStep};
use crate::domain::template::Template;
use crate::domain::{
    AccountId, Conversation, ConversationId, MessageId, OutgoingFile, OutgoingFileId, PhoneNumber, Timestamp,
};
use crate::engine::{Answer, DashboardData, Ticket};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// Rows or messages in a page.
pub const PAGE: u32 = 100;

/// How many counts of strangers are kept, and how many answers that nobody has taken.
const UNTAKEN: usize = 128;

/// The rows of a conversation list read so far.
#[derive(Debug, Clone, Default)]
pub struct ConversationList {
    /// The rows, newest first.
    pub rows: Vec<ConversationRow>,
    /// Whether there are more.
    pub has_more: bool,
}

/// People an account may write to.
type People = (AccountId, Vec<PhoneNumber>);

/// Everything read.
#[derive(Debug, Default)]
pub struct ReadModel {
    conversations: HashMap<FilterKey, Loadable<ConversationList>>,
    threads: HashMap<ConversationId, Loadable<Thread>>,
    people: HashMap<ConversationId, Loadable<Conversation>>,
    /// The threads shown last, the latest first.
    recent: VecDeque<ConversationId>,
    histories: HashMap<MessageId, Loadable<Vec<MessageStep>>>,
    outboxes: BTreeMap<AccountId, Loadable<Vec<Message>>>,
    drafts: BTreeMap<AccountId, Loadable<HashMap<DraftPlace, Draft>>>,
    dashboards: HashMap<(AccountId, u32), Loadable<DashboardData>>,
    strangers: HashMap<People, Loadable<usize>>,
    last_wrote: HashMap<People, Loadable<Vec<Option<Timestamp>>>>,
    files: HashMap<OutgoingFileId, Loadable<OutgoingFile>>,
    /// Grows with every file that is read.
    files_revision: u64,
    hosted: Loadable<Vec<HostedFile>>,
    templates: BTreeMap<AccountId, Loadable<Vec<Template>>>,
    asked: HashMap<Ticket, Want>,
    /// Questions whose answers are of no use any more.
    forgotten: HashSet<Ticket>,
    answers: RefCell<BTreeMap<Ticket, Answer>>,
}

impl ReadModel {
    /// The conversation list with this filter.
    #[must_use]
    pub fn conversations(&self, filter: &FilterKey) -> Option<&Loadable<ConversationList>> {
        self.conversations.get(filter)
    }

    /// The conversation of an account with a person, as far as the lists have been read; either form of a Brazilian
    /// number is the same person.
    #[must_use]
    pub fn conversation_with(&self, account: AccountId, phone: &PhoneNumber) -> Option<ConversationId> {
        let key = phone.contact_key();
        self.conversations
            .values()
            .filter_map(|list| list.value.as_ref())
            .flat_map(|list| &list.rows)
            .map(|row| &row.conversation)
            .find(|conversation| conversation.account == account && conversation.phone.contact_key() == key)
            .map(|conversation| conversation.id)
    }

    /// A thread.
    #[must_use]
    pub fn thread(&self, id: ConversationId) -> Option<&Loadable<Thread>> {
        self.threads.get(&id)
    }

    /// A conversation that was asked for by itself.
    #[must_use]
    pub fn conversation(&self, id: ConversationId) -> Option<&Loadable<Conversation>> {
        self.people.get(&id)
    }

    /// A message's history.
    #[must_use]
    pub fn history(&self, id: MessageId) -> Option<&[MessageStep]> {
        self.histories.get(&id)?.value.as_deref()
    }

    /// The queue screen's list of an account.
    #[must_use]
    pub fn outbox(&self, account: AccountId) -> Option<&Loadable<Vec<Message>>> {
        self.outboxes.get(&account)
    }

    /// The drafts of an account.
    #[must_use]
    pub fn drafts(&self, account: AccountId) -> Option<&HashMap<DraftPlace, Draft>> {
        self.drafts.get(&account)?.value.as_ref()
    }

    /// What the dashboard plots.
    #[must_use]
    pub fn dashboard(&self, account: AccountId, hours: u32) -> Option<&Loadable<DashboardData>> {
        self.dashboards.get(&(account, hours))
    }

    /// A file that a message of ours carries.
    #[must_use]
    pub fn outgoing_file(&self, id: OutgoingFileId) -> Option<&Loadable<OutgoingFile>> {
        self.files.get(&id)
    }

    /// Grows with every file that is read, for caches of what was laid out.
    #[must_use]
    pub fn files_revision(&self) -> u64 {
        self.files_revision
    }

    /// How many of these numbers are strangers, when it is known.
    #[must_use]
    pub fn strangers(&self, account: AccountId, numbers: &[PhoneNumber]) -> Option<usize> {
        // A lookup by reference would need an owned key either way; the list is what the operator typed.
        self.strangers.get(&(account, numbers.to_vec()))?.value
    }

    /// When each of these people last wrote, in their order, as it was last read.
    #[must_use]
    pub fn last_wrote(&self, account: AccountId, numbers: &[PhoneNumber]) -> Option<&[Option<Timestamp>]> {
        self.last_wrote
            .get(&(account, numbers.to_vec()))?
            .value
            .as_deref()
    }

    /// The templates of an account, by key and language.
    #[must_use]
    pub fn templates(&self, account: AccountId) -> Option<&Loadable<Vec<Template>>> {
        self.templates.get(&account)
    }

    /// The files that can be fetched from outside.
    #[must_use]
    pub fn hosted_files(&self) -> &Loadable<Vec<HostedFile>> {
        &self.hosted
    }

    /// Takes the answer to a command's ticket, once.
    #[must_use]
    pub fn take_answer(&self, ticket: Ticket) -> Option<Answer> {
        self.answers.borrow_mut().remove(&ticket)
    }

    fn thread_value(&mut self, id: ConversationId) -> Option<&mut Thread> {
        self.threads.get_mut(&id)?.value.as_mut()
    }
}
