//! The memory of this run: chosen by the operator where there is no keyring, and by the demo.

use super::{SecretError, SecretPlace, SecretStatus, SecretVault, entry_name};
use crate::domain::{AccountId, Secret};
use futures_util::future::{BoxFuture, FutureExt as _, ready};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Secrets by entry name; gone with the process.
#[derive(Default)]
pub struct SessionVault {
    entries: Mutex<BTreeMap<String, Secret>>,
}

impl SessionVault {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn entries(&self) -> MutexGuard<'_, BTreeMap<String, Secret>> {
        // A map is whole between its calls, so what a panicked holder left can be used.
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything in it, to be moved to a better place.
    pub(super) fn snapshot(&self) -> BTreeMap<String, Secret> {
        self.entries().clone()
    }
}

impl SecretVault for SessionVault {
    fn status(&self) -> BoxFuture<'_, SecretStatus> {
        ready(SecretStatus::Ready {
            place: SecretPlace::Session,
            name: String::new(),
        })
        .boxed()
    }

    fn get(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<Secret, SecretError>> {
        let found = self.entries().get(&entry_name(account, field)).cloned();
        ready(found.ok_or(SecretError::NotFound)).boxed()
    }

    fn put(
        &self,
        account: AccountId,
        field: &'static str,
        secret: Secret,
    ) -> BoxFuture<'_, Result<(), SecretError>> {
        self.entries().insert(entry_name(account, field), secret);
        ready(Ok(())).boxed()
    }

    fn remove(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<(), SecretError>> {
        self.entries().remove(&entry_name(account, field));
        ready(Ok(())).boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn keeps_one_secret_for_each_account_and_field() {
        let vault = SessionVault::new();
        let (first, second) = (AccountId::new(), AccountId::new());
        vault
            .put(first, "token", Secret::new("one".into()))
            .await
            .unwrap();
        vault
            .put(second, "token", Secret::new("two".into()))
            .await
            .unwrap();
        vault
            .put(first, "login", Secret::new("three".into()))
            .await
            .unwrap();
        vault
            .put(first, "token", Secret::new("four".into()))
            .await
            .unwrap();
        assert_eq!(vault.get(first, "token").await.unwrap().reveal(), "four");
        assert_eq!(vault.get(second, "token").await.unwrap().reveal(), "two");
        vault.remove(first, "token").await.unwrap();
        vault.remove(first, "token").await.unwrap();
        assert_eq!(vault.get(first, "token").await, Err(SecretError::NotFound));
        assert_eq!(vault.get(first, "login").await.unwrap().reveal(), "three");
    }
}
