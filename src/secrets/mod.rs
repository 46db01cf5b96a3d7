//! Where credentials are kept: the system's keyring; without one, by the operator's choice, a vault under a passphrase
//! or the memory of this run. Never a plain file, never silently.

use crate::domain::{AccountId, Secret};
use futures_util::future::BoxFuture;
use std::time::Duration;

pub mod keyring;
pub mod manager;
#[cfg(target_os = "linux")]
mod secret_service;
pub mod session;
pub mod vault;

pub use manager::Secrets;

/// How long a keyring may take before it counts as not answering.
pub const KEYRING_PATIENCE: Duration = Duration::from_secs(5);

/// Which kind of place secrets are kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SecretPlace {
    /// The system's keyring.
    Keyring,
    /// A file encrypted under the operator's passphrase.
    Vault,
    /// The memory of this run.
    Session,
}

/// How a place stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretStatus {
    /// Being looked at.
    Checking,
    /// In use; the name of the store for a person (`GNOME Keyring`, a file name).
    Ready {
        /// Which kind.
        place: SecretPlace,
        /// Its name.
        name: String,
    },
    /// The keyring is there but locked or not answering within [`KEYRING_PATIENCE`]; the call goes on, and what it
    /// brings is taken when it comes.
    Locked,
    /// There is none, or none can be made; the operator must choose another place. What was said.
    Absent {
        /// What the system said.
        words: String,
    },
    /// There is a vault and its passphrase has not been given yet.
    VaultClosed,
}

/// Why a secret could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// No such entry.
    #[error("there is no such secret")]
    NotFound,
    /// The place did not answer in time, or waits for the operator: a keyring for its prompt, a vault for its
    /// passphrase. Worth asking again once the status is [`SecretStatus::Ready`].
    #[error("the keyring did not answer: it may be locked and waiting for its password")]
    NoAnswer,
    /// There is no such place on this machine.
    #[error("there is no keyring: {0}")]
    Absent(String),
    /// The passphrase is wrong, or the vault has been tampered with.
    #[error("the passphrase does not open the vault")]
    WrongPassphrase,
    /// The passphrase is too short to protect anything.
    #[error("the passphrase is too short")]
    PassphraseTooShort,
    /// The place failed otherwise.
    #[error("the secret could not be kept or read: {0}")]
    Failed(String),
}

/// A place for secrets: one entry per account and field.
pub trait SecretVault: Send + Sync {
    /// How it stands, asked anew.
    fn status(&self) -> BoxFuture<'_, SecretStatus>;
    /// Reads a secret.
    fn get(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<Secret, SecretError>>;
    /// Keeps a secret.
    fn put(
        &self,
        account: AccountId,
        field: &'static str,
        secret: Secret,
    ) -> BoxFuture<'_, Result<(), SecretError>>;
    /// Removes a secret; one that is not there is removed already.
    fn remove(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<(), SecretError>>;
}

/// The name of an entry within a place.
fn entry_name(account: AccountId, field: &str) -> String {
    format!("{account}/{field}")
}
