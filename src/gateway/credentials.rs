//! What a client needs to know of an account, and how each of them begins with it.

use super::http::{HttpClient, Timeouts};
use super::redaction::Redactor;
use super::{AUTH_FORM, GatewayError};
use crate::domain::Secret;
use std::collections::BTreeMap;
use url::Url;

/// What a client needs to know of an account.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Base address; checked with [`crate::domain::account::check_base_url`].
    pub base_url: Url,
    /// Every credential field by key.
    pub fields: BTreeMap<String, Secret>,
}

impl Credentials {
    /// A field that must be there.
    ///
    /// # Errors
    /// [`GatewayError::CredentialsRefused`] if it is missing or empty.
    pub(super) fn required(&self, key: &str) -> Result<Secret, GatewayError> {
        let value = self.fields.get(key).filter(|value| !value.is_empty()).cloned();
        value.ok_or_else(|| refused(format!("{key} is missing")))
    }

    /// The way of sending them that the account chose; empty for the usual one.
    pub(super) fn auth_form(&self) -> &str {
        self.fields.get(AUTH_FORM).map_or("", |form| form.reveal())
    }

    /// The HTTP client of the account, which cuts these secrets out of everything.
    ///
    /// # Errors
    /// [`GatewayError::Unreachable`] if the base address is refused or no client can be made on this machine.
    pub(super) fn http(&self, timeouts: Timeouts, secrets: &[Secret]) -> Result<HttpClient, GatewayError> {
        HttpClient::new(&self.base_url, timeouts, Redactor::new(secrets)).map_err(|words| {
            GatewayError::Unreachable {
                words,
                may_have_left: false,
            }
        })
    }
}

/// The credentials cannot be used as they are.
pub(super) fn refused(words: impl Into<String>) -> GatewayError {
    GatewayError::CredentialsRefused { words: words.into() }
}
