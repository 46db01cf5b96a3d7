//! What goes in and out of the engine: commands in, events out, both bounded; and the [`Live`] picture of everything
//! small, which a window reads without asking.

mod commands;
mod events;
mod problems;
mod questions;
mod views;

pub use commands::*;
pub use events::*;
pub use problems::*;
pub use questions::*;
pub use views::*;

use crate::domain::settings::Settings;

/// A number by which an answer is matched to its question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ticket(pub u64);

/// What a window asks for.
#[derive(Debug, Clone)]
pub enum Command {
    /// About accounts.
    Account(AccountCommand),
    /// About pairing.
    Pairing(PairingCommand),
    /// About reading the health.
    Health(HealthCommand),
    /// About messages to be sent.
    Outbox(OutboxCommand),
    /// About files to be sent, and where they are put.
    Attachment(AttachmentCommand),
    /// About templates.
    Template(TemplateCommand),
    /// About conversations and drafts.
    Conversation(ConversationCommand),
    /// About what comes in.
    Inbox(InboxCommand),
    /// About copies of everything: backup, restore, export.
    Archive(ArchiveCommand),
    /// About where secrets are kept.
    Secrets(SecretsCommand),
    /// New settings.
    Settings(Box<Settings>),
    /// A question, answered by [`Event::Answer`] with the same ticket.
    Ask(Ticket, Question),
}
