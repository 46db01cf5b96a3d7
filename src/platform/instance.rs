//! One program for one data folder.
//!
//! A lock on a file decides who is first; the system lets go of it when a process ends, however it ends. Beside it the
//! first listens on a local socket, on which a later copy asks it to show its window.

use interprocess::local_socket::prelude::*;
use interprocess::local_socket::{GenericFilePath, GenericNamespaced, ListenerOptions, Name};
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// The file whose lock decides.
pub const LOCK_FILE: &str = "recado.lock";
const SOCKET_FILE: &str = "recado.sock";

/// How long a later copy tries to reach the first, which may still be starting or already be ending.
const REACH_PATIENCE: Duration = Duration::from_secs(3);
/// How long each side waits for the other's few bytes.
const TALK_PATIENCE: Duration = Duration::from_secs(2);
const BETWEEN_TRIES: Duration = Duration::from_millis(20);
/// The longest path a Unix socket may have on every system.
const SOCKET_PATH_MAX_BYTES: usize = 100;

const SHOW: &[u8; 4] = b"show";
const SHOWN: &[u8; 4] = b"done";

/// What came of the attempt to be the first.
pub enum Claim {
    /// This is the first; it stays so until this value is dropped.
    First(Instance),
    /// Another one is. `shown` tells whether it answered that its window comes to the front.
    Second {
        /// Whether it answered.
        shown: bool,
    },
}

impl Claim {
    /// The Fluent key of what a later copy says before it ends.
    #[must_use]
    pub fn key_of_second(shown: bool) -> &'static str {
        if shown {
            "already-running"
        } else {
            "already-running-silent"
        }
    }
}

/// Being the only one that uses the data folder.
pub struct Instance {
    name: Option<Name<'static>>,
    closing: Arc<AtomicBool>,
    listener: Option<JoinHandle<()>>,
    // Last: let go of when the socket is gone, so that a successor's socket is not taken for ours.
    _lock: File,
}

/// Tries to be the first with this data folder. Where another one is, asks it to show its window; if that one ends
/// meanwhile, takes its place. `show` is called, on a thread of its own, for every later copy.
///
/// # Errors
/// When the lock file cannot be made or locked for another reason than another copy.
pub fn claim(folder: &Path, show: impl Fn() + Send + 'static) -> io::Result<Claim> {
    let lock = open_private(&folder.join(LOCK_FILE))?;
    let until = Instant::now() + REACH_PATIENCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(Claim::First(Instance::begin(folder, lock, show))),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) => {}
        }
        match ask_to_show(folder) {
            Ok(()) => return Ok(Claim::Second { shown: true }),
            Err(error) if Instant::now() >= until => {
                tracing::warn!(%error, "the running copy does not answer");
                return Ok(Claim::Second { shown: false });
            }
            Err(_) => std::thread::sleep(BETWEEN_TRIES),
        }
    }
}

fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The socket of a data folder: in the folder itself, where only its owner comes; where its path would be too long for
/// a socket, and on Windows, under a name made of the folder's path.
fn socket_name(folder: &Path) -> io::Result<Name<'static>> {
    let path = folder.join(SOCKET_FILE);
    if cfg!(unix) && path.as_os_str().len() <= SOCKET_PATH_MAX_BYTES {
        return path.to_fs_name::<GenericFilePath>().map(Name::into_owned);
    }
    let hash = fnv1a(folder.as_os_str().as_encoded_bytes());
    format!("recado-{hash:016x}.sock")
        .to_ns_name::<GenericNamespaced>()
        .map(Name::into_owned)
}

/// A hash that is the same in every build, which the standard library's does not promise.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn ask_to_show(folder: &Path) -> io::Result<()> {
    let mut stream = LocalSocketStream::connect(socket_name(folder)?)?;
    bound(&stream);
    stream.write_all(SHOW)?;
    let mut answer = [0; SHOWN.len()];
    stream.read_exact(&mut answer)?;
    if answer == *SHOWN {
        Ok(())
    } else {
        Err(io::ErrorKind::InvalidData.into())
    }
}

/// Bounds the waiting for the other side. Windows' pipes cannot; there only processes of the same user can connect.
fn bound(stream: &LocalSocketStream) {
    stream.set_recv_timeout(Some(TALK_PATIENCE)).ok();
    stream.set_send_timeout(Some(TALK_PATIENCE)).ok();
}

impl Instance {
    /// Begins to listen. Without a socket the program still is the only one; it merely cannot be called to the front.
    fn begin(folder: &Path, lock: File, show: impl Fn() + Send + 'static) -> Self {
        let closing = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&closing);
        let listening = socket_name(folder).and_then(|name| {
            // A socket that is left from a killed process is taken over: the lock says that its owner is gone.
            let options = ListenerOptions::new().name(name.clone()).try_overwrite(true);
            let listener = options.create_sync()?;
            let thread = std::thread::Builder::new()
                .name("instance".to_owned())
                .spawn(move || serve(&listener, &until, show))?;
            Ok((name, thread))
        });
        match listening {
            Ok((name, thread)) => Self {
                name: Some(name),
                closing,
                listener: Some(thread),
                _lock: lock,
            },
            Err(error) => {
                tracing::warn!(%error, "later copies cannot call this one to the front");
                Self {
                    name: None,
                    closing,
                    listener: None,
                    _lock: lock,
                }
            }
        }
    }
}

fn serve(listener: &LocalSocketListener, closing: &AtomicBool, show: impl Fn()) {
    for stream in listener.incoming() {
        if closing.load(Ordering::SeqCst) {
            return;
        }
        match stream {
            Ok(stream) => {
                if let Err(error) = answer(stream, &show) {
                    tracing::debug!(%error, "a call to the front was not understood");
                }
            }
            Err(error) => {
                tracing::warn!(%error, "a call to the front was not heard");
                // What fails at once (no descriptors left) would otherwise fail in a tight loop.
                std::thread::sleep(BETWEEN_TRIES);
            }
        }
    }
}

fn answer(mut stream: LocalSocketStream, show: &impl Fn()) -> io::Result<()> {
    bound(&stream);
    let mut request = [0; SHOW.len()];
    stream.read_exact(&mut request)?;
    if request == *SHOW {
        show();
        stream.write_all(SHOWN)?;
    }
    Ok(())
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // A connection wakes the listener, which then sees that it is to end.
        if let Some(name) = self.name.take()
            && LocalSocketStream::connect(name).is_ok()
            && let Some(listener) = self.listener.take()
        {
            listener.join().ok();
        }
    }
}

#[cfg(test)]
#[path = "instance_tests.rs"]
mod tests;
