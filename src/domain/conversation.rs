//! Conversations: one person as seen from one account.

use super::{
    AccountId, ConversationId, IncomingKind, MessageId, MessageState, PhoneNumber, TemplateId, Timestamp,
};
use std::ops::Range;

/// One person of one account. Both forms of a Brazilian mobile number lead to the same conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// Our identifier.
    pub id: ConversationId,
    /// The account.
    pub account: AccountId,
    /// The number in the form last used.
    pub phone: PhoneNumber,
    /// The name, if the operator gave one.
    pub name: Option<String>,
    /// The name by which the person calls itself, or the paired phone's address book does.
    pub told_name: Option<String>,
    /// The operator's note about the person; may be empty.
    pub note: String,
    /// The person asked not to be written to.
    pub do_not_write: bool,
    /// When the person last wrote: as told, but never later than it came here.
    pub last_wrote_at: Option<Timestamp>,
}

impl Conversation {
    /// The name to show: the operator's, else the person's own, else none.
    #[must_use]
    pub fn shown_name(&self) -> Option<&str> {
        self.name.as_deref().or(self.told_name.as_deref())
    }
}

/// What the last line of a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastLine {
    /// We wrote; where it stands.
    Outgoing(MessageState),
    /// They wrote; what it is.
    Incoming(IncomingKind),
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
    /// Who wrote the last message, and how it stands or what it is.
    pub last: Option<LastLine>,
    /// When the last message was written.
    pub last_at: Option<Timestamp>,
    /// How many of its messages need the operator's eye (rejected, unknown).
    pub problems: u32,
    /// How many incoming messages the operator has not seen.
    pub unread: u32,
    /// Text of an unsent draft.
    pub draft: Option<String>,
    /// The newest message that a search found here; `None` without a search, and where the name or number was found.
    pub hit: Option<SearchHit>,
}

/// A message that a search has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHit {
    /// The message.
    pub message: MessageId,
    /// One line of its text, or of its file's name, around what was found.
    pub snippet: String,
    /// The bytes of the snippet in which the words stand, in order and apart from each other.
    pub marks: Vec<Range<usize>>,
}

/// Which conversations a list shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConversationFilter {
    /// The account.
    pub account: Option<AccountId>,
    /// Words or parts of words to look for in names, notes, numbers and texts; blank for all. Case and accents do not
    /// count.
    pub search: String,
    /// Only those with a message that needs the operator's eye.
    pub problems_only: bool,
    /// Only those with unread messages.
    pub unread_only: bool,
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
    /// Files that were taken in for it, in their order.
    #[serde(skip)]
    pub files: Vec<super::OutgoingFile>,
    /// The template that is being filled in, in the place of the text.
    #[serde(default)]
    pub template: Option<TemplateDraft>,
}

/// A template that is being filled in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TemplateDraft {
    /// Which of the account's library.
    pub template: TemplateId,
    /// The names of its parameters, each with what was typed for it: they may stand in another order when the template
    /// is opened again.
    pub values: Vec<(String, String)>,
    /// What the message reads like so far, for the list of conversations.
    pub shown: String,
}

impl Draft {
    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.recipients.is_empty()
            && self.text.is_empty()
            && self.attachment_url.is_empty()
            && self.files.is_empty()
            && self.template.is_none()
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
