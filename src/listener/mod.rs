//! HTTP from outside: the gateways' webhooks. It answers 2xx only after [`Reception::take`] has committed what came, and
//! 503 when that could not be done, so that the gateway tries again.

use crate::domain::AccountId;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use std::path::PathBuf;
use tempfile::TempPath;

/// What one call brought, whole.
#[derive(Debug)]
pub struct Delivery {
    /// For which account, by its path.
    pub account: AccountId,
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

/// Who takes what comes in.
pub trait Reception: Send + Sync + 'static {
    /// The account of a path's token, compared in constant time. `None` for an unknown or expired one.
    fn account_of(&self, token: &str) -> Option<AccountId>;

    /// Where large bodies are kept until they are taken.
    fn spool_folder(&self) -> PathBuf;

    /// Commits what came. `Ok` only when it is on the disk.
    fn take(&self, delivery: Delivery) -> BoxFuture<'_, Result<(), Refusal>>;
}
