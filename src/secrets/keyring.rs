//! The system's keyring.
//!
//! A keyring may answer at once, after its prompt has been answered, or never. So one thread of its own makes every
//! call; whoever asks waits for [`KEYRING_PATIENCE`](super::KEYRING_PATIENCE) and no longer. A call that is late goes on,
//! and when it ends the status tells that asking again is worth it.

use super::{SecretError, SecretPlace, SecretStatus, SecretVault, entry_name};
use crate::domain::{AccountId, Secret};
use futures_util::future::{BoxFuture, FutureExt as _};
use keyring_core::{CredentialStore, Error as StoreError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::oneshot;

/// Under which service name the program keeps its entries.
pub const KEYRING_SERVICE: &str = "recado";

/// How many calls may wait for the keyring's thread. More than a screen full of accounts asks for at once.
const WAITING_CALLS: usize = 64;

/// What a look at the keyring found. Looking raises no prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Look {
    /// It can be used; its name for a person.
    Ready {
        /// The product's name.
        name: String,
    },
    /// It is there but locked.
    Locked,
    /// There is none; what the system said.
    Absent {
        /// What the system said.
        words: String,
    },
}

/// Why a keyring could not be unlocked or spoken to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringFault {
    /// The operator closed its prompt.
    #[error("its prompt was closed")]
    Dismissed,
    /// It is not there, or no longer; what the system said.
    #[error("{0}")]
    Gone(String),
}

/// The keyring of an operating system. Every call is made on the keyring's own thread and may block.
pub trait KeyringSystem: Send {
    /// How it stands, without a prompt.
    fn look(&mut self) -> Look;
    /// Unlocks it, asking the operator where it must; with `make`, makes one where there is none.
    ///
    /// # Errors
    /// When the operator declines, or nothing is there.
    fn unlock(&mut self, make: bool) -> Result<(), KeyringFault>;
    /// Starts a store. Called again after a failure, so that a keyring that comes up late is found.
    ///
    /// # Errors
    /// What the store says.
    fn connect(&mut self) -> keyring_core::Result<Arc<CredentialStore>>;
}

/// How far a look may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Look only.
    Look,
    /// Ask the operator to unlock what is locked.
    Unlock,
    /// As well, make a keyring where there is none.
    Make,
}

/// The keyring of this system, for the program itself.
#[must_use]
pub fn system_keyring() -> Box<dyn KeyringSystem> {
    #[cfg(target_os = "linux")]
    return Box::new(super::secret_service::SecretService::default());
    #[cfg(not(target_os = "linux"))]
    Box::new(NativeKeyring)
}

/// The keyrings of Windows and macOS belong to the session: they are there and open.
#[cfg(not(target_os = "linux"))]
struct NativeKeyring;

#[cfg(not(target_os = "linux"))]
impl KeyringSystem for NativeKeyring {
    fn look(&mut self) -> Look {
        let name = match std::env::consts::OS {
            "windows" => "Credential Manager",
            "macos" => "Keychain",
            _ => {
                return Look::Absent {
                    words: "this system has no keyring".to_owned(),
                };
            }
        };
        Look::Ready {
            name: name.to_owned(),
        }
    }

    fn unlock(&mut self, _make: bool) -> Result<(), KeyringFault> {
        Ok(())
    }

    fn connect(&mut self) -> keyring_core::Result<Arc<CredentialStore>> {
        #[cfg(windows)]
        return Ok(windows_native_keyring_store::Store::new()?);
        #[cfg(target_os = "macos")]
        return Ok(apple_native_keyring_store::keychain::Store::new()?);
        #[cfg(not(any(windows, target_os = "macos")))]
        Err(StoreError::NoDefaultStore)
    }
}

type Reply<T> = oneshot::Sender<Result<T, SecretError>>;

/// One call, and where its answer goes.
enum Call {
    Look(Effort, Reply<SecretStatus>),
    Get(String, Reply<Secret>),
    Put(String, Secret, Reply<()>),
    Remove(String, Reply<()>),
}

/// What the askers and the thread share.
struct Desk {
    /// Calls handed in so far.
    handed_in: u64,
    /// Calls done so far; the thread takes them in order.
    done: u64,
    /// A call has outlasted the patience of its asker and is not done.
    stuck: bool,
    status: SecretStatus,
}

struct Shared {
    desk: Mutex<Desk>,
    told: Box<dyn Fn(SecretStatus) + Send + Sync>,
}

impl Shared {
    fn desk(&self) -> MutexGuard<'_, Desk> {
        // Four plain values, whole between any two statements.
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, status: SecretStatus) {
        {
            let mut desk = self.desk();
            if desk.status == status {
                return;
            }
            desk.status = status.clone();
        }
        (self.told)(status);
    }
}

/// The system's keyring as a place for secrets.
pub struct KeyringVault {
    calls: SyncSender<Call>,
    shared: Arc<Shared>,
    patience: Duration,
}

impl KeyringVault {
    /// Starts the keyring's thread; nothing is asked of the keyring yet. `told` hears every change of its status, on the
    /// thread or on an asker's.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(
        system: Box<dyn KeyringSystem>,
        service: &str,
        patience: Duration,
        told: impl Fn(SecretStatus) + Send + Sync + 'static,
    ) -> std::io::Result<Self> {
        let desk = Desk {
            handed_in: 0,
            done: 0,
            stuck: false,
            status: SecretStatus::Checking,
        };
        let shared = Arc::new(Shared {
            desk: Mutex::new(desk),
            told: Box::new(told),
        });
        let (calls, waiting) = sync_channel(WAITING_CALLS);
        let clerk = Clerk {
            system,
            service: service.to_owned(),
            store: None,
            declined: false,
            shared: Arc::clone(&shared),
        };
        // Not joined: a keyring that never answers must not hold the program's end.
        std::thread::Builder::new()
            .name("keyring".to_owned())
            .spawn(move || clerk.serve(&waiting))?;
        Ok(Self {
            calls,
            shared,
            patience,
        })
    }

    /// Looks at the keyring, going as far as `effort` says. What takes longer than the patience counts as locked, goes on,
    /// and is told when it ends.
    pub async fn look(&self, effort: Effort) -> SecretStatus {
        match self.ask(|reply| Call::Look(effort, reply)).await {
            Ok(status) => status,
            Err(SecretError::NoAnswer) => SecretStatus::Locked,
            Err(error) => SecretStatus::Absent {
                words: error.to_string(),
            },
        }
    }

    /// Begins a look and does not wait for what it finds.
    pub fn begin_look(&self, effort: Effort) {
        let (reply, _) = oneshot::channel();
        // When the channel is full, the calls in it will find out as much.
        self.hand_in(Call::Look(effort, reply)).ok();
    }

    pub(super) async fn put_entry(&self, name: String, secret: Secret) -> Result<(), SecretError> {
        self.ask(|reply| Call::Put(name, secret, reply)).await
    }

    fn hand_in(&self, call: Call) -> Result<u64, SecretError> {
        let mut desk = self.shared.desk();
        if desk.stuck {
            return Err(SecretError::NoAnswer);
        }
        // Only `try_send` under the lock: it never waits.
        match self.calls.try_send(call) {
            Ok(()) => {
                desk.handed_in += 1;
                Ok(desk.handed_in)
            }
            Err(std::sync::mpsc::TrySendError::Full(_)) => Err(SecretError::NoAnswer),
            Err(std::sync::mpsc::TrySendError::Disconnected(_)) => {
                Err(SecretError::Failed("the keyring's thread has ended".to_owned()))
            }
        }
    }

    async fn ask<T>(&self, call: impl FnOnce(Reply<T>) -> Call) -> Result<T, SecretError> {
        let (reply, answer) = oneshot::channel();
        let number = self.hand_in(call(reply))?;
        match tokio::time::timeout(self.patience, answer).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(SecretError::Failed(
                "the keyring's thread gave no answer".to_owned(),
            )),
            Err(_) => {
                let mut desk = self.shared.desk();
                if desk.done < number {
                    desk.stuck = true;
                    drop(desk);
                    self.shared.tell(SecretStatus::Locked);
                }
                Err(SecretError::NoAnswer)
            }
        }
    }
}

impl SecretVault for KeyringVault {
    fn status(&self) -> BoxFuture<'_, SecretStatus> {
        self.look(Effort::Look).boxed()
    }

    fn get(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<Secret, SecretError>> {
        self.ask(move |reply| Call::Get(entry_name(account, field), reply))
            .boxed()
    }

    fn put(
        &self,
        account: AccountId,
        field: &'static str,
        secret: Secret,
    ) -> BoxFuture<'_, Result<(), SecretError>> {
        self.put_entry(entry_name(account, field), secret).boxed()
    }

    fn remove(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<(), SecretError>> {
        self.ask(move |reply| Call::Remove(entry_name(account, field), reply))
            .boxed()
    }
}

/// Who sits on the keyring's thread.
struct Clerk {
    system: Box<dyn KeyringSystem>,
    service: String,
    store: Option<Arc<CredentialStore>>,
    /// The operator closed the prompt: reading does not raise it again by itself, or every poll of a gateway would.
    declined: bool,
    shared: Arc<Shared>,
}

impl Clerk {
    fn serve(mut self, waiting: &Receiver<Call>) {
        while let Ok(call) = waiting.recv() {
            // The store's own code may panic (it says so of its locks); the thread must outlive that.
            if catch_unwind(AssertUnwindSafe(|| self.handle(call))).is_err() {
                self.store = None;
                tracing::error!("the keyring store panicked");
            }
            let mut desk = self.shared.desk();
            desk.done += 1;
            desk.stuck = false;
        }
    }

    fn handle(&mut self, call: Call) {
        match call {
            Call::Look(effort, reply) => {
                let status = self.look(effort);
                self.finish(reply, Ok(status));
            }
            Call::Get(name, reply) => {
                if reply.is_closed() {
                    return;
                }
                let outcome = self.with_store(false, &name, || true, |entry| entry.get_password());
                self.finish(reply, outcome.map(Secret::new));
            }
            Call::Put(name, secret, reply) => {
                // An asker who was told "no answer" thinks it was not kept: an unlocking that took too long
                // must not be followed by the writing.
                let wanted = || !reply.is_closed();
                let outcome =
                    self.with_store(true, &name, wanted, |entry| entry.set_password(secret.reveal()));
                self.finish(reply, outcome);
            }
            Call::Remove(name, reply) => {
                let outcome = match self.with_store(
                    true,
                    &name,
                    || !reply.is_closed(),
                    |entry| entry.delete_credential(),
                ) {
                    Err(SecretError::NotFound) => Ok(()),
                    other => other,
                };
                self.finish(reply, outcome);
            }
        }
    }

    /// Answers. `stuck` is taken back first, so that who hears the answer or the status may ask at once.
    fn finish<T>(&self, reply: Reply<T>, outcome: Result<T, SecretError>) {
        self.shared.desk().stuck = false;
        if let Err(error @ SecretError::Failed(_)) = &outcome {
            tracing::warn!(%error, "a keyring call failed");
        }
        // Nobody waits any more for a late answer; a secret in it is overwritten here.
        reply.send(outcome).ok();
    }

    /// Looks, and unlocks or makes as far as allowed. Tells the status on the way.
    fn look(&mut self, effort: Effort) -> SecretStatus {
        let mut found = self.system.look();
        let may_ask = match found {
            Look::Ready { .. } => false,
            Look::Locked => effort != Effort::Look,
            Look::Absent { .. } => effort == Effort::Make,
        };
        if may_ask {
            self.shared.tell(SecretStatus::Locked);
            match self.system.unlock(effort == Effort::Make) {
                Ok(()) => found = self.system.look(),
                Err(KeyringFault::Dismissed) => self.declined = true,
                Err(KeyringFault::Gone(words)) => found = Look::Absent { words },
            }
        }
        let status = match found {
            Look::Ready { name } => {
                self.declined = false;
                SecretStatus::Ready {
                    place: SecretPlace::Keyring,
                    name,
                }
            }
            Look::Locked => SecretStatus::Locked,
            Look::Absent { words } => {
                self.store = None;
                SecretStatus::Absent { words }
            }
        };
        self.shared.desk().stuck = false;
        self.shared.tell(status.clone());
        status
    }

    /// Does something with an entry; after a failure of the platform once more with a new store, because a keyring
    /// that was restarted knows nothing of the old one's session.
    fn with_store<T>(
        &mut self,
        may_prompt_again: bool,
        name: &str,
        wanted: impl Fn() -> bool,
        act: impl Fn(&keyring::Entry) -> keyring_core::Result<T>,
    ) -> Result<T, SecretError> {
        for last_try in [false, true] {
            let effort = if self.declined && !may_prompt_again {
                Effort::Look
            } else {
                Effort::Unlock
            };
            match self.look(effort) {
                SecretStatus::Ready { .. } => {}
                SecretStatus::Absent { words } => return Err(SecretError::Absent(words)),
                _ => return Err(SecretError::NoAnswer),
            }
            if !wanted() {
                return Err(SecretError::NoAnswer);
            }
            let outcome = self.store().and_then(|store| {
                let inner = store.build(&self.service, name, None)?;
                on_each_match(&keyring::Entry { inner }, &act)
            });
            match outcome {
                Ok(value) => return Ok(value),
                Err(StoreError::PlatformFailure(_)) if !last_try => self.store = None,
                Err(error) => return Err(self.fault(error)),
            }
        }
        Err(SecretError::NoAnswer)
    }

    fn store(&mut self) -> keyring_core::Result<Arc<CredentialStore>> {
        if let Some(store) = &self.store {
            return Ok(Arc::clone(store));
        }
        let store = self.system.connect()?;
        self.store = Some(Arc::clone(&store));
        Ok(store)
    }

    /// Puts a store's error into our words; never the bytes some of them carry.
    fn fault(&mut self, error: StoreError) -> SecretError {
        match error {
            StoreError::NoEntry => SecretError::NotFound,
            StoreError::NoStorageAccess(_) => {
                self.shared.tell(SecretStatus::Locked);
                SecretError::NoAnswer
            }
            StoreError::NoDefaultStore => {
                let words = error.to_string();
                self.shared.tell(SecretStatus::Absent { words: words.clone() });
                SecretError::Absent(words)
            }
            StoreError::BadEncoding(_) | StoreError::BadDataFormat(..) => {
                SecretError::Failed("what the keyring holds is not a text".to_owned())
            }
            StoreError::TooLong(_, limit) => {
                SecretError::Failed(format!("the keyring takes at most {limit} characters"))
            }
            StoreError::Ambiguous(_) => SecretError::Failed("the keyring holds it more than once".to_owned()),
            other => SecretError::Failed(other.to_string()),
        }
    }
}

/// Acts on the entry; where a keyring holds the same entry twice (two programs may write at once), on each of them.
fn on_each_match<T>(
    entry: &keyring::Entry,
    act: &impl Fn(&keyring::Entry) -> keyring_core::Result<T>,
) -> keyring_core::Result<T> {
    match act(entry) {
        Err(StoreError::Ambiguous(matches)) => {
            let mut last = Err(StoreError::NoEntry);
            for inner in matches {
                last = Ok(act(&keyring::Entry { inner })?);
            }
            last
        }
        other => other,
    }
}

#[cfg(test)]
#[path = "keyring_tests.rs"]
mod tests;
