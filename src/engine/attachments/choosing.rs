//! The operator chooses where an account's files go, tries a place, looks at an address, takes a file back.

use super::super::inbox::{media_folder, new_token};
use super::super::reach::is_played_here;
use super::super::shared::Shared;
use super::hosted::Hosted;
use super::places::{Place, cleaned, hide, keys_missing, listener_url};
use crate::domain::account::DraftProblemKind;
use crate::domain::hosting::{
    AttachmentHosting, FetchProblem, HostingError, HostingTest, SeenAddress, StorageKeys, StorageProblem,
};
use crate::domain::incoming::StoredFile;
use crate::domain::message::{MessageState, Reason, ReasonKind};
use crate::domain::{Account, AccountId, OutgoingFileId};
use crate::hosting::{self, Storage};
use crate::listener::HostedAttachment;
use crate::platform::folders::make_private;
use crate::secrets::{SecretError, SecretVault as _};
use crate::store::StoreError;
use sha2::{Digest as _, Sha256};
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long the address of a file that only tries a place is valid.
const TRIED_FOR: Duration = Duration::from_secs(10 * 60);
/// What such a file is called: the storage's operator shall know where it comes from.
const TRIED_NAME: &str = "recado-test";
/// Messages of an account that are looked through.
const MESSAGES_MAX: u32 = u32::MAX;

impl Shared {
    /// Looks at an address for an account.
    pub(super) async fn look_at(&self, account: AccountId, url: &str) -> Result<SeenAddress, FetchProblem> {
        let local = self
            .account(account)
            .is_some_and(|account| is_played_here(&account));
        hosting::look_at(url, local).await
    }

    /// Saves where an account's files go.
    pub(super) async fn set_hosting(
        &self,
        id: AccountId,
        hosting: AttachmentHosting,
        keys: Option<StorageKeys>,
    ) -> Result<(), HostingError> {
        let _changing = self.account_changes.lock().await;
        let account = self.account(id).ok_or(HostingError::NoPlace)?;
        let keys = self.check_hosting(id, &hosting, keys).await?;
        if let Some(keys) = keys {
            for (field, secret) in [
                (StorageKeys::ACCESS_KEY, keys.access_key),
                (StorageKeys::SECRET_KEY, keys.secret_key),
            ] {
                self.secrets.put(id, field, secret).await.map_err(keys_missing)?;
            }
        }
        let changed = Account {
            hosting,
            ..(*account).clone()
        };
        self.store
            .put_account(&changed)
            .await
            .map_err(|error| HostingError::Store(error.to_string()))?;
        self.update_account(id, |view| {
            view.account = Arc::new(changed);
            true
        });
        // Also with the same place: its keys may be others.
        self.prepare_all(id);
        self.attachments.remove_wake.notify_one();
        if let Some(running) = self.running(id) {
            running.outbox_wake.notify_one();
        }
        Ok(())
    }

    /// Checks a place as it was typed. Answers the keys that were typed with it, clean and hidden.
    async fn check_hosting(
        &self,
        id: AccountId,
        hosting: &AttachmentHosting,
        keys: Option<StorageKeys>,
    ) -> Result<Option<StorageKeys>, HostingError> {
        let AttachmentHosting::Storage(config) = hosting else {
            return Ok(None);
        };
        let keys = keys.map(|keys| cleaned(&keys));
        if let Some(keys) = &keys {
            hide(keys);
        }
        let mut problems = hosting::check_config(config, keys.as_ref());
        if keys.is_none() && self.storage_keys(id).await.err() == Some(SecretError::NotFound) {
            problems.extend(["access_key", "secret_key"].map(|field| StorageProblem {
                field,
                kind: DraftProblemKind::Empty,
            }));
        }
        if problems.is_empty() {
            Ok(keys)
        } else {
            Err(HostingError::Fields(problems))
        }
    }

    /// Puts a small file in a place, fetches it back and removes it.
    pub(super) async fn test_hosting(
        &self,
        id: AccountId,
        hosting: &AttachmentHosting,
        keys: Option<StorageKeys>,
    ) -> Result<HostingTest, HostingError> {
        let account = self.account(id).ok_or(HostingError::NoPlace)?;
        let keys = self.check_hosting(id, hosting, keys).await?;
        let place = self.place(&account, hosting, keys).await?;
        let folder = media_folder(self);
        let (path, file) = tokio::task::spawn_blocking(move || small_file(&folder))
            .await
            .map_err(|error| HostingError::FileLost(error.to_string()))?
            .map_err(|error| HostingError::FileLost(error.to_string()))?;
        let begun = Instant::now();
        match &place {
            Place::Listener { base } => self.try_listener(&account, base, &path, &file).await?,
            Place::Storage { config, storage } => {
                let key = hosting::object_key(config, &new_token(), &file.name);
                let tried = try_storage(storage, &key, &path, &file, is_played_here(&account)).await;
                // Also what could not be fetched back is there.
                let removed = storage.remove(&key).await;
                tried.and(removed)?;
            }
        }
        Ok(HostingTest {
            milliseconds: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
        })
    }

    async fn try_listener(
        &self,
        account: &Account,
        base: &str,
        path: &Path,
        file: &StoredFile,
    ) -> Result<(), HostingError> {
        let token = new_token();
        let hosted = &self.attachments.hosted;
        hosted.put(Hosted {
            token: token.clone(),
            account: account.id,
            file: None,
            attachment: HostedAttachment {
                path: path.to_owned(),
                mime: file.mime.clone(),
                extension: "txt".to_owned(),
                bytes: file.bytes,
            },
            // Forgotten by then even if this is dropped on its way.
            expires_at: Some(self.clock.now().plus(TRIED_FOR)),
        });
        let url = listener_url(base, &token, &file.name);
        let fetched = hosting::fetch_back(&url, file, is_played_here(account), &|_| {}).await;
        hosted.forget(|hosted| hosted.token == token);
        fetched.map_err(HostingError::NotFetchedBack)
    }

    /// Takes a file away from where it can be had. A message that still needs it and of which nothing has left is prepared
    /// anew; one that the gateway has stays as it is.
    pub(super) async fn revoke(&self, id: OutgoingFileId) {
        let done = {
            let _deciding = self.attachments.claims.decide().await;
            self.attachments.claims.stop(id).await;
            self.end_place_of(id).await
        };
        let prepared = match done {
            Ok(()) => self.prepare_messages_of(id).await,
            Err(error) => Err(error),
        };
        if let Err(error) = prepared {
            self.store_failed(&error);
        }
    }

    async fn prepare_messages_of(&self, id: OutgoingFileId) -> Result<(), StoreError> {
        let file = match self.store.outgoing_file(id).await {
            Err(StoreError::NotFound) => return Ok(()),
            file => file?,
        };
        let now = self.clock.now();
        for message in self.store.outbox(file.account, MESSAGES_MAX).await? {
            let is_of_file = message.attachment.as_ref().and_then(|attachment| attachment.file) == Some(id);
            if !is_of_file || message.state != MessageState::Queued {
                continue;
            }
            let reason = Reason::new(ReasonKind::AttachmentAddressEnded);
            match self.store.prepare_again(message.id, Some(reason), now).await {
                Ok(message) => self
                    .publisher
                    .messages_changed([(message.id, message.conversation)]),
                // It leaves in this very moment, or may have left before.
                Err(StoreError::WrongState(_) | StoreError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        self.recount(file.account).await;
        self.prepare_all(file.account);
        Ok(())
    }
}

/// Writes a small file that is like no other, removed when its path is dropped.
fn small_file(folder: &Path) -> std::io::Result<(tempfile::TempPath, StoredFile)> {
    make_private(folder)?;
    let mut file = tempfile::Builder::new().prefix(TRIED_NAME).tempfile_in(folder)?;
    // 1 KiB of random digits.
    let content: String = (0..16).map(|_| new_token()).collect();
    file.write_all(content.as_bytes())?;
    let stored = StoredFile {
        stored_name: String::new(),
        name: format!("{TRIED_NAME}.txt"),
        bytes: content.len() as u64,
        mime: "text/plain".to_owned(),
        sha256: Sha256::digest(&content).into(),
    };
    Ok((file.into_temp_path(), stored))
}

async fn try_storage(
    storage: &Storage,
    key: &str,
    path: &Path,
    file: &StoredFile,
    local: bool,
) -> Result<(), HostingError> {
    let mut keep = |_| -> futures_util::future::BoxFuture<'static, Result<(), HostingError>> {
        Box::pin(std::future::ready(Ok(())))
    };
    storage
        .upload(key, path, &file.mime, None, &|_| {}, &mut keep)
        .await?;
    let url = storage.address(key, TRIED_FOR);
    hosting::fetch_back(url.as_str(), file, local, &|_| {})
        .await
        .map_err(HostingError::NotFetchedBack)
}
