//! Accounts: what was typed is checked, tested, saved; secrets go to their place and nowhere else.

use super::account_draft::{Checked, assemble, check, no_longer_needed};
use super::protocol::{AccountCommand, AccountError, AccountView, Answer, Notice, TestResult};
use super::shared::{Shared, call_error, shown_phone};
use crate::domain::account::{Account, AccountDraft};
use crate::domain::health::Health;
use crate::domain::hosting::StorageKeys;
use crate::domain::message::MessageState;
use crate::domain::{AccountId, GatewayKind, Pairing, Secret};
use crate::gateway::{self, AUTH_FORM, CredentialField, GatewayError};
use crate::secrets::SecretVault as _;
use crate::store::{OutboxCounts, StoreError};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Shared {
    /// Carries out a command about accounts. Those that wait for a gateway or a keyring do so on their own.
    pub(super) fn account_command(self: &Arc<Self>, command: AccountCommand) {
        self.spawn("account", |shared| async move {
            match command {
                AccountCommand::Test { ticket, id, draft } => {
                    let outcome = shared.test_account(id, &draft).await;
                    shared.publisher.answer(ticket, Answer::Tested(outcome));
                }
                AccountCommand::Save { ticket, id, draft } => {
                    let outcome = shared.save_account(id, &draft).await;
                    shared.publisher.answer(ticket, Answer::Saved(outcome));
                }
                AccountCommand::Remove { id, with_history } => shared.remove_account(id, with_history).await,
                AccountCommand::SetPaused { id, paused } => shared.set_paused(id, paused).await,
                AccountCommand::Reveal { ticket, id, field } => {
                    let outcome = shared.secrets.get(id, field).await;
                    shared.publisher.answer(ticket, Answer::Revealed(outcome));
                }
            }
        });
    }

    async fn test_account(
        &self,
        id: Option<AccountId>,
        draft: &AccountDraft,
    ) -> Result<TestResult, AccountError> {
        let checked = self.check(id, draft)?;
        let account = assemble(
            &checked,
            id.and_then(|id| self.account(id)).as_deref(),
            self.clock.now(),
        );
        let mut fields: BTreeMap<String, Secret> = checked
            .identity
            .iter()
            .map(|(key, value)| (key.clone(), Secret::new(value.clone())))
            .collect();
        let form = checked.identity.get(AUTH_FORM).map(String::as_str);
        let needed = gateway::capabilities(checked.gateway).fields_of(form);
        for field in needed.filter(|field| field.secret) {
            let secret = match checked.secrets.get(field.key) {
                Some(secret) => secret.clone(),
                None => self
                    .secrets
                    .get(account.id, field.key)
                    .await
                    .map_err(AccountError::Secrets)?,
            };
            crate::platform::logging::hide(&secret);
            fields.insert(field.key.to_owned(), secret);
        }
        let client = self
            .connect_account(&account, fields)
            .map_err(AccountError::Call)?;
        match client.test().await {
            Ok(phone) => Ok(TestResult {
                phone: phone.map(shown_phone),
            }),
            Err(GatewayError::Unsupported) => Ok(TestResult { phone: None }),
            Err(error) => Err(AccountError::Call(call_error(&error))),
        }
    }

    async fn save_account(
        self: &Arc<Self>,
        id: Option<AccountId>,
        draft: &AccountDraft,
    ) -> Result<AccountId, AccountError> {
        let _changing = self.account_changes.lock().await;
        let checked = self.check(id, draft)?;
        let existing = id.and_then(|id| self.account(id));
        let account = assemble(&checked, existing.as_deref(), self.clock.now());
        let running = self.running(account.id);
        let leads_elsewhere = existing
            .as_deref()
            .is_some_and(|old| leads_elsewhere(old, &account));
        // What goes out during the change could go to either place.
        let _gate = match &running {
            Some(running) if leads_elsewhere => {
                let gate = running.gate.lock().await;
                self.stop_repeating(account.id)
                    .await
                    .map_err(|error| AccountError::Store(error.to_string()))?;
                Some(gate)
            }
            _ => None,
        };
        let mut written = Vec::new();
        for (key, secret) in &checked.secrets {
            crate::platform::logging::hide(secret);
            if let Err(error) = self.secrets.put(account.id, key, secret.clone()).await {
                if existing.is_none() {
                    self.forget_secrets(account.id, &written).await;
                }
                return Err(AccountError::Secrets(error));
            }
            written.push(*key);
        }
        if let Err(error) = self.store.put_account(&account).await {
            if existing.is_none() {
                self.forget_secrets(account.id, &written).await;
            }
            return Err(AccountError::Store(error.to_string()));
        }
        let account_id = account.id;
        if let Some(old) = &existing {
            self.forget_secrets(account_id, &no_longer_needed(old, &account))
                .await;
            self.update_account(account_id, |view| {
                view.account = Arc::new(account);
                view.held = None;
                true
            });
            self.forget_client(account_id).await;
            if let Some(running) = &running {
                running.release();
            }
        } else {
            let interval_secs = self.settings().health_interval_secs;
            self.publisher.update(|live| {
                live.accounts.push(AccountView {
                    figures: Default::default(),
                    capabilities: gateway::capabilities(account.gateway),
                    account: Arc::new(account),
                    health: Arc::new(Health {
                        interval_secs,
                        ..Health::default()
                    }),
                    pairing: Arc::new(Pairing::default()),
                    outbox: OutboxCounts::default(),
                    held: None,
                    paced_until: None,
                    inbox: super::protocol::InboxView::default(),
                });
                true
            });
            self.begin_account(account_id);
            if let Err(error) = self.load_paths().await {
                self.store_failed(&error);
            }
        }
        Ok(account_id)
    }

    /// Another gateway does not recognise what was sent to the one before: messages that may have gone out there are not
    /// repeated but become unknown.
    async fn stop_repeating(&self, id: AccountId) -> Result<(), StoreError> {
        for message in self.store.outbox(id, u32::MAX).await? {
            if message.state != MessageState::Queued || message.first_unclear_at.is_none() {
                continue;
            }
            let reason = message.reason.clone();
            let changed = self
                .store
                .change_state(
                    message.id,
                    &[MessageState::Queued],
                    MessageState::Unknown,
                    reason.clone(),
                    self.clock.now(),
                )
                .await?;
            self.publisher
                .messages_changed([(changed.id, changed.conversation)]);
            if let Some(reason) = reason {
                self.publisher.notice(Notice::Problem(changed.id, reason));
            }
        }
        self.recount(id).await;
        Ok(())
    }

    async fn remove_account(self: &Arc<Self>, id: AccountId, with_history: bool) {
        let _changing = self.account_changes.lock().await;
        let Some(account) = self.account(id) else { return };
        self.end_account(id);
        self.end_files_of(id).await;
        if let Err(error) = self
            .store
            .remove_account(id, with_history, self.clock.now())
            .await
        {
            self.store_failed(&error);
            // It is still there, so its messages must still go out.
            self.begin_account(id);
            return;
        }
        self.publisher.update(|live| {
            live.accounts.retain(|view| view.account.id != id);
            true
        });
        let keys: Vec<_> = secret_fields(account.gateway)
            .map(|field| field.key)
            .chain([StorageKeys::ACCESS_KEY, StorageKeys::SECRET_KEY])
            .collect();
        self.forget_secrets(id, &keys).await;
        self.publisher
            .notice(Notice::AccountRemoved(account.name.clone()));
    }

    async fn forget_secrets(&self, id: AccountId, keys: &[&'static str]) {
        for key in keys {
            if let Err(error) = self.secrets.remove(id, key).await {
                tracing::warn!(%error, field = key, "a secret could not be removed");
                self.publisher.notice(Notice::Secrets(error));
            }
        }
    }

    async fn set_paused(&self, id: AccountId, paused: bool) {
        let _changing = self.account_changes.lock().await;
        let Some(account) = self.account(id) else { return };
        let changed = Account {
            paused,
            ..(*account).clone()
        };
        if let Err(error) = self.store.put_account(&changed).await {
            self.store_failed(&error);
            return;
        }
        self.update_account(id, |view| {
            view.account = Arc::new(changed);
            true
        });
        if let Some(running) = self.running(id) {
            running.outbox_wake.notify_one();
            running.prepare_wake.notify_one();
            running.follow_wake.notify_one();
        }
    }

    fn check(&self, id: Option<AccountId>, draft: &AccountDraft) -> Result<Checked, AccountError> {
        let live = self.publisher.live();
        let taken = |name: &str| {
            live.accounts.iter().any(|view| {
                Some(view.account.id) != id && view.account.name.to_lowercase() == name.to_lowercase()
            })
        };
        let stored = id.and_then(|id| self.account(id));
        check(draft, stored.as_deref(), taken).map_err(AccountError::Fields)
    }
}

/// Whether messages of the changed account go to another gateway, or to another account there.
fn leads_elsewhere(old: &Account, new: &Account) -> bool {
    (old.gateway, &old.base_url, &old.identity) != (new.gateway, &new.base_url, &new.identity)
}

fn secret_fields(gateway: GatewayKind) -> impl Iterator<Item = &'static CredentialField> {
    gateway::capabilities(gateway)
        .credentials
        .iter()
        .filter(|field| field.secret)
}
