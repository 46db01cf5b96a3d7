//! What the window has read from the engine: pages of conversations and messages, the queue, the dashboard's points.
//! Screens say every frame what they want; what is missing or has changed is asked for, and the last good value stays
//! until the new one is there.

use crate::domain::conversation::{ConversationFilter, ConversationRow, Draft, DraftPlace};
use crate::domain::message::{Message, MessageStep};
use crate::domain::{AccountId, Conversation, ConversationId, MessageId, PhoneNumber};
use crate::engine::{Answer, Command, DashboardData, Event, Question, Ticket};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Rows or messages in a page.
pub const PAGE: u32 = 100;

/// How many lists of searches are kept: each letter typed makes one.
const SEARCHES: usize = 16;
/// How many counts of strangers are kept, and how many answers that nobody has taken.
const UNTAKEN: usize = 128;

/// Something a screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Want {
    /// The first rows of the conversation list with this filter; [`Want::MoreConversations`] adds a page.
    Conversations(FilterKey),
    /// The newest messages of a conversation, and the older pages asked for so far.
    Thread(ConversationId),
    /// A conversation that no list that has been read holds.
    Conversation(ConversationId),
    /// One more page of older messages of a conversation.
    Older(ConversationId),
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
    /// How many of these numbers are strangers.
    Strangers(AccountId, Vec<PhoneNumber>),
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

/// The messages of a conversation read so far, oldest first, without a gap up to the newest.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    /// The messages.
    pub messages: Vec<Message>,
    /// Whether there are older ones.
    pub has_older: bool,
    /// Whether older ones are being read.
    pub loading_older: bool,
    /// Grows with every change, for caches of what was laid out.
    pub revision: u64,
}

/// The rows of a conversation list read so far.
#[derive(Debug, Clone, Default)]
pub struct ConversationList {
    /// The rows, newest first.
    pub rows: Vec<ConversationRow>,
    /// Whether there are more.
    pub has_more: bool,
}

/// Everything read.
#[derive(Debug, Default)]
pub struct ReadModel {
    conversations: HashMap<FilterKey, Loadable<ConversationList>>,
    threads: HashMap<ConversationId, Loadable<Thread>>,
    people: HashMap<ConversationId, Loadable<Conversation>>,
    histories: HashMap<MessageId, Loadable<Vec<MessageStep>>>,
    outboxes: BTreeMap<AccountId, Loadable<Vec<Message>>>,
    drafts: BTreeMap<AccountId, Loadable<HashMap<DraftPlace, Draft>>>,
    dashboards: HashMap<(AccountId, u32), Loadable<DashboardData>>,
    strangers: HashMap<(AccountId, Vec<PhoneNumber>), Loadable<usize>>,
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

    /// How many of these numbers are strangers, when it is known.
    #[must_use]
    pub fn strangers(&self, account: AccountId, numbers: &[PhoneNumber]) -> Option<usize> {
        // A lookup by reference would need an owned key either way; the list is what the operator typed.
        self.strangers.get(&(account, numbers.to_vec()))?.value
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
            if let Some(question) = self.question(&want) {
                let ticket = ticket();
                self.asked.insert(ticket, want);
                commands.push(Command::Ask(ticket, question));
            }
        }
        commands
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
                if list.pending || list.stale {
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
            Want::Thread(id) => {
                let thread = self.threads.entry(*id).or_default();
                let shown = thread.value.as_ref().map_or(0, |thread| thread.messages.len());
                // Only the newest page is read again; older ones change by events that name their message.
                let limit = u32::try_from(shown).unwrap_or(PAGE).clamp(PAGE, 4 * PAGE);
                thread.should_ask().then_some(Question::Messages {
                    conversation: *id,
                    before: None,
                    limit,
                })
            }
            Want::Older(id) => {
                let thread = self.threads.get_mut(id)?.value.as_mut()?;
                if thread.loading_older || !thread.has_older {
                    return None;
                }
                thread.loading_older = true;
                let before = thread.messages.first().map(|message| message.id);
                Some(Question::Messages {
                    conversation: *id,
                    before,
                    limit: PAGE,
                })
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
        }
    }

    /// Takes an event in. [`Event::Notice`] and [`Event::Live`] are not for the read model.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Messages { ids, conversations } => {
                for id in conversations {
                    if let Some(thread) = self.threads.get_mut(&id) {
                        thread.stale = true;
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
                self.strangers.clear();
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
            Event::Live | Event::Notice(_) => {}
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
            (Want::Thread(id), Answer::Messages(messages)) => {
                if let Some(thread) = self.threads.get_mut(id) {
                    let merged = merge(thread.value.take(), messages);
                    thread.set(merged);
                }
            }
            (Want::Older(id), Answer::Messages(older)) => {
                if let Some(thread) = self.threads.get_mut(id).and_then(|thread| thread.value.as_mut()) {
                    thread.has_older = older.len() >= PAGE as usize;
                    thread.loading_older = false;
                    thread.revision += 1;
                    thread.messages.splice(0..0, older);
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
            (Want::Strangers(account, numbers), Answer::Strangers(count)) => {
                self.strangers
                    .entry((*account, numbers.clone()))
                    .or_default()
                    .set(count);
            }
            (want, _) => self.failed(want, "the answer does not fit the question".to_owned()),
        }
    }

    fn failed(&mut self, want: &Want, words: String) {
        let error = match want {
            Want::Conversations(key) | Want::MoreConversations(key) => self
                .conversations
                .get_mut(key)
                .map(|list| (&mut list.error, &mut list.pending)),
            Want::Thread(id) => self
                .threads
                .get_mut(id)
                .map(|thread| (&mut thread.error, &mut thread.pending)),
            Want::Conversation(id) => self
                .people
                .get_mut(id)
                .map(|person| (&mut person.error, &mut person.pending)),
            Want::Older(id) => {
                if let Some(thread) = self.threads.get_mut(id).and_then(|thread| thread.value.as_mut()) {
                    thread.loading_older = false;
                }
                None
            }
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
            Want::Strangers(account, numbers) => self
                .strangers
                .get_mut(&(*account, numbers.clone()))
                .map(|count| (&mut count.error, &mut count.pending)),
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
                value.loading_older = false;
            }
        }
        self.strangers.clear();
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
                if let Some(thread) = self.threads.get_mut(id).and_then(|thread| thread.value.as_mut()) {
                    thread.loading_older = false;
                }
            }
            Want::History(id) => apply!(self.histories.get_mut(id)),
            Want::Outbox(id) => apply!(self.outboxes.get_mut(id)),
            Want::Drafts(id) => apply!(self.drafts.get_mut(id)),
            Want::Dashboard(account, hours) => apply!(self.dashboards.get_mut(&(*account, *hours))),
            Want::Strangers(account, numbers) => apply!(self.strangers.get_mut(&(*account, numbers.clone()))),
        }
    }
}

/// Puts the newest page over what was read before. Where the two do not touch (very many new messages), the old part
/// goes, so that there is never a gap.
fn merge(old: Option<Thread>, newest: Vec<Message>) -> Thread {
    let Some(old) = old else {
        return Thread {
            has_older: newest.len() >= PAGE as usize,
            messages: newest,
            ..Thread::default()
        };
    };
    let revision = old.revision + 1;
    let Some(first) = newest.first().map(|message| message.id) else {
        return Thread {
            messages: Vec::new(),
            has_older: false,
            loading_older: false,
            revision,
        };
    };
    let touches = old.messages.iter().any(|message| message.id == first);
    if !touches {
        let has_older = newest.len() >= PAGE as usize;
        return Thread {
            messages: newest,
            has_older,
            loading_older: old.loading_older,
            revision,
        };
    }
    let mut messages: Vec<Message> = old
        .messages
        .into_iter()
        .take_while(|message| message.id != first)
        .collect();
    messages.extend(newest);
    Thread {
        messages,
        has_older: old.has_older,
        loading_older: old.loading_older,
        revision,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ClientMessageId, MessageState, Timestamp};

    fn tickets() -> impl FnMut() -> Ticket {
        let mut last = 0;
        move || {
            last += 1;
            Ticket(last)
        }
    }

    fn messages(count: usize) -> Vec<Message> {
        let (account, conversation) = (AccountId::new(), ConversationId::new());
        (0..count)
            .map(|_| Message {
                id: MessageId::new(),
                account,
                conversation,
                to: PhoneNumber::from_digits("5511900000012").unwrap(),
                text: "x".into(),
                attachment: None,
                client_id: ClientMessageId::random(),
                gateway_id: None,
                state: MessageState::Queued,
                reason: None,
                attempts: 0,
                next_attempt_at: None,
                first_unclear_at: None,
                not_before: None,
                created_at: Timestamp(0),
                updated_at: Timestamp(0),
            })
            .collect()
    }

    fn changed(id: ConversationId) -> Event {
        Event::Messages {
            ids: Vec::new(),
            conversations: vec![id],
        }
    }

    #[test]
    fn what_is_shown_is_asked_for_once_and_again_when_it_changed() {
        let (mut model, mut ticket) = (ReadModel::default(), tickets());
        let id = ConversationId::new();
        let want = || vec![Want::Thread(id)];
        assert_eq!(model.ask(want(), &mut ticket).len(), 1);
        assert_eq!(model.ask(want(), &mut ticket).len(), 0, "it is on its way");
        // It changes while the answer is on its way: the answer may be the older one.
        model.apply(changed(id));
        model.apply(Event::Answer(Ticket(1), Answer::Messages(messages(3))));
        assert_eq!(
            model.thread(id).unwrap().value.as_ref().unwrap().messages.len(),
            3
        );
        assert_eq!(model.ask(want(), &mut ticket).len(), 1);
        model.apply(Event::Answer(Ticket(2), Answer::Failed("gone".into())));
        let thread = model.thread(id).unwrap();
        assert_eq!(thread.error.as_deref(), Some("gone"));
        assert!(thread.value.is_some(), "the last good value stays");
    }

    #[test]
    fn a_question_that_found_no_room_is_asked_again() {
        let (mut model, mut ticket) = (ReadModel::default(), tickets());
        let account = AccountId::new();
        assert_eq!(model.ask(vec![Want::Outbox(account)], &mut ticket).len(), 1);
        model.not_asked(Ticket(1));
        assert_eq!(model.ask(vec![Want::Outbox(account)], &mut ticket).len(), 1);
    }

    #[test]
    fn older_pages_stay_when_new_messages_come() {
        let (mut model, mut ticket) = (ReadModel::default(), tickets());
        let id = ConversationId::new();
        let all = messages(260);
        model.ask(vec![Want::Thread(id)], &mut ticket);
        model.apply(Event::Answer(Ticket(1), Answer::Messages(all[150..250].to_vec())));
        model.ask(vec![Want::Older(id)], &mut ticket);
        model.apply(Event::Answer(Ticket(2), Answer::Messages(all[50..150].to_vec())));
        model.apply(changed(id));
        model.ask(vec![Want::Thread(id)], &mut ticket);
        model.apply(Event::Answer(Ticket(3), Answer::Messages(all[60..260].to_vec())));
        let thread = model.thread(id).unwrap().value.clone().unwrap();
        assert_eq!(thread.messages, all[50..260]);
        assert!(thread.has_older);
        // So many new ones that the two do not touch: a gap is never shown.
        model.apply(changed(id));
        model.ask(vec![Want::Thread(id)], &mut ticket);
        let new = messages(200);
        model.apply(Event::Answer(Ticket(4), Answer::Messages(new.clone())));
        assert_eq!(model.thread(id).unwrap().value.as_ref().unwrap().messages, new);
    }

    #[test]
    fn after_an_overflow_everything_shown_is_read_again_and_late_answers_are_dropped() {
        let (mut model, mut ticket) = (ReadModel::default(), tickets());
        let account = AccountId::new();
        model.ask(vec![Want::Outbox(account)], &mut ticket);
        model.apply(Event::Overflow);
        assert_eq!(model.ask(vec![Want::Outbox(account)], &mut ticket).len(), 1);
        model.apply(Event::Answer(Ticket(1), Answer::Outbox(messages(9))));
        assert!(model.take_answer(Ticket(1)).is_none() && model.outbox(account).unwrap().value.is_none());
        model.apply(Event::Answer(Ticket(2), Answer::Outbox(messages(2))));
        assert_eq!(model.outbox(account).unwrap().value.as_ref().unwrap().len(), 2);
    }

    #[test]
    fn searching_letter_by_letter_does_not_pile_up() {
        let (mut model, mut ticket) = (ReadModel::default(), tickets());
        for letters in 0..200 {
            let key = FilterKey {
                search: "a".repeat(letters),
                ..FilterKey::default()
            };
            model.ask(vec![Want::Conversations(key)], &mut ticket);
            let asked = u64::try_from(letters).unwrap() + 1;
            model.apply(Event::Answer(Ticket(asked), Answer::Conversations(Vec::new())));
        }
        assert!(model.conversations.len() <= SEARCHES + 1);
        assert!(
            model.conversations.contains_key(&FilterKey::default()),
            "the plain list stays"
        );
        for number in 1_000..1_000 + 3 * UNTAKEN as u64 {
            model.apply(Event::Answer(Ticket(number), Answer::Strangers(0)));
        }
        assert_eq!(model.answers.borrow().len(), UNTAKEN);
    }
}
