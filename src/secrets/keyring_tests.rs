use super::*;
use keyring_core::mock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use tokio::sync::watch;

/// A keyring under the test's control: its state, and a gate at which unlocking waits.
struct Played {
    state: Arc<Mutex<Look>>,
    gate: Receiver<Result<(), KeyringFault>>,
    store: Arc<mock::Store>,
    connects: Arc<AtomicUsize>,
    prompts: Arc<AtomicUsize>,
}

struct Handles {
    vault: KeyringVault,
    status: watch::Receiver<SecretStatus>,
    state: Arc<Mutex<Look>>,
    gate: Sender<Result<(), KeyringFault>>,
    store: Arc<mock::Store>,
    connects: Arc<AtomicUsize>,
    prompts: Arc<AtomicUsize>,
}

impl KeyringSystem for Played {
    fn look(&mut self) -> Look {
        self.state.lock().unwrap().clone()
    }

    fn unlock(&mut self, _make: bool) -> Result<(), KeyringFault> {
        self.prompts.fetch_add(1, Ordering::SeqCst);
        let answer = self
            .gate
            .recv()
            .map_err(|_| KeyringFault::Gone("test over".to_owned()))?;
        if answer.is_ok() {
            *self.state.lock().unwrap() = open();
        }
        answer
    }

    fn connect(&mut self) -> keyring_core::Result<Arc<CredentialStore>> {
        self.connects.fetch_add(1, Ordering::SeqCst);
        Ok(self.store.clone())
    }
}

fn open() -> Look {
    Look::Ready {
        name: "Test ring".to_owned(),
    }
}

fn ready() -> SecretStatus {
    SecretStatus::Ready {
        place: SecretPlace::Keyring,
        name: "Test ring".to_owned(),
    }
}

fn start(state: Look, patience: Duration) -> Handles {
    let (gate, at_gate) = std::sync::mpsc::channel();
    let (tell, status) = watch::channel(SecretStatus::Checking);
    let state = Arc::new(Mutex::new(state));
    let store = mock::Store::new().unwrap();
    let connects = Arc::new(AtomicUsize::new(0));
    let prompts = Arc::new(AtomicUsize::new(0));
    let played = Played {
        state: state.clone(),
        gate: at_gate,
        store: store.clone(),
        connects: connects.clone(),
        prompts: prompts.clone(),
    };
    let vault = KeyringVault::start(Box::new(played), "recado-test", patience, move |status| {
        tell.send_replace(status);
    });
    Handles {
        vault: vault.unwrap(),
        status,
        state,
        gate,
        store,
        connects,
        prompts,
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn set_error(handles: &Handles, account: AccountId, error: StoreError) {
    let entry = keyring_core::CredentialStore::build(
        &*handles.store,
        "recado-test",
        &entry_name(account, "token"),
        None,
    )
    .unwrap();
    entry
        .as_any()
        .downcast_ref::<mock::Cred>()
        .unwrap()
        .set_error(error);
}

const LONG: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(50);

#[tokio::test]
async fn an_open_keyring_keeps_gives_and_forgets() {
    let handles = start(open(), LONG);
    let account = AccountId::new();
    assert_eq!(
        handles.vault.get(account, "token").await,
        Err(SecretError::NotFound)
    );
    handles
        .vault
        .put(account, "token", secret("tök3n"))
        .await
        .unwrap();
    assert_eq!(
        handles.vault.get(account, "token").await.unwrap().reveal(),
        "tök3n"
    );
    handles.vault.remove(account, "token").await.unwrap();
    handles.vault.remove(account, "token").await.unwrap();
    assert_eq!(
        handles.vault.get(account, "token").await,
        Err(SecretError::NotFound)
    );
    assert_eq!(*handles.status.borrow(), ready());
    assert_eq!(handles.connects.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_silent_keyring_is_waited_for_no_longer_than_the_patience_and_its_late_answer_is_taken() {
    let mut handles = start(Look::Locked, SHORT);
    let account = AccountId::new();
    let begun = std::time::Instant::now();
    assert_eq!(
        handles.vault.get(account, "token").await,
        Err(SecretError::NoAnswer)
    );
    assert!(begun.elapsed() >= SHORT);
    assert_eq!(*handles.status.borrow(), SecretStatus::Locked);

    // While it is silent nothing piles up: every other call is answered without waiting.
    for _ in 0..1000 {
        assert_eq!(
            handles.vault.put(account, "token", secret("late")).await,
            Err(SecretError::NoAnswer)
        );
    }
    assert_eq!(handles.vault.look(Effort::Look).await, SecretStatus::Locked);
    assert!(begun.elapsed() < 1000 * SHORT);

    handles.gate.send(Ok(())).unwrap();
    handles
        .status
        .wait_for(|status| *status == ready())
        .await
        .unwrap();
    handles.vault.patience = LONG;
    // What an asker was told to be lost has not been kept behind its back.
    assert_eq!(
        handles.vault.get(account, "token").await,
        Err(SecretError::NotFound)
    );
    handles.vault.put(account, "token", secret("now")).await.unwrap();
    assert_eq!(handles.vault.get(account, "token").await.unwrap().reveal(), "now");
    assert_eq!(handles.prompts.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_secret_given_up_for_lost_is_not_written_when_the_keyring_opens_later() {
    let mut handles = start(Look::Locked, SHORT);
    let account = AccountId::new();
    assert_eq!(
        handles.vault.put(account, "token", secret("given up")).await,
        Err(SecretError::NoAnswer)
    );
    handles.gate.send(Ok(())).unwrap();
    handles
        .status
        .wait_for(|status| *status == ready())
        .await
        .unwrap();
    handles.vault.patience = LONG;
    assert_eq!(
        handles.vault.get(account, "token").await,
        Err(SecretError::NotFound)
    );
}

#[tokio::test]
async fn a_prompt_that_was_closed_comes_back_only_when_the_operator_acts() {
    let handles = start(Look::Locked, LONG);
    let account = AccountId::new();
    handles.gate.send(Err(KeyringFault::Dismissed)).unwrap();
    assert_eq!(handles.vault.look(Effort::Unlock).await, SecretStatus::Locked);
    for _ in 0..5 {
        assert_eq!(
            handles.vault.get(account, "token").await,
            Err(SecretError::NoAnswer)
        );
    }
    assert_eq!(handles.prompts.load(Ordering::SeqCst), 1);
    handles.gate.send(Ok(())).unwrap();
    handles.vault.put(account, "token", secret("kept")).await.unwrap();
    assert_eq!(handles.prompts.load(Ordering::SeqCst), 2);
    assert_eq!(
        handles.vault.get(account, "token").await.unwrap().reveal(),
        "kept"
    );
}

#[tokio::test]
async fn a_keyring_that_comes_up_late_is_found_by_trying_again() {
    let handles = start(
        Look::Absent {
            words: "no bus".to_owned(),
        },
        LONG,
    );
    let account = AccountId::new();
    let absent = SecretStatus::Absent {
        words: "no bus".to_owned(),
    };
    assert_eq!(handles.vault.look(Effort::Unlock).await, absent);
    assert_eq!(
        handles.vault.get(account, "token").await,
        Err(SecretError::Absent("no bus".to_owned()))
    );
    assert_eq!(handles.prompts.load(Ordering::SeqCst), 0);
    *handles.state.lock().unwrap() = open();
    assert_eq!(handles.vault.look(Effort::Make).await, ready());
    handles.vault.put(account, "token", secret("x")).await.unwrap();
}

#[tokio::test]
async fn a_keyring_is_made_only_when_asked_to() {
    let handles = start(
        Look::Absent {
            words: "none yet".to_owned(),
        },
        LONG,
    );
    handles.gate.send(Ok(())).unwrap();
    assert_eq!(handles.vault.look(Effort::Make).await, ready());
    assert_eq!(handles.prompts.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_restarted_keyring_is_connected_to_again() {
    let handles = start(open(), LONG);
    let account = AccountId::new();
    handles.vault.put(account, "token", secret("kept")).await.unwrap();
    set_error(
        &handles,
        account,
        StoreError::PlatformFailure("session is gone".into()),
    );
    assert_eq!(
        handles.vault.get(account, "token").await.unwrap().reveal(),
        "kept"
    );
    assert_eq!(handles.connects.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn errors_come_in_our_words_and_without_the_bytes_they_carry() {
    let handles = start(open(), LONG);
    let account = AccountId::new();
    for (error, expected) in [
        (StoreError::NoEntry, SecretError::NotFound),
        (
            StoreError::NoStorageAccess("declined".into()),
            SecretError::NoAnswer,
        ),
        (
            StoreError::BadEncoding(b"canary".to_vec()),
            SecretError::Failed("what the keyring holds is not a text".to_owned()),
        ),
        (
            StoreError::TooLong("password".to_owned(), 1280),
            SecretError::Failed("the keyring takes at most 1280 characters".to_owned()),
        ),
    ] {
        set_error(&handles, account, error);
        assert_eq!(handles.vault.get(account, "token").await, Err(expected));
    }
    assert!(matches!(
        handles.vault.get(account, "token").await,
        Err(SecretError::NotFound)
    ));
}

/// A keyring whose every call blocks until the test lets go.
struct Blocked(Receiver<()>);

impl KeyringSystem for Blocked {
    fn look(&mut self) -> Look {
        self.0.recv().ok();
        open()
    }

    fn unlock(&mut self, _make: bool) -> Result<(), KeyringFault> {
        Ok(())
    }

    fn connect(&mut self) -> keyring_core::Result<Arc<CredentialStore>> {
        panic!("a store that panics must not take the thread along");
    }
}

#[tokio::test]
async fn a_look_that_blocks_counts_as_locked_and_a_panic_of_the_store_is_survived() {
    let (let_go, gate) = std::sync::mpsc::channel();
    let (tell, mut status) = watch::channel(SecretStatus::Checking);
    let mut vault = KeyringVault::start(Box::new(Blocked(gate)), "recado-test", SHORT, move |status| {
        tell.send_replace(status);
    })
    .unwrap();
    assert_eq!(vault.status().await, SecretStatus::Locked);
    drop(let_go);
    status.wait_for(|status| *status == ready()).await.unwrap();
    vault.patience = LONG;
    let account = AccountId::new();
    for _ in 0..2 {
        assert!(matches!(
            vault.get(account, "token").await,
            Err(SecretError::Failed(_))
        ));
    }
    assert_eq!(vault.status().await, ready());
}
