//! Where attachments are put, so that a gateway can fetch them: our own listener under its public name, or storage that
//! speaks the S3 protocol. How far each of them is, and until when it can be had.

use super::{AccountId, OutgoingFile, OutgoingFileId, Secret, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The longest time a file can be had from outside.
pub const HOSTED_MAX: Duration = Duration::from_secs(7 * 24 * 3_600);
/// A file is put in its place this long before the time for which its message is set.
pub const PREPARED_BEFORE: Duration = Duration::from_secs(30 * 60);
/// An address that was fetched back longer ago than this is tried again before a message with it leaves.
pub const CHECK_LASTS: Duration = Duration::from_secs(10 * 60);
/// A message does not leave with an address that ends sooner than this.
pub const ADDRESS_LASTS: Duration = Duration::from_secs(24 * 3_600);

/// Where an account's attachments from the operator's disk are put.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentHosting {
    /// Our own listener, under the public address of the settings.
    #[default]
    Listener,
    /// Storage that speaks the S3 protocol.
    Storage(StorageConfig),
    /// Nowhere: only `https` addresses that the operator gives.
    AddressOnly,
}

/// A bucket, without the keys to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct StorageConfig {
    /// `https` address of the service (`http` to this machine only).
    pub endpoint: String,
    /// Name of the bucket.
    pub bucket: String,
    /// Region, such as `sa-east-1`.
    pub region: String,
    /// What the names of our objects begin with; may be empty.
    pub prefix: String,
    /// The bucket stands in the path (`https://service/bucket/…`), not in the host's name.
    pub path_style: bool,
}

/// What is wrong with a field of a [`StorageConfig`] or its keys: the field (`endpoint`, `bucket`, `region`, `prefix`,
/// `access_key`, `secret_key`) and what is wrong there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageProblem {
    /// Which field.
    pub field: &'static str,
    /// What is wrong.
    pub kind: super::account::DraftProblemKind,
}

/// The keys to a bucket. Kept where secrets are kept, under [`StorageKeys::ACCESS_KEY`] and [`StorageKeys::SECRET_KEY`].
#[derive(Debug, Clone)]
pub struct StorageKeys {
    /// The access key's identifier.
    pub access_key: Secret,
    /// The secret access key.
    pub secret_key: Secret,
}

impl StorageKeys {
    /// The entry under which the access key is kept.
    pub const ACCESS_KEY: &'static str = "storage-access-key";
    /// The entry under which the secret key is kept.
    pub const SECRET_KEY: &'static str = "storage-secret-key";
}

/// Which kind of place a file is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HostingPlace {
    /// Our own listener.
    Listener,
    /// Storage.
    Storage,
}

impl HostingPlace {
    /// The word under which it is stored and, after `hosting-place-`, translated.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Listener => "listener",
            Self::Storage => "storage",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Listener, Self::Storage]
            .into_iter()
            .find(|place| place.key() == key)
    }
}

/// How far a file is that is uploaded in parts; kept, so that it goes on after a restart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct UploadState {
    /// What the storage calls this upload.
    pub upload_id: String,
    /// Size of every part but the last, in bytes.
    pub part_bytes: u64,
    /// The tag of every part that is there, in order.
    pub parts: Vec<String>,
}

/// Where a file is, or is being put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Which kind of place.
    pub place: HostingPlace,
    /// 256 random bits as 64 hexadecimal digits: the only way to the file.
    pub token: String,
    /// The bucket it is in, for [`HostingPlace::Storage`]: the account's may be another by now.
    pub storage: Option<StorageConfig>,
    /// How far its upload is, while it is under way in parts.
    pub upload: Option<UploadState>,
    /// Under which address it can be had; `None` until it is there.
    pub url: Option<String>,
    /// When it was there as a whole.
    pub placed_at: Option<Timestamp>,
    /// When it was last fetched back and was the same.
    pub checked_at: Option<Timestamp>,
    /// Until when it can be had.
    pub expires_at: Option<Timestamp>,
}

/// A file that is, or is being, put where a gateway can fetch it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preparation {
    /// The file.
    pub file: OutgoingFile,
    /// Where; `None` until it is begun.
    pub placement: Option<Placement>,
    /// How often it has failed.
    pub tries: u32,
}

/// A line of the list of files that can be had from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedFile {
    /// The file.
    pub file: OutgoingFile,
    /// Where it is.
    pub placement: Placement,
    /// How many messages still need it.
    pub needed_by: u32,
}

/// What is being done with a file just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreparingStep {
    /// It is being put in its place.
    Uploading {
        /// Bytes done.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
    /// It is being fetched back from outside and compared.
    Checking {
        /// Bytes done.
        done: u64,
        /// Bytes in all.
        total: u64,
    },
}

/// Files under way, by file.
pub type Preparing = std::collections::BTreeMap<OutgoingFileId, (AccountId, PreparingStep)>;

/// Why an address could not be fetched, or was not what it should be. Each has a sentence (`fetch-<key>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FetchProblem {
    /// No `https` address.
    NotHttps,
    /// It leads to this machine or into a private network.
    NotPublic,
    /// No name, no connection or no TLS; what the system said.
    Unreachable(String),
    /// No whole answer in time.
    TimedOut,
    /// It answers with this HTTP status.
    Status(u16),
    /// It leads on too often, or to where it must not.
    Redirected,
    /// Larger than this many bytes.
    TooLarge(u64),
    /// Something else came than what was put there.
    Different,
}

impl FetchProblem {
    /// The key after `fetch-` under which it is translated.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotHttps => "not-https",
            Self::NotPublic => "not-public",
            Self::Unreachable(_) => "unreachable",
            Self::TimedOut => "timed-out",
            Self::Status(_) => "status",
            Self::Redirected => "redirected",
            Self::TooLarge(_) => "too-large",
            Self::Different => "different",
        }
    }
}

/// What stands under an address the operator gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenAddress {
    /// Size in bytes, if it is told.
    pub bytes: Option<u64>,
    /// Type by its first bytes, such as `image/jpeg`; `application/octet-stream` if unknown.
    pub mime: String,
}

/// Why a place for attachments could not be saved, tried or used. Each has a sentence (`hosting-<key>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostingError {
    /// What was typed cannot stand.
    Fields(Vec<StorageProblem>),
    /// The account has no place of its own.
    NoPlace,
    /// There is no public address in the settings.
    NoPublicAddress,
    /// Nobody listens.
    NotListening,
    /// The keys cannot be read or kept here; what was said.
    Keys(String),
    /// The storage cannot be reached; what the system said.
    StorageUnreachable(String),
    /// The storage said no; its words, no secrets.
    StorageRefused(String),
    /// The storage said no, and it is known why; its code and words, no secrets.
    StorageAtOdds(StorageHint, String),
    /// It was put there and could not be fetched back.
    NotFetchedBack(FetchProblem),
    /// The file on this disk is gone or has changed; what the system said.
    FileLost(String),
    /// The database could not keep it; what was said.
    Store(String),
}

impl HostingError {
    /// Whether the storage said no.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::StorageRefused(_) | Self::StorageAtOdds(..))
    }

    /// The key after `hosting-` under which it is translated.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Fields(_) => "fields",
            Self::NoPlace => "no-place",
            Self::NoPublicAddress => "no-public-address",
            Self::NotListening => "not-listening",
            Self::Keys(_) => "keys",
            Self::StorageUnreachable(_) => "storage-unreachable",
            Self::StorageRefused(_) => "storage-refused",
            Self::StorageAtOdds(hint, _) => hint.key(),
            Self::NotFetchedBack(_) => "not-fetched-back",
            Self::FileLost(_) => "file-lost",
            Self::Store(_) => "store",
        }
    }
}

/// What is known of why a storage says no. Each has a sentence (`hosting-<key>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StorageHint {
    /// The bucket is in this region, not in the one that was typed.
    Region(String),
    /// The bucket is to be found at this host.
    Host(String),
    /// The clock of this machine is so many minutes ahead of the storage's, or behind it if negative; `None` if it is only
    /// known that they differ too much.
    Clock(Option<i64>),
    /// The address leads on to another.
    LeadsOn,
    /// What answers is no storage.
    Strange,
}

impl StorageHint {
    /// The key after `hosting-` under which it is translated, and after `detail-` for a message that waits.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Region(_) => "storage-region",
            Self::Host(_) => "storage-host",
            Self::Clock(Some(0..)) => "storage-clock-ahead",
            Self::Clock(Some(_)) => "storage-clock-behind",
            Self::Clock(None) => "storage-clock",
            Self::LeadsOn => "storage-leads-on",
            Self::Strange => "storage-strange",
        }
    }

    /// The same with what is filled into the sentence, as [`super::detail::Detail::word`] writes it.
    #[must_use]
    pub fn detail(&self) -> String {
        let value = match self {
            Self::Region(region) => Some(("region", region.clone())),
            Self::Host(host) => Some(("host", host.clone())),
            Self::Clock(Some(minutes)) => Some(("minutes", minutes.unsigned_abs().to_string())),
            Self::Clock(None) | Self::LeadsOn | Self::Strange => None,
        };
        let values = value.iter().map(|(name, value)| (*name, value.as_str()));
        super::detail::Detail {
            key: self.key(),
            values: values.collect(),
        }
        .word()
    }
}

/// What a test of a place found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HostingTest {
    /// How long putting there, fetching back and removing took, in milliseconds.
    pub milliseconds: u64,
}
