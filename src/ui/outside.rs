//! What the window asks of the system around it: opening addresses and folders, asking where to save and which files to
//! take, writing a file.
//! All of it may hang or take long, so all of it happens in threads of its own; what came of it is taken with a later
//! frame.

mod names;
mod writing;

use crate::engine::Ticket;
pub(in crate::ui) use names::file_name;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, mpsc};
use std::time::{Duration, Instant};
use writing::{copy_for_others, write};

/// How long a dialog of the system may stay open before its answer is not waited for any more.
const DIALOG_PATIENCE: Duration = Duration::from_secs(15 * 60);
/// A dialog that is gone faster than a person can close one was never shown: there is none on this machine.
const NEVER_SHOWN: Duration = Duration::from_millis(400);

/// The system around the window.
pub trait System: Send + Sync {
    /// Shows the system's dialog for saving, beginning in this folder, and waits for its answer.
    fn ask_where_to_save(&self, folder: Option<&Path>, suggested: &str) -> Option<PathBuf>;

    /// Shows the system's dialog for choosing files, any number of them, beginning in this folder, and waits for its
    /// answer.
    fn ask_which_files(&self, folder: Option<&Path>) -> Option<Vec<PathBuf>>;

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
    fn ask_where_to_save(&self, folder: Option<&Path>, suggested: &str) -> Option<PathBuf> {
        let dialog = dialog(folder).set_file_name(suggested).save_file();
        answer(dialog).map(|file| file.path().to_path_buf())
    }

    fn ask_which_files(&self, folder: Option<&Path>) -> Option<Vec<PathBuf>> {
        let files = answer(dialog(folder).pick_files())?;
        let paths: Vec<PathBuf> = files
            .iter()
            .map(|file| file.path().to_path_buf())
            .filter(|path| !path.as_os_str().is_empty())
            .collect();
        (!paths.is_empty()).then_some(paths)
    }

    fn open(&self, target: &OsString) -> Result<(), String> {
        opener::open(target).map_err(|error| error.to_string())
    }
}

fn dialog(folder: Option<&Path>) -> rfd::AsyncFileDialog {
    match folder {
        Some(folder) => rfd::AsyncFileDialog::new().set_directory(folder),
        None => rfd::AsyncFileDialog::new(),
    }
}

/// What comes of a dialog within the patience. A portal that hangs would hang a plain call for ever; this thread owns a
/// small runtime for its patience.
fn answer<T>(dialog: impl Future<Output = Option<T>>) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .ok()?;
    runtime
        .block_on(async { tokio::time::timeout(DIALOG_PATIENCE, dialog).await })
        .ok()
        .flatten()
}

/// The system's folder for what is saved, or the operator's own; `None` if the system tells neither.
pub fn downloads_folder() -> Option<PathBuf> {
    static FOLDER: OnceLock<Option<PathBuf>> = OnceLock::new();
    let find = || {
        directories::UserDirs::new().map(|user| {
            user.download_dir()
                .unwrap_or_else(|| user.home_dir())
                .to_path_buf()
        })
    };
    FOLDER.get_or_init(find).clone()
}

/// What is written where the operator wants it.
#[derive(Debug, Clone)]
pub enum SaveSource {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// A copy of this file; it is never held in memory as a whole.
    File(PathBuf),
}

/// What came of a dialog of the system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DialogAnswer<T> {
    /// The operator chose this.
    Chosen(T),
    /// The operator closed it.
    Dismissed,
    /// There is no such dialog on this machine.
    NoDialog,
}

/// What came of something asked.
#[derive(Debug)]
pub enum Outcome {
    /// What came of the dialog for saving with this number. It has asked about replacing a file.
    PathChosen(u64, DialogAnswer<PathBuf>),
    /// What came of the dialog for choosing files with this ticket.
    FilesChosen(Ticket, DialogAnswer<Vec<PathBuf>>),
    /// The file was written, or not: what the system said. With the number of its dialog.
    Saved(u64, PathBuf, Result<(), SaveError>),
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

    /// Asks where to save, beginning in `folder` if it is there. `number` comes back with the answer.
    pub fn ask_where_to_save(
        &self,
        context: &egui::Context,
        number: u64,
        folder: Option<PathBuf>,
        suggested: String,
    ) {
        let system = self.system.clone();
        self.run(context, "save-dialog", move || {
            let folder = folder_that_is(folder);
            let answer = watched(|| system.ask_where_to_save(folder.as_deref(), &suggested));
            Some(Outcome::PathChosen(number, answer))
        });
    }

    /// Asks which files to take, beginning in `folder` if it is there. `ticket` comes back with the answer.
    pub fn ask_which_files(&self, context: &egui::Context, ticket: Ticket, folder: Option<PathBuf>) {
        let system = self.system.clone();
        self.run(context, "pick-dialog", move || {
            // Without one the system knows best where the operator's files are.
            let folder = folder.filter(|folder| folder.is_dir());
            let answer = watched(|| system.ask_which_files(folder.as_deref()));
            Some(Outcome::FilesChosen(ticket, answer))
        });
    }

    /// Writes a file. One that is there is replaced only if `replace`. `number` comes back with the answer.
    pub fn save(
        &self,
        context: &egui::Context,
        number: u64,
        path: PathBuf,
        source: SaveSource,
        replace: bool,
    ) {
        self.run(context, "save", move || {
            let result = write(&path, &source, replace);
            Some(Outcome::Saved(number, path, result))
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

/// The folder, or the system's own if it is not there any more.
fn folder_that_is(folder: Option<PathBuf>) -> Option<PathBuf> {
    folder
        .filter(|folder| folder.is_dir())
        .or_else(|| downloads_folder().filter(|folder| folder.is_dir()))
}

/// What comes of a dialog, by how long it took.
fn watched<T>(ask: impl FnOnce() -> Option<T>) -> DialogAnswer<T> {
    let asked = Instant::now();
    match ask() {
        Some(chosen) => DialogAnswer::Chosen(chosen),
        None if asked.elapsed() < NEVER_SHOWN => DialogAnswer::NoDialog,
        None => DialogAnswer::Dismissed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
