//! What stands in the card, and what of it cannot stand.

use crate::domain::Secret;
use crate::domain::account::{DraftProblemKind, check_base_url, clean_credential};
use crate::domain::hosting::{AttachmentHosting, StorageConfig, StorageKeys, StorageProblem};
use zeroize::Zeroizing;

/// Longest text of a field that is no secret, in characters.
const TEXT_MAX: usize = 1_000;
/// Longest name of a bucket, in characters.
const BUCKET_MAX: usize = 63;

/// Which of the places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// Our own listener.
    #[default]
    Listener,
    /// Storage that speaks the S3 protocol.
    Storage,
    /// Nowhere.
    AddressOnly,
}

impl Place {
    /// Every one, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Listener, Self::Storage, Self::AddressOnly];

    /// The key after `hosting-choice-`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Listener => "listener",
            Self::Storage => "storage",
            Self::AddressOnly => "address",
        }
    }
}

/// Everything that can be typed. The keys are overwritten in memory when they are let go; there is no `Debug`, so that
/// they cannot get into a log.
#[derive(Clone, PartialEq)]
pub(super) struct Values {
    pub place: Place,
    pub endpoint: String,
    pub bucket: String,
    pub region: String,
    pub prefix: String,
    pub path_style: bool,
    pub access_key: Zeroizing<String>,
    pub secret_key: Zeroizing<String>,
}

impl Values {
    /// Of what is saved; the keys are not read.
    pub fn of(hosting: &AttachmentHosting) -> Self {
        let (place, config) = match hosting {
            AttachmentHosting::Listener => (Place::Listener, None),
            AttachmentHosting::Storage(config) => (Place::Storage, Some(config.clone())),
            AttachmentHosting::AddressOnly => (Place::AddressOnly, None),
        };
        // Every service answers to a bucket in the path; as part of the host's name it needs a wildcard certificate.
        let config = config.unwrap_or_else(|| StorageConfig {
            path_style: true,
            ..StorageConfig::default()
        });
        Self {
            place,
            endpoint: config.endpoint,
            bucket: config.bucket,
            region: config.region,
            prefix: config.prefix,
            path_style: config.path_style,
            access_key: Zeroizing::default(),
            secret_key: Zeroizing::default(),
        }
    }

    /// The same, as the engine takes it.
    pub fn hosting(&self) -> AttachmentHosting {
        match self.place {
            Place::Listener => AttachmentHosting::Listener,
            Place::AddressOnly => AttachmentHosting::AddressOnly,
            Place::Storage => AttachmentHosting::Storage(StorageConfig {
                endpoint: clean_credential(&self.endpoint),
                bucket: clean_credential(&self.bucket),
                region: clean_credential(&self.region),
                // A prefix is written with slashes around it as often as without; what is meant is the same.
                prefix: clean_credential(&self.prefix).trim_matches('/').to_owned(),
                path_style: self.path_style,
            }),
        }
    }

    /// The keys that were typed; `None` where those that are kept are to stay.
    pub fn keys(&self) -> Option<StorageKeys> {
        (self.place == Place::Storage && self.has_typed_keys()).then(|| StorageKeys {
            access_key: Secret::new(clean_credential(&self.access_key)),
            secret_key: Secret::new(clean_credential(&self.secret_key)),
        })
    }

    /// Whether one of the keys has been typed: then both have to be, because they belong together.
    pub fn has_typed_keys(&self) -> bool {
        !self.access_key.is_empty() || !self.secret_key.is_empty()
    }

    /// Whether saving these would change something.
    pub fn differs_from(&self, saved: &Self) -> bool {
        self.hosting() != saved.hosting() || self.keys().is_some()
    }

    /// The same without the keys.
    pub fn without_keys(&self) -> Self {
        Self {
            access_key: Zeroizing::default(),
            secret_key: Zeroizing::default(),
            ..self.clone()
        }
    }

    /// Whether a field is the same in both.
    pub fn same(&self, other: &Self, field: &str) -> bool {
        match field {
            "endpoint" => self.endpoint == other.endpoint,
            "bucket" => self.bucket == other.bucket,
            "region" => self.region == other.region,
            "prefix" => self.prefix == other.prefix,
            "access_key" => self.access_key == other.access_key,
            "secret_key" => self.secret_key == other.secret_key,
            _ => true,
        }
    }

    /// What can be seen from here to be wrong; the engine looks again, and further. `kept`: whether keys are kept
    /// already, which stay while none are typed.
    pub fn problems(&self, kept: bool) -> Vec<StorageProblem> {
        let AttachmentHosting::Storage(config) = self.hosting() else {
            return Vec::new();
        };
        let needs_keys = !kept || self.has_typed_keys();
        let key = |typed: &str| {
            let value = Zeroizing::new(clean_credential(typed));
            text_problem(&value, TEXT_MAX).filter(|_| needs_keys)
        };
        let found = [
            (
                "endpoint",
                text_problem(&config.endpoint, TEXT_MAX).or_else(|| check_base_url(&config.endpoint).err()),
            ),
            ("bucket", text_problem(&config.bucket, BUCKET_MAX)),
            ("region", text_problem(&config.region, TEXT_MAX)),
            ("access_key", key(&self.access_key)),
            ("secret_key", key(&self.secret_key)),
            (
                "prefix",
                text_problem(&config.prefix, TEXT_MAX).filter(|kind| *kind != DraftProblemKind::Empty),
            ),
        ];
        found
            .into_iter()
            .filter_map(|(field, kind)| kind.map(|kind| StorageProblem { field, kind }))
            .collect()
    }
}

fn text_problem(value: &str, max: usize) -> Option<DraftProblemKind> {
    if value.is_empty() {
        Some(DraftProblemKind::Empty)
    } else if value.chars().count() > max {
        Some(DraftProblemKind::TooLong(max))
    } else if value.chars().any(char::is_control) {
        Some(DraftProblemKind::ControlCharacters)
    } else {
        None
    }
}
