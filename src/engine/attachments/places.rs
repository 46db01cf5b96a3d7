//! Where an account's files go: our own listener under the address by which it is reached, or a bucket with its keys.

use super::super::protocol::{ListenerState, Live};
use super::super::shared::Shared;
use super::hosted::extension;
use crate::domain::account::is_loopback;
use crate::domain::hosting::{
    AttachmentHosting, HostingError, HostingPlace, Placement, StorageConfig, StorageKeys,
};
use crate::domain::{Account, AccountId, Secret};
use crate::gateway;
use crate::hosting::Storage;
use crate::secrets::{SecretError, SecretStatus, SecretVault as _};
use std::net::{IpAddr, Ipv4Addr};

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

/// Whether the gateway of an account is played on this machine: what lies on this machine can be fetched by it, too.
pub(in crate::engine) fn is_played_here(account: &Account) -> bool {
    let address = account
        .base_url
        .as_deref()
        .unwrap_or(gateway::capabilities(account.gateway).default_base_url);
    url::Url::parse(address).is_ok_and(|url| is_loopback(&url))
}

/// Under which address the gateway of an account reaches our listener.
pub(super) fn listener_base(live: &Live, account: &Account) -> Result<String, HostingError> {
    let ListenerState::Listening(mut address) = live.listener.state else {
        return Err(HostingError::NotListening);
    };
    if let Some(public) = &live.settings.public_url {
        return Ok(public.trim_end_matches('/').to_owned());
    }
    if !is_played_here(account) {
        return Err(HostingError::NoPublicAddress);
    }
    if address.ip().is_unspecified() {
        address.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    Ok(format!("http://{address}"))
}

/// The address of a file in our listener.
pub(super) fn listener_url(base: &str, token: &str, name: &str) -> String {
    format!("{base}/a/{token}/file.{}", extension(name))
}
