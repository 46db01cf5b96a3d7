//! The screens, one file (or folder) each.

pub mod accounts;
pub mod conversations;
pub mod dashboard;
mod export;
pub mod grid;
pub mod history;
pub mod new_message;
pub mod pairing;
pub mod queue;
#[cfg(test)]
mod reasons_tests;
pub mod settings;
#[cfg(test)]
mod stage;
pub mod stale;
pub mod status;

/// The screens, in the order of the rail and of `Ctrl+1` … `Ctrl+7`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Conversations: list, thread, composer.
    Conversations,
    /// A new message to one or several people.
    NewMessage,
    /// Pairing a phone.
    Pairing,
    /// Connection, battery, limits, queue.
    Dashboard,
    /// Ours and the gateway's queue.
    Queue,
    /// Accounts and credentials.
    Accounts,
    /// Settings.
    Settings,
}

impl Screen {
    /// Every screen.
    pub const ALL: &'static [Self] = &[
        Self::Conversations,
        Self::NewMessage,
        Self::Pairing,
        Self::Dashboard,
        Self::Queue,
        Self::Accounts,
        Self::Settings,
    ];

    /// The key of its name is `screen-` and this.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Conversations => "conversations",
            Self::NewMessage => "new-message",
            Self::Pairing => "pairing",
            Self::Dashboard => "dashboard",
            Self::Queue => "queue",
            Self::Accounts => "accounts",
            Self::Settings => "settings",
        }
    }
}
