//! Who takes what comes in, and does with it what a test asks.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use recado::domain::AccountId;
use recado::listener::{
    DeliveredBody, Delivery, HostedAttachment, Limits, Listener, ListenerOptions, Reception, Refusal,
};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::Semaphore;

/// How long a condition may take to come true; reached only by a test that fails.
pub const PATIENCE: Duration = Duration::from_secs(40);
/// The token of the only account.
pub const TOKEN: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
/// A token of nobody.
pub const UNKNOWN: &str = "10112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// What was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub content_type: Option<String>,
    pub in_file: bool,
    pub bytes: u64,
    pub digest: Vec<u8>,
    /// Memory of this process while it was taken, in bytes.
    pub memory: u64,
    /// Permission bits of the file.
    pub mode: u32,
}

/// What `take` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Takes,
    Refuses(Refusal),
    Panics,
}

#[derive(Debug, Default)]
struct Book {
    taken: Vec<Taken>,
    begun: usize,
    running: usize,
    most_running: usize,
}

pub struct Desk {
    account: AccountId,
    pub home: TempDir,
    pub spool: Mutex<PathBuf>,
    pub mood: Mutex<Mood>,
    /// A permit is taken for every call; closed, nobody waits.
    pub gate: Semaphore,
    book: Mutex<Book>,
    /// What may be had, by token.
    hosted: Mutex<HashMap<String, HostedAttachment>>,
}

impl Desk {
    /// One that takes everything at once.
    pub fn open() -> Arc<Self> {
        let desk = Self::shut();
        desk.gate.close();
        desk
    }

    /// One that takes nothing until its gate is opened.
    pub fn shut() -> Arc<Self> {
        let home = tempfile::tempdir().unwrap();
        Arc::new(Self {
            account: AccountId::new(),
            spool: Mutex::new(home.path().join("spool")),
            home,
            mood: Mutex::new(Mood::Takes),
            gate: Semaphore::new(0),
            book: Mutex::default(),
            hosted: Mutex::default(),
        })
    }

    /// Lets a file of this content be had by a token. Where it lies.
    pub fn host(&self, token: &str, mime: &str, extension: &str, content: &[u8]) -> PathBuf {
        let path = self.home.path().join(format!("{token}.stored"));
        std::fs::write(&path, content).unwrap();
        self.host_file(token, mime, extension, &path);
        path
    }

    /// Lets a file that is there be had by a token.
    pub fn host_file(&self, token: &str, mime: &str, extension: &str, path: &std::path::Path) {
        let hosted = HostedAttachment {
            path: path.to_path_buf(),
            mime: mime.to_owned(),
            extension: extension.to_owned(),
            bytes: std::fs::metadata(path).unwrap().len(),
        };
        self.hosted.lock().unwrap().insert(token.to_owned(), hosted);
    }

    /// What was had by a token can be had no more.
    pub fn revoke(&self, token: &str) {
        self.hosted.lock().unwrap().remove(token);
    }

    /// What was taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.book.lock().unwrap().taken.clone()
    }

    /// How many calls were begun to be taken.
    pub fn begun(&self) -> usize {
        self.book.lock().unwrap().begun
    }

    /// How many were being taken at the same time, at most.
    pub fn most_running(&self) -> usize {
        self.book.lock().unwrap().most_running
    }

    /// Files in the spool folder.
    pub fn spooled(&self) -> usize {
        std::fs::read_dir(&*self.spool.lock().unwrap()).map_or(0, Iterator::count)
    }
}

impl Reception for Desk {
    fn account_of(&self, token: &str) -> Option<AccountId> {
        (token == TOKEN).then_some(self.account)
    }

    fn attachment(&self, token: &str) -> Option<HostedAttachment> {
        self.hosted.lock().unwrap().get(token).cloned()
    }

    fn spool_folder(&self) -> PathBuf {
        self.spool.lock().unwrap().clone()
    }

    fn take(&self, delivery: Delivery) -> BoxFuture<'_, Result<(), Refusal>> {
        async move {
            {
                let mut book = self.book.lock().unwrap();
                book.begun += 1;
                book.running += 1;
                book.most_running = book.most_running.max(book.running);
            }
            if let Ok(permit) = self.gate.acquire().await {
                permit.forget();
            }
            let mood = *self.mood.lock().unwrap();
            let mut book = self.book.lock().unwrap();
            book.running -= 1;
            match mood {
                Mood::Takes => {
                    assert_eq!(delivery.account, self.account);
                    book.taken.push(look_at(&delivery));
                    Ok(())
                }
                Mood::Refuses(refusal) => Err(refusal),
                Mood::Panics => {
                    drop(book);
                    panic!("a fault in the reception, on purpose");
                }
            }
        }
        .boxed()
    }
}

fn look_at(delivery: &Delivery) -> Taken {
    let memory = memory();
    let mut hash = Sha256::new();
    let (in_file, bytes, mode) = match &delivery.body {
        DeliveredBody::Memory(bytes) => {
            hash.update(bytes);
            (false, bytes.len() as u64, 0)
        }
        DeliveredBody::Spooled { file, bytes } => {
            let mut open = std::fs::File::open(file).unwrap();
            let mut buffer = vec![0; 64 * 1024];
            loop {
                let count = std::io::Read::read(&mut open, &mut buffer).unwrap();
                if count == 0 {
                    break;
                }
                hash.update(&buffer[..count]);
            }
            (true, *bytes, mode_of(&open))
        }
    };
    Taken {
        content_type: delivery.content_type.clone(),
        in_file,
        bytes,
        digest: hash.finalize().to_vec(),
        memory,
        mode,
    }
}

#[cfg(unix)]
fn mode_of(file: &std::fs::File) -> u32 {
    std::os::unix::fs::MetadataExt::mode(&file.metadata().unwrap()) & 0o777
}

#[cfg(not(unix))]
fn mode_of(_: &std::fs::File) -> u32 {
    0o600
}

/// What this process holds in memory, in bytes; 0 where that cannot be asked.
pub fn memory() -> u64 {
    std::fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmRSS:"))?.to_owned();
            line.split_whitespace().nth(1)?.parse::<u64>().ok()
        })
        .map_or(0, |kibibytes| kibibytes * 1024)
}

/// Listens on a free port of this machine, with limits as a test wants them.
pub async fn listen(desk: &Arc<Desk>, edit: impl FnOnce(&mut Limits)) -> Listener {
    let mut options = ListenerOptions::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
    edit(&mut options.limits);
    Listener::start(options, Arc::clone(desk) as Arc<dyn Reception>)
        .await
        .unwrap()
}

/// Waits until something is so.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    let waiting = async {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waiting)
        .await
        .unwrap_or_else(|_| panic!("in vain: {what}"));
}
