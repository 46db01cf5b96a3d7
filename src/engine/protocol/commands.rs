//! What a window asks the engine to do.

use super::Ticket;
#[cfg(doc)]
use super::{Answer, ContentError};
use crate::domain::account::AccountDraft;
use crate::domain::conversation::{Draft, DraftPlace};
use crate::domain::hosting::{AttachmentHosting, StorageKeys};
use crate::domain::outgoing::{FileSource, PictureChange};
use crate::domain::template::{Template, TemplateMessage};
use crate::domain::{
    AccountId, Attachment, ConversationId, MessageId, OutgoingFileId, PhoneNumber, Secret, TemplateId,
    Timestamp,
};
use std::path::PathBuf;

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
