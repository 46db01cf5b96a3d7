//! How far a file is, in the live picture: told often enough for an eye, and not more often.

use super::super::publisher::Publisher;
use super::super::shared::lock;
use crate::domain::hosting::PreparingStep;
use crate::domain::{AccountId, OutgoingFile, OutgoingFileId};
use std::convert::Infallible;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often it is told.
const TOLD_EVERY: Duration = Duration::from_millis(200);

/// Knows how far a file is; dropped, it is no longer under way.
pub(super) struct Progress<'a> {
    publisher: &'a Publisher,
    file: OutgoingFileId,
    account: AccountId,
    total: u64,
    now: Mutex<Option<PreparingStep>>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(publisher: &'a Publisher, file: &OutgoingFile) -> Self {
        Self {
            publisher,
            file: file.id,
            account: file.account,
            total: file.file.bytes,
            now: Mutex::default(),
        }
    }

    /// So many bytes are in their place.
    pub(super) fn uploaded(&self, done: u64) {
        let total = self.total;
        *lock(&self.now) = Some(PreparingStep::Uploading { done, total });
    }

    /// So many bytes came back.
    pub(super) fn checked(&self, done: u64) {
        let total = self.total;
        *lock(&self.now) = Some(PreparingStep::Checking { done, total });
    }

    /// Tells how far it is, for as long as this is polled.
    pub(super) async fn tell(&self) -> Infallible {
        let mut every = tokio::time::interval(TOLD_EVERY);
        loop {
            every.tick().await;
            let Some(step) = *lock(&self.now) else { continue };
            self.publisher.update(|live| {
                if live.preparing.get(&self.file) == Some(&(self.account, step)) {
                    return false;
                }
                Arc::make_mut(&mut live.preparing).insert(self.file, (self.account, step));
                true
            });
        }
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.publisher.update(|live| {
            live.preparing.contains_key(&self.file)
                && Arc::make_mut(&mut live.preparing).remove(&self.file).is_some()
        });
    }
}
