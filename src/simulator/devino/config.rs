//! How a played Devino begins.

use super::super::common::CommonConfig;
use super::style::DevinoStyle;
use crate::domain::Secret;

/// A way of sending the credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DevinoAuth {
    /// `Key …`.
    Key,
    /// `Basic …` of a login and its password.
    Login,
}

/// How a played Devino begins.
#[derive(Debug, Clone)]
pub struct DevinoConfig {
    /// What the played vendors have alike.
    pub common: CommonConfig,
    /// The ways of sending the credentials that are accepted.
    pub accepted: Vec<DevinoAuth>,
    /// The key.
    pub key: Secret,
    /// The login.
    pub login: String,
    /// Its password.
    pub password: Secret,
    /// The names a message may be sent as.
    pub senders: Vec<String>,
    /// Most messages of one request; the document does not say.
    pub batch_max: usize,
    /// How things are written.
    pub style: DevinoStyle,
}

impl Default for DevinoConfig {
    fn default() -> Self {
        Self {
            common: CommonConfig::default(),
            accepted: vec![DevinoAuth::Key, DevinoAuth::Login],
            key: Secret::new("demo-key-0000".to_owned()),
            login: "demo".to_owned(),
            password: Secret::new("demo-password-0000".to_owned()),
            senders: vec!["Recado".to_owned()],
            batch_max: 100,
            style: DevinoStyle::default(),
        }
    }
}

impl DevinoConfig {
    /// Everything within milliseconds, for tests.
    #[must_use]
    pub fn fast() -> Self {
        Self {
            common: CommonConfig::fast(),
            ..Self::default()
        }
    }
}
