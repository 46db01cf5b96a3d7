//! The place of the secrets that is in use, and going from one place to another.
//!
//! The program starts with the keyring. Where there is none, the operator chooses: a vault under a passphrase, or this run
//! only. A vault is made only by that choice, so its file *is* the memory of it: while it exists the program starts by
//! asking for the passphrase. Going to a better place takes along what the old one held.

use super::keyring::{Effort, KEYRING_SERVICE, KeyringSystem, KeyringVault, system_keyring};
use super::session::SessionVault;
use super::vault::{Cost, PassphraseVault, VAULT_FILE, set_aside};
use super::{KEYRING_PATIENCE, SecretError, SecretPlace, SecretStatus, SecretVault};
use crate::domain::{AccountId, Secret};
use futures_util::future::{BoxFuture, FutureExt as _};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// What [`Secrets::start`] needs to know.
pub struct SecretsSetup {
    /// The keyring.
    pub system: Box<dyn KeyringSystem>,
    /// Under which service name the keyring's entries are kept.
    pub service: String,
    /// How long the keyring may take.
    pub patience: Duration,
    /// The vault's file, there or not.
    pub vault_path: PathBuf,
    /// What guessing the passphrase of a new vault costs.
    pub vault_cost: Cost,
}

impl SecretsSetup {
    /// For the program itself: this system's keyring, and a vault in the data folder.
    #[must_use]
    pub fn for_folder(folder: &Path) -> Self {
        Self {
            system: system_keyring(),
            service: KEYRING_SERVICE.to_owned(),
            patience: KEYRING_PATIENCE,
            vault_path: folder.join(VAULT_FILE),
            vault_cost: Cost::PRODUCTION,
        }
    }
}

/// Where secrets are kept now. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Secrets(Arc<Inner>);

struct Inner {
    place: RwLock<Place>,
    status: watch::Sender<SecretStatus>,
    keyring: Option<KeyringVault>,
    vault_path: Option<PathBuf>,
    vault_cost: Cost,
    /// One change of place at a time.
    changing: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
enum Place {
    Keyring,
    ClosedVault,
    Vault(Arc<PassphraseVault>),
    Session(Arc<SessionVault>),
    Given(Arc<dyn SecretVault>),
}

impl Secrets {
    /// Starts with the keyring, or with the passphrase wanted where there is a vault. Returns at once; the status tells
    /// what is found.
    #[must_use]
    pub fn start(setup: SecretsSetup) -> Self {
        let has_vault = setup.vault_path.exists();
        let (place, status) = if has_vault {
            (Place::ClosedVault, SecretStatus::VaultClosed)
        } else {
            (Place::Keyring, SecretStatus::Checking)
        };
        let inner = Arc::new_cyclic(|inner: &Weak<Inner>| {
            let told = Weak::clone(inner);
            let keyring = KeyringVault::start(setup.system, &setup.service, setup.patience, move |status| {
                if let Some(inner) = told.upgrade() {
                    inner.keyring_says(status);
                }
            });
            Inner {
                place: RwLock::new(place),
                status: watch::Sender::new(status),
                keyring: keyring
                    .inspect_err(|error| tracing::error!(%error, "no thread for the keyring"))
                    .ok(),
                vault_path: Some(setup.vault_path),
                vault_cost: setup.vault_cost,
                changing: tokio::sync::Mutex::new(()),
            }
        });
        if !has_vault {
            match &inner.keyring {
                Some(keyring) => keyring.begin_look(Effort::Unlock),
                None => inner.keyring_says(SecretStatus::Absent {
                    words: "no thread for it".to_owned(),
                }),
            }
        }
        Self(inner)
    }

    /// Keeps secrets for this run only, from the start (the demo).
    #[must_use]
    pub fn session() -> Self {
        Self::fixed(
            Place::Session(Arc::default()),
            SecretStatus::Ready {
                place: SecretPlace::Session,
                name: String::new(),
            },
        )
    }

    /// Uses the place that is given (tests). `status` is how it stands.
    #[must_use]
    pub fn with_vault(vault: Arc<dyn SecretVault>, status: SecretStatus) -> Self {
        Self::fixed(Place::Given(vault), status)
    }

    fn fixed(place: Place, status: SecretStatus) -> Self {
        Self(Arc::new(Inner {
            place: RwLock::new(place),
            status: watch::Sender::new(status),
            keyring: None,
            vault_path: None,
            vault_cost: Cost::PRODUCTION,
            changing: tokio::sync::Mutex::new(()),
        }))
    }

    /// How the place stands, now and from now on.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<SecretStatus> {
        self.0.status.subscribe()
    }

    /// How the place stands now, without asking it.
    #[must_use]
    pub fn current(&self) -> SecretStatus {
        self.0.status.borrow().clone()
    }

    /// Looks for the keyring again; the desktop may ask the operator to unlock or make one. Once it can be used it is, with
    /// what was kept for this run or in an open vault, which is then removed. Otherwise the place in use stays.
    /// Returns how the keyring stands.
    pub async fn try_again(&self) -> SecretStatus {
        let _one_at_a_time = self.0.changing.lock().await;
        let Some(keyring) = &self.0.keyring else {
            return self.current();
        };
        let before = self.0.place();
        if matches!(before, Place::Keyring | Place::ClosedVault) {
            // What the keyring says from here on counts, also when it comes late.
            self.0.set(Place::Keyring, SecretStatus::Checking);
        }
        let status = keyring.look(Effort::Make).await;
        if !matches!(status, SecretStatus::Ready { .. }) {
            self.0.keyring_says(status.clone());
            return status;
        }
        let carried = match &before {
            Place::Vault(vault) => vault.snapshot(),
            Place::Session(session) => session.snapshot(),
            _ => BTreeMap::new(),
        };
        for (name, secret) in carried {
            if let Err(error) = keyring.put_entry(name, secret).await {
                // The old place still has everything and stays in use.
                tracing::warn!(%error, "secrets could not be moved to the keyring");
                return SecretStatus::Absent {
                    words: error.to_string(),
                };
            }
        }
        if let (Place::Vault(_), Some(path)) = (&before, &self.0.vault_path)
            && let Err(error) = tokio::fs::remove_file(path).await
        {
            tracing::warn!(%error, "the vault whose secrets are in the keyring now could not be removed");
        }
        self.0.set(Place::Keyring, status.clone());
        status
    }

    /// Keeps secrets for this run only, from now on. An open vault keeps what it has.
    pub async fn use_session(&self) {
        let _one_at_a_time = self.0.changing.lock().await;
        if !matches!(self.0.place(), Place::Session(_)) {
            let status = SecretStatus::Ready {
                place: SecretPlace::Session,
                name: String::new(),
            };
            self.0.set(Place::Session(Arc::default()), status);
        }
    }

    /// Opens the vault, or makes one where there is none. What was kept for this run goes into it.
    ///
    /// # Errors
    /// [`SecretError::WrongPassphrase`], [`SecretError::PassphraseTooShort`], [`SecretError::Failed`].
    pub async fn use_vault(&self, passphrase: Secret) -> Result<(), SecretError> {
        let _one_at_a_time = self.0.changing.lock().await;
        let Some(path) = self.0.vault_path.clone() else {
            return Err(SecretError::Failed("there is no folder for a vault".to_owned()));
        };
        let vault = if path.exists() {
            PassphraseVault::open(path, passphrase).await?
        } else {
            PassphraseVault::create(path, passphrase, self.0.vault_cost).await?
        };
        if let Place::Session(session) = self.0.place() {
            let carried = session.snapshot();
            vault.alter(move |entries| entries.extend(carried)).await?;
        }
        let status = SecretStatus::Ready {
            place: SecretPlace::Vault,
            name: vault.name(),
        };
        self.0.set(Place::Vault(Arc::new(vault)), status);
        Ok(())
    }

    /// Puts the open vault under a new passphrase.
    ///
    /// # Errors
    /// As [`PassphraseVault::change`]; [`SecretError::NotFound`] when no vault is open.
    pub async fn change_passphrase(&self, current: Secret, new: Secret) -> Result<(), SecretError> {
        let _one_at_a_time = self.0.changing.lock().await;
        match self.0.place() {
            Place::Vault(vault) => vault.change(current, new).await,
            _ => Err(SecretError::NotFound),
        }
    }

    /// Puts a vault whose passphrase is lost aside (its file is renamed, never deleted) and looks for the keyring. Returns
    /// the file's new name.
    ///
    /// # Errors
    /// When there is no closed vault, or it cannot be renamed.
    pub async fn set_vault_aside(&self) -> Result<PathBuf, SecretError> {
        let _one_at_a_time = self.0.changing.lock().await;
        let (Place::ClosedVault, Some(path)) = (self.0.place(), &self.0.vault_path) else {
            return Err(SecretError::NotFound);
        };
        let aside = set_aside(path).map_err(|error| SecretError::Failed(error.to_string()))?;
        self.0.set(Place::Keyring, SecretStatus::Checking);
        if let Some(keyring) = &self.0.keyring {
            keyring.look(Effort::Unlock).await;
        }
        Ok(aside)
    }

    fn vault_in_use(&self) -> Result<VaultInUse<'_>, SecretError> {
        match self.0.place() {
            Place::Keyring => match &self.0.keyring {
                Some(keyring) => Ok(VaultInUse::Borrowed(keyring)),
                None => Err(SecretError::Absent(
                    "there is no thread for the keyring".to_owned(),
                )),
            },
            Place::ClosedVault => Err(SecretError::NoAnswer),
            Place::Vault(vault) => Ok(VaultInUse::Shared(vault)),
            Place::Session(session) => Ok(VaultInUse::Shared(session)),
            Place::Given(given) => Ok(VaultInUse::Shared(given)),
        }
    }
}

enum VaultInUse<'a> {
    Borrowed(&'a KeyringVault),
    Shared(Arc<dyn SecretVault>),
}

impl VaultInUse<'_> {
    fn get(&self) -> &dyn SecretVault {
        match self {
            Self::Borrowed(keyring) => *keyring,
            Self::Shared(vault) => vault.as_ref(),
        }
    }
}

impl SecretVault for Secrets {
    fn status(&self) -> BoxFuture<'_, SecretStatus> {
        async move {
            match self.vault_in_use() {
                // The keyring tells its status as well, which may become "a vault is closed".
                Ok(VaultInUse::Borrowed(keyring)) => {
                    keyring.status().await;
                    self.current()
                }
                Ok(VaultInUse::Shared(vault)) => vault.status().await,
                Err(_) => self.current(),
            }
        }
        .boxed()
    }

    fn get(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<Secret, SecretError>> {
        async move { self.vault_in_use()?.get().get(account, field).await }.boxed()
    }

    fn put(
        &self,
        account: AccountId,
        field: &'static str,
        secret: Secret,
    ) -> BoxFuture<'_, Result<(), SecretError>> {
        async move { self.vault_in_use()?.get().put(account, field, secret).await }.boxed()
    }

    fn remove(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<(), SecretError>> {
        async move { self.vault_in_use()?.get().remove(account, field).await }.boxed()
    }
}

impl Inner {
    fn place(&self) -> Place {
        self.place.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets both under one lock, so that no late word of the keyring comes between.
    fn set(&self, place: Place, status: SecretStatus) {
        let mut held = self.place.write().unwrap_or_else(PoisonError::into_inner);
        *held = place;
        self.publish(status);
    }

    fn publish(&self, status: SecretStatus) {
        self.status.send_if_modified(|old| {
            let new = *old != status;
            *old = status;
            new
        });
    }

    /// Takes what the keyring tells, while it is the place in use.
    fn keyring_says(&self, status: SecretStatus) {
        let mut place = self.place.write().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*place, Place::Keyring) {
            return;
        }
        let has_vault = || self.vault_path.as_ref().is_some_and(|path| path.exists());
        if matches!(status, SecretStatus::Absent { .. }) && has_vault() {
            *place = Place::ClosedVault;
            self.publish(SecretStatus::VaultClosed);
        } else {
            self.publish(status);
        }
    }
}

#[cfg(test)]
#[path = "manager_tests.rs"]
mod tests;
