//! What a window asks of the engine, and what it is answered: to a question, or to a command that carries a ticket.

#[cfg(doc)]
use super::{
    AccountCommand, ArchiveCommand, AttachmentCommand, InboxCommand, OutboxCommand, TemplateCommand,
};
use super::{AccountError, CallError, ContentError, EnqueueError, OutsideError, TemplateError};
use crate::domain::conversation::{ConversationFilter, ConversationRow, Draft, DraftPlace};
use crate::domain::health::{ConnectionChange, HealthSample, PhoneStatus};
use crate::domain::hosting::{FetchProblem, HostedFile, HostingError, HostingTest, SeenAddress};
use crate::domain::inbox::RawDelivery;
use crate::domain::message::{Message, MessageStep};
use crate::domain::outgoing::FileProblem;
use crate::domain::template::Template;
use crate::domain::{
    AccountId, Conversation, ConversationId, MessageId, OutgoingFile, OutgoingFileId, PhoneNumber, Secret,
    TemplateId, ThreadEntry, Timestamp,
};
use crate::gateway::DelayChange;
use crate::secrets::SecretError;
use crate::store::HourlyCount;
use std::path::PathBuf;

/// Questions.
#[derive(Debug, Clone, PartialEq)]
pub enum Question {
    /// A page of the conversation list. Answered by [`Answer::Conversations`].
    Conversations {
        /// Which.
        filter: ConversationFilter,
        /// Older than.
        before: Option<Timestamp>,
        /// At most.
        limit: u32,
    },
    /// One message (after an event named it). Answered by [`Answer::Message`].
    Message(MessageId),
    /// A message's history. Answered by [`Answer::History`].
    History(MessageId),
    /// The queue screen's list. Answered by [`Answer::Outbox`].
    Outbox(AccountId),
    /// The drafts of an account. Answered by [`Answer::Drafts`].
    Drafts(AccountId),
    /// What the dashboard plots. Answered by [`Answer::Dashboard`].
    Dashboard {
        /// Which account.
        account: AccountId,
        /// How far back, in hours.
        hours: u32,
    },
    /// A page of a thread with both sides. Answered by [`Answer::Thread`].
    Thread {
        /// Which conversation.
        conversation: ConversationId,
        /// Older than.
        before: Option<MessageId>,
        /// At most.
        limit: u32,
    },
    /// One conversation. Answered by [`Answer::Conversation`].
    Conversation(ConversationId),
    /// Which of these numbers belong to people who asked not to be written to. Answered by [`Answer::DoNotWrite`].
    DoNotWrite(AccountId, Vec<PhoneNumber>),
    /// What came for an account and could not be read, newest first. Answered by [`Answer::RawDeliveries`].
    RawDeliveries(AccountId),
    /// The templates of an account. Answered by [`Answer::Templates`].
    Templates(AccountId),
    /// The backups there are. Answered by [`Answer::Backups`].
    Backups,
    /// The files that can be fetched from outside. Answered by [`Answer::HostedFiles`].
    HostedFiles,
    /// One file that was taken in (an attachment of a message names it). Answered by [`Answer::OutgoingFile`].
    OutgoingFile(OutgoingFileId),
    /// How many of these numbers never wrote nor were written to. Answered by [`Answer::Strangers`].
    Strangers(AccountId, Vec<PhoneNumber>),
    /// When each of these people last wrote. Answered by [`Answer::LastWrote`].
    LastWrote(AccountId, Vec<PhoneNumber>),
}

/// Answers.
#[derive(Debug, Clone)]
pub enum Answer {
    /// To [`AccountCommand::Test`].
    Tested(Result<TestResult, AccountError>),
    /// To [`AccountCommand::Save`].
    Saved(Result<AccountId, AccountError>),
    /// To [`AccountCommand::Reveal`].
    Revealed(Result<Secret, SecretError>),
    /// To [`OutboxCommand::Send`]: the messages stored, or why none was.
    Enqueued(Result<Vec<Message>, EnqueueError>),
    /// To [`OutboxCommand::ClearGatewayQueue`]: how many the vendor deleted, and how many of ours became unknown.
    QueueCleared(Result<(u64, usize), CallError>),
    /// To [`OutboxCommand::SetDelay`].
    DelaySet(Result<DelayChange, CallError>),
    /// To [`Question::Conversations`].
    Conversations(Vec<ConversationRow>),
    /// To [`Question::Thread`], oldest first; fewer than asked for means that there are no older ones.
    Thread(Vec<ThreadEntry>),
    /// To [`Question::Conversation`].
    Conversation(Box<Conversation>),
    /// To [`Question::DoNotWrite`].
    DoNotWrite(Vec<PhoneNumber>),
    /// To [`Question::RawDeliveries`].
    RawDeliveries(Vec<RawDelivery>),
    /// To [`Question::Backups`], newest first.
    Backups(Vec<Backup>),
    /// To [`ArchiveCommand::Backup`].
    BackedUp(Result<Backup, String>),
    /// To [`ArchiveCommand::Restore`]: the new data folder.
    Restored(Result<PathBuf, String>),
    /// To [`ArchiveCommand::Export`]: how many lines or records were written.
    Exported(Result<u64, String>),
    /// To [`InboxCommand::CheckFromOutside`].
    Outside(Result<OutsideCheck, OutsideError>),
    /// To [`Question::Templates`], by key and language.
    Templates(Vec<Template>),
    /// To [`TemplateCommand::Save`].
    TemplateSaved(Result<TemplateId, TemplateError>),
    /// To [`TemplateCommand::Remove`].
    TemplateRemoved(Result<(), TemplateError>),
    /// To [`TemplateCommand::Import`] and [`TemplateCommand::Export`]: how many, or what is wrong with the file.
    TemplatesMoved(Result<TemplatesMoved, TemplateError>),
    /// To [`InboxCommand::FetchContent`].
    ContentFetched(Result<(), ContentError>),
    /// To [`AttachmentCommand::TakeIn`].
    TakenIn(Result<OutgoingFile, FileProblem>),
    /// To [`AttachmentCommand::LookAt`].
    LookedAt(Result<SeenAddress, FetchProblem>),
    /// To [`AttachmentCommand::SetHosting`].
    HostingSaved(Result<(), HostingError>),
    /// To [`AttachmentCommand::TestHosting`].
    HostingTested(Result<HostingTest, HostingError>),
    /// To [`Question::HostedFiles`], newest first.
    HostedFiles(Vec<HostedFile>),
    /// To [`Question::OutgoingFile`].
    OutgoingFile(Box<OutgoingFile>),
    /// To [`Question::Message`].
    Message(Box<Message>),
    /// To [`Question::History`].
    History(Vec<MessageStep>),
    /// To [`Question::Outbox`].
    Outbox(Vec<Message>),
    /// To [`Question::Drafts`].
    Drafts(Vec<(DraftPlace, Draft)>),
    /// To [`Question::Dashboard`].
    Dashboard(Box<DashboardData>),
    /// To [`Question::Strangers`].
    Strangers(usize),
    /// To [`Question::LastWrote`], in the order of the question; `None` for who never wrote.
    LastWrote(Vec<Option<Timestamp>>),
    /// The question could not be answered; what the system said.
    Failed(String),
}

/// What a connection test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// The phone's status, where the gateway tells.
    pub phone: Option<PhoneStatus>,
}

/// Templates that were read from a file or written to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TemplatesMoved {
    /// How many.
    pub count: usize,
    /// How many of them lost the picture above their text, because the account's gateway has none.
    pub without_picture: usize,
}

/// A backup on the disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its folder.
    pub folder: PathBuf,
    /// When it was made.
    pub made_at: Timestamp,
    /// Its size in bytes, files included.
    pub bytes: u64,
}

/// A round trip through the public address that came back to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutsideCheck {
    /// How long it took, in milliseconds.
    pub milliseconds: u64,
}

/// What the dashboard plots.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DashboardData {
    /// Since when.
    pub since: Timestamp,
    /// Health points, oldest first.
    pub samples: Vec<HealthSample>,
    /// Messages by hour, oldest first.
    pub hours: Vec<HourlyCount>,
    /// Changes of connection, newest first.
    pub changes: Vec<ConnectionChange>,
}
