//! Where a test plays: a folder, gateways on loopback, a seed.

use crate::attachments::storage_server::{SECRET_KEY, keys};
use crate::program::Program;
use futures_util::future::{BoxFuture, FutureExt as _, ready};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use recado::domain::Secret;
use recado::domain::account::AccountDraft;
use recado::domain::hosting::StorageKeys;
use recado::domain::{AccountId, GatewayKind};
use recado::engine::{Connect, EngineOptions};
use recado::gateway::decision_telecom::DecisionTelecom;
use recado::gateway::devino::Devino;
use recado::gateway::http::Timeouts;
use recado::gateway::solutek::Solutek;
use recado::gateway::{Credentials, Gateway};
use recado::secrets::{SecretError, SecretPlace, SecretStatus, SecretVault, Secrets};
use recado::simulator::{
    Control, Endpoint, Fault, FaultRule, Ledger, SimulatorConfig, SimulatorState, SolutekSimulator, Times,
    Timing,
};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::runtime::{Handle, Runtime};

/// How long a condition may take to come true; reached only by a test that fails.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// The token that the played gateway takes.
pub const TOKEN: &str = "demo-token-0000";

/// Bounds that end a call that gets no answer soon, and that a busy machine keeps all the same.
pub const SHORT: Timeouts = Timeouts {
    connect: Duration::from_secs(3),
    send: Duration::from_secs(3),
    read: Duration::from_secs(3),
};

pub struct Stage {
    pub seed: u64,
    pub folder: TempDir,
    runtime: Runtime,
}

impl Stage {
    pub fn new() -> Self {
        let seed = std::env::var("RECADO_SEED")
            .ok()
            .and_then(|seed| seed.parse().ok())
            .unwrap_or_else(rand::random::<u64>);
        let name = std::thread::current().name().unwrap_or_default().to_owned();
        println!("{name}: RECADO_SEED={seed}");
        Self {
            seed,
            folder: tempfile::tempdir().unwrap(),
            runtime: tokio::runtime::Builder::new_multi_thread()
                .worker_threads(2)
                .enable_all()
                .build()
                .unwrap(),
        }
    }

    pub fn random(&self) -> StdRng {
        StdRng::seed_from_u64(self.seed)
    }

    pub fn handle(&self) -> Handle {
        self.runtime.handle().clone()
    }

    /// A gateway with a phone that is ready, and everything within milliseconds.
    pub fn gateway(&self) -> Played {
        self.gateway_with(|_| {})
    }

    pub fn gateway_with(&self, edit: impl FnOnce(&mut SimulatorConfig)) -> Played {
        let mut config = SimulatorConfig {
            seed: self.seed,
            daily_limit: 1_000_000,
            timing: Timing::fast(),
            ..SimulatorConfig::default()
        };
        config.timing.code_preparation = Duration::ZERO;
        edit(&mut config);
        let simulator = self.runtime.block_on(SolutekSimulator::start(config)).unwrap();
        Played {
            url: simulator.base_url().to_string(),
            port: simulator.address().port(),
            control: simulator.control(),
            ledger: simulator.ledger(),
            handle: self.handle(),
            simulator: Some(simulator),
        }
    }

    /// Options for this folder: a session's secrets, short bounds.
    pub fn options(&self) -> EngineOptions {
        let mut options = EngineOptions::new(self.folder.path().to_owned(), Secrets::session());
        options.connect = connect_within(SHORT);
        options.question_pace = Duration::from_millis(20);
        options
    }

    pub fn program(&self) -> Program {
        Program::start(self.handle(), self.options())
    }

    pub fn program_with(&self, edit: impl FnOnce(&mut EngineOptions)) -> Program {
        let mut options = self.options();
        edit(&mut options);
        Program::start(self.handle(), options)
    }

    /// A program that has its secrets also after a restart.
    pub fn lasting_program(&self) -> Program {
        self.program_with(|options| options.secrets = token_for_all(TOKEN))
    }
}

/// Plays scenes at once that mostly wait: for a poll after five seconds, for a time-out. A failure names its scene.
#[track_caller]
pub fn together(scenes: &[(&str, fn())]) {
    let failed: Vec<&str> = std::thread::scope(|scope| {
        let threads: Vec<_> = scenes
            .iter()
            .map(|(name, scene)| {
                let thread = std::thread::Builder::new().name((*name).to_owned());
                (*name, thread.spawn_scoped(scope, *scene).unwrap())
            })
            .collect();
        threads
            .into_iter()
            .filter_map(|(name, thread)| thread.join().is_err().then_some(name))
            .collect()
    });
    assert!(failed.is_empty(), "{failed:?}");
}

/// Makes real clients with these bounds.
pub fn connect_within(timeouts: Timeouts) -> Arc<Connect> {
    Arc::new(move |kind, credentials: Credentials| {
        Ok(match kind {
            GatewayKind::Solutek => {
                Arc::new(Solutek::with_timeouts(credentials, timeouts)?) as Arc<dyn Gateway>
            }
            GatewayKind::Devino => Arc::new(Devino::with_timeouts(credentials, timeouts)?),
            GatewayKind::DecisionTelecom => Arc::new(DecisionTelecom::with_timeouts(credentials, timeouts)?),
        })
    })
}

/// A played gateway, stopped when dropped.
pub struct Played {
    pub url: String,
    pub port: u16,
    pub control: Control,
    pub ledger: Ledger,
    handle: Handle,
    simulator: Option<SolutekSimulator>,
}

impl Played {
    /// Stops it; its port is free then.
    pub fn stop(&mut self) {
        if let Some(simulator) = self.simulator.take() {
            self.handle.block_on(simulator.shutdown());
        }
    }

    #[track_caller]
    pub fn wait(&self, what: &str, condition: impl FnMut(&SimulatorState) -> bool) {
        if let Err(error) = self.handle.block_on(self.control.wait_for(condition, PATIENCE)) {
            panic!("{what}: {error}");
        }
    }

    /// Everything the gateway has accepted is sent.
    #[track_caller]
    pub fn wait_until_drained(&self) {
        self.wait("the gateway's queue is empty", |state| state.queue_length() == 0);
    }

    pub fn fault(&self, endpoint: Endpoint, fault: Fault, times: Times, processed: Option<bool>) {
        self.control.add_fault(FaultRule {
            endpoint: Some(endpoint),
            fault,
            times,
            processed,
        });
    }

    pub fn sends(&self) -> usize {
        self.ledger.requests_to(Endpoint::Send)
    }

    /// No message was sent to a person twice, and every repetition was identical.
    #[track_caller]
    pub fn assert_nothing_doubled(&self) {
        for message in self.ledger.messages() {
            assert!(message.sent_at.len() <= 1, "sent twice: {message:?}");
            assert!(
                self.ledger.all_bodies_identical(&message.client_id),
                "a repetition differs: {message:?}"
            );
        }
    }
}

/// What an operator types for an account of the played gateway.
pub fn draft(name: &str, url: &str, token: &str) -> AccountDraft {
    let fields = [("email", "demo@recado.example"), ("token", token), ("idapp", "1")];
    AccountDraft {
        gateway: Some(GatewayKind::Solutek),
        name: name.to_owned(),
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), Secret::new((*value).to_owned())))
            .collect(),
        base_url: url.to_owned(),
        default_country: String::new(),
    }
}

pub fn ready_status() -> SecretStatus {
    SecretStatus::Ready {
        place: SecretPlace::Session,
        name: String::new(),
    }
}

/// A place that has this token for every account, and the keys to the storage of these tests, whatever was put into it.
pub fn token_for_all(token: &str) -> Secrets {
    Secrets::with_vault(Arc::new(OneToken(Secret::new(token.to_owned()))), ready_status())
}

struct OneToken(Secret);

impl SecretVault for OneToken {
    fn status(&self) -> BoxFuture<'_, SecretStatus> {
        ready(ready_status()).boxed()
    }

    fn get(&self, _: AccountId, field: &'static str) -> BoxFuture<'_, Result<Secret, SecretError>> {
        let storage = keys(SECRET_KEY);
        let secret = match field {
            StorageKeys::ACCESS_KEY => storage.access_key,
            StorageKeys::SECRET_KEY => storage.secret_key,
            _ => self.0.clone(),
        };
        ready(Ok(secret)).boxed()
    }

    fn put(&self, _: AccountId, _: &'static str, _: Secret) -> BoxFuture<'_, Result<(), SecretError>> {
        ready(Ok(())).boxed()
    }

    fn remove(&self, _: AccountId, _: &'static str) -> BoxFuture<'_, Result<(), SecretError>> {
        ready(Ok(())).boxed()
    }
}
