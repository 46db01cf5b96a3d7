use super::*;
use crate::secrets::keyring::{KeyringFault, Look};
use keyring_core::{CredentialStore, mock};
use std::sync::Mutex;

const CHEAP: Cost = Cost {
    memory_kib: 8,
    passes: 1,
    lanes: 1,
};

/// A keyring that is there or not, as the test says.
#[derive(Clone)]
struct Switched {
    there: Arc<Mutex<bool>>,
    store: Arc<mock::Store>,
}

impl KeyringSystem for Switched {
    fn look(&mut self) -> Look {
        match *self.there.lock().unwrap() {
            true => Look::Ready {
                name: "Test ring".to_owned(),
            },
            false => Look::Absent {
                words: "none".to_owned(),
            },
        }
    }

    fn unlock(&mut self, _make: bool) -> Result<(), KeyringFault> {
        Err(KeyringFault::Gone("none".to_owned()))
    }

    fn connect(&mut self) -> keyring_core::Result<Arc<CredentialStore>> {
        Ok(self.store.clone())
    }
}

struct Bench {
    folder: tempfile::TempDir,
    keyring: Switched,
}

impl Bench {
    fn new(there: bool) -> Self {
        let keyring = Switched {
            there: Arc::new(Mutex::new(there)),
            store: mock::Store::new().unwrap(),
        };
        Self {
            folder: tempfile::tempdir().unwrap(),
            keyring,
        }
    }

    fn start(&self) -> Secrets {
        Secrets::start(SecretsSetup {
            system: Box::new(self.keyring.clone()),
            service: "recado-test".to_owned(),
            patience: Duration::from_secs(60),
            vault_path: self.folder.path().join(VAULT_FILE),
            vault_cost: CHEAP,
        })
    }

    fn switch(&self, there: bool) {
        *self.keyring.there.lock().unwrap() = there;
    }
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn keyring_ready() -> SecretStatus {
    SecretStatus::Ready {
        place: SecretPlace::Keyring,
        name: "Test ring".to_owned(),
    }
}

fn vault_ready() -> SecretStatus {
    SecretStatus::Ready {
        place: SecretPlace::Vault,
        name: VAULT_FILE.to_owned(),
    }
}

fn absent() -> SecretStatus {
    SecretStatus::Absent {
        words: "none".to_owned(),
    }
}

async fn settle(secrets: &Secrets, wanted: SecretStatus) {
    secrets
        .watch()
        .wait_for(|status| *status == wanted)
        .await
        .unwrap();
}

#[tokio::test]
async fn the_keyring_is_used_where_there_is_one() {
    let bench = Bench::new(true);
    let secrets = bench.start();
    settle(&secrets, keyring_ready()).await;
    let account = AccountId::new();
    secrets.put(account, "token", secret("one")).await.unwrap();
    drop(secrets);
    let secrets = bench.start();
    assert_eq!(secrets.get(account, "token").await.unwrap().reveal(), "one");
    assert_eq!(secrets.status().await, keyring_ready());
    assert_eq!(std::fs::read_dir(bench.folder.path()).unwrap().count(), 0);
}

#[tokio::test]
async fn without_a_keyring_the_operator_chooses_and_a_vault_is_remembered() {
    let bench = Bench::new(false);
    let secrets = bench.start();
    settle(&secrets, absent()).await;
    let account = AccountId::new();
    let refused = secrets.put(account, "token", secret("one")).await;
    assert_eq!(refused, Err(SecretError::Absent("none".to_owned())));
    assert_eq!(
        secrets.use_vault(secret("short")).await,
        Err(SecretError::PassphraseTooShort)
    );
    assert_eq!(secrets.current(), absent());
    secrets.use_vault(secret("long enough")).await.unwrap();
    assert_eq!(secrets.current(), vault_ready());
    secrets.put(account, "token", secret("one")).await.unwrap();
    drop(secrets);

    let secrets = bench.start();
    assert_eq!(secrets.current(), SecretStatus::VaultClosed);
    assert_eq!(secrets.get(account, "token").await, Err(SecretError::NoAnswer));
    assert_eq!(
        secrets.use_vault(secret("not this one")).await,
        Err(SecretError::WrongPassphrase)
    );
    assert_eq!(secrets.current(), SecretStatus::VaultClosed);
    assert_eq!(secrets.try_again().await, absent());
    assert_eq!(secrets.current(), SecretStatus::VaultClosed);
    secrets.use_vault(secret("long enough")).await.unwrap();
    assert_eq!(secrets.get(account, "token").await.unwrap().reveal(), "one");
    secrets
        .change_passphrase(secret("long enough"), secret("another one"))
        .await
        .unwrap();
    drop(secrets);
    bench.start().use_vault(secret("another one")).await.unwrap();
}

#[tokio::test]
async fn going_to_a_better_place_takes_the_secrets_along() {
    let bench = Bench::new(false);
    let secrets = bench.start();
    settle(&secrets, absent()).await;
    let account = AccountId::new();
    secrets.use_session().await;
    secrets.put(account, "token", secret("one")).await.unwrap();
    assert_eq!(secrets.try_again().await, absent());
    assert_eq!(secrets.get(account, "token").await.unwrap().reveal(), "one");
    secrets.use_vault(secret("long enough")).await.unwrap();
    assert_eq!(secrets.get(account, "token").await.unwrap().reveal(), "one");

    bench.switch(true);
    assert_eq!(secrets.try_again().await, keyring_ready());
    assert_eq!(secrets.current(), keyring_ready());
    assert_eq!(secrets.get(account, "token").await.unwrap().reveal(), "one");
    assert!(
        !bench.folder.path().join(VAULT_FILE).exists(),
        "its secrets are in the keyring"
    );
    drop(secrets);
    let secrets = bench.start();
    settle(&secrets, keyring_ready()).await;
    assert_eq!(secrets.get(account, "token").await.unwrap().reveal(), "one");
}

#[tokio::test]
async fn a_lost_passphrase_does_not_lock_the_operator_out() {
    let bench = Bench::new(true);
    let path = bench.folder.path().join(VAULT_FILE);
    PassphraseVault::create(path.clone(), secret("long enough"), CHEAP)
        .await
        .unwrap();
    let before = std::fs::read(&path).unwrap();
    let secrets = bench.start();
    assert_eq!(secrets.current(), SecretStatus::VaultClosed);
    let aside = secrets.set_vault_aside().await.unwrap();
    assert_eq!(std::fs::read(aside).unwrap(), before);
    settle(&secrets, keyring_ready()).await;
    assert_eq!(secrets.set_vault_aside().await, Err(SecretError::NotFound));
}

#[tokio::test]
async fn a_session_is_a_place_of_its_own() {
    let secrets = Secrets::session();
    let account = AccountId::new();
    secrets.put(account, "token", secret("one")).await.unwrap();
    assert_eq!(secrets.get(account, "token").await.unwrap().reveal(), "one");
    assert!(matches!(
        secrets.try_again().await,
        SecretStatus::Ready {
            place: SecretPlace::Session,
            ..
        }
    ));
    assert!(matches!(
        secrets.use_vault(secret("long enough")).await,
        Err(SecretError::Failed(_))
    ));
    let other = Secrets::with_vault(Arc::new(SessionVault::new()), absent());
    assert_eq!(other.current(), absent());
    assert_eq!(other.get(account, "token").await, Err(SecretError::NotFound));
}
