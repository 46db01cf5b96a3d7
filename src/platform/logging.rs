//! The log: in files of limited size in the data folder, for their owner only, with every known secret cut out of
//! every line, also of what a panic says.

use super::folders::make_private;
use crate::domain::Secret;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use tracing_appender::non_blocking::{NonBlocking, NonBlockingBuilder, WorkerGuard};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

/// The environment variable with the filter, in the form `warn,recado=debug`.
pub const LOG_VARIABLE: &str = "RECADO_LOG";
/// The folder of the logs within the data folder.
pub const LOG_FOLDER: &str = "logs";

const DEFAULT_FILTER: &str = "warn,recado=info";
const FILE_NAME: &str = "recado.log";
const FILE_MAX_BYTES: u64 = 2 * 1024 * 1024;
/// How many older files stay: `recado.1.log` is the one before the newest.
const OLDER_FILES: u32 = 4;

/// Secrets that must not be in any line.
static HIDDEN: RwLock<Vec<Secret>> = RwLock::new(Vec::new());

/// Cuts this secret out of everything that is logged from now on, in every form [`Secret::redact`] knows. To be called
/// for each secret that is typed or read, before it is used.
pub fn hide(secret: &Secret) {
    let mut hidden = HIDDEN.write().unwrap_or_else(PoisonError::into_inner);
    if !secret.is_empty() && !hidden.contains(secret) {
        hidden.push(secret.clone());
        // A secret that contains another one is cut out whole.
        hidden.sort_by_key(|secret| std::cmp::Reverse(secret.reveal().len()));
    }
}

/// A text without the hidden secrets, for whatever is shown or written beside the log.
#[must_use]
pub fn redact(text: &str) -> String {
    let hidden = HIDDEN.read().unwrap_or_else(PoisonError::into_inner);
    hidden
        .iter()
        .fold(text.to_owned(), |text, secret| secret.redact(&text))
}

/// The running log. What was logged is on its way to disk until this is dropped: keep it to the end of the program.
pub struct Logging {
    _worker: WorkerGuard,
    folder: PathBuf,
}

impl Logging {
    /// The folder of the log files.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// Starts logging into the data folder, and logging panics.
///
/// # Errors
/// When the log file cannot be made, or another log runs already.
pub fn start(data_folder: &Path) -> io::Result<Logging> {
    let folder = data_folder.join(LOG_FOLDER);
    let files = Arc::new(Mutex::new(LogFiles::open(&folder, FILE_MAX_BYTES)?));
    let (writer, worker) = in_background(Arc::clone(&files));
    let asked = std::env::var(LOG_VARIABLE).ok();
    let filter = asked
        .as_deref()
        .filter(|filter| !filter.is_empty())
        .map(EnvFilter::try_new);
    let (filter, problem) = match filter {
        Some(Ok(filter)) => (filter, None),
        Some(Err(error)) => (EnvFilter::new(DEFAULT_FILTER), Some(error)),
        None => (EnvFilter::new(DEFAULT_FILTER), None),
    };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(Redacting(writer))
        .finish();
    tracing::subscriber::set_global_default(subscriber)
        .map_err(|error| io::Error::new(io::ErrorKind::AlreadyExists, error))?;
    if let Some(error) = problem {
        tracing::warn!(%error, "{LOG_VARIABLE} is not understood");
    }
    std::panic::set_hook(Box::new(move |panic| report_panic(&files, panic)));
    Ok(Logging {
        _worker: worker,
        folder,
    })
}

fn in_background(files: Arc<Mutex<LogFiles>>) -> (NonBlocking, WorkerGuard) {
    // Lossy: a disk that hangs must not hold the window; the lines that were lost are counted by the writer.
    NonBlockingBuilder::default()
        .thread_name("log")
        .lossy(true)
        .finish(SharedFiles(files))
}

/// Says what panicked, without secrets: on the terminal, and at once into the file, because what is on its way through
/// the background may not arrive any more.
fn report_panic(files: &Mutex<LogFiles>, panic: &PanicHookInfo<'_>) {
    let thread = std::thread::current();
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let words = panic.payload_as_str().unwrap_or("(no words)");
    let trace = std::backtrace::Backtrace::force_capture();
    let name = thread.name().unwrap_or("unnamed");
    let report = redact(&format!("panic in thread {name} at {place}: {words}\n{trace}\n"));
    let brief = report.lines().next().unwrap_or_default();
    writeln!(io::stderr(), "{brief}").ok();
    // Not waited for: the thread that panics may be the one that writes.
    if let Ok(mut files) = files.try_lock() {
        let time = jiff::Timestamp::now();
        write!(files, "{time} ERROR {report}")
            .and_then(|()| files.flush())
            .ok();
    }
}

/// Cuts secrets out of every event on its way to the file.
#[derive(Clone)]
struct Redacting<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Redacting<W> {
    type Writer = RedactingWriter<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        RedactingWriter(self.0.make_writer())
    }
}

struct RedactingWriter<W>(W);

impl<W: Write> Write for RedactingWriter<W> {
    /// Takes one whole event, as the subscriber hands it over: a secret cannot be split between two calls.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        self.0
            .write_all(redact(&String::from_utf8_lossy(event)).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

struct SharedFiles(Arc<Mutex<LogFiles>>);

impl Write for SharedFiles {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).flush()
    }
}

/// The newest log file, and how large it is. Full, it becomes the first of the older ones.
struct LogFiles {
    folder: PathBuf,
    file: File,
    size: u64,
    max_bytes: u64,
}

impl LogFiles {
    fn open(folder: &Path, max_bytes: u64) -> io::Result<Self> {
        make_private(folder)?;
        let file = open_newest(folder)?;
        let size = file.metadata()?.len();
        Ok(Self {
            folder: folder.to_owned(),
            file,
            size,
            max_bytes,
        })
    }

    fn roll(&mut self) -> io::Result<()> {
        let older = |number: u32| self.folder.join(format!("recado.{number}.log"));
        for number in (1..OLDER_FILES).rev() {
            // Not all of them are there yet.
            fs::rename(older(number), older(number + 1)).ok();
        }
        fs::rename(self.folder.join(FILE_NAME), older(1))?;
        self.file = open_newest(&self.folder)?;
        self.size = 0;
        Ok(())
    }
}

fn open_newest(folder: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(folder.join(FILE_NAME))
}

impl Write for LogFiles {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.size >= self.max_bytes {
            // Where the files cannot be renamed (someone reads one on Windows), a longer file is better than none.
            self.roll().ok();
        }
        let written = self.file.write(bytes)?;
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;

    const CANARY: &str = "canary-T0ken/ç+\"7 9f2c";

    fn forms() -> [String; 4] {
        [
            CANARY.to_owned(),
            url::form_urlencoded::byte_serialize(CANARY.as_bytes()).collect(),
            base64::engine::general_purpose::STANDARD.encode(CANARY),
            serde_json::to_string(CANARY)
                .unwrap()
                .trim_matches('"')
                .to_owned(),
        ]
    }

    fn all_logs(folder: &Path) -> String {
        fs::read_dir(folder)
            .unwrap()
            .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
            .collect()
    }

    #[test]
    fn no_form_of_a_hidden_secret_reaches_the_file() {
        let folder = tempfile::tempdir().unwrap();
        hide(&Secret::new(CANARY.to_owned()));
        hide(&Secret::new(String::new()));
        let files = Arc::new(Mutex::new(LogFiles::open(folder.path(), FILE_MAX_BYTES).unwrap()));
        let (writer, worker) = in_background(files);
        let subscriber = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_writer(Redacting(writer))
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            for form in forms() {
                let _span =
                    tracing::info_span!("call", url = %format!("https://gateway.test/?t={form}")).entered();
                tracing::info!(%form, also = ?form, "sent {form}, two\nlines {form}");
            }
        });
        drop(worker);
        let logged = all_logs(folder.path());
        assert_eq!(logged.matches("two").count(), 4, "{logged}");
        assert!(logged.contains("[secret]"));
        for form in forms() {
            assert!(!logged.contains(&form), "{form} in {logged}");
        }
    }

    #[test]
    fn a_panic_is_logged_without_secrets() {
        hide(&Secret::new(CANARY.to_owned()));
        let folder = tempfile::tempdir().unwrap();
        let files = Arc::new(Mutex::new(LogFiles::open(folder.path(), FILE_MAX_BYTES).unwrap()));
        let kept = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| report_panic(&files, panic)));
        let thread = std::thread::Builder::new().name("unlucky".to_owned());
        let outcome = thread
            .spawn(|| panic!("could not send {CANARY} to {}", forms()[2]))
            .unwrap()
            .join();
        std::panic::set_hook(kept);
        assert!(outcome.is_err());
        let logged = all_logs(folder.path());
        assert!(
            logged.contains("panic in thread unlucky at src/platform/logging.rs:"),
            "{logged}"
        );
        assert!(logged.contains("could not send [secret] to [secret]"), "{logged}");
        for form in forms() {
            assert!(!logged.contains(&form), "{form} in {logged}");
        }
    }

    #[test]
    fn the_files_are_limited_in_size_and_number_and_the_newest_has_the_plain_name() {
        let folder = tempfile::tempdir().unwrap();
        let logs = folder.path().join(LOG_FOLDER);
        let mut files = LogFiles::open(&logs, 1000).unwrap();
        for number in 0..200 {
            writeln!(files, "line {number} {}", "x".repeat(90)).unwrap();
        }
        let mut names: Vec<_> = fs::read_dir(&logs)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                "recado.1.log",
                "recado.2.log",
                "recado.3.log",
                "recado.4.log",
                "recado.log"
            ]
        );
        assert!(
            fs::read_to_string(logs.join(FILE_NAME))
                .unwrap()
                .contains("line 199")
        );
        for name in names {
            assert!(fs::metadata(logs.join(name)).unwrap().len() < 1100);
        }
        drop(files);
        let before = fs::metadata(logs.join(FILE_NAME)).unwrap().len();
        LogFiles::open(&logs, 1000)
            .unwrap()
            .write_all(b"appended")
            .unwrap();
        assert_eq!(fs::metadata(logs.join(FILE_NAME)).unwrap().len(), before + 8);
    }

    #[cfg(unix)]
    #[test]
    fn only_their_owner_may_read_the_files() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let logs = folder.path().join(LOG_FOLDER);
        LogFiles::open(&logs, 1).unwrap().write_all(b"x").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&logs), mode(&logs.join(FILE_NAME))), (0o700, 0o600));
    }
}
