//! The player: one per program. Screens send it commands and read its status; neither waits.

use super::error::PlayError;
use super::output::Speaker;
use super::worker::Worker;
use std::path::PathBuf;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Called from another thread when something changed that a screen shows.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// So long an opening device is waited for.
pub const OPENING_MAX: Duration = Duration::from_secs(2);
const COMMANDS_MAX: usize = 64;
/// So long the end of the thread is waited for; one that hangs in a dead file system is left behind.
const JOIN_MAX: Duration = Duration::from_secs(1);

/// Which note: the identifier of its message or attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteId(pub Uuid);

/// How the note stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum PlayState {
    /// Nothing was asked for, or it was stopped.
    #[default]
    Idle,
    /// The file and the device are being opened.
    Loading,
    /// Being heard.
    Playing,
    /// Held.
    Paused,
    /// Heard to its end.
    Ended,
    /// Not, or no longer, to be heard; a new `play` tries again.
    Failed(PlayError),
}

/// What the player is doing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlayerStatus {
    /// The note last asked for. `None` before the first and after a stop.
    pub id: Option<NoteId>,
    /// How it stands.
    pub state: PlayState,
    /// What was really heard of it, in milliseconds.
    pub position_ms: u64,
    /// Its length in milliseconds. `None` while unknown, or when the file does not say.
    pub length_ms: Option<u64>,
}

pub(super) enum Command {
    Play(NoteId, PathBuf),
    Pause,
    Resume,
    Seek(u64),
    Stop,
    Chime,
}

/// What the thread and the screens share.
pub(super) struct Shared {
    status: Mutex<PlayerStatus>,
    wake: Wake,
}

impl Shared {
    /// Changes the status; wakes the screens when more than the position changed.
    pub(super) fn update(&self, change: impl FnOnce(&mut PlayerStatus)) {
        let mut status = self.status.lock().unwrap_or_else(PoisonError::into_inner);
        let before = (status.id, status.state.clone(), status.length_ms);
        change(&mut status);
        let changed = before != (status.id, status.state.clone(), status.length_ms);
        drop(status);
        if changed {
            (self.wake)();
        }
    }

    pub(super) fn status(&self) -> PlayerStatus {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Plays one note at a time. Commands answer `false` when the player takes none at the moment (its thread is busy with
/// dozens of them, or gone); nothing happened then, and pressing again is all one can do.
pub struct Player {
    shared: Arc<Shared>,
    commands: Option<SyncSender<Command>>,
    thread: Option<JoinHandle<()>>,
}

impl Player {
    /// Starts the player's thread. No device is opened before something is to be heard. `wake` is called when the
    /// state, the note or its length changes; the position has to be asked for while it plays.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(speaker: Arc<dyn Speaker>, wake: Wake) -> std::io::Result<Self> {
        Self::start_with_patience(speaker, wake, OPENING_MAX)
    }

    /// As [`Player::start`], waiting only so long for an opening device.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start_with_patience(
        speaker: Arc<dyn Speaker>,
        wake: Wake,
        patience: Duration,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            status: Mutex::default(),
            wake,
        });
        let (commands, orders) = sync_channel(COMMANDS_MAX);
        let worker = Worker::new(orders, Arc::clone(&shared), speaker, patience);
        let thread = std::thread::Builder::new()
            .name("recado-player".to_owned())
            .spawn(move || worker.run())?;
        Ok(Self {
            shared,
            commands: Some(commands),
            thread: Some(thread),
        })
    }

    /// What the player is doing. Cheap: for every frame.
    #[must_use]
    pub fn status(&self) -> PlayerStatus {
        self.shared.status()
    }

    /// Plays a note from its beginning; one that plays is stopped.
    pub fn play(&self, id: NoteId, path: PathBuf) -> bool {
        self.send(Command::Play(id, path))
    }

    /// Holds the note.
    pub fn pause(&self) -> bool {
        self.send(Command::Pause)
    }

    /// Goes on.
    pub fn resume(&self) -> bool {
        self.send(Command::Resume)
    }

    /// Goes to a place in the note that loads, plays or is held; beyond its end is its end.
    pub fn seek(&self, position_ms: u64) -> bool {
        self.send(Command::Seek(position_ms))
    }

    /// Ends the note and forgets it.
    pub fn stop(&self) -> bool {
        self.send(Command::Stop)
    }

    /// The sound of an arriving message. Silent while a note is being listened to, and without a device.
    pub fn chime(&self) -> bool {
        self.send(Command::Chime)
    }

    fn send(&self, command: Command) -> bool {
        self.commands
            .as_ref()
            .is_some_and(|commands| commands.try_send(command).is_ok())
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        self.commands = None;
        if let Some(thread) = self.thread.take() {
            join_briefly(thread);
        }
    }
}

/// Waits for a thread that was told to end, but not for ever.
pub(super) fn join_briefly(thread: JoinHandle<()>) {
    let until = Instant::now() + JOIN_MAX;
    while !thread.is_finished() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(2));
    }
    if thread.is_finished() && thread.join().is_err() {
        tracing::warn!("an audio thread had ended in a panic");
    }
}
