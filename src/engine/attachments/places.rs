//! Where an account's files go: our own listener under the address by which it is reached, or a bucket with its keys.

use super::super::protocol::{ListenerState, Live};
use super::super::reach::Reach;
use super::super::shared::Shared;
use super::hosted::extension;
use crate::domain::hosting::{
    AttachmentHosting, HostingError, HostingPlace, Placement, StorageConfig, StorageKeys,
};
use crate::domain::{Account, AccountId, Secret};
use crate::hosting::Storage;
use crate::secrets::{SecretError, SecretStatus, SecretVault as _};

/// A place that files can be put in now.
pub(super) enum Place {
    /// Our own listener.
    Listener {
        /// Under which address it is reached, without a slash at its end.
        base: String,
    },
    /// A bucket.
    Storage {
        config: StorageConfig,
        storage: Box<Storage>,
    },
}

impl Place {
    /// Whether a file that is placed is placed here.
    pub(super) fn holds(&self, placement: &Placement) -> bool {
        match self {
            Self::Listener { .. } => placement.place == HostingPlace::Listener,
            Self::Storage { config, .. } => {
                placement.place == HostingPlace::Storage && placement.storage.as_ref() == Some(config)
            }
        }
    }

    /// A place here for one more file.
    pub(super) fn begin(&self) -> Placement {
        let (place, storage) = match self {
            Self::Listener { .. } => (HostingPlace::Listener, None),
            Self::Storage { config, .. } => (HostingPlace::Storage, Some(config.clone())),
        };
        Placement {
            place,
            token: super::super::inbox::new_token(),
            storage,
            upload: None,
            url: None,
            placed_at: None,
            checked_at: None,
            expires_at: None,
        }
    }
}

impl Shared {
    /// The place of an account's files, ready to be used. `keys`: others than the ones that are kept.
    pub(super) async fn place(
        &self,
        account: &Account,
        hosting: &AttachmentHosting,
        keys: Option<StorageKeys>,
    ) -> Result<Place, HostingError> {
        match hosting {
            AttachmentHosting::AddressOnly => Err(HostingError::NoPlace),
            AttachmentHosting::Listener => {
                let base = listener_base(&self.publisher.live(), account)?;
                self.tell_public_host();
                Ok(Place::Listener { base })
            }
            AttachmentHosting::Storage(config) => {
                let keys = match keys {
                    Some(keys) => keys,
                    None => self.storage_keys(account.id).await.map_err(keys_missing)?,
                };
                Ok(Place::Storage {
                    config: config.clone(),
                    storage: Box::new(Storage::new(config, &keys)?),
                })
            }
        }
    }

    /// Whether it will be known in a moment whether an account's files can be put in their place: the program has only
    /// just begun.
    pub(super) fn is_beginning(&self, account: &Account) -> bool {
        let live = self.publisher.live();
        match account.hosting {
            AttachmentHosting::Listener => live.listener.state == ListenerState::Starting,
            AttachmentHosting::Storage(_) => live.secrets == SecretStatus::Checking,
            AttachmentHosting::AddressOnly => false,
        }
    }

    /// The keys that are kept for an account's storage.
    pub(super) async fn storage_keys(&self, account: AccountId) -> Result<StorageKeys, SecretError> {
        let keys = StorageKeys {
            access_key: self.secrets.get(account, StorageKeys::ACCESS_KEY).await?,
            secret_key: self.secrets.get(account, StorageKeys::SECRET_KEY).await?,
        };
        hide(&keys);
        Ok(keys)
    }
}

/// Keeps the keys out of the log.
pub(super) fn hide(keys: &StorageKeys) {
    for secret in [&keys.access_key, &keys.secret_key] {
        crate::platform::logging::hide(secret);
    }
}

/// The keys as they were meant: without the blanks that copying brings along.
pub(super) fn cleaned(keys: &StorageKeys) -> StorageKeys {
    let clean = |secret: &Secret| Secret::new(crate::domain::account::clean_credential(secret.reveal()));
    StorageKeys {
        access_key: clean(&keys.access_key),
        secret_key: clean(&keys.secret_key),
    }
}

pub(super) fn keys_missing(error: SecretError) -> HostingError {
    HostingError::Keys(error.to_string())
}

/// Under which address the gateway of an account reaches our listener.
pub(super) fn listener_base(live: &Live, account: &Account) -> Result<String, HostingError> {
    match live.reach(account) {
        Reach::Public(base) | Reach::Here(base) => Ok(base),
        Reach::NoPublicAddress => Err(HostingError::NoPublicAddress),
        Reach::NotListening | Reach::Starting => Err(HostingError::NotListening),
    }
}

/// The address of a file in our listener.
pub(super) fn listener_url(base: &str, token: &str, name: &str) -> String {
    format!("{base}/a/{token}/file.{}", extension(name))
}
