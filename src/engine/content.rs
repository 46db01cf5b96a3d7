//! Files of incoming messages that came as an address only: fetched when the operator asks, and never by themselves.

use super::inbox::media_folder;
use super::protocol::ContentError;
use super::reach::is_played_here;
use super::shared::Shared;
use crate::domain::incoming::StoredFile;
use crate::domain::{AccountId, MessageId};
use crate::gateway::inbound;
use crate::hosting::{self, FetchFault, FetchProgress, Fetched};
use crate::platform::folders;
use crate::store::StoreError;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Largest file that is fetched, in bytes.
const CONTENT_MAX: u64 = 100 * 1024 * 1024;

impl Shared {
    /// Fetches the file of a message that came as an address only, into the folder for media, until the operator wants
    /// it no more. How far it is stands in the live picture.
    pub(super) async fn fetch_content(&self, message: MessageId) -> Result<(), ContentError> {
        // Asked for again while it comes: the first asking goes on, and nothing comes of the second.
        let under_way = self.fetches.begin(&self.publisher, message);
        let under_way = under_way.ok_or(ContentError::Stopped)?;
        let (url, told, account, _) = self
            .store
            .content_of(message)
            .await
            .map_err(kept)?
            .ok_or(ContentError::NoAddress)?;
        let folder = media_folder(self);
        let local = self.may_be_here(account);
        let progress = |done, total| under_way.came(done, total);
        let file = tokio::select! {
            never = under_way.tell() => match never {},
            file = fetch_into(&folder, &url, told.as_deref(), local, &progress, under_way.stopped()) => file?,
        };
        let name = file.stored_name.clone();
        match self.store.content_fetched(message, file, self.clock.now()).await {
            Ok(received) => {
                for unneeded in &received.files_not_needed {
                    remove(&folder, unneeded).await;
                }
                self.publisher.messages_changed(received.changed);
                Ok(())
            }
            Err(error) => {
                remove(&folder, &name).await;
                Err(match error {
                    StoreError::NotFound => ContentError::NoAddress,
                    other => kept(other),
                })
            }
        }
    }

    /// Whether the addresses of an account may lead to this machine: its gateway is played here.
    fn may_be_here(&self, account: AccountId) -> bool {
        self.account(account)
            .is_some_and(|account| is_played_here(&account))
    }
}

/// Fetches an address into the folder under a random name. What the file is called comes from `told`, or from the address;
/// what it is, from its bytes. Once `stop` is over it is given up, and nothing is left.
async fn fetch_into(
    folder: &Path,
    url: &str,
    told: Option<&str>,
    local: bool,
    progress: FetchProgress<'_>,
    stop: impl Future<Output = ()>,
) -> Result<StoredFile, ContentError> {
    folders::make_private(folder).map_err(disk)?;
    let stored_name = format!("{:032x}", rand::random::<u128>());
    let path = folder.join(&stored_name);
    let fetched = tokio::select! {
        () = stop => {
            // Its last byte may have come in this very moment.
            let _ = tokio::fs::remove_file(&path).await;
            return Err(ContentError::Stopped);
        }
        fetched = hosting::fetch(url, &path, CONTENT_MAX, local, progress) => fetched,
    };
    let fetched = fetched.map_err(|fault| match fault {
        FetchFault::Address(problem) => ContentError::Fetch(problem),
        FetchFault::Disk(words) => ContentError::Disk(words),
    })?;
    let told = told.unwrap_or(url).to_owned();
    let named = tokio::task::spawn_blocking({
        let (path, folder) = (path, folder.to_owned());
        move || settle(&path, &folder, &told)
    });
    match named.await.map_err(io::Error::other).and_then(|named| named) {
        Ok((name, mime)) => Ok(stored(fetched, stored_name, name, mime)),
        Err(error) => {
            remove(folder, &stored_name).await;
            Err(disk(error))
        }
    }
}

fn stored(fetched: Fetched, stored_name: String, name: String, mime: &'static str) -> StoredFile {
    StoredFile {
        stored_name,
        name,
        bytes: fetched.bytes,
        mime: mime.to_owned(),
        sha256: fetched.sha256,
    }
}

/// Brings the name of a new file to the disk; answers what the file is called and of which type it is.
fn settle(path: &PathBuf, folder: &Path, told: &str) -> io::Result<(String, &'static str)> {
    let mut head = Vec::new();
    let file = std::fs::File::open(path)?;
    let complete = file.metadata()?.len() <= inbound::HEAD_BYTES as u64;
    file.take(inbound::HEAD_BYTES as u64).read_to_end(&mut head)?;
    folders::sync(folder)?;
    Ok(inbound::named_by_bytes(&head, complete, told))
}

async fn remove(folder: &Path, stored_name: &str) {
    if let Err(error) = tokio::fs::remove_file(folder.join(stored_name)).await {
        tracing::warn!(%error, "a file that is not needed could not be removed");
    }
}

fn disk(error: io::Error) -> ContentError {
    ContentError::Disk(error.to_string())
}

fn kept(error: StoreError) -> ContentError {
    ContentError::Disk(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hosting::FetchProblem;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    async fn fetched_into(
        folder: &Path,
        url: &str,
        told: Option<&str>,
        local: bool,
    ) -> Result<StoredFile, ContentError> {
        fetch_into(folder, url, told, local, &|_, _| {}, std::future::pending()).await
    }

    /// Answers one call with these bytes.
    async fn serve(status: &'static str, body: &'static [u8]) -> String {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            let head = format!(
                "HTTP/1.1 {status}\r\ncontent-type: image/png\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
                body.len()
            );
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(body).await.unwrap();
        });
        format!("http://{address}/files/Or%C3%A7amento.exe?key=1")
    }

    #[tokio::test]
    async fn a_file_is_what_its_bytes_say() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("media");
        let url = serve("200 OK", b"%PDF-1.7\n%%EOF").await;
        let file = fetched_into(&folder, &url, Some("../../Pedido.exe"), true)
            .await
            .unwrap();
        assert_eq!(
            (file.name.as_str(), file.mime.as_str(), file.bytes),
            ("Pedido.pdf", "application/pdf", 14)
        );
        assert_eq!(file.stored_name.len(), 32);
        assert_eq!(std::fs::read(file.path(&folder)).unwrap(), b"%PDF-1.7\n%%EOF");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(file.path(&folder))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        // Without a name, that of the address.
        let url = serve("200 OK", b"%PDF-1.7\n%%EOF").await;
        let file = fetched_into(&folder, &url, None, true).await.unwrap();
        assert!(
            file.name.ends_with(".pdf") && !file.name.contains('/'),
            "{}",
            file.name
        );
    }

    #[tokio::test]
    async fn what_is_not_there_or_not_outside_leaves_nothing() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("media");
        let url = serve("404 Not Found", b"gone").await;
        let gone = fetched_into(&folder, &url, None, true).await;
        assert!(matches!(gone, Err(ContentError::Fetch(_))), "{gone:?}");
        // Whoever made the address up is not to reach this machine.
        let inside = fetched_into(&folder, "http://127.0.0.1:1/x", None, false).await;
        assert_eq!(inside, Err(ContentError::Fetch(FetchProblem::NotHttps)));
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
        let file = outer.path().join("file");
        std::fs::write(&file, b"x").unwrap();
        let nowhere = fetched_into(&file, &url, None, true).await;
        assert!(matches!(nowhere, Err(ContentError::Disk(_))), "{nowhere:?}");
    }

    #[tokio::test]
    async fn what_is_not_wanted_any_more_leaves_nothing() {
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("media");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/large.pdf", listener.local_addr().unwrap());
        // Begins a large file and never ends it.
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            let head = "HTTP/1.1 200 OK\r\ncontent-length: 40000\r\n\r\n%PDF-1.7";
            stream.write_all(head.as_bytes()).await.unwrap();
            let mut rest = Vec::new();
            let _ = stream.read_to_end(&mut rest).await;
        });
        let (seen, mut told) = tokio::sync::watch::channel((0, None));
        let progress = move |done, total| {
            seen.send_replace((done, total));
        };
        let begun = async move {
            told.wait_for(|(done, _)| *done > 0).await.unwrap();
            assert_eq!(*told.borrow(), (8, Some(40_000)));
        };
        let stopped = fetch_into(&folder, &url, None, true, &progress, begun).await;
        assert_eq!(stopped, Err(ContentError::Stopped));
        server.await.unwrap();
        assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
    }
}
