//! What of the queue is shown, and what the operator may do with all of it that is selected.

use crate::domain::message::{Message, MessageState};
use crate::domain::outbox::allowed;
use crate::domain::{MessageId, Timestamp};
use std::collections::BTreeSet;

/// Which messages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// Every one.
    #[default]
    All,
    /// Waiting for their turn or under way.
    Waiting,
    /// With an unknown outcome.
    Uncertain,
    /// Rejected.
    Refused,
    /// Held back until a time the operator set.
    Scheduled,
}

impl Filter {
    /// Every filter, in the order in which they stand.
    pub const ALL: [Self; 5] = [
        Self::All,
        Self::Waiting,
        Self::Uncertain,
        Self::Refused,
        Self::Scheduled,
    ];

    /// The key after `queue-filter-` under which it is translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Waiting => "waiting",
            Self::Uncertain => "uncertain",
            Self::Refused => "refused",
            Self::Scheduled => "scheduled",
        }
    }

    /// Whether it lets a message through.
    #[must_use]
    pub fn shows(self, message: &Message, now: Timestamp) -> bool {
        match self {
            Self::All => true,
            Self::Waiting => message.state.is_open() && !is_scheduled(message, now),
            Self::Uncertain => message.state == MessageState::Unknown,
            Self::Refused => message.state == MessageState::Rejected,
            Self::Scheduled => is_scheduled(message, now),
        }
    }

    /// How many messages each filter lets through, in the order of [`Filter::ALL`].
    #[must_use]
    pub fn counts(messages: &[Message], now: Timestamp) -> [usize; 5] {
        let mut counts = [0; 5];
        for message in messages {
            for (count, filter) in counts.iter_mut().zip(Self::ALL) {
                *count += usize::from(filter.shows(message, now));
            }
        }
        counts
    }
}

/// Whether a message waits for a time the operator set.
#[must_use]
pub fn is_scheduled(message: &Message, now: Timestamp) -> bool {
    let waits = matches!(message.state, MessageState::Queued | MessageState::Preparing);
    waits && message.not_before.is_some_and(|at| at > now)
}

/// What may be done with each of the selected messages.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bulk {
    /// How many are selected and still there.
    pub selected: usize,
    /// Those that can be taken back.
    pub cancel: Vec<MessageId>,
    /// Those that can be tried now.
    pub retry: Vec<MessageId>,
    /// Those that can be put aside.
    pub put_aside: Vec<MessageId>,
}

impl Bulk {
    /// What may be done with those of `messages` that are selected.
    #[must_use]
    pub fn of<'a>(messages: impl Iterator<Item = &'a Message>, selected: &BTreeSet<MessageId>) -> Self {
        let mut bulk = Self::default();
        if selected.is_empty() {
            return bulk;
        }
        for message in messages.filter(|message| selected.contains(&message.id)) {
            let may = allowed(message);
            bulk.selected += 1;
            if may.cancel {
                bulk.cancel.push(message.id);
            }
            if may.retry {
                bulk.retry.push(message.id);
            }
            if message.state == MessageState::Rejected {
                bulk.put_aside.push(message.id);
            }
        }
        bulk
    }
}
