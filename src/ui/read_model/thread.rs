//! The entries of a conversation read so far: a stretch of bounded length around the reader, without a gap. What was
//! dropped at either end is read again when the reader comes back to it.

use super::PAGE;
use crate::domain::{ConversationId, MessageId, ThreadEntry};
use crate::engine::Question;
use std::collections::VecDeque;

/// How many pages of a thread are kept; one more while it is being cut.
pub const PAGES_KEPT: usize = 20;
/// How many threads are kept.
pub(super) const THREADS_KEPT: usize = 4;
/// More single entries than this to be read again are read as whole pages.
const SINGLES_MAX: usize = 32;

const PAGE_LENGTH: usize = PAGE as usize;

/// So many entries before this one, or up to the newest.
type Stretch = (Option<MessageId>, u32);

/// The entries of a conversation read so far, oldest first, without a gap between them.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    /// The entries.
    pub entries: Vec<ThreadEntry>,
    /// Whether there are older ones.
    pub has_older: bool,
    /// Whether older ones are being read.
    pub loading_older: bool,
    /// Why older ones could not be read. They are not asked for again until the operator wants it.
    pub older_error: Option<String>,
    /// Whether newer ones are being read.
    pub loading_newer: bool,
    /// Why newer ones could not be read.
    pub newer_error: Option<String>,
    /// Grows with every change, for caches of what was laid out.
    pub revision: u64,
    /// The first entries of the stretches that come after ours and are not kept, the farthest first. A stretch is read
    /// as what comes before the next one; the farthest one ends at the newest entry.
    beyond: Vec<MessageId>,
    /// What has to be read again because it has changed.
    again: VecDeque<Stretch>,
    reading_again: Option<Stretch>,
    /// Before which entry the older ones were asked for.
    older_before: Option<MessageId>,
    /// Where the reader is; `None` at the newest entry.
    reader: Option<MessageId>,
    /// Whether the newest entries are wanted, whatever lies between.
    wants_newest: bool,
}

impl Thread {
    /// Whether there are newer entries that are not kept at the moment.
    #[must_use]
    pub fn has_newer(&self) -> bool {
        !self.beyond.is_empty()
    }

    /// The place of an entry.
    #[must_use]
    pub fn position(&self, id: MessageId) -> Option<usize> {
        // What is looked for is nearly always near the end.
        self.entries.iter().rposition(|entry| entry.id() == id)
    }

    /// An entry.
    #[must_use]
    pub fn entry(&self, id: MessageId) -> Option<&ThreadEntry> {
        self.entries.get(self.position(id)?)
    }

    /// Notes where the reader is, so that what is far away goes first.
    pub(super) fn note_reader(&mut self, reader: Option<MessageId>) {
        self.reader = reader;
    }

    /// The operator wants to be at the newest entry; whether it has to be read for that.
    pub(super) fn want_newest(&mut self) -> bool {
        self.reader = None;
        let far = self.has_newer() && !self.wants_newest;
        self.wants_newest |= far;
        far
    }

    pub(super) fn forget_errors(&mut self) {
        self.older_error = None;
        self.newer_error = None;
    }

    /// The page before the first entry.
    pub(super) fn older_question(&mut self, id: ConversationId) -> Option<Question> {
        if self.loading_older || !self.has_older || self.older_error.is_some() {
            return None;
        }
        let before = Some(self.entries.first()?.id());
        self.loading_older = true;
        self.older_before = before;
        Some(question(id, before, PAGE))
    }

    /// The stretch after the last entry, with that entry, to see that there is no gap between.
    pub(super) fn newer_question(&mut self, id: ConversationId) -> Option<Question> {
        if self.loading_newer || !self.has_newer() || self.newer_error.is_some() {
            return None;
        }
        self.loading_newer = true;
        let next = self.beyond.len().checked_sub(2);
        let before = next.and_then(|next| self.beyond.get(next)).copied();
        Some(question(id, before, PAGE + 1))
    }

    /// What has changed in the middle, piece by piece.
    pub(super) fn again_question(&mut self, id: ConversationId) -> Option<Question> {
        if self.reading_again.is_some() {
            return None;
        }
        let stretch = self.again.pop_front()?;
        self.reading_again = Some(stretch);
        Some(question(id, stretch.0, stretch.1))
    }

    /// Whether the end of what is kept is the newest page; if it is not, it is read again where it is.
    pub(super) fn newest_is_needed(&mut self) -> bool {
        if self.wants_newest || !self.has_newer() {
            return true;
        }
        let tail = (self.beyond.last().copied(), PAGE);
        if !self.again.contains(&tail) {
            self.again.push_back(tail);
        }
        false
    }

    /// These messages have changed: those outside the last page, which is read again anyway, are read one by one.
    pub(super) fn changed(&mut self, ids: &[MessageId]) {
        let last_page = self.entries.len().saturating_sub(PAGE_LENGTH);
        for id in ids {
            let Some(next) = self
                .position(*id)
                .filter(|at| *at < last_page)
                .and_then(|at| self.entries.get(at + 1))
            else {
                continue;
            };
            let single = (Some(next.id()), 1);
            if !self.again.contains(&single) {
                self.again.push_back(single);
            }
        }
        if self.again.len() > SINGLES_MAX {
            self.everything_changed();
        }
    }

    /// Anything may have changed: every page but the last one, which is read again anyway.
    pub(super) fn everything_changed(&mut self) {
        self.again = self
            .entries
            .rchunks(PAGE_LENGTH)
            .filter_map(|page| Some((Some(page.first()?.id()), PAGE)))
            .collect();
        // Before the first page there is nothing of ours.
        self.again.pop_back();
    }

    /// What was asked is not answered any more.
    pub(super) fn forget_questions(&mut self) {
        (self.loading_older, self.loading_newer, self.reading_again) = (false, false, None);
    }

    pub(super) fn older_failed(&mut self, words: Option<String>) {
        self.loading_older = false;
        self.older_error = words;
    }

    pub(super) fn newer_failed(&mut self, words: Option<String>) {
        self.loading_newer = false;
        self.newer_error = words;
    }

    /// What has changed could not be read (the last good value stays) or not even be asked for (it will be).
    pub(super) fn again_failed(&mut self, was_asked: bool) {
        let stretch = self.reading_again.take();
        self.again.extend(stretch.filter(|_| !was_asked));
    }

    pub(super) fn newest_failed(&mut self) {
        self.wants_newest = false;
    }

    pub(super) fn take_older(&mut self, older: Vec<ThreadEntry>) {
        self.loading_older = false;
        if self.entries.first().map(ThreadEntry::id) != self.older_before {
            // The front has moved while the page was read: it does not stand before it any more.
            return;
        }
        self.has_older = older.len() >= PAGE_LENGTH;
        self.entries.splice(0..0, older);
        self.changed_and_cut();
    }

    /// Takes the stretch after the last entry; whether the newest entry has been reached.
    pub(super) fn take_newer(&mut self, newer: Vec<ThreadEntry>) -> bool {
        self.loading_newer = false;
        let Some(nearest) = self.beyond.len().checked_sub(1) else {
            return false;
        };
        let last = self.entries.last().map(ThreadEntry::id);
        let touches = newer.iter().position(|entry| Some(entry.id()) == last);
        match (touches, newer.get(1)) {
            (Some(at), _) => {
                self.beyond.pop();
                self.entries.extend(newer.into_iter().skip(at + 1));
            }
            // More has come than a page: what lies between is read next, up to the page that this one is.
            (None, Some(first)) if newer.len() > PAGE_LENGTH => self.beyond.insert(nearest, first.id()),
            // Our last entry is not there any more.
            _ => {
                self.beyond.pop();
                self.has_older = false;
                self.entries = newer;
            }
        }
        self.changed_and_cut();
        !self.has_newer()
    }

    pub(super) fn take_again(&mut self, entries: Vec<ThreadEntry>) {
        self.reading_again = None;
        for entry in entries {
            let place = self.position(entry.id());
            if let Some(known) = place.and_then(|at| self.entries.get_mut(at)) {
                *known = entry;
            }
        }
        self.revision += 1;
    }

    /// Puts the newest page over what was read before.
    pub(super) fn take_newest(&mut self, newest: Vec<ThreadEntry>) {
        let first = newest.first().map(ThreadEntry::id);
        let wants_newest = std::mem::take(&mut self.wants_newest);
        let touches = first.and_then(|first| self.position(first));
        match (touches, first) {
            (Some(at), _) => {
                self.entries.truncate(at);
                self.entries.extend(newest);
                self.beyond.clear();
            }
            // So many new ones that the two do not touch: a reader stays where they are, with the new ones beyond.
            (None, Some(first)) if self.reader.is_some() && !wants_newest && !self.entries.is_empty() => {
                self.beyond = vec![first];
            }
            _ => {
                self.has_older = newest.len() >= PAGE_LENGTH;
                self.older_error = None;
                self.entries = newest;
                self.beyond.clear();
                self.again.clear();
            }
        }
        if !self.has_newer() {
            self.newer_error = None;
        }
        self.changed_and_cut();
    }

    /// Drops what is farthest from the reader.
    fn changed_and_cut(&mut self) {
        self.revision += 1;
        while self.entries.len() >= (PAGES_KEPT + 1) * PAGE_LENGTH {
            let reader = self.reader.and_then(|reader| self.position(reader));
            if reader.is_some_and(|reader| reader < self.entries.len() / 2) {
                let rest = self.entries.split_off(self.entries.len() - PAGE_LENGTH);
                self.beyond.extend(rest.first().map(ThreadEntry::id));
            } else {
                self.entries.drain(..PAGE_LENGTH);
                self.has_older = true;
            }
        }
    }
}

fn question(conversation: ConversationId, before: Option<MessageId>, limit: u32) -> Question {
    Question::Thread {
        conversation,
        before,
        limit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::message::{Message, MessageState};
    use crate::domain::{AccountId, ClientMessageId, PhoneNumber, Timestamp};
    use crate::engine::{Answer, Command, Event, Ticket};
    use crate::ui::read_model::{ReadModel, Want};

    /// A thread in a database, and the model that reads it.
    struct Played {
        model: ReadModel,
        id: ConversationId,
        stored: Vec<ThreadEntry>,
        last: u64,
        asked: usize,
    }

    fn entry(state: MessageState) -> ThreadEntry {
        ThreadEntry::Outgoing(Box::new(Message {
            id: MessageId::new(),
            account: AccountId::new(),
            conversation: ConversationId::new(),
            to: PhoneNumber::from_digits("5511900000012").unwrap(),
            text: "x".into(),
            attachment: None,
            client_id: ClientMessageId::random(),
            gateway_id: None,
            state,
            reason: None,
            attempts: 0,
            next_attempt_at: None,
            first_unclear_at: None,
            not_before: None,
            created_at: Timestamp(0),
            updated_at: Timestamp(0),
        }))
    }

    impl Played {
        fn new(count: usize) -> Self {
            let mut played = Self {
                model: ReadModel::default(),
                id: ConversationId::new(),
                stored: (0..count).map(|_| entry(MessageState::Queued)).collect(),
                last: 0,
                asked: 0,
            };
            played.frame(&[]);
            played
        }

        /// One frame: what is wanted is asked, and answered out of the database.
        fn frame(&mut self, wants: &[Want]) -> usize {
            let questions = self.ask(wants);
            let count = questions.len();
            for (ticket, question) in questions {
                let answer = self.answer(&question);
                self.model.apply(Event::Answer(ticket, answer));
            }
            count
        }

        fn ask(&mut self, wants: &[Want]) -> Vec<(Ticket, Question)> {
            let mut all = vec![Want::Thread(self.id)];
            all.extend_from_slice(wants);
            let last = &mut self.last;
            let commands = self.model.ask(all, || {
                *last += 1;
                Ticket(*last)
            });
            self.asked += commands.len();
            commands
                .into_iter()
                .map(|command| match command {
                    Command::Ask(ticket, question) => (ticket, question),
                    other => panic!("{other:?}"),
                })
                .collect()
        }

        fn answer(&self, question: &Question) -> Answer {
            let Question::Thread { before, limit, .. } = question else {
                panic!("{question:?}")
            };
            let end = before.map_or(self.stored.len(), |before| {
                self.stored.iter().position(|one| one.id() == before).unwrap_or(0)
            });
            Answer::Thread(self.stored[end.saturating_sub(*limit as usize)..end].to_vec())
        }

        fn add(&mut self, count: usize) {
            self.stored
                .extend(std::iter::repeat_with(|| entry(MessageState::Queued)).take(count));
            self.tell(Vec::new());
        }

        fn tell(&mut self, ids: Vec<MessageId>) {
            let conversations = vec![self.id];
            self.model.apply(Event::Messages { ids, conversations });
        }

        fn thread(&self) -> &Thread {
            self.model.thread(self.id).unwrap().value.as_ref().unwrap()
        }

        /// Which part of the database is kept; it must be one stretch, as it is stored.
        fn kept(&self) -> std::ops::Range<usize> {
            let entries = &self.thread().entries;
            let from = self.stored.iter().position(|one| *one == entries[0]).unwrap();
            assert_eq!(entries[..], self.stored[from..from + entries.len()]);
            from..from + entries.len()
        }

        fn read_at(&mut self, index: usize) {
            let id = self.stored[index].id();
            self.frame(&[Want::Reader(self.id, Some(id))]);
        }
    }

    #[test]
    fn older_pages_stay_when_new_messages_come() {
        let mut played = Played::new(250);
        played.frame(&[Want::Older(played.id)]);
        assert_eq!(played.kept(), 50..250);
        played.add(10);
        played.frame(&[]);
        assert_eq!(played.kept(), 50..260);
        assert!(played.thread().has_older);
        // So many new ones that the two do not touch: who is at the end gets them without what lies between.
        played.add(300);
        played.frame(&[]);
        assert_eq!(played.kept(), 460..560);
        assert!(!played.thread().has_newer());
    }

    #[test]
    fn a_reader_further_up_stays_there_and_reads_what_came_piece_by_piece() {
        let mut played = Played::new(250);
        played.read_at(200);
        played.add(330);
        played.frame(&[]);
        assert_eq!(played.kept(), 150..250);
        assert!(played.thread().has_newer());
        for _ in 0..20 {
            played.frame(&[Want::Newer(played.id)]);
            played.kept();
        }
        assert_eq!(played.kept(), 150..580);
        assert!(!played.thread().has_newer());
    }

    #[test]
    fn what_is_far_from_the_reader_goes_and_comes_back() {
        let mut played = Played::new(10_000);
        let mut first = 9_900;
        while first > 0 {
            played.read_at(first);
            played.frame(&[Want::Older(played.id)]);
            first = played.kept().start;
            assert!(played.kept().len() <= (PAGES_KEPT + 1) * PAGE_LENGTH);
        }
        assert!(played.thread().has_newer());
        // Half way down something new comes, and one that is shown changes.
        let mut came = false;
        while played.thread().has_newer() {
            let last = played.kept().end - 1;
            played.read_at(last);
            played.frame(&[Want::Newer(played.id)]);
            assert!(played.kept().len() <= (PAGES_KEPT + 1) * PAGE_LENGTH);
            if last > 5_000 && !std::mem::replace(&mut came, true) {
                played.add(250);
            }
        }
        played.frame(&[]);
        assert_eq!(played.kept().end, 10_250);
        assert!(played.thread().has_older);
        assert!(played.asked < 500, "{}", played.asked);
    }

    #[test]
    fn what_changed_further_up_is_read_again() {
        let mut played = Played::new(900);
        for _ in 0..8 {
            played.frame(&[Want::Older(played.id)]);
        }
        let changed: Vec<MessageId> = [3, 450, 895]
            .map(|index| {
                let ThreadEntry::Outgoing(message) = &mut played.stored[index] else {
                    panic!("outgoing")
                };
                message.state = MessageState::Read;
                message.id
            })
            .to_vec();
        played.tell(changed);
        for _ in 0..4 {
            played.frame(&[]);
        }
        assert_eq!(played.kept(), 0..900);
        assert_eq!(played.frame(&[]), 0, "and then it rests");
        // After an overflow nobody knows what has changed.
        for one in &mut played.stored {
            if let ThreadEntry::Outgoing(message) = one {
                message.state = MessageState::Delivered;
            }
        }
        played.model.apply(Event::Overflow);
        for _ in 0..12 {
            played.frame(&[]);
        }
        assert_eq!(played.kept(), 0..900);
    }

    #[test]
    fn a_page_that_could_not_be_read_is_not_asked_for_in_every_frame() {
        let mut played = Played::new(300);
        let (ticket, _) = played.ask(&[Want::Older(played.id)]).remove(0);
        played
            .model
            .apply(Event::Answer(ticket, Answer::Failed("disk".into())));
        assert_eq!(played.thread().older_error.as_deref(), Some("disk"));
        assert_eq!(played.frame(&[Want::Older(played.id)]), 0);
        played.frame(&[Want::ThreadAgain(played.id)]);
        assert_eq!(played.frame(&[Want::Older(played.id)]), 1);
        assert_eq!(played.kept(), 100..300);
    }

    #[test]
    fn the_end_is_one_question_away() {
        let mut played = Played::new(10_000);
        for first in (7_000..9_900).rev().step_by(100) {
            played.read_at(first + 1);
            played.frame(&[Want::Older(played.id)]);
        }
        assert!(played.thread().has_newer());
        let asked = played.asked;
        played.frame(&[Want::Newest(played.id)]);
        played.frame(&[]);
        assert_eq!(played.kept(), 9_900..10_000);
        assert!(played.asked - asked <= 2);
    }

    #[test]
    fn an_older_page_that_comes_too_late_makes_no_gap() {
        let mut played = Played::new(1_000);
        let questions = played.ask(&[Want::Older(played.id)]);
        played.add(700);
        played.frame(&[]);
        for (ticket, question) in questions {
            let answer = played.answer(&question);
            played.model.apply(Event::Answer(ticket, answer));
        }
        assert_eq!(played.kept(), 1_600..1_700);
    }

    #[test]
    fn only_a_few_threads_are_kept() {
        let mut played = Played::new(10);
        for _ in 0..9 {
            played.id = ConversationId::new();
            played.frame(&[]);
        }
        assert_eq!(played.model.threads.len(), THREADS_KEPT);
        assert!(played.model.thread(played.id).is_some());
    }
}
