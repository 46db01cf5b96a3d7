//! How a played DecisionTelecom begins.

use super::super::common::CommonConfig;
use super::style::DecisionStyle;
use crate::domain::Secret;

/// A way of sending the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DecisionAuth {
    /// `Basic` and base64 of the key, as the vendor's own programs send it.
    Key,
    /// `Basic` and base64 of the key with a colon behind it, as the document's PHP sends it.
    KeyColon,
    /// `Basic` and the key as it is, as the document's command line sends it.
    Raw,
}

/// How a played DecisionTelecom begins.
#[derive(Debug, Clone)]
pub struct DecisionConfig {
    /// What the played vendors have alike.
    pub common: CommonConfig,
    /// The ways of sending the key that are accepted.
    pub accepted: Vec<DecisionAuth>,
    /// The key.
    pub key: Secret,
    /// The names a message may be sent as.
    pub senders: Vec<String>,
    /// How things are written.
    pub style: DecisionStyle,
}

impl Default for DecisionConfig {
    fn default() -> Self {
        Self {
            common: CommonConfig::default(),
            accepted: vec![DecisionAuth::Key, DecisionAuth::KeyColon, DecisionAuth::Raw],
            key: Secret::new("demo-key-0000".to_owned()),
            senders: vec!["Recado".to_owned()],
            style: DecisionStyle::default(),
        }
    }
}

impl DecisionConfig {
    /// Everything within milliseconds, for tests.
    #[must_use]
    pub fn fast() -> Self {
        Self {
            common: CommonConfig::fast(),
            ..Self::default()
        }
    }
}
