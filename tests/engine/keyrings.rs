//! A keyring that takes its time: locked, with a prompt nobody answers for a while.

use crate::program::number;
use crate::stage::Stage;
use keyring_core::CredentialStore;
use keyring_core::mock::Store as MemoryStore;
use recado::domain::Connection;
use recado::domain::message::{MessageState, ReasonKind};
use recado::secrets::keyring::{KeyringFault, KeyringSystem, Look};
use recado::secrets::manager::SecretsSetup;
use recado::secrets::vault::Cost;
use recado::secrets::{SecretStatus, Secrets};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

/// Answers nothing until the other end of the channel is dropped.
struct SlowKeyring {
    gate: Receiver<()>,
    store: Arc<MemoryStore>,
}

impl SlowKeyring {
    fn wait(&self) {
        while self.gate.recv().is_ok() {}
    }
}

impl KeyringSystem for SlowKeyring {
    fn look(&mut self) -> Look {
        self.wait();
        Look::Ready {
            name: "Slow ring".to_owned(),
        }
    }

    fn unlock(&mut self, _make: bool) -> Result<(), KeyringFault> {
        self.wait();
        Ok(())
    }

    fn connect(&mut self) -> keyring_core::Result<Arc<CredentialStore>> {
        self.wait();
        Ok(Arc::clone(&self.store) as Arc<CredentialStore>)
    }
}

fn slow_keyring(stage: &Stage, store: &Arc<MemoryStore>) -> (Secrets, Sender<()>) {
    let (hold, gate) = channel();
    let secrets = Secrets::start(SecretsSetup {
        system: Box::new(SlowKeyring {
            gate,
            store: Arc::clone(store),
        }),
        service: "recado-test".to_owned(),
        patience: Duration::from_millis(300),
        vault_path: stage.folder.path().join("vault"),
        vault_cost: Cost::PRODUCTION,
    });
    (secrets, hold)
}

#[test]
fn a_slow_keyring_keeps_neither_the_start_nor_loses_a_message() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let store = MemoryStore::new().unwrap();
    let (secrets, hold) = slow_keyring(&stage, &store);
    drop(hold);
    let mut program = stage.program_with(|options| options.secrets = secrets);
    program.until_live("the keyring answers", |live| {
        matches!(live.secrets, SecretStatus::Ready { .. })
    });
    let account = program.add_account("Loja", &gateway);
    let sent = program.send_one(account, &number(1), "Antes");
    program.until_state(sent.id, MessageState::Accepted);
    program.shutdown();

    let (secrets, hold) = slow_keyring(&stage, &store);
    let begun = Instant::now();
    let mut again = stage.program_with(|options| options.secrets = secrets);
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert_eq!(again.message(sent.id).text, "Antes", "the history is readable");
    let waiting = again.send_one(account, &number(2), "Depois");
    let view = again.until(account, "held", |view| {
        view.held.is_some() && view.health.connection == Connection::CredentialsMissing
    });
    assert_eq!(view.held.unwrap().kind, ReasonKind::CredentialsMissing);
    again.until_live("told", |live| live.secrets == SecretStatus::Locked);
    let message = again.message(waiting.id);
    assert_eq!((message.state, message.attempts), (MessageState::Queued, 0));
    // The prompt is answered at last.
    drop(hold);
    again.until_state(waiting.id, MessageState::Accepted);
    let view = again.until(account, "all is well", |view| {
        view.held.is_none() && view.health.connection == Connection::Ready
    });
    assert_eq!((view.outbox.rejected, view.outbox.unknown), (0, 0));
}

#[test]
fn a_keyring_that_never_answers_does_not_keep_the_end() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let store = MemoryStore::new().unwrap();
    let (secrets, hold) = slow_keyring(&stage, &store);
    drop(hold);
    let mut program = stage.program_with(|options| options.secrets = secrets);
    program.until_live("the keyring answers", |live| {
        matches!(live.secrets, SecretStatus::Ready { .. })
    });
    let account = program.add_account("Loja", &gateway);
    program.shutdown();
    let (secrets, hold) = slow_keyring(&stage, &store);
    let mut again = stage.program_with(|options| options.secrets = secrets);
    again.send_one(account, &number(1), "Oi");
    let took = again.shutdown();
    assert!(took < Duration::from_secs(2), "{took:?}");
    drop(hold);
}
