//! The engine: owns the tokio runtime and does everything that must happen, with or without a window. Commands in,
//! events out, both bounded; one file per duty:
//!
//! | file | duty |
//! |---|---|
//! | `account_draft` | checks what was typed for an account |
//! | `accounts` | tests, saves and removes accounts; keeps a client for each |
//! | `outbox` | stores messages, and what an operator decides about them |
//! | `dispatcher` | one per account: attempt committed, sent, outcome committed |
//! | `callbacks` | the addresses under which a gateway reports about single messages |
//! | `free_text` | the time in which free text may be sent to a person |
//! | `following` | one per account: asks what became of messages, slower and slower |
//! | `confirmations` | acceptances by inference that nothing confirms in time |
//! | `attachments` | files of the operator's: taken in, put where a gateway can fetch them, fetched back, taken away |
//! | `clearing` | clears the queue at the gateway, and knows what may have been in it |
//! | `health` | reads status, limits and queue; tells what changed |
//! | `pairing` | asks for a code and polls it until a phone is connected |
//! | `questions` | answers what a window asks of the database |
//! | `listening` | listens for the gateways' calls; knows when nobody did |
//! | `inbox` | reads and commits what the listener brings, before it is answered |
//! | `arrivals` | says that somebody wrote |
//! | `archive` | backup, restore, export |
//! | `figures` | what we know ourselves of an account's messages |
//! | `publisher` | what goes out: the live picture and events |

mod account_draft;
mod accounts;
mod archive;
mod arrivals;
mod attachments;
mod callbacks;
mod clearing;
mod commands;
mod confirmations;
mod content;
mod dispatcher;
mod export;
mod fetching;
mod figures;
mod following;
mod free_text;
mod health;
mod inbox;
mod listening;
mod outbox;
mod pairing;
pub mod protocol;
mod publisher;
mod qr;
mod questions;
mod reach;
mod recovery;
mod shared;
mod template_file;
mod templates;

pub use arrivals::Arrivals;
pub use protocol::*;
pub use qr::decode as decode_pairing_picture;
pub use reach::Reach;
pub use recovery::{newest_whole_backup, put_back};

use crate::domain::GatewayKind;
use crate::domain::health::Alert;
use crate::domain::time::Clock;
use crate::gateway::{self, Credentials, Gateway, GatewayError};
use crate::secrets::Secrets;
use crate::store::{Store, StoreError};
use shared::Shared;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{mpsc, watch};

/// Commands that may wait for the engine.
pub const COMMANDS_MAX: usize = 256;
/// Events that may wait for the window.
pub const EVENTS_MAX: usize = 1_024;
/// How long a send under way is waited for when the program stops. What is not answered then is unclear and taken up at
/// the next start.
pub const SHUTDOWN_PATIENCE: Duration = Duration::from_secs(4);

/// How long an older webhook path is still answered after a newer one was made.
pub const PATH_OVERLAP: Duration = Duration::from_secs(7 * 24 * 3_600);

/// How a client for an account is made; tests put their own here.
pub type Connect = dyn Fn(GatewayKind, Credentials) -> Result<Arc<dyn Gateway>, GatewayError> + Send + Sync;

/// What is called when an alert of an account (by its name) begins.
pub type OnAlert = dyn Fn(&str, Alert) + Send + Sync;

/// What is called when messages came that the operator is not looking at.
pub type OnArrival = dyn Fn(&Arrivals) + Send + Sync;

/// What the engine needs to begin.
pub struct EngineOptions {
    /// The data folder; made if missing.
    pub folder: PathBuf,
    /// Where secrets are kept.
    pub secrets: Secrets,
    /// The time of day.
    pub clock: Clock,
    /// Called, from any thread, whenever there is something new to draw.
    pub wake: Arc<dyn Fn() + Send + Sync>,
    /// Called with an account's name when an alert begins and the settings allow notifications.
    pub on_alert: Arc<OnAlert>,
    /// Called when messages came that the operator is not looking at, and the settings allow a notification or a sound.
    pub on_arrival: Arc<OnArrival>,
    /// How clients are made.
    pub connect: Arc<Connect>,
    /// Between two questions to a gateway about what became of messages; a second.
    pub question_pace: Duration,
}

impl EngineOptions {
    /// Options for the machine's clock and the vendors' own clients, with nobody to wake.
    #[must_use]
    pub fn new(folder: PathBuf, secrets: Secrets) -> Self {
        Self {
            folder,
            secrets,
            clock: Clock::system(),
            wake: Arc::new(|| {}),
            on_alert: Arc::new(|_, _| {}),
            on_arrival: Arc::new(|_| {}),
            connect: Arc::new(gateway::connect),
            question_pace: Duration::from_secs(1),
        }
    }
}

/// Why the engine could not begin.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No threads to be had.
    #[error("the program could not start its background threads: {0}")]
    Runtime(std::io::Error),
    /// The database could not be opened.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The running engine. Dropping it stops it as [`Engine::shutdown`] does.
pub struct Engine {
    runtime: Option<tokio::runtime::Runtime>,
    shared: Arc<Shared>,
    /// What a window or a test holds: see [`Link`].
    link: Option<Link>,
}

/// The ends of the channels that a window holds.
pub struct Link {
    /// Commands in.
    pub commands: mpsc::Sender<Command>,
    /// Events out.
    pub events: mpsc::Receiver<Event>,
    /// Everything small, as it is now.
    pub live: watch::Receiver<Arc<Live>>,
}

impl Engine {
    /// Opens the database, takes up what was left unfinished and begins all duties.
    ///
    /// # Errors
    /// [`StartError`]; nothing has been changed then.
    pub fn start(options: EngineOptions) -> Result<Self, StartError> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("recado-engine")
            .enable_all()
            .build()
            .map_err(StartError::Runtime)?;
        let (command_sender, commands) = mpsc::channel(COMMANDS_MAX);
        let (event_sender, events) = mpsc::channel(EVENTS_MAX);
        let (shared, live) = runtime.block_on(async {
            let store = Store::open(&options.folder).await?;
            Shared::load(store, options, event_sender).await
        })?;
        shared
            .tasks
            .spawn_on(Arc::clone(&shared).run(commands), runtime.handle());
        Ok(Self {
            runtime: Some(runtime),
            shared,
            link: Some(Link {
                commands: command_sender,
                events,
                live,
            }),
        })
    }

    /// The ends of the channels; once.
    pub fn take_link(&mut self) -> Option<Link> {
        self.link.take()
    }

    /// Stops every duty, waits for sends under way for at most [`SHUTDOWN_PATIENCE`], closes the database.
    pub fn shutdown(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            let shared = Arc::clone(&self.shared);
            runtime.block_on(async move {
                shared.stop(SHUTDOWN_PATIENCE).await;
            });
            runtime.shutdown_timeout(Duration::from_secs(1));
        }
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stop();
    }
}
