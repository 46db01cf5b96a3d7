//! HTTP from outside: the gateways' webhooks in, attachments out. A webhook it answers 2xx only after [`Reception::take`] has committed what came, and
//! 503 when that could not be done, so that the gateway tries again. An attachment is handed out to whoever knows its
//! token ([`Reception::attachment`]).
//!
//! A connection passes three doors before a byte of a body is read: `guard` takes only whole, strict request heads (what
//! it is unsure of is refused, not repaired), `door` looks at whom the request is meant for and whether a web page sent
//! it, `route` knows the few paths there are. Paths that are not there, unknown tokens included, are answered alike.

mod answer;
mod attachment;
mod body;
mod connection;
mod door;
mod guard;
mod head;
mod intake;
mod options;
mod outside;
mod quota;
mod range;
mod route;
mod server;
mod spool;
mod visit;

pub use door::public_host;
pub use options::{Limits, ListenError, ListenerOptions};
pub use outside::{OutsideFault, OutsideRoundTrip};
pub use server::Listener;

use crate::domain::{AccountId, ClientMessageId};
use bytes::Bytes;
use futures_util::future::BoxFuture;
use std::path::PathBuf;
use tempfile::TempPath;

/// What one call brought, whole.
#[derive(Debug)]
pub struct Delivery {
    /// For which account, by its path.
    pub account: AccountId,
    /// The message of ours for which the path was made; whether there is one is not looked at here.
    pub about: Option<ClientMessageId>,
    /// The `Content-Type` as it came; it may say nothing or lie.
    pub content_type: Option<String>,
    /// The body.
    pub body: DeliveredBody,
}

/// The body of a call.
#[derive(Debug)]
pub enum DeliveredBody {
    /// A small one.
    Memory(Bytes),
    /// A large one, in a file that is removed when this is dropped.
    Spooled {
        /// The file, inside of [`Reception::spool_folder`].
        file: TempPath,
        /// Its size in bytes.
        bytes: u64,
    },
}

/// Why a call was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It cannot be committed now (503): the gateway is to try again.
    NotNow,
    /// There is no room for it (507).
    NoRoom,
}

/// A file that whoever knows its token may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedAttachment {
    /// The file.
    pub path: PathBuf,
    /// What is told as its `Content-Type`.
    pub mime: String,
    /// The extension its address ends with, without the dot: up to 16 ASCII letters and digits, compared exactly.
    pub extension: String,
    /// Its size in bytes. A file of another size is not handed out.
    pub bytes: u64,
}

/// Who takes what comes in, and knows what may be had.
pub trait Reception: Send + Sync + 'static {
    /// The account of a path's token, compared in constant time. `None` for an unknown or expired one. Asked before the
    /// body is read.
    fn account_of(&self, token: &str) -> Option<AccountId>;

    /// The file of a path's token, compared in constant time: an unknown token must take as long as a known one. `None`
    /// for one that is unknown, revoked or expired. Asked before anything of the request is answered.
    fn attachment(&self, token: &str) -> Option<HostedAttachment> {
        let _ = token;
        None
    }

    /// Where large bodies are kept until they are taken. It is made (0700) if it is not there. Nobody else keeps files
    /// in it: what an earlier run left there is removed when listening begins.
    fn spool_folder(&self) -> PathBuf;

    /// Commits what came. `Ok` only when it is on the disk. Once called it runs to its end, whatever becomes of the
    /// connection.
    fn take(&self, delivery: Delivery) -> BoxFuture<'_, Result<(), Refusal>>;
}
