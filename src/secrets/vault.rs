//! A file of secrets under a passphrase, for machines without a keyring.
//!
//! The file, version 1 (numbers little-endian): `RECADOV` and the version byte; memory in KiB, passes and lanes of
//! Argon2id (three times `u32`); the salt (16 bytes); the nonce (24 bytes); then what XChaCha20-Poly1305 makes of the
//! entries, with all before it as associated data. The nonce is random for every write, the salt for every passphrase.

use super::{SecretError, SecretPlace, SecretStatus, SecretVault, entry_name};
use crate::domain::{AccountId, Secret};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use futures_util::future::{BoxFuture, FutureExt as _, ready};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// The name of the vault within the data folder.
pub const VAULT_FILE: &str = "vault.recado";

/// The fewest characters a passphrase may have.
pub const PASSPHRASE_MIN_CHARS: usize = 8;

const MAGIC: &[u8; 8] = b"RECADOV\x01";
const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
const HEADER_BYTES: usize = MAGIC.len() + 3 * 4 + SALT_BYTES + NONCE_BYTES;
/// Far above what the accounts of one operator need; a bigger file is not one of ours.
const FILE_MAX_BYTES: u64 = 8 * 1024 * 1024;
/// Entries are padded to a multiple of this, so that the file's size does not tell the length of a password.
const PADDING_BYTES: usize = 512;

/// What guessing one passphrase costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
    /// Lanes.
    pub lanes: u32,
}

impl Cost {
    /// For real vaults: 64 MiB, three passes, four lanes (the second recommendation of RFC 9106).
    pub const PRODUCTION: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 4,
    };

    /// A changed file must not make us take all of the machine.
    fn is_bearable(self) -> bool {
        self.memory_kib <= 1024 * 1024 && self.passes <= 16 && self.lanes <= 16
    }
}

type Entries = BTreeMap<String, Secret>;

/// A key with the salt and cost it was made with.
struct Lock {
    cost: Cost,
    salt: [u8; SALT_BYTES],
    key: Zeroizing<[u8; 32]>,
}

/// An open vault.
pub struct PassphraseVault {
    path: PathBuf,
    state: Arc<Mutex<State>>,
}

struct State {
    lock: Lock,
    entries: Entries,
}

impl PassphraseVault {
    /// Makes an empty vault. Takes as long as the cost wants, away from the async threads.
    ///
    /// # Errors
    /// [`SecretError::PassphraseTooShort`]; [`SecretError::Failed`] when there is a file already or none can be written.
    pub async fn create(path: PathBuf, passphrase: Secret, cost: Cost) -> Result<Self, SecretError> {
        check_length(&passphrase)?;
        away(move || {
            if path.exists() {
                return Err(SecretError::Failed("there is a vault already".to_owned()));
            }
            let state = State {
                lock: Lock::new(&passphrase, cost)?,
                entries: Entries::new(),
            };
            write(&path, &state.lock, &state.entries)?;
            Ok(Self {
                path,
                state: Arc::new(Mutex::new(state)),
            })
        })
        .await
    }

    /// Opens the vault of this file.
    ///
    /// # Errors
    /// [`SecretError::WrongPassphrase`], also when the file was damaged; [`SecretError::Failed`] when it cannot be read.
    pub async fn open(path: PathBuf, passphrase: Secret) -> Result<Self, SecretError> {
        away(move || {
            let state = read(&path, &passphrase)?;
            Ok(Self {
                path,
                state: Arc::new(Mutex::new(state)),
            })
        })
        .await
    }

    /// Puts the vault under a new passphrase, with a new salt.
    ///
    /// # Errors
    /// [`SecretError::PassphraseTooShort`], [`SecretError::WrongPassphrase`] when `current` does not open the file,
    /// [`SecretError::Failed`] when it cannot be written: then the old passphrase stays.
    pub async fn change(&self, current: Secret, new: Secret) -> Result<(), SecretError> {
        check_length(&new)?;
        let (path, state) = (self.path.clone(), Arc::clone(&self.state));
        away(move || {
            let cost = read(&path, &current)?.lock.cost;
            let lock = Lock::new(&new, cost)?;
            let mut state = hold(&state);
            write(&path, &lock, &state.entries)?;
            state.lock = lock;
            Ok(())
        })
        .await
    }

    /// Everything in it, to be moved to another place.
    pub(super) fn snapshot(&self) -> Entries {
        hold(&self.state).entries.clone()
    }

    /// Changes the entries, on disk first and then in memory.
    pub(super) async fn alter(
        &self,
        change: impl FnOnce(&mut Entries) + Send + 'static,
    ) -> Result<(), SecretError> {
        let (path, state) = (self.path.clone(), Arc::clone(&self.state));
        away(move || {
            let mut state = hold(&state);
            let mut entries = state.entries.clone();
            change(&mut entries);
            if entries != state.entries {
                write(&path, &state.lock, &entries)?;
                state.entries = entries;
            }
            Ok(())
        })
        .await
    }

    /// The name of its file, for a person.
    #[must_use]
    pub fn name(&self) -> String {
        self.path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }
}

impl SecretVault for PassphraseVault {
    fn status(&self) -> BoxFuture<'_, SecretStatus> {
        ready(SecretStatus::Ready {
            place: SecretPlace::Vault,
            name: self.name(),
        })
        .boxed()
    }

    fn get(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<Secret, SecretError>> {
        // Only for a moment under the lock unless a write is going on, which is short as well: the slow derivation
        // is never done under it.
        let state = Arc::clone(&self.state);
        away(move || {
            hold(&state)
                .entries
                .get(&entry_name(account, field))
                .cloned()
                .ok_or(SecretError::NotFound)
        })
        .boxed()
    }

    fn put(
        &self,
        account: AccountId,
        field: &'static str,
        secret: Secret,
    ) -> BoxFuture<'_, Result<(), SecretError>> {
        self.alter(move |entries| drop(entries.insert(entry_name(account, field), secret)))
            .boxed()
    }

    fn remove(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<(), SecretError>> {
        self.alter(move |entries| drop(entries.remove(&entry_name(account, field))))
            .boxed()
    }
}

fn hold(state: &Mutex<State>) -> MutexGuard<'_, State> {
    // Memory is changed only after the disk, in one assignment.
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs work that computes or touches the disk away from the async threads.
async fn away<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, SecretError> + Send + 'static,
) -> Result<T, SecretError> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|_| Err(SecretError::Failed("the vault's work was cut off".to_owned())))
}

fn check_length(passphrase: &Secret) -> Result<(), SecretError> {
    if passphrase.reveal().chars().count() < PASSPHRASE_MIN_CHARS {
        return Err(SecretError::PassphraseTooShort);
    }
    Ok(())
}

fn failed(error: impl std::fmt::Display) -> SecretError {
    SecretError::Failed(error.to_string())
}

impl Lock {
    fn new(passphrase: &Secret, cost: Cost) -> Result<Self, SecretError> {
        Self::from_salt(passphrase, cost, rand::random())
    }

    fn from_salt(passphrase: &Secret, cost: Cost, salt: [u8; SALT_BYTES]) -> Result<Self, SecretError> {
        let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(failed)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.reveal().as_bytes(), &salt, key.as_mut_slice())
            .map_err(failed)?;
        Ok(Self { cost, salt, key })
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.key).into())
    }

    fn header(&self, nonce: &[u8; NONCE_BYTES]) -> Vec<u8> {
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = self.cost;
        let mut header = Vec::with_capacity(HEADER_BYTES);
        header.extend_from_slice(MAGIC);
        for number in [memory_kib, passes, lanes] {
            header.extend_from_slice(&number.to_le_bytes());
        }
        header.extend_from_slice(&self.salt);
        header.extend_from_slice(nonce);
        header
    }
}

fn write(path: &Path, lock: &Lock, entries: &Entries) -> Result<(), SecretError> {
    let nonce: [u8; NONCE_BYTES] = rand::random();
    let mut bytes = lock.header(&nonce);
    let plain = pack(entries)?;
    let sealed = lock
        .cipher()
        .encrypt(
            &XNonce::from(nonce),
            Payload {
                msg: &plain,
                aad: &bytes,
            },
        )
        .map_err(|_| SecretError::Failed("the vault could not be encrypted".to_owned()))?;
    bytes.extend_from_slice(&sealed);
    replace_file(path, &bytes).map_err(failed)
}

/// Replaces a file so that after a crash either the old one or the new one is there, whole. It is readable by its owner
/// only, from its first byte on.
fn replace_file(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".vault-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // The new name is safe only when the folder is on disk as well. Windows has no such call and does without.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    Ok(())
}

fn read(path: &Path, passphrase: &Secret) -> Result<State, SecretError> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(FILE_MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > FILE_MAX_BYTES {
        return Err(SecretError::WrongPassphrase);
    }
    let header: &[u8; HEADER_BYTES] = bytes.first_chunk().ok_or(SecretError::WrongPassphrase)?;
    let (cost, salt, nonce) = take_apart(header).ok_or(SecretError::WrongPassphrase)?;
    // Parameters no vault of ours has are damage like any other.
    let lock = Lock::from_salt(passphrase, cost, salt).map_err(|_| SecretError::WrongPassphrase)?;
    let sealed = Payload {
        msg: &bytes[HEADER_BYTES..],
        aad: header,
    };
    let plain = lock
        .cipher()
        .decrypt(&XNonce::from(nonce), sealed)
        .map(Zeroizing::new)
        .map_err(|_| SecretError::WrongPassphrase)?;
    let entries = unpack(&plain).ok_or(SecretError::WrongPassphrase)?;
    Ok(State { lock, entries })
}

fn take_apart(header: &[u8; HEADER_BYTES]) -> Option<(Cost, [u8; SALT_BYTES], [u8; NONCE_BYTES])> {
    let rest = header.strip_prefix(MAGIC)?;
    let (memory_kib, rest) = rest.split_first_chunk()?;
    let (passes, rest) = rest.split_first_chunk()?;
    let (lanes, rest) = rest.split_first_chunk()?;
    let (salt, rest) = rest.split_first_chunk()?;
    let cost = Cost {
        memory_kib: u32::from_le_bytes(*memory_kib),
        passes: u32::from_le_bytes(*passes),
        lanes: u32::from_le_bytes(*lanes),
    };
    cost.is_bearable().then_some((cost, *salt, *rest.first_chunk()?))
}

/// Writes the entries one after the other, each text with its length before it. The buffer has its full size from the
/// start: growing would leave copies behind.
fn pack(entries: &Entries) -> Result<Zeroizing<Vec<u8>>, SecretError> {
    let texts = || {
        entries
            .iter()
            .flat_map(|(name, secret)| [name.as_str(), secret.reveal()])
    };
    let size = 4 + texts().map(|text| 4 + text.len()).sum::<usize>();
    let size = size.next_multiple_of(PADDING_BYTES);
    let mut plain = Zeroizing::new(Vec::with_capacity(size));
    plain.extend_from_slice(&length(entries.len())?);
    for text in texts() {
        plain.extend_from_slice(&length(text.len())?);
        plain.extend_from_slice(text.as_bytes());
    }
    plain.resize(size, 0);
    Ok(plain)
}

fn length(count: usize) -> Result<[u8; 4], SecretError> {
    u32::try_from(count).map(u32::to_le_bytes).map_err(failed)
}

fn unpack(plain: &[u8]) -> Option<Entries> {
    let (count, mut rest) = plain.split_first_chunk()?;
    let mut entries = Entries::new();
    for _ in 0..u32::from_le_bytes(*count) {
        let name = take_text(&mut rest)?.to_owned();
        let secret = Secret::new(take_text(&mut rest)?.to_owned());
        entries.insert(name, secret);
    }
    Some(entries)
}

fn take_text<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let (size, after) = rest.split_first_chunk()?;
    let size = usize::try_from(u32::from_le_bytes(*size)).ok()?;
    let (text, after) = after.split_at_checked(size)?;
    *rest = after;
    std::str::from_utf8(text).ok()
}

/// Puts a vault whose passphrase is lost aside, under a name that is still free, and says which.
///
/// # Errors
/// When it cannot be renamed.
pub fn set_aside(path: &Path) -> std::io::Result<PathBuf> {
    let mut free = path.with_extension("recado.aside");
    let mut number = 1_u32;
    while free.exists() {
        number += 1;
        free = path.with_extension(format!("recado.aside-{number}"));
    }
    fs::rename(path, &free)?;
    Ok(free)
}

#[cfg(test)]
#[path = "vault_tests.rs"]
mod tests;
