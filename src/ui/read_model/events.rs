//! What becomes of events, and of the answers among them.

use super::{ConversationList, FilterKey, Loadable, PAGE, ReadModel, UNTAKEN, Want};
use crate::domain::conversation::ConversationRow;
use crate::domain::{ConversationId, MessageId, ThreadEntry};
use crate::engine::{Answer, Event};

impl ReadModel {
    /// Takes an event in. [`Event::Notice`] is not for the read model.
    pub fn apply(&mut self, event: Event) {
        match event {
            Event::Messages { ids, conversations } => self.messages_changed(ids, conversations),
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

    fn messages_changed(&mut self, ids: Vec<MessageId>, conversations: Vec<ConversationId>) {
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

    fn answered(&mut self, want: &Want, answer: Answer) {
        match (want, answer) {
            (_, Answer::Failed(words)) => self.failed(want, words),
            (Want::Conversations(key), Answer::Conversations(rows)) => self.list_came(key, rows),
            (Want::MoreConversations(key), Answer::Conversations(rows)) => self.more_came(key, rows),
            (Want::Thread(id), Answer::Thread(entries)) => self.newest_came(*id, entries),
            (Want::Older(id), Answer::Thread(entries)) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.take_older(entries);
                }
            }
            (Want::Newer(id), Answer::Thread(entries)) => self.newer_came(*id, entries),
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

    fn list_came(&mut self, key: &FilterKey, rows: Vec<ConversationRow>) {
        let has_more = rows.len() >= PAGE as usize;
        if let Some(list) = self.conversations.get_mut(key) {
            list.set(ConversationList { rows, has_more });
        }
    }

    fn more_came(&mut self, key: &FilterKey, rows: Vec<ConversationRow>) {
        if let Some(list) = self.conversations.get_mut(key) {
            list.pending = false;
            if let Some(value) = &mut list.value {
                value.has_more = rows.len() >= PAGE as usize;
                value.rows.extend(rows);
            }
        }
    }

    fn newest_came(&mut self, id: ConversationId, entries: Vec<ThreadEntry>) {
        if let Some(thread) = self.threads.get_mut(&id) {
            let mut value = thread.value.take().unwrap_or_default();
            value.take_newest(entries);
            thread.set(value);
        }
    }

    fn newer_came(&mut self, id: ConversationId, entries: Vec<ThreadEntry>) {
        let reached = self
            .thread_value(id)
            .is_some_and(|thread| thread.take_newer(entries));
        // What came while it was being read is not in it.
        if let Some(thread) = self.threads.get_mut(&id).filter(|_| reached) {
            thread.stale = true;
        }
    }

    fn failed(&mut self, want: &Want, words: String) {
        match want {
            Want::Conversations(key) | Want::MoreConversations(key) => {
                fail(self.conversations.get_mut(key), words);
            }
            Want::Conversation(id) => fail(self.people.get_mut(id), words),
            Want::Thread(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.newest_failed();
                }
                fail(self.threads.get_mut(id), words);
            }
            Want::Older(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.older_failed(Some(words));
                }
            }
            Want::Newer(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.newer_failed(Some(words));
                }
            }
            Want::Changed(id) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.again_failed(true);
                }
            }
            // These ask nothing themselves.
            Want::Newest(_)
            | Want::Reader(..)
            | Want::ThreadAgain(_)
            | Want::TemplatesAgain(_)
            | Want::HostedFilesAgain => {}
            Want::Templates(id) => fail(self.templates.get_mut(id), words),
            Want::HostedFiles => self.hosted.fail(words),
            Want::History(id) => fail(self.histories.get_mut(id), words),
            Want::Outbox(id) => fail(self.outboxes.get_mut(id), words),
            Want::Drafts(id) => fail(self.drafts.get_mut(id), words),
            Want::Dashboard(account, hours) => fail(self.dashboards.get_mut(&(*account, *hours)), words),
            Want::OutgoingFile(id) => {
                self.files_revision += 1;
                fail(self.files.get_mut(id), words);
            }
            Want::Strangers(account, numbers) => {
                fail(self.strangers.get_mut(&(*account, numbers.clone())), words);
            }
            Want::LastWrote(account, numbers) => {
                fail(self.last_wrote.get_mut(&(*account, numbers.clone())), words);
            }
        }
    }

    fn read_everything_again(&mut self) {
        self.forgotten = self.asked.drain().map(|(ticket, _)| ticket).collect();
        self.conversations.values_mut().for_each(Loadable::read_again);
        self.histories.values_mut().for_each(Loadable::read_again);
        self.people.values_mut().for_each(Loadable::read_again);
        self.outboxes.values_mut().for_each(Loadable::read_again);
        self.dashboards.values_mut().for_each(Loadable::read_again);
        for thread in self.threads.values_mut() {
            thread.read_again();
            if let Some(value) = &mut thread.value {
                value.forget_questions();
                value.everything_changed();
            }
        }
        // What was read of a file stays true; what could not be read is tried again.
        self.files.retain(|_, file| file.value.is_some());
        self.hosted.read_again();
        self.templates.values_mut().for_each(Loadable::read_again);
        self.strangers.clear();
        self.last_wrote.values_mut().for_each(Loadable::read_again);
        // Drafts are owned by the composer once read; only a reading that was under way has to be repeated.
        self.drafts.retain(|_, drafts| drafts.value.is_some());
    }
}

/// A reading failed.
fn fail<T>(value: Option<&mut Loadable<T>>, words: String) {
    if let Some(value) = value {
        value.fail(words);
    }
}
