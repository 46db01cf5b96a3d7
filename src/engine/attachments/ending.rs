//! The ends of files: what no message needs any more, or what was there for long enough, can be had no longer. Our listener
//! forgets it at once; a storage is asked to remove it until it has.

use super::super::shared::Shared;
use crate::domain::hosting::HostingError;
use crate::domain::{AccountId, Timestamp};
use crate::hosting::{self, Storage};
use crate::store::{EndedPlacement, StoreError};
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked for what ended by the clock.
const EVERY: Duration = Duration::from_secs(60);
/// Changes of messages within this time are looked at together.
const TOGETHER: Duration = Duration::from_millis(50);
/// How long the storage of an account that is being removed may take.
const LAST_PATIENCE: Duration = Duration::from_secs(10);
/// The longest rest after a removal that failed.
const REMOVE_REST_MAX: Duration = Duration::from_secs(3_600);

/// How soon it is looked for what could not be removed and is due again.
const REMOVE_AGAIN: Duration = Duration::from_secs(3);

/// Something is left to be removed later.
struct Unremoved;

impl Shared {
    /// Says that messages have changed: a file may not be needed any more.
    pub(in super::super) fn files_may_end(&self) {
        self.attachments.end_wake.notify_one();
    }

    /// Ends the places of files, whenever there is something to end.
    pub(super) async fn end_files(self: Arc<Self>) {
        loop {
            if let Err(error) = self.end_files_once().await {
                tracing::error!(%error, "files could not be taken away");
            }
            tokio::select! {
                () = self.attachments.end_wake.notified() => {}
                () = tokio::time::sleep(EVERY) => {}
            }
            tokio::time::sleep(TOGETHER).await;
        }
    }

    async fn end_files_once(&self) -> Result<(), StoreError> {
        let claims = &self.attachments.claims;
        // Nobody begins to prepare a file between the look and the end.
        let _deciding = claims.decide().await;
        for hosted in self.store.files_to_end(self.clock.now()).await? {
            let id = hosted.file.id;
            if claims.is_under_way(id) {
                if hosted.needed_by > 0 {
                    // Its time is over, and it is being put up anew.
                    continue;
                }
                claims.stop(id).await;
            }
            self.end_place_of(id).await?;
        }
        Ok(())
    }

    /// Removes from storages what has ended, again and again until it is gone.
    pub(super) async fn remove_placements(self: Arc<Self>) {
        loop {
            let rest = match self.remove_placements_once().await {
                Ok(()) => EVERY,
                Err(Unremoved) => REMOVE_AGAIN,
            };
            tokio::select! {
                () = self.attachments.remove_wake.notified() => {}
                () = tokio::time::sleep(rest) => {}
            }
        }
    }

    async fn remove_placements_once(&self) -> Result<(), Unremoved> {
        let recorded = async {
            let mut all_gone = true;
            for ended in self.store.placements_to_remove(self.clock.now()).await? {
                all_gone &= self.remove_placement(&ended).await?;
            }
            Ok::<bool, StoreError>(all_gone)
        };
        match recorded.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Unremoved),
            Err(error) => {
                tracing::error!(%error, "what is to be removed could not be read or written down");
                Err(Unremoved)
            }
        }
    }

    /// Removes one object. Answers whether it is gone.
    async fn remove_placement(&self, ended: &EndedPlacement) -> Result<bool, StoreError> {
        match self.remove_object(ended).await {
            Ok(()) => {
                self.store.placement_removed(ended.sequence).await?;
                Ok(true)
            }
            Err(error) => {
                tracing::warn!(problem = error.key(), "an object could not be removed");
                let next = self.clock.now().plus(removal_rest(ended.tries));
                self.store.placement_not_removed(ended.sequence, next).await?;
                Ok(false)
            }
        }
    }

    async fn remove_object(&self, ended: &EndedPlacement) -> Result<(), HostingError> {
        let keys = self
            .storage_keys(ended.account)
            .await
            .map_err(super::places::keys_missing)?;
        let storage = Storage::new(&ended.storage, &keys)?;
        let key = hosting::object_key(&ended.storage, &ended.token, &ended.name);
        if let Some(upload) = &ended.upload {
            match storage.abort(&key, &upload.upload_id).await {
                // It may have come to its end: then there is an object. Who says no to that as well is asked again.
                Err(error) if !error.is_refusal() => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        storage.remove(&key).await
    }

    /// Takes everything of an account away before it is removed, for its keys go with it. Best effort: a storage that
    /// does not answer in time keeps what it has until its operator removes it.
    pub(in super::super) async fn end_files_of(&self, account: AccountId) {
        let ending = async {
            let _deciding = self.attachments.claims.decide().await;
            self.attachments.claims.stop_all_of(account).await;
            for hosted in self.store.hosted_files().await? {
                if hosted.file.account == account {
                    self.store.end_placement(hosted.file.id, self.clock.now()).await?;
                }
            }
            for ended in self.store.placements_to_remove(Timestamp(i64::MAX)).await? {
                if ended.account == account {
                    self.remove_placement(&ended).await?;
                }
            }
            Ok::<(), StoreError>(())
        };
        self.attachments.hosted.forget(|hosted| hosted.account == account);
        match tokio::time::timeout(LAST_PATIENCE, ending).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => self.store_failed(&error),
            Err(_) => tracing::warn!("a storage did not answer in time; what is in it stays there"),
        }
    }
}

/// How long a removal rests after it failed that often: 2, 4, 8 … seconds.
fn removal_rest(tries: u32) -> Duration {
    Duration::from_secs(2_u64.saturating_pow(tries.saturating_add(1).min(12))).min(REMOVE_REST_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn removals_rest_longer_and_longer() {
        assert_eq!(removal_rest(0), Duration::from_secs(2));
        assert_eq!(removal_rest(3), Duration::from_secs(16));
        assert_eq!(removal_rest(u32::MAX), REMOVE_REST_MAX);
    }
}
