//! What the window asks of the system around it: opening addresses and folders, asking where to save, writing a file.
//! All of it may hang or take long, so all of it happens in threads of its own; what came of it is taken with a later
//! frame.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

/// How long the system's dialog for saving may stay open before its answer is not waited for any more.
const DIALOG_PATIENCE: Duration = Duration::from_secs(15 * 60);
/// A dialog that is gone faster than a person can close one was never shown: there is none on this machine.
const NEVER_SHOWN: Duration = Duration::from_millis(400);

/// The system around the window.
pub trait System: Send + Sync {
    /// Shows the system's dialog for saving and waits for its answer.
    fn ask_where_to_save(&self, suggested: &str) -> Option<PathBuf>;

    /// Opens an address or a folder with the system's program.
    ///
    /// # Errors
    /// What the system said.
    fn open(&self, target: &OsString) -> Result<(), String>;
}

/// The real one.
#[derive(Debug, Default, Clone, Copy)]
pub struct Desktop;

impl System for Desktop {
    fn ask_where_to_save(&self, suggested: &str) -> Option<PathBuf> {
        // A portal that hangs would hang a plain call for ever; this thread owns a small runtime for its patience.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .ok()?;
        let dialog = rfd::AsyncFileDialog::new().set_file_name(suggested).save_file();
        runtime
            .block_on(async { tokio::time::timeout(DIALOG_PATIENCE, dialog).await })
            .ok()
            .flatten()
            .map(|file| file.path().to_path_buf())
    }

    fn open(&self, target: &OsString) -> Result<(), String> {
        opener::open(target).map_err(|error| error.to_string())
    }
}

/// What came of something asked.
#[derive(Debug)]
pub enum Outcome {
    /// The operator chose a path in the system's dialog, which has asked about replacing a file.
    PathChosen(PathBuf),
    /// The operator closed the system's dialog.
    Dismissed,
    /// There is no such dialog on this machine.
    NoDialog,
    /// The file was written, or not: what the system said.
    Saved(PathBuf, Result<(), SaveError>),
    /// Something could not be opened; what the system said.
    NotOpened(String),
}

/// Why a file was not written.
#[derive(Debug, PartialEq, Eq)]
pub enum SaveError {
    /// There is a file of this name, and nobody was asked about replacing it.
    Exists,
    /// What the system said.
    Failed(String),
}

/// Runs what is asked in threads and collects what came of it.
pub struct Outside {
    system: Arc<dyn System>,
    sender: mpsc::Sender<Outcome>,
    receiver: mpsc::Receiver<Outcome>,
}

impl Outside {
    /// With this system.
    #[must_use]
    pub fn new(system: Arc<dyn System>) -> Self {
        let (sender, receiver) = mpsc::channel();
        Self {
            system,
            sender,
            receiver,
        }
    }

    /// Opens an address or a folder.
    pub fn open(&self, context: &egui::Context, target: OsString) {
        let system = self.system.clone();
        self.run(context, "open", move || {
            system.open(&target).err().map(Outcome::NotOpened)
        });
    }

    /// Asks where to save.
    pub fn ask_where_to_save(&self, context: &egui::Context, suggested: String) {
        let system = self.system.clone();
        self.run(context, "save-dialog", move || {
            let asked = Instant::now();
            Some(match system.ask_where_to_save(&suggested) {
                Some(path) => Outcome::PathChosen(path),
                None if asked.elapsed() < NEVER_SHOWN => Outcome::NoDialog,
                None => Outcome::Dismissed,
            })
        });
    }

    /// Writes a file. One that is there is replaced only if `replace`.
    pub fn save(&self, context: &egui::Context, path: PathBuf, bytes: Arc<[u8]>, replace: bool) {
        self.run(context, "save", move || {
            let result = write(&path, &bytes, replace);
            Some(Outcome::Saved(path, result))
        });
    }

    /// The next thing that came of what was asked.
    pub fn next(&self) -> Option<Outcome> {
        self.receiver.try_recv().ok()
    }

    fn run(
        &self,
        context: &egui::Context,
        name: &str,
        work: impl FnOnce() -> Option<Outcome> + Send + 'static,
    ) {
        let (sender, waker) = (self.sender.clone(), context.clone());
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            if let Some(outcome) = work() {
                // The window may be gone by now; then nobody wants to know.
                let _ = sender.send(outcome);
                waker.request_repaint();
            }
        });
        if let Err(error) = thread {
            let _ = self.sender.send(Outcome::NotOpened(error.to_string()));
        }
    }
}

fn write(path: &Path, bytes: &[u8], replace: bool) -> Result<(), SaveError> {
    use std::io::Write as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    if replace {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let written = options
        .open(path)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => SaveError::Exists,
        _ => SaveError::Failed(error.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_when_it_was_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert_eq!(write(&path, b"one", false), Ok(()));
        assert_eq!(write(&path, b"two", false), Err(SaveError::Exists));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        assert_eq!(write(&path, b"2", true), Ok(()));
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        let nowhere = folder.path().join("no/such/folder/a.txt");
        assert!(matches!(write(&nowhere, b"", false), Err(SaveError::Failed(_))));
    }
}
