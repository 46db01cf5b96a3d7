//! What goes in and out of the engine: commands in, events out, both bounded; and the [`Live`] picture of everything
//! small, which a window reads without asking.

use crate::domain::account::{AccountDraft, DraftProblem};
use crate::domain::conversation::{ConversationFilter, ConversationRow, Draft, DraftPlace};
use crate::domain::health::{Alert, ConnectionChange, DeliveryFigures, Health, HealthSample};
use crate::domain::hosting::{
    AttachmentHosting, FetchProblem, HostedFile, HostingError, HostingTest, Preparing, SeenAddress,
    StorageKeys,
};
use crate::domain::inbox::{Gap, RawDelivery};
use crate::domain::message::{Message, MessageStep, Reason};
use crate::domain::outgoing::{FileProblem, FileSource, PictureChange};
use crate::domain::settings::Settings;
use crate::domain::template::{Template, TemplateMessage, TemplateProblem};
use crate::domain::{
    Account, AccountId, Attachment, Conversation, ConversationId, GatewayKind, IncomingKind, MessageId,
    OutgoingFile, OutgoingFileId, Pairing, PhoneNumber, Secret, TemplateId, ThreadEntry, Timestamp,
};
use crate::gateway::{Capabilities, DelayChange};
use crate::secrets::{SecretError, SecretStatus};
use crate::store::{HourlyCount, OutboxCounts};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

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

/// About accounts.
#[derive(Debug, Clone)]
pub enum AccountCommand {
    /// Tries the credentials of a draft (for a change: with the stored secrets where the draft has none) with a call
    /// that sends nothing and disconnects nothing. Answered by [`Answer::Tested`].
    Test {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Which account is being changed; `None` for a new one.
        id: Option<AccountId>,
        /// What was typed.
        draft: Box<AccountDraft>,
    },
    /// Saves a draft as a new account or over an old one. Answered by [`Answer::Saved`].
    Save {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Which account is being changed; `None` for a new one.
        id: Option<AccountId>,
        /// What was typed.
        draft: Box<AccountDraft>,
    },
    /// Removes an account and its secrets.
    Remove {
        /// Which.
        id: AccountId,
        /// Its conversations and messages as well.
        with_history: bool,
    },
    /// Pauses or resumes sending.
    SetPaused {
        /// Which.
        id: AccountId,
        /// Paused or not.
        paused: bool,
    },
    /// Reads the secret of a field for as long as the operator holds *reveal*. Answered by [`Answer::Revealed`].
    Reveal {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Which account.
        id: AccountId,
        /// Which field.
        field: &'static str,
    },
}

/// About pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PairingCommand {
    /// Begins; disconnects the phone that is paired now.
    Start(AccountId),
    /// Ends it.
    Cancel(AccountId),
    /// Forgets an ended pairing, so that the screen shows its beginning again.
    Dismiss(AccountId),
}

/// About reading the health.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HealthCommand {
    /// Reads an account now.
    Refresh(AccountId),
    /// Whether anyone can see the window: hidden, it is read less often.
    WindowVisible(bool),
}

/// About messages to be sent.
#[derive(Debug, Clone)]
pub enum OutboxCommand {
    /// Stores messages for sending, one for each recipient. Answered by [`Answer::Enqueued`].
    Send {
        /// Ticket of the answer.
        ticket: Ticket,
        /// By which account.
        account: AccountId,
        /// To whom.
        to: Vec<PhoneNumber>,
        /// How each of them is called, in the same order: the name stands for `{name}` in what it gets. Empty where the
        /// text is to be sent as it is.
        names: Vec<Option<String>>,
        /// The text, already cleaned.
        text: String,
        /// The attachments: one message for each of them to each recipient, the text with the first.
        attachments: Vec<Attachment>,
        /// The template, filled in; `text` is then what the person sees of it, and a picture above it the only attachment.
        template: Option<TemplateMessage>,
        /// Not before.
        not_before: Option<Timestamp>,
    },
    /// Takes back a message that has not been tried.
    Cancel(MessageId),
    /// Tries a waiting message now.
    Retry(MessageId),
    /// The operator says that an unknown message arrived.
    Arrived(MessageId),
    /// Sends a rejected, cancelled or unknown message again as a new one.
    SendAgain(MessageId),
    /// Puts a rejected message aside.
    PutAside(MessageId),
    /// Deletes the vendor's queue. Answered by [`Answer::QueueCleared`].
    ClearGatewayQueue {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Which account.
        account: AccountId,
    },
    /// Sets the vendor's delay. Answered by [`Answer::DelaySet`].
    SetDelay {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Which account.
        account: AccountId,
        /// Seconds.
        secs: u32,
    },
}

/// About files to be sent, and where they are put.
#[derive(Debug, Clone)]
pub enum AttachmentCommand {
    /// Takes a file in: copies it, looks at its bytes, checks it against the account's media table. Answered by
    /// [`Answer::TakenIn`].
    TakeIn {
        /// Ticket of the answer.
        ticket: Ticket,
        /// For which account.
        account: AccountId,
        /// From where.
        source: FileSource,
        /// What is made of it, if it is a picture.
        change: PictureChange,
    },
    /// Forgets a file that was taken in and is in no message.
    Discard(OutgoingFileId),
    /// Looks at an address the operator gave. Answered by [`Answer::LookedAt`].
    LookAt {
        /// Ticket of the answer.
        ticket: Ticket,
        /// For which account: the address of a gateway played on this machine may lead to this machine.
        account: AccountId,
        /// The address.
        url: String,
    },
    /// Saves where an account's files are put. Without keys the ones that are kept stay. Answered by
    /// [`Answer::HostingSaved`].
    SetHosting {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Which account.
        account: AccountId,
        /// Where.
        hosting: AttachmentHosting,
        /// The keys to the storage.
        keys: Option<StorageKeys>,
    },
    /// Tries a place, without saving it: puts a small file there, fetches it back, removes it. Answered by
    /// [`Answer::HostingTested`].
    TestHosting {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Which account.
        account: AccountId,
        /// Where.
        hosting: AttachmentHosting,
        /// The keys to the storage; `None` for the ones that are kept.
        keys: Option<StorageKeys>,
    },
    /// Takes a file away from where it can be fetched. A message that still needs it is prepared anew.
    Revoke(OutgoingFileId),
}

/// About the templates of accounts.
#[derive(Debug, Clone)]
pub enum TemplateCommand {
    /// Keeps a template, new or changed. Answered by [`Answer::TemplateSaved`].
    Save(Ticket, Box<Template>),
    /// Removes one; messages made from it keep their wording. Answered by [`Answer::TemplateRemoved`].
    Remove(Ticket, TemplateId),
    /// Reads templates from a JSON file into an account's library; one of the same key and language is replaced. Answered
    /// by [`Answer::TemplatesMoved`].
    Import {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Into which account.
        account: AccountId,
        /// From which file.
        from: PathBuf,
    },
    /// Writes an account's library to a JSON file. Answered by [`Answer::TemplatesMoved`].
    Export {
        /// Ticket of the answer.
        ticket: Ticket,
        /// Of which account.
        account: AccountId,
        /// To which file; replaced if it is there.
        to: PathBuf,
    },
}

/// About what comes in.
#[derive(Debug, Clone)]
pub enum InboxCommand {
    /// The operator has seen a conversation up to this message.
    Seen(ConversationId, MessageId),
    /// Which conversation the operator is looking at: nothing is announced of it.
    Showing(Option<ConversationId>),
    /// Counts the newest incoming message of a conversation as not seen.
    Unseen(ConversationId),
    /// Makes a new webhook path for an account; the old one is still answered for [`crate::engine::PATH_OVERLAP`].
    RotatePath(AccountId),
    /// Calls our own listener through the public address. Answered by [`Answer::Outside`].
    CheckFromOutside(Ticket),
    /// Fetches the file of a message that came as an address only. Answered by [`Answer::ContentFetched`].
    FetchContent(Ticket, MessageId),
    /// The file of a message that is being fetched is not wanted any more; the fetch is answered with
    /// [`ContentError::Stopped`].
    StopFetching(MessageId),
    /// The operator has read that there was a gap.
    GapSeen,
    /// Begins to listen again, after a failure.
    ListenAgain,
}

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportScope {
    /// One conversation.
    Conversation(ConversationId),
    /// Every conversation of an account.
    Account(AccountId),
    /// Everything.
    All,
    /// Raw bodies that could not be read, of an account.
    Unreadable(AccountId),
}

/// In which form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// Comma-separated values (UTF-8 with a byte-order mark, so that spreadsheets read it), guarded against formulas.
    Csv,
    /// JSON.
    Json,
}

/// About copies of everything.
#[derive(Debug, Clone)]
pub enum ArchiveCommand {
    /// Makes a backup now. Answered by [`Answer::BackedUp`].
    Backup(Ticket),
    /// Makes a data folder out of a backup; this program goes on with its own. Answered by [`Answer::Restored`].
    Restore {
        /// Ticket of the answer.
        ticket: Ticket,
        /// The backup's folder.
        from: PathBuf,
        /// The new data folder; must not exist or be empty.
        into: PathBuf,
    },
    /// Exports. Answered by [`Answer::Exported`].
    Export {
        /// Ticket of the answer.
        ticket: Ticket,
        /// What.
        scope: ExportScope,
        /// In which form.
        format: ExportFormat,
        /// To which file.
        to: PathBuf,
    },
}

/// About conversations and drafts.
#[derive(Debug, Clone)]
pub enum ConversationCommand {
    /// Names a person; blank takes the name away.
    Rename(ConversationId, String),
    /// Keeps a note about a person; blank takes it away.
    Note(ConversationId, String),
    /// Marks a person as not to be written to, or takes the mark away.
    DoNotWrite(ConversationId, bool),
    /// Keeps a draft; an empty one is removed.
    KeepDraft(DraftPlace, Draft),
}

/// About where secrets are kept.
#[derive(Debug, Clone)]
pub enum SecretsCommand {
    /// Looks for the keyring again.
    TryAgain,
    /// Keeps secrets for this run only.
    UseSession,
    /// Makes a vault, or opens the one there is.
    UseVault(Secret),
}

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

/// Why messages were not stored for sending; none of them was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnqueueError {
    /// What the system said.
    Words(String),
    /// The text has more characters than so many, which the gateway takes.
    TextTooLong(usize),
    /// These people last wrote too long ago, or never: only a template may be sent to them.
    OutsideWindow(Vec<PhoneNumber>),
}

impl From<String> for EnqueueError {
    fn from(words: String) -> Self {
        Self::Words(words)
    }
}

impl From<&str> for EnqueueError {
    fn from(words: &str) -> Self {
        Self::Words(words.to_owned())
    }
}

/// Templates that were read from a file or written to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TemplatesMoved {
    /// How many.
    pub count: usize,
    /// How many of them lost the picture above their text, because the account's gateway has none.
    pub without_picture: usize,
}

/// Why templates could not be kept, read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplateError {
    /// What is wrong with it.
    Problems(Vec<TemplateProblem>),
    /// What is wrong with the template of this number (from 1) in the file; none of the file's was taken.
    InFile(usize, Vec<TemplateProblem>),
    /// The file is no list of templates; what was said.
    NotTemplates(String),
    /// The file cannot be read or written; what the system said.
    File(String),
    /// The database could not keep it; what was said.
    Store(String),
}

/// Why the file of a message could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContentError {
    /// The message has no such address, or is gone.
    NoAddress,
    /// The address.
    Fetch(FetchProblem),
    /// It could not be kept; what the system said.
    Disk(String),
    /// The operator wants it no more.
    Stopped,
}

/// What a connection test found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestResult {
    /// The phone's status, where the gateway tells.
    pub phone: Option<crate::domain::health::PhoneStatus>,
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

/// Why a round trip through the public address did not come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutsideError {
    /// No public address is set.
    NoPublicAddress,
    /// We do not listen.
    NotListening,
    /// The address cannot be reached; what the system said.
    Unreachable(String),
    /// Somebody else answered: the HTTP status, and the beginning of the words.
    SomebodyElse(u16, String),
}

/// Whether we listen for the gateways' calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenerState {
    /// Switched off by the operator.
    Off,
    /// Not yet.
    Starting,
    /// Under this address of this machine.
    Listening(std::net::SocketAddr),
    /// It could not be done; what the system said. Tried again by itself.
    Failed(String),
}

/// How listening stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenerView {
    /// Whether we listen.
    pub state: ListenerState,
    /// The last time in which nobody listened, until the operator has read it.
    pub gap: Option<Gap>,
    /// Since when somebody has listened without a gap worth a word; `None` while nobody does.
    pub unbroken_since: Option<Timestamp>,
}

/// Where an account's gateway calls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct InboxView {
    /// The path in use, beginning with a slash; empty until it is made.
    pub path: String,
    /// Until when an older path is still answered.
    pub older_until: Option<Timestamp>,
    /// When the gateway last called on any of them.
    pub last_called_at: Option<Timestamp>,
    /// When a person's message first came; `None` if none ever did.
    pub first_message_at: Option<Timestamp>,
    /// When a person's message last came; `None` if none ever did.
    pub last_message_at: Option<Timestamp>,
    /// Unseen incoming messages.
    pub unread: u64,
    /// Bodies that came and could not be read.
    pub unreadable: u64,
}

/// Why an account could not be tested or saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccountError {
    /// What was typed cannot stand.
    Fields(Vec<DraftProblem>),
    /// The gateway did not agree.
    Call(CallError),
    /// The secrets could not be kept or read.
    Secrets(SecretError),
    /// The database could not keep it; what was said.
    Store(String),
}

/// Why a call to the gateway failed, as a class a screen puts into words (`call-<key>`) and the words that came along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallError {
    /// The class.
    pub kind: CallErrorKind,
    /// What was said, secrets cut out.
    pub words: String,
}

/// Classes of failed calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallErrorKind {
    /// Not reached.
    Unreachable,
    /// Credentials refused.
    CredentialsRefused,
    /// Credentials cannot be read here.
    CredentialsMissing,
    /// Asked to go slower.
    RateLimited,
    /// Refused.
    Refused,
    /// Unreadable answer.
    Unreadable,
    /// No such function.
    Unsupported,
    /// Not asked: that it is going to be could not be written down here.
    NotRecorded,
}

impl CallErrorKind {
    /// Every class.
    pub const ALL: &'static [Self] = &[
        Self::Unreachable,
        Self::CredentialsRefused,
        Self::CredentialsMissing,
        Self::RateLimited,
        Self::Refused,
        Self::Unreadable,
        Self::Unsupported,
        Self::NotRecorded,
    ];

    /// The key after `call-` under which it is translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::CredentialsRefused => "credentials-refused",
            Self::CredentialsMissing => "credentials-missing",
            Self::RateLimited => "rate-limited",
            Self::Refused => "refused",
            Self::Unreadable => "unreadable",
            Self::Unsupported => "unsupported",
            Self::NotRecorded => "not-recorded",
        }
    }
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

/// What a window is told.
#[derive(Debug, Clone)]
pub enum Event {
    /// The [`Live`] picture has changed.
    Live,
    /// Messages have changed or are new; ask for what is shown of them.
    Messages {
        /// Which.
        ids: Vec<MessageId>,
        /// In which conversations.
        conversations: Vec<ConversationId>,
    },
    /// New points for the dashboard of this account.
    Dashboard(AccountId),
    /// An answer.
    Answer(Ticket, Answer),
    /// Something to say in passing.
    Notice(Notice),
    /// Events were dropped because the window did not take them: everything shown must be read again.
    Overflow,
}

/// Something to say in passing (a toast).
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A person wrote while the window did not show it; also shown by the desktop when the settings allow it.
    Incoming(Box<IncomingNotice>),
    /// An alert of an account has begun; also shown by the desktop when the settings allow it.
    Alert(AccountId, Alert),
    /// A phone has been paired.
    Paired(AccountId, Option<String>),
    /// A message was rejected, or its outcome is unknown.
    Problem(MessageId, Reason),
    /// An operator's command could not be carried out, because the message has moved on meanwhile.
    TooLate(MessageId),
    /// A message was not sent again, because the person asked not to be written to.
    DoNotWrite(MessageId),
    /// The place of the secrets could not do what was asked.
    Secrets(SecretError),
    /// A command failed; what the system said.
    Failed(String),
    /// An account was removed.
    AccountRemoved(String),
    /// The daily backup was not made; what the system said.
    BackupFailed(String),
}

/// Somebody wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct IncomingNotice {
    /// To which account.
    pub account: AccountId,
    /// In which conversation.
    pub conversation: ConversationId,
    /// The message.
    pub message: MessageId,
    /// The name to show, or the number.
    pub name: String,
    /// What it is.
    pub kind: IncomingKind,
    /// Its text on one line; may be empty.
    pub text: String,
}

/// One account as a window sees it.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// What is stored.
    pub account: Arc<Account>,
    /// What it can do.
    pub capabilities: &'static Capabilities,
    /// Its health.
    pub health: Arc<Health>,
    /// Its pairing.
    pub pairing: Arc<Pairing>,
    /// Its messages by state.
    pub outbox: OutboxCounts,
    /// Why its whole queue holds, if it does.
    pub held: Option<Reason>,
    /// When the next message may leave, while the delay between two is kept.
    pub paced_until: Option<Timestamp>,
    /// Where its gateway calls, and what has come.
    pub inbox: InboxView,
    /// What we know of its messages.
    pub figures: DeliveryFigures,
}

/// How long after the last message of any customer an account still counts as one that hears. A webhook that was never
/// entered at the vendor's, or no longer leads here, is told by silence only, and a silence of days is usual for a small
/// shop.
const HEARD_WITHIN: std::time::Duration = std::time::Duration::from_secs(7 * 24 * 3_600);

/// How far a file that is being fetched is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FetchStep {
    /// Bytes that have come.
    pub done: u64,
    /// Bytes in all, where that is known.
    pub total: Option<u64>,
}

/// Files that are being fetched, by message.
pub type Fetching = BTreeMap<MessageId, FetchStep>;

/// Everything small, as it is now. Cheap to clone. Published as a whole: a reader never sees half a change.
#[derive(Debug, Clone)]
pub struct Live {
    /// Accounts in the order they were added.
    pub accounts: Vec<AccountView>,
    /// The settings.
    pub settings: Arc<Settings>,
    /// How listening stands.
    pub listener: ListenerView,
    /// Files that are being put where a gateway can fetch them, and how far each of them is.
    pub preparing: Arc<Preparing>,
    /// Files of incoming messages that are being fetched, and how far each of them is.
    pub fetching: Arc<Fetching>,
    /// How the place of the secrets stands.
    pub secrets: SecretStatus,
    /// The data folder.
    pub folder: PathBuf,
    /// Whether the database has been read for the first time.
    pub loaded: bool,
    /// The gateways that can be added, in the order in which they are offered.
    pub gateways: &'static [GatewayKind],
}

impl Live {
    /// Whether whatever customers wrote to an account in its last hours of free text is known here: the gateway has a form
    /// for it, something came within the last seven days, and since before these hours somebody has listened without a gap.
    /// Only then does silence say that a person has not written. `false` where the gateway knows no such hours.
    #[must_use]
    pub fn hears(&self, view: &AccountView, now: Timestamp) -> bool {
        let inbox = &view.inbox;
        let (Some(hours), Some(first), Some(last), Some(unbroken)) = (
            view.capabilities.window_hours,
            inbox.first_message_at,
            inbox.last_message_at,
            self.listener.unbroken_since,
        ) else {
            return false;
        };
        let before = now.minus(std::time::Duration::from_secs(u64::from(hours) * 3_600));
        view.capabilities.incoming
            && now.since(last) <= HEARD_WITHIN
            // What was written before anything could come here may be younger than that.
            && first.max(unbroken) <= before
    }

    /// The address to enter at the vendor of an account: the public one if there is one, else this machine's. `None`
    /// while nothing listens.
    #[must_use]
    pub fn webhook_url(&self, view: &AccountView) -> Option<String> {
        if view.inbox.path.is_empty() {
            return None;
        }
        let base = match (&self.settings.public_url, &self.listener.state) {
            (Some(public), _) => public.trim_end_matches('/').to_owned(),
            (None, ListenerState::Listening(address)) => format!("http://{address}"),
            (None, _) => return None,
        };
        Some(format!("{base}{}", view.inbox.path))
    }

    /// Unseen incoming messages of all accounts.
    #[must_use]
    pub fn unread(&self) -> u64 {
        self.accounts.iter().map(|view| view.inbox.unread).sum()
    }

    /// The account of this id.
    #[must_use]
    pub fn account(&self, id: AccountId) -> Option<&AccountView> {
        self.accounts.iter().find(|view| view.account.id == id)
    }
}
