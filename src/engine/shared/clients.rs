//! The clients by which accounts reach their gateways, made from what is stored; and how a failed call is told.

use super::super::protocol::{CallError, CallErrorKind};
use super::{Running, Shared};
use crate::domain::health::Connection;
use crate::domain::{Account, AccountId, Secret};
use crate::gateway::{self, AUTH_FORM, Credentials, Gateway, GatewayError};
use crate::secrets::{SecretError, SecretVault as _};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Shared {
    /// The client of an account, made from its secrets when there is none yet.
    pub(in crate::engine) async fn client(&self, running: &Running) -> Result<Arc<dyn Gateway>, CallError> {
        let mut slot = running.client.lock().await;
        if let Some(client) = slot.as_ref() {
            return Ok(Arc::clone(client));
        }
        let account = self.account(running.id).ok_or_else(|| CallError {
            kind: CallErrorKind::CredentialsMissing,
            words: String::new(),
        })?;
        let fields = self.stored_fields(&account).await.map_err(|error| CallError {
            kind: CallErrorKind::CredentialsMissing,
            words: error.to_string(),
        })?;
        let client = self.connect_account(&account, fields)?;
        *slot = Some(Arc::clone(&client));
        Ok(client)
    }

    /// Makes a client of an account with these credentials.
    pub(in crate::engine) fn connect_account(
        &self,
        account: &Account,
        fields: BTreeMap<String, Secret>,
    ) -> Result<Arc<dyn Gateway>, CallError> {
        let capabilities = gateway::capabilities(account.gateway);
        let address = account
            .base_url
            .as_deref()
            .unwrap_or(capabilities.default_base_url);
        let base_url = crate::domain::account::check_base_url(address).map_err(|_| CallError {
            kind: CallErrorKind::Unreachable,
            words: address.to_owned(),
        })?;
        (self.connect)(account.gateway, Credentials { base_url, fields }).map_err(|error| call_error(&error))
    }

    /// Every credential field of an account: what is no secret from its row, secrets from their place.
    pub(in crate::engine) async fn stored_fields(
        &self,
        account: &Account,
    ) -> Result<BTreeMap<String, Secret>, SecretError> {
        let capabilities = gateway::capabilities(account.gateway);
        let form = account.identity.get(AUTH_FORM).map(String::as_str);
        let mut fields = BTreeMap::new();
        if let Some(form) = form {
            fields.insert(AUTH_FORM.to_owned(), Secret::new(form.to_owned()));
        }
        for field in capabilities.fields_of(form) {
            let value = if field.secret {
                let secret = self.secrets.get(account.id, field.key).await?;
                crate::platform::logging::hide(&secret);
                secret
            } else {
                Secret::new(account.identity.get(field.key).cloned().unwrap_or_default())
            };
            fields.insert(field.key.to_owned(), value);
        }
        Ok(fields)
    }

    /// Forgets an account's client: its credentials or address have changed.
    pub(in crate::engine) async fn forget_client(&self, id: AccountId) {
        if let Some(running) = self.running(id) {
            *running.client.lock().await = None;
            running.health_wake.notify_one();
            running.outbox_wake.notify_one();
            running.follow_wake.notify_one();
        }
    }
}

/// A gateway's error as a window is told it.
pub(in crate::engine) fn call_error(error: &GatewayError) -> CallError {
    let (kind, words) = match error {
        GatewayError::Unreachable { words, .. } => (CallErrorKind::Unreachable, words.as_str()),
        GatewayError::CredentialsRefused { words } => (CallErrorKind::CredentialsRefused, words.as_str()),
        GatewayError::RateLimited { words, .. } => (CallErrorKind::RateLimited, words.as_str()),
        GatewayError::Refused { words } => (CallErrorKind::Refused, words.as_str()),
        GatewayError::Unreadable { words } | GatewayError::Failing { words } => {
            (CallErrorKind::Unreadable, words.as_str())
        }
        GatewayError::Unsupported => (CallErrorKind::Unsupported, ""),
    };
    CallError {
        kind,
        words: crate::platform::logging::redact(words),
    }
}

/// How an account stands after a call failed that way.
pub(in crate::engine) fn connection_after(kind: CallErrorKind) -> Connection {
    match kind {
        CallErrorKind::CredentialsRefused => Connection::CredentialsRefused,
        CallErrorKind::CredentialsMissing => Connection::CredentialsMissing,
        _ => Connection::GatewayUnreachable,
    }
}
