//! The questions that have to be asked for what screens show.

use super::thread::THREADS_KEPT;
use super::{FilterKey, Loadable, PAGE, ReadModel, Thread, UNTAKEN, Want};
use crate::domain::{AccountId, ConversationId, OutgoingFileId, PhoneNumber};
use crate::engine::{Command, Question, Ticket};

/// How many lists of searches are kept: each letter typed makes one.
pub(super) const SEARCHES: usize = 16;
/// How many files of ours are remembered.
const FILES: usize = 2_000;

impl ReadModel {
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

    /// A question could not be handed over: it is asked again with the next frame.
    pub fn not_asked(&mut self, ticket: Ticket) {
        let Some(want) = self.asked.remove(&ticket) else {
            return;
        };
        match &want {
            Want::Conversations(key) => again(self.conversations.get_mut(key)),
            Want::MoreConversations(key) => {
                if let Some(list) = self.conversations.get_mut(key) {
                    list.pending = false;
                }
            }
            Want::Thread(id) => again(self.threads.get_mut(id)),
            Want::Conversation(id) => again(self.people.get_mut(id)),
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
            Want::Templates(id) => again(self.templates.get_mut(id)),
            Want::HostedFiles => self.hosted.read_again(),
            Want::History(id) => again(self.histories.get_mut(id)),
            Want::Outbox(id) => again(self.outboxes.get_mut(id)),
            Want::Drafts(id) => again(self.drafts.get_mut(id)),
            Want::Dashboard(account, hours) => again(self.dashboards.get_mut(&(*account, *hours))),
            Want::OutgoingFile(id) => again(self.files.get_mut(id)),
            Want::Strangers(account, numbers) => again(self.strangers.get_mut(&(*account, numbers.clone()))),
            Want::LastWrote(account, numbers) => again(self.last_wrote.get_mut(&(*account, numbers.clone()))),
        }
    }

    /// The question for what is wanted, if it has to be asked now.
    fn question(&mut self, want: &Want) -> Option<Question> {
        match want {
            Want::Conversations(key) => self.list_question(key),
            Want::MoreConversations(key) => self.more_question(key),
            Want::Thread(id) => self.thread_question(*id),
            Want::Older(id) => self.thread_value(*id)?.older_question(*id),
            Want::Newer(id) => self.thread_value(*id)?.newer_question(*id),
            Want::Changed(id) => self.thread_value(*id)?.again_question(*id),
            Want::Conversation(id) => self.person_question(*id),
            Want::History(id) => asked(self.histories.entry(*id).or_default(), || Question::History(*id)),
            Want::Outbox(id) => asked(self.outboxes.entry(*id).or_default(), || Question::Outbox(*id)),
            Want::Drafts(id) => asked(self.drafts.entry(*id).or_default(), || Question::Drafts(*id)),
            Want::Dashboard(account, hours) => {
                let (account, hours) = (*account, *hours);
                let data = self.dashboards.entry((account, hours)).or_default();
                asked(data, || Question::Dashboard { account, hours })
            }
            Want::OutgoingFile(id) => self.file_question(*id),
            Want::Strangers(account, numbers) => self.strangers_question(*account, numbers),
            Want::LastWrote(account, numbers) => self.last_wrote_question(*account, numbers),
            Want::Templates(id) => asked(self.templates.entry(*id).or_default(), || {
                Question::Templates(*id)
            }),
            Want::HostedFiles => asked(&mut self.hosted, || Question::HostedFiles),
            Want::Newest(_)
            | Want::Reader(..)
            | Want::ThreadAgain(_)
            | Want::TemplatesAgain(_)
            | Want::HostedFilesAgain => {
                self.note(want);
                None
            }
        }
    }

    /// Takes in what a screen says and asks nothing itself.
    fn note(&mut self, want: &Want) {
        match want {
            Want::Newest(id) => {
                if let Some(thread) = self.threads.get_mut(id) {
                    thread.stale |= thread.value.as_mut().is_some_and(Thread::want_newest);
                }
            }
            Want::Reader(id, reader) => {
                if let Some(thread) = self.thread_value(*id) {
                    thread.note_reader(*reader);
                }
            }
            Want::ThreadAgain(id) => {
                if let Some(thread) = self.threads.get_mut(id) {
                    thread.stale |= thread.error.take().is_some();
                    if let Some(value) = &mut thread.value {
                        value.forget_errors();
                    }
                }
            }
            Want::TemplatesAgain(id) => self.templates.entry(*id).or_default().stale = true,
            Want::HostedFilesAgain => self.hosted.stale = true,
            _ => {}
        }
    }

    fn list_question(&mut self, key: &FilterKey) -> Option<Question> {
        if self.conversations.len() > SEARCHES && !self.conversations.contains_key(key) {
            self.conversations
                .retain(|known, list| known.search.is_empty() || list.pending);
        }
        let list = self.conversations.entry(key.clone()).or_default();
        let shown = list.value.as_ref().map_or(0, |list| list.rows.len());
        let limit = u32::try_from(shown).unwrap_or(PAGE).max(PAGE);
        asked(list, || Question::Conversations {
            filter: key.filter(),
            before: None,
            limit,
        })
    }

    fn more_question(&mut self, key: &FilterKey) -> Option<Question> {
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

    fn person_question(&mut self, id: ConversationId) -> Option<Question> {
        if self.people.len() > UNTAKEN {
            self.people.retain(|_, person| person.pending);
        }
        asked(self.people.entry(id).or_default(), || Question::Conversation(id))
    }

    fn file_question(&mut self, id: OutgoingFileId) -> Option<Question> {
        if self.files.len() >= FILES && !self.files.contains_key(&id) {
            self.files.retain(|_, file| file.pending);
        }
        asked(self.files.entry(id).or_default(), || Question::OutgoingFile(id))
    }

    fn strangers_question(&mut self, account: AccountId, numbers: &[PhoneNumber]) -> Option<Question> {
        if self.strangers.len() > UNTAKEN {
            self.strangers.retain(|_, count| count.pending);
        }
        let count = self.strangers.entry((account, numbers.to_vec())).or_default();
        asked(count, || Question::Strangers(account, numbers.to_vec()))
    }

    fn last_wrote_question(&mut self, account: AccountId, numbers: &[PhoneNumber]) -> Option<Question> {
        let key = (account, numbers.to_vec());
        if self.last_wrote.len() > UNTAKEN && !self.last_wrote.contains_key(&key) {
            self.last_wrote.retain(|_, read| read.pending);
        }
        let read = self.last_wrote.entry(key).or_default();
        asked(read, || Question::LastWrote(account, numbers.to_vec()))
    }
}

/// The question for a value, if it has to be asked now.
fn asked<T>(value: &mut Loadable<T>, question: impl FnOnce() -> Question) -> Option<Question> {
    value.should_ask().then(question)
}

/// A value is read again.
fn again<T>(value: Option<&mut Loadable<T>>) {
    if let Some(value) = value {
        value.read_again();
    }
}
