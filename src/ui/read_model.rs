//! What the window has read from the engine: pages of conversations and messages, the queue, the dashboard's points.
//! Screens say every frame what they want; what is missing or has changed is asked for, and the last good value stays
//! until the new one is there.

#[cfg(test)]
mod tests;
mod thread;

pub use thread::{PAGES_KEPT, Thread};

use crate::domain::conversation::{ConversationFilter, ConversationRow, Draft, DraftPlace};
use crate::domain::hosting::HostedFile;
use crate::domain::message::{Message, MessageStep};
use crate::domain::template::Template;
use crate::domain::{
    AccountId, Conversation, ConversationId, MessageId, OutgoingFile, OutgoingFileId, PhoneNumber, Timestamp,
};
use crate::engine::{Answer, Command, DashboardData, Event, Question, Ticket};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use thread::THREADS_KEPT;

/// Rows or messages in a page.
pub const PAGE: u32 = 100;

/// How many lists of searches are kept: each letter typed makes one.
const SEARCHES: usize = 16;
/// How many counts of strangers are kept, and how many answers that nobody has taken.
const UNTAKEN: usize = 128;
/// How many files of ours are remembered.
const FILES: usize = 2_000;

/// Something a screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Want {
    /// The first rows of the conversation list with this filter; [`Want::MoreConversations`] adds a page.
    Conversations(FilterKey),
    /// The newest entries of a conversation, and the pages asked for so far.
    Thread(ConversationId),
    /// A conversation that no list that has been read holds.
    Conversation(ConversationId),
    /// One more page of older entries of a conversation.
    Older(ConversationId),
    /// One more page of newer entries, where the newest are not kept.
    Newer(ConversationId),
    /// The newest entries, whatever lies between.
    Newest(ConversationId),
    /// Entries of a conversation that have changed; asked for by itself.
    Changed(ConversationId),
    /// Nothing new: where the reader is (`None` at the newest entry), so that pages far away can be dropped.
    Reader(ConversationId, Option<MessageId>),
    /// What could not be read of a conversation is tried again.
    ThreadAgain(ConversationId),
    /// One more page of the conversation list.
    MoreConversations(FilterKey),
    /// A message's history.
    History(MessageId),
    /// The queue screen's list.
    Outbox(AccountId),
    /// The drafts of an account (read once; the composer owns them afterwards).
    Drafts(AccountId),
    /// What the dashboard plots: account and hours back.
    Dashboard(AccountId, u32),
    /// A file that a message of ours carries; it never changes.
    OutgoingFile(OutgoingFileId),
    /// How many of these numbers are strangers.
    Strangers(AccountId, Vec<PhoneNumber>),
    /// When each of these people last wrote.
    LastWrote(AccountId, Vec<PhoneNumber>),
    /// The templates of an account.
    Templates(AccountId),
    /// The same, whether or not anything is known to have changed: when a place that shows them is opened.
    TemplatesAgain(AccountId),
    /// The files that can be fetched from outside.
    HostedFiles,
    /// The same, whether or not anything is known to have changed.
    HostedFilesAgain,
}

/// A [`ConversationFilter`] as a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FilterKey {
    /// The account.
    pub account: Option<AccountId>,
    /// The search text.
    pub search: String,
    /// Only problems.
    pub problems_only: bool,
    /// Only those with unread messages.
    pub unread_only: bool,
}

impl FilterKey {
    fn filter(&self) -> ConversationFilter {
        ConversationFilter {
            account: self.account,
            search: self.search.clone(),
            problems_only: self.problems_only,
            unread_only: self.unread_only,
        }
    }
}

/// A value that is read from the engine: not yet there, there, or there and being read again. It keeps its last good
/// value whatever happens.
#[derive(Debug, Clone)]
pub struct Loadable<T> {
    /// The last good value.
    pub value: Option<T>,
    /// Why the last reading failed.
    pub error: Option<String>,
    stale: bool,
    pending: bool,
}

impl<T> Default for Loadable<T> {
    fn default() -> Self {
        Self {
            value: None,
            error: None,
            stale: true,
            pending: false,
        }
    }
}

impl<T> Loadable<T> {
    /// A value that is there.
    #[must_use]
    pub fn ready(value: T) -> Self {
        Self {
            value: Some(value),
            error: None,
            stale: false,
            pending: false,
        }
    }

    fn set(&mut self, value: T) {
        self.value = Some(value);
        self.error = None;
        self.pending = false;
    }

    fn should_ask(&mut self) -> bool {
        let ask = self.stale && !self.pending;
        if ask {
            self.stale = false;
            self.pending = true;
        }
        ask
    }
}

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

    /// Turns what screens want into the questions that have to be asked for it.
    pub fn ask(&mut self, wants: Vec<Want>, mut ticket: impl FnMut() -> Ticket) -> Vec<Command> {
        let mut commands = Vec::new();
        for want in wants {
            let changed = match want {
                Want::Thread(id) => Some(Want::Changed(id)),
                _ => None,
            };
            for want in std::iter::once(want).chain(changed) {
                if let Some(question) = self.question(&want) {
                    let ticket = ticket();
                    self.asked.insert(ticket, want);
                    commands.push(Command::Ask(ticket, question));
                }
            }
        }
        commands
    }

    fn thread_value(&mut self, id: ConversationId) -> Option<&mut Thread> {
        self.threads.get_mut(&id)?.value.as_mut()
    }

    fn thread_question(&mut self, id: ConversationId) -> Option<Question> {
        if self.recent.front() != Some(&id) {
            self.recent.retain(|other| *other != id);
            self.recent.push_front(id);
            for old in self.recent.drain(self.recent.len().min(THREADS_KEPT)..) {
                self.threads.remove(&old);
            }
        }
        let thread = self.threads.entry(id).or_default();
        if !thread.should_ask() {
            return None;
        }
        // Only the newest page is read again; what has changed elsewhere is known by the events that name it.
        if thread.value.as_mut().is_none_or(Thread::newest_is_needed) {
            return Some(Question::Thread {
                conversation: id,
                before: None,
                limit: PAGE,
            });
        }
        thread.pending = false;
        None
    }

    /// A question could not be handed over: it is asked again with the next frame.
    pub fn not_asked(&mut self, ticket: Ticket) {
        if let Some(want) = self.asked.remove(&ticket) {
            self.with_loadable(&want, |state| {
                state.0 = true;
                state.1 = false;
            });
        }
    }

    fn question(&mut self, want: &Want) -> Option<Question> {
        match want {
            Want::Conversations(key) => {
                if self.conversations.len() > SEARCHES && !self.conversations.contains_key(key) {
                    self.conversations
                        .retain(|known, list| known.search.is_empty() || list.pending);
                }
                let list = self.conversations.entry(key.clone()).or_default();
                let shown = list.value.as_ref().map_or(0, |list| list.rows.len());
                let limit = u32::try_from(shown).unwrap_or(PAGE).max(PAGE);
                list.should_ask().then(|| Question::Conversations {
                    filter: key.filter(),
                    before: None,
                    limit,
                })
            }
            Want::MoreConversations(key) => {
                let list = self.conversations.get_mut(key)?;
                // What failed is not asked for again in every frame; the next event reads the list anew.
                if list.pending || list.stale || list.error.is_some() {
                    return None;
                }
                let before = list
                    .value
                    .as_ref()
                    .filter(|list| list.has_more)?
                    .rows
                    .last()?
                    .last_at;
                list.pending = true;
                Some(Question::Conversations {
                    filter: key.filter(),
                    before,
                    limit: PAGE,
                })
            }
            Want::Thread(id) => self.thread_question(*id),
            Want::Older(id) => self.thread_value(*id)?.older_question(*id),
            Want::Newer(id) => self.thread_value(*id)?.newer_question(*id),
            Want::Changed(id) => self.thread_value(*id)?.again_question(*id),
            Want::Newest(id) => {
                if self.thread_value(*id)?.want_newest() {
                    self.threads.get_mut(id)?.stale = true;
                }
                None
            }
            Want::Reader(id, reader) => {
                self.thread_value(*id)?.note_reader(*reader);
                None
            }
            Want::ThreadAgain(id) => {
                let thread = self.threads.get_mut(id)?;
                thread.stale |= thread.error.take().is_some();
                thread.value.as_mut()?.forget_errors();
                None
            }
            Want::Conversation(id) => {
                if self.people.len() > UNTAKEN {
                    self.people.retain(|_, person| person.pending);
                }
                self.people
                    .entry(*id)
                    .or_default()
                    .should_ask()
                    .then_some(Question::Conversation(*id))
            }
            Want::History(id) => self
                .histories
                .entry(*id)
                .or_default()
                .should_ask()
                .then_some(Question::History(*id)),
            Want::Outbox(id) => self
                .outboxes
                .entry(*id)
                .or_default()
                .should_ask()
                .then_some(Question::Outbox(*id)),
            Want::Drafts(id) => self
                .drafts
                .entry(*id)
                .or_default()
                .should_ask()
                .then_some(Question::Drafts(*id)),
            Want::Dashboard(account, hours) => self
                .dashboards
                .entry((*account, *hours))
                .or_default()
                .should_ask()
                .then_some(Question::Dashboard {
                    account: *account,
                    hours: *hours,
                }),
            Want::OutgoingFile(id) => {
                if self.files.len() >= FILES && !self.files.contains_key(id) {
                    self.files.retain(|_, file| file.pending);
                }
                self.files
                    .entry(*id)
                    .or_default()
                    .should_ask()
                    .then_some(Question::OutgoingFile(*id))
            }
            Want::Strangers(account, numbers) => {
                if self.strangers.len() > UNTAKEN {
                    self.strangers.retain(|_, count| count.pending);
                }
                self.strangers
                    .entry((*account, numbers.clone()))
                    .or_default()
                    .should_ask()
                    .then(|| Question::Strangers(*account, numbers.clone()))
            }
            Want::LastWrote(account, numbers) => {
                let key = (*account, numbers.clone());
                if self.last_wrote.len() > UNTAKEN && !self.last_wrote.contains_key(&key) {
                    self.last_wrote.retain(|_, read| read.pending);
                }
                let read = self.last_wrote.entry(key).or_default();
                read.should_ask()
                    .then(|| Question::LastWrote(*account, numbers.clone()))
            }
            Want::Templates(id) => self
                .templates
                .entry(*id)
                .or_default()
                .should_ask()
                .then_some(Question::Templates(*id)),
            Want::TemplatesAgain(id) => {
                self.templates.entry(*id).or_default().stale = true;
                None
            }
            Want::HostedFilesAgain => {
                self.hosted.stale = true;
                None
            }
            Want::HostedFiles => self.hosted.should_ask().then_some(Question::HostedFiles),
        }
    }

    /// Takes an event in. [`Event::Notice`] is not for the read model.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Messages { ids, conversations } => {
                for id in conversations {
                    if let Some(thread) = self.threads.get_mut(&id) {
                        thread.stale = true;
                        if let Some(value) = &mut thread.value {
                            value.changed(&ids);
                        }
                    }
                    if let Some(person) = self.people.get_mut(&id) {
                        person.stale = true;
                    }
                }
                for id in ids {
                    if let Some(history) = self.histories.get_mut(&id) {
                        history.stale = true;
                    }
                }
                self.conversations.values_mut().for_each(|list| list.stale = true);
                self.outboxes.values_mut().for_each(|list| list.stale = true);
                self.hosted.stale = true;
                self.strangers.clear();
                self.last_wrote.values_mut().for_each(|read| read.stale = true);
            }
            Event::Dashboard(account) => {
                for ((of, _), data) in &mut self.dashboards {
                    data.stale |= *of == account;
                }
            }
            Event::Overflow => self.read_everything_again(),
            Event::Answer(ticket, answer) => match self.asked.remove(&ticket) {
                Some(want) => self.answered(&want, answer),
                None if self.forgotten.remove(&ticket) => {}
                None => {
                    let mut answers = self.answers.borrow_mut();
                    answers.insert(ticket, answer);
                    // A screen that was left before its answer came does not take it.
                    if answers.len() > UNTAKEN {
                        answers.pop_first();
                    }
                }
            },
            // A file that is put somewhere, or taken away, shows in the picture of what is being prepared.
            Event::Live => self.hosted.stale = true,
            Event::Notice(_) => {}
        }
    }

    fn answered(&mut self, want: &Want, answer: Answer) {
        match (want, answer) {
            (_, Answer::Failed(words)) => self.failed(want, words),
            (Want::Conversations(key), Answer::Conversations(rows)) => {
                let has_more = rows.len() >= PAGE as usize;
                if let Some(list) = self.conversations.get_mut(key) {
                    list.set(ConversationList { rows, has_more });
                }
            }
            (Want::MoreConversations(key), Answer::Conversations(rows)) => {
                if let Some(list) = self.conversations.get_mut(key) {
                    list.pending = false;
                    if let Some(value) = &mut list.value {
                        value.has_more = rows.len() >= PAGE as usize;
                        value.rows.extend(rows);
                    }
                }
            }
            (Want::Thread(id), Answer::Thread(entries)) => {
                if let Some(thread) = self.threads.get_mut(id) {
                    let mut value = thread.value.take().unwrap_or_default();
                    value.take_newest(entries);
                    thread.set(value);
                }
            }
            (Want::Older(id), Answer::Thread(entries)) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.take_older(entries);
                }
            }
            (Want::Newer(id), Answer::Thread(entries)) => {
                let reached = self
                    .thread_value(*id)
                    .is_some_and(|thread| thread.take_newer(entries));
                // What came while it was being read is not in it.
                if let Some(thread) = self.threads.get_mut(id).filter(|_| reached) {
                    thread.stale = true;
                }
            }
            (Want::Changed(id), Answer::Thread(entries)) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.take_again(entries);
                }
            }
            (Want::Conversation(id), Answer::Conversation(person)) => {
                self.people.entry(*id).or_default().set(*person);
            }
            (Want::History(id), Answer::History(steps)) => {
                self.histories.entry(*id).or_default().set(steps);
            }
            (Want::Outbox(id), Answer::Outbox(messages)) => {
                self.outboxes.entry(*id).or_default().set(messages);
            }
            (Want::Drafts(id), Answer::Drafts(drafts)) => {
                self.drafts
                    .entry(*id)
                    .or_default()
                    .set(drafts.into_iter().collect());
            }
            (Want::Dashboard(account, hours), Answer::Dashboard(data)) => {
                self.dashboards.entry((*account, *hours)).or_default().set(*data);
            }
            (Want::OutgoingFile(id), Answer::OutgoingFile(file)) => {
                self.files.entry(*id).or_default().set(*file);
                self.files_revision += 1;
            }
            (Want::Strangers(account, numbers), Answer::Strangers(count)) => {
                self.strangers
                    .entry((*account, numbers.clone()))
                    .or_default()
                    .set(count);
            }
            (Want::LastWrote(account, numbers), Answer::LastWrote(read)) => {
                self.last_wrote
                    .entry((*account, numbers.clone()))
                    .or_default()
                    .set(read);
            }
            (Want::Templates(id), Answer::Templates(templates)) => {
                self.templates.entry(*id).or_default().set(templates);
            }
            (Want::HostedFiles, Answer::HostedFiles(files)) => self.hosted.set(files),
            (want, _) => self.failed(want, "the answer does not fit the question".to_owned()),
        }
    }

    fn failed(&mut self, want: &Want, words: String) {
        let error = match want {
            Want::Conversations(key) | Want::MoreConversations(key) => self
                .conversations
                .get_mut(key)
                .map(|list| (&mut list.error, &mut list.pending)),
            Want::Conversation(id) => self
                .people
                .get_mut(id)
                .map(|person| (&mut person.error, &mut person.pending)),
            Want::Thread(id) => self.threads.get_mut(id).map(|thread| {
                if let Some(value) = &mut thread.value {
                    value.newest_failed();
                }
                (&mut thread.error, &mut thread.pending)
            }),
            Want::Older(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.older_failed(Some(words));
                }
                return;
            }
            Want::Newer(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.newer_failed(Some(words));
                }
                return;
            }
            Want::Changed(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.again_failed(true);
                }
                return;
            }
            // These ask nothing themselves.
            Want::Newest(_)
            | Want::Reader(..)
            | Want::ThreadAgain(_)
            | Want::TemplatesAgain(_)
            | Want::HostedFilesAgain => return,
            Want::Templates(id) => self
                .templates
                .get_mut(id)
                .map(|list| (&mut list.error, &mut list.pending)),
            Want::HostedFiles => Some((&mut self.hosted.error, &mut self.hosted.pending)),
            Want::History(id) => self
                .histories
                .get_mut(id)
                .map(|list| (&mut list.error, &mut list.pending)),
            Want::Outbox(id) => self
                .outboxes
                .get_mut(id)
                .map(|list| (&mut list.error, &mut list.pending)),
            Want::Drafts(id) => self
                .drafts
                .get_mut(id)
                .map(|list| (&mut list.error, &mut list.pending)),
            Want::Dashboard(account, hours) => self
                .dashboards
                .get_mut(&(*account, *hours))
                .map(|data| (&mut data.error, &mut data.pending)),
            Want::OutgoingFile(id) => {
                self.files_revision += 1;
                self.files
                    .get_mut(id)
                    .map(|file| (&mut file.error, &mut file.pending))
            }
            Want::Strangers(account, numbers) => self
                .strangers
                .get_mut(&(*account, numbers.clone()))
                .map(|count| (&mut count.error, &mut count.pending)),
            Want::LastWrote(account, numbers) => self
                .last_wrote
                .get_mut(&(*account, numbers.clone()))
                .map(|read| (&mut read.error, &mut read.pending)),
        };
        if let Some((error, pending)) = error {
            *error = Some(words);
            *pending = false;
        }
    }

    fn read_everything_again(&mut self) {
        self.forgotten = self.asked.drain().map(|(ticket, _)| ticket).collect();
        let again = |stale: &mut bool, pending: &mut bool| {
            *stale = true;
            *pending = false;
        };
        self.conversations
            .values_mut()
            .for_each(|list| again(&mut list.stale, &mut list.pending));
        self.histories
            .values_mut()
            .for_each(|list| again(&mut list.stale, &mut list.pending));
        self.people
            .values_mut()
            .for_each(|person| again(&mut person.stale, &mut person.pending));
        self.outboxes
            .values_mut()
            .for_each(|list| again(&mut list.stale, &mut list.pending));
        self.dashboards
            .values_mut()
            .for_each(|list| again(&mut list.stale, &mut list.pending));
        for thread in self.threads.values_mut() {
            again(&mut thread.stale, &mut thread.pending);
            if let Some(value) = &mut thread.value {
                value.forget_questions();
                value.everything_changed();
            }
        }
        // What was read of a file stays true; what could not be read is tried again.
        self.files.retain(|_, file| file.value.is_some());
        again(&mut self.hosted.stale, &mut self.hosted.pending);
        for list in self.templates.values_mut() {
            again(&mut list.stale, &mut list.pending);
        }
        self.strangers.clear();
        for read in self.last_wrote.values_mut() {
            again(&mut read.stale, &mut read.pending);
        }
        // Drafts are owned by the composer once read; only a reading that was under way has to be repeated.
        self.drafts.retain(|_, drafts| drafts.value.is_some());
    }

    fn with_loadable(&mut self, want: &Want, change: impl FnOnce(&mut (bool, bool))) {
        macro_rules! apply {
            ($loadable:expr) => {
                if let Some(loadable) = $loadable {
                    let mut state = (loadable.stale, loadable.pending);
                    change(&mut state);
                    (loadable.stale, loadable.pending) = state;
                }
            };
        }
        match want {
            Want::Conversations(key) => apply!(self.conversations.get_mut(key)),
            Want::MoreConversations(key) => {
                if let Some(list) = self.conversations.get_mut(key) {
                    list.pending = false;
                }
            }
            Want::Thread(id) => apply!(self.threads.get_mut(id)),
            Want::Conversation(id) => apply!(self.people.get_mut(id)),
            Want::Older(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.older_failed(None);
                }
            }
            Want::Newer(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.newer_failed(None);
                }
            }
            Want::Changed(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.again_failed(false);
                }
            }
            Want::Newest(_)
            | Want::Reader(..)
            | Want::ThreadAgain(_)
            | Want::TemplatesAgain(_)
            | Want::HostedFilesAgain => {}
            Want::Templates(id) => apply!(self.templates.get_mut(id)),
            Want::HostedFiles => apply!(Some(&mut self.hosted)),
            Want::History(id) => apply!(self.histories.get_mut(id)),
            Want::Outbox(id) => apply!(self.outboxes.get_mut(id)),
            Want::Drafts(id) => apply!(self.drafts.get_mut(id)),
            Want::Dashboard(account, hours) => apply!(self.dashboards.get_mut(&(*account, *hours))),
            Want::OutgoingFile(id) => apply!(self.files.get_mut(id)),
            Want::Strangers(account, numbers) => apply!(self.strangers.get_mut(&(*account, numbers.clone()))),
            Want::LastWrote(account, numbers) => {
                apply!(self.last_wrote.get_mut(&(*account, numbers.clone())));
            }
        }
    }
}
