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
#[path = "thread_tests.rs"]
mod tests;
