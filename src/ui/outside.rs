//! What the window asks of the system around it: opening addresses and folders, asking where to save, writing a file.
//! All of it may hang or take long, so all of it happens in threads of its own; what came of it is taken with a later
//! frame.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
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

/// What is written where the operator wants it.
#[derive(Debug, Clone)]
pub enum SaveSource {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// A copy of this file; it is never held in memory as a whole.
    File(PathBuf),
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
    /// A file of this name is not opened: it may run something.
    MayRun(String),
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
    /// The folders of copies handed to other programs; they go with the window.
    copies: Arc<Mutex<Vec<tempfile::TempDir>>>,
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
            copies: Arc::default(),
        }
    }

    /// Opens an address or a folder.
    pub fn open(&self, context: &egui::Context, target: OsString) {
        let system = self.system.clone();
        self.run(context, "open", move || {
            system.open(&target).err().map(Outcome::NotOpened)
        });
    }

    /// Opens a copy of a file with the system's program: what came stays as it came, and the program finds the name by
    /// which it knows the kind. Names of kinds that may run something are refused.
    pub fn open_copy(&self, context: &egui::Context, file: PathBuf, name: &str) {
        let (system, copies) = (self.system.clone(), self.copies.clone());
        let name = file_name(name);
        self.run(context, "open-file", move || {
            if !crate::domain::opening::name_may_be_opened(&name) {
                return Some(Outcome::MayRun(name));
            }
            let opened = copy_for_others(&file, &name)
                .map_err(|error| error.to_string())
                .and_then(|(folder, copy)| {
                    copies.lock().unwrap_or_else(PoisonError::into_inner).push(folder);
                    system.open(&copy.into())
                });
            opened.err().map(Outcome::NotOpened)
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
    pub fn save(&self, context: &egui::Context, path: PathBuf, source: SaveSource, replace: bool) {
        self.run(context, "save", move || {
            let result = write(&path, &source, replace);
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

fn write(path: &Path, source: &SaveSource, replace: bool) -> Result<(), SaveError> {
    use std::io::Write as _;
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => SaveError::Exists,
        _ => SaveError::Failed(error.to_string()),
    };
    let mut original = match source {
        SaveSource::Bytes(_) => None,
        // Opened first: nothing is made or replaced when there is nothing to copy.
        SaveSource::File(from) => Some(std::fs::File::open(from).map_err(failed)?),
    };
    if let (SaveSource::File(from), Ok(to)) = (source, path.canonicalize())
        && from.canonicalize().is_ok_and(|from| from == to)
    {
        return Err(SaveError::Exists);
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    if replace {
        options.create(true).truncate(true);
    } else {
        options.create_new(true);
    }
    let mut target = options.open(path).map_err(failed)?;
    let written = match (source, &mut original) {
        (SaveSource::Bytes(bytes), _) => target.write_all(bytes),
        (SaveSource::File(_), Some(original)) => std::io::copy(original, &mut target).map(|_| ()),
        (SaveSource::File(_), None) => Ok(()),
    };
    written
        .and_then(|()| target.sync_all())
        .map_err(|error| SaveError::Failed(error.to_string()))
}

/// The name as that of a file: without what leads into other folders.
fn file_name(name: &str) -> String {
    let name: String = crate::domain::text::shown_name(name)
        .chars()
        .map(|character| match character {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            other => other,
        })
        .collect();
    name.trim_start_matches(['.', ' ', '-']).to_owned()
}

fn copy_for_others(file: &Path, name: &str) -> std::io::Result<(tempfile::TempDir, PathBuf)> {
    let folder = tempfile::Builder::new().prefix("recado-").tempdir()?;
    let copy = folder.path().join(name);
    std::fs::copy(file, &copy)?;
    Ok((folder, copy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(content: &[u8]) -> SaveSource {
        SaveSource::Bytes(content.into())
    }

    #[test]
    fn a_file_is_replaced_only_when_it_was_asked_about() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        assert_eq!(write(&path, &bytes(b"one"), false), Ok(()));
        assert_eq!(write(&path, &bytes(b"two"), false), Err(SaveError::Exists));
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
        assert_eq!(write(&path, &bytes(b"2"), true), Ok(()));
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        let nowhere = folder.path().join("no/such/folder/a.txt");
        assert!(matches!(
            write(&nowhere, &bytes(b""), false),
            Err(SaveError::Failed(_))
        ));
    }

    #[test]
    fn a_stored_file_is_copied_and_never_written_over_itself() {
        let folder = tempfile::tempdir().unwrap();
        let (stored, path) = (folder.path().join("0a1b"), folder.path().join("nota.ogg"));
        std::fs::write(&stored, b"voice").unwrap();
        let source = SaveSource::File(stored.clone());
        assert_eq!(write(&path, &source, false), Ok(()));
        assert_eq!(std::fs::read(&path).unwrap(), b"voice");
        assert_eq!(write(&stored, &source, true), Err(SaveError::Exists));
        assert_eq!(std::fs::read(&stored).unwrap(), b"voice");
        // What is gone replaces nothing.
        std::fs::remove_file(&stored).unwrap();
        assert!(matches!(write(&path, &source, true), Err(SaveError::Failed(_))));
        assert_eq!(std::fs::read(&path).unwrap(), b"voice");
    }

    /// Opens a copy of a file of this name; what came of it, and what was opened.
    fn opened(name: &str) -> (Option<Outcome>, Vec<OsString>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let stored = folder.path().join("0a1b");
        std::fs::write(&stored, b"content").unwrap();
        let system = Arc::new(crate::ui::testing::PlayedSystem::default());
        let outside = Outside::new(system.clone());
        outside.open_copy(&egui::Context::default(), stored, name);
        // The sender's thread ends either with an outcome or with something opened.
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let outcome = outside.next();
            let opened = system.opened.lock().unwrap().clone();
            if outcome.is_some() || !opened.is_empty() {
                for target in &opened {
                    assert_eq!(std::fs::read(target).unwrap(), b"content");
                }
                return (outcome, opened, folder);
            }
            assert!(Instant::now() < until, "nothing came of it");
            std::thread::yield_now();
        }
    }

    #[test]
    fn a_copy_is_opened_by_its_own_name_and_nothing_that_runs() {
        let (outcome, targets, stored) = opened("../orçamento 1842.pdf");
        assert!(outcome.is_none());
        let target = PathBuf::from(&targets[0]);
        assert_eq!(target.file_name().unwrap(), "_orçamento 1842.pdf");
        assert!(!target.starts_with(stored.path()));
        for name in ["fatura.exe", "fatura.pdf.sh", "fatura", "atalho.desktop"] {
            let (outcome, targets, _folder) = opened(name);
            assert!(matches!(outcome, Some(Outcome::MayRun(_))), "{name}: {outcome:?}");
            assert!(targets.is_empty());
        }
    }
}
