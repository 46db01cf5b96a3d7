//! Files that are being prepared just now. Whoever takes a file away from its place stops that first, so that nothing
//! is written about a place that has been given up.

use super::super::shared::lock;
use crate::domain::{AccountId, OutgoingFileId};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio_util::sync::CancellationToken;

/// See the module.
#[derive(Default)]
pub(super) struct Claims {
    under_way: Mutex<BTreeMap<OutgoingFileId, UnderWay>>,
    /// Held while it is decided which file is prepared, or taken away, next.
    deciding: tokio::sync::Mutex<()>,
}

#[derive(Clone)]
struct UnderWay {
    account: AccountId,
    unwanted: CancellationToken,
    over: CancellationToken,
}

/// A file that is being prepared, until this is dropped.
pub(super) struct Claim {
    claims: Arc<Claims>,
    file: OutgoingFileId,
    over: CancellationToken,
    /// Cancelled when it is not to be prepared any further.
    pub(super) unwanted: CancellationToken,
}

impl Claims {
    /// Nobody else begins to prepare a file, or takes one away, while this is held.
    pub(super) async fn decide(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.deciding.lock().await
    }

    /// Says that a file is being prepared from now on; decided by the caller.
    pub(super) fn begin(self: &Arc<Self>, file: OutgoingFileId, account: AccountId) -> Claim {
        let under_way = UnderWay {
            account,
            unwanted: CancellationToken::new(),
            over: CancellationToken::new(),
        };
        lock(&self.under_way).insert(file, under_way.clone());
        Claim {
            claims: Arc::clone(self),
            file,
            over: under_way.over,
            unwanted: under_way.unwanted,
        }
    }

    /// Whether a file is being prepared.
    pub(super) fn is_under_way(&self, file: OutgoingFileId) -> bool {
        lock(&self.under_way).contains_key(&file)
    }

    /// Stops preparing a file, and waits until that is so.
    pub(super) async fn stop(&self, file: OutgoingFileId) {
        let found = lock(&self.under_way).get(&file).cloned();
        if let Some(under_way) = found {
            under_way.unwanted.cancel();
            under_way.over.cancelled().await;
        }
    }

    /// Stops preparing the files of an account, and waits until that is so.
    pub(super) async fn stop_all_of(&self, account: AccountId) {
        let files: Vec<OutgoingFileId> = lock(&self.under_way)
            .iter()
            .filter(|(_, under_way)| under_way.account == account)
            .map(|(file, _)| *file)
            .collect();
        for file in files {
            self.stop(file).await;
        }
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        lock(&self.claims.under_way).remove(&self.file);
        self.over.cancel();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn stopping_waits_until_nothing_is_under_way() {
        let claims = Arc::new(Claims::default());
        let (file, account) = (OutgoingFileId::new(), AccountId::new());
        let claim = claims.begin(file, account);
        let work = tokio::spawn(async move {
            claim.unwanted.cancelled().await;
            drop(claim);
        });
        assert!(claims.is_under_way(file));
        claims.stop_all_of(AccountId::new()).await;
        assert!(claims.is_under_way(file));
        claims.stop_all_of(account).await;
        assert!(!claims.is_under_way(file));
        work.await.unwrap();
        // Nothing to be stopped is stopped already.
        claims.stop(file).await;
    }
}
