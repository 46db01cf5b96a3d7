//! What a screen can say that it shows.

use crate::domain::conversation::ConversationFilter;
use crate::domain::{AccountId, ConversationId, MessageId, OutgoingFileId, PhoneNumber};

/// Something a screen shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Want {
    /// The first rows of the conversation list with this filter; [`Want::MoreConversations`] adds a page.
    Conversations(FilterKey),
    /// The newest entries of a conversation, and the pages asked for so far.
    Thread(ConversationId),
    /// A conversation that no list that has been read holds.
    Conversation(ConversationId),
    /// One more page of older entries of a conversation.
    Older(ConversationId),
    /// One more page of newer entries, where the newest are not kept.
    Newer(ConversationId),
    /// The newest entries, whatever lies between.
    Newest(ConversationId),
    /// Entries of a conversation that have changed; asked for by itself.
    Changed(ConversationId),
    /// Nothing new: where the reader is (`None` at the newest entry), so that pages far away can be dropped.
    Reader(ConversationId, Option<MessageId>),
    /// What could not be read of a conversation is tried again.
    ThreadAgain(ConversationId),
    /// One more page of the conversation list.
    MoreConversations(FilterKey),
    /// A message's history.
    History(MessageId),
    /// The queue screen's list.
    Outbox(AccountId),
    /// The drafts of an account (read once; the composer owns them afterwards).
    Drafts(AccountId),
    /// What the dashboard plots: account and hours back.
    Dashboard(AccountId, u32),
    /// A file that a message of ours carries; it never changes.
    OutgoingFile(OutgoingFileId),
    /// How many of these numbers are strangers.
    Strangers(AccountId, Vec<PhoneNumber>),
    /// When each of these people last wrote.
    LastWrote(AccountId, Vec<PhoneNumber>),
    /// The templates of an account.
    Templates(AccountId),
    /// The same, whether or not anything is known to have changed: when a place that shows them is opened.
    TemplatesAgain(AccountId),
    /// The files that can be fetched from outside.
    HostedFiles,
    /// The same, whether or not anything is known to have changed.
    HostedFilesAgain,
}

/// A [`ConversationFilter`] as a key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct FilterKey {
    /// The account.
    pub account: Option<AccountId>,
    /// The search text.
    pub search: String,
    /// Only problems.
    pub problems_only: bool,
    /// Only those with unread messages.
    pub unread_only: bool,
}

impl FilterKey {
    pub(super) fn filter(&self) -> ConversationFilter {
        ConversationFilter {
            account: self.account,
            search: self.search.clone(),
            problems_only: self.problems_only,
            unread_only: self.unread_only,
        }
    }
}
