//! Files that came as an address only and were asked for: which are on their way, and which could not be had.

use crate::domain::MessageId;
use crate::domain::hosting::FetchProblem;
use crate::engine::{Answer, Command, ContentError, InboxCommand, Ticket};
use crate::ui::context::UiContext;
use crate::ui::file_words;
use crate::ui::text::Localizer;
use crate::ui::words;
use std::collections::HashMap;

/// What was asked for, by message.
#[derive(Default)]
pub(super) struct Fetches {
    known: HashMap<MessageId, Fetch>,
    revision: u64,
}

/// How one stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fetch {
    /// It is on its way.
    Under(Ticket),
    /// It could not be had.
    Failed(ContentError),
}

impl Fetches {
    /// How the file of a message stands; `None` if it was not asked for, or has come.
    pub(super) fn of(&self, message: MessageId) -> Option<&Fetch> {
        self.known.get(&message)
    }

    /// Grows with every change, for caches of what was laid out.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// Asks for the file of a message, unless it is on its way.
    pub(super) fn begin(&mut self, ctx: &UiContext<'_>, message: MessageId) {
        if let Some(Fetch::Under(_)) = self.known.get(&message) {
            return;
        }
        let ticket = ctx.ticket();
        ctx.send(Command::Inbox(InboxCommand::FetchContent(ticket, message)));
        self.known.insert(message, Fetch::Under(ticket));
        self.revision += 1;
    }

    /// The file of a message is not wanted any more; what comes of it is answered to the fetch.
    pub(super) fn stop(&self, ctx: &UiContext<'_>, message: MessageId) {
        if let Some(Fetch::Under(_)) = self.known.get(&message) {
            ctx.send(Command::Inbox(InboxCommand::StopFetching(message)));
        }
    }

    /// Takes what the engine has answered.
    pub(super) fn poll(&mut self, ctx: &UiContext<'_>) {
        let before = self.known.len();
        let mut changed = false;
        self.known.retain(|_, fetch| {
            let Fetch::Under(ticket) = fetch else { return true };
            let error = match ctx.take_answer(*ticket) {
                None => return true,
                Some(Answer::ContentFetched(Ok(()) | Err(ContentError::Stopped))) => return false,
                Some(Answer::ContentFetched(Err(error))) => error,
                Some(Answer::Failed(words)) => ContentError::Disk(words),
                Some(_) => ContentError::Disk(String::new()),
            };
            *fetch = Fetch::Failed(error);
            changed = true;
            true
        });
        self.revision += u64::from(changed || before != self.known.len());
    }
}

/// Why it could not be had, and what that means.
pub(super) fn error_words(text: &Localizer, error: &ContentError) -> String {
    let (sentence, said) = match error {
        ContentError::NoAddress => (text.get("thread-fetch-no-address"), ""),
        ContentError::Stopped => (text.get("thread-fetch-stopped"), ""),
        ContentError::Fetch(FetchProblem::Redirected) => (text.get("thread-fetch-redirected"), ""),
        ContentError::Fetch(problem) => (file_words::fetch_problem(text, problem), ""),
        ContentError::Disk(said) => (text.get("thread-fetch-disk"), said.trim()),
    };
    if said.is_empty() {
        sentence
    } else {
        format!("{sentence} {}", words::their_words(text, said))
    }
}
