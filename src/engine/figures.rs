//! What we know ourselves of an account's messages, kept true: read again a moment after something has changed, and now and
//! then because days turn.

use super::shared::{Shared, lock};
use crate::domain::AccountId;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Notify;

/// Figures are read this long after a change: in a storm, once for many.
const READ_AFTER: Duration = Duration::from_millis(500);
/// All of them are read this often although nothing has changed: some are of a day.
const READ_EVERY: Duration = Duration::from_secs(600);

/// What this duty remembers.
#[derive(Default)]
pub(super) struct FiguresState {
    /// Accounts whose figures have to be read again.
    dirty: Mutex<BTreeSet<AccountId>>,
    wake: Notify,
}

impl Shared {
    /// Has the figures of an account read again soon.
    pub(super) fn figures_changed(&self, account: AccountId) {
        lock(&self.figures.dirty).insert(account);
        self.figures.wake.notify_one();
    }

    /// Keeps the figures of all accounts until the engine stops. They were read when it began.
    pub(super) async fn keep_figures(self: Arc<Self>) {
        loop {
            let turn = tokio::time::sleep(READ_EVERY);
            tokio::pin!(turn);
            loop {
                tokio::select! {
                    () = &mut turn => break,
                    () = self.figures.wake.notified() => {}
                }
                tokio::time::sleep(READ_AFTER).await;
                let dirty = std::mem::take(&mut *lock(&self.figures.dirty));
                self.read_figures(dirty).await;
            }
            let accounts: Vec<AccountId> = {
                let live = self.publisher.live();
                live.accounts.iter().map(|view| view.account.id).collect()
            };
            self.read_figures(accounts).await;
        }
    }

    async fn read_figures(&self, accounts: impl IntoIterator<Item = AccountId>) {
        for account in accounts {
            match self.store.delivery_figures(account, self.clock.now()).await {
                Ok(figures) => self.update_account(account, |view| {
                    let different = view.figures != figures;
                    view.figures = figures;
                    different
                }),
                Err(error) => tracing::warn!(%error, "what became of messages could not be counted"),
            }
        }
    }
}
