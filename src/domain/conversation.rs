//! Conversations: one person as seen from one account.

use super::{AccountId, ConversationId, MessageState, PhoneNumber, Timestamp};

/// One person of one account. Both forms of a Brazilian mobile number lead to the same conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// Our identifier.
    pub id: ConversationId,
    /// The account.
    pub account: AccountId,
    /// The number in the form last used.
    pub phone: PhoneNumber,
    /// The name, if one was given.
    pub name: Option<String>,
}

/// A row of the conversation list.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversationRow {
    /// The conversation.
    pub conversation: Conversation,
    /// Start of the last message's text, one line; empty for a bare attachment.
    pub last_text: String,
    /// Name of the last message's attachment.
    pub last_attachment: Option<String>,
    /// State of the last message.
    pub last_state: Option<MessageState>,
    /// When the last message was written.
    pub last_at: Option<Timestamp>,
    /// How many of its messages need the operator's eye (rejected, unknown).
    pub problems: u32,
    /// Text of an unsent draft.
    pub draft: Option<String>,
}

/// Which conversations a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConversationFilter {
    /// The account.
    pub account: Option<AccountId>,
    /// Words to look for in names, numbers and texts; blank for all. Case and accents do not count.
    pub search: String,
    /// Only those with a message that needs the operator's eye.
    pub problems_only: bool,
}

/// What the operator has typed and not yet sent: of one conversation, or of the screen for a new message.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Draft {
    /// Recipients as they were typed (only on the screen for a new message).
    #[serde(default)]
    pub recipients: Vec<String>,
    /// The text.
    #[serde(default)]
    pub text: String,
    /// The address of an attachment as it was typed.
    #[serde(default)]
    pub attachment_url: String,
}

impl Draft {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recipients.is_empty() && self.text.is_empty() && self.attachment_url.is_empty()
    }
}

/// Where a draft belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DraftPlace {
    /// The composer of a conversation.
    Conversation(ConversationId),
    /// The screen for a new message of an account.
    NewMessage(AccountId),
}
