//! Addresses somebody else made up.

use crate::comparing::hasty;
use crate::files::{content, expected};
use crate::raw::{Answer, Raw, http, whole};
use futures_util::future::BoxFuture;
use recado::domain::hosting::{FetchProblem, SeenAddress};
use recado::hosting::{FetchFault, FetchPatience, Fetcher, Lookup};
use std::net::IpAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

async fn fetched(url: &str, folder: &Path, max_bytes: u64) -> Result<u64, FetchFault> {
    hasty()
        .fetch(url, &folder.join("new"), max_bytes, true)
        .await
        .map(|fetched| fetched.bytes)
}

fn names_in(folder: &Path) -> Vec<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn problem(problem: FetchProblem) -> Result<u64, FetchFault> {
    Err(FetchFault::Address(problem))
}

#[tokio::test]
async fn an_address_is_looked_at() {
    let body = [PNG, &content(100_000)].concat();
    let all = body.clone();
    let raw = Raw::start(move |head| {
        if head.contains("GET /range") {
            let range = format!("Content-Range: bytes 0-4095/{}\r\n", all.len());
            http("206 Partial Content", &range, &all[..4096])
        } else if head.contains("GET /moved") {
            http("302 Found", "Location: range\r\n", b"")
        } else if head.contains("GET /open") {
            http("200 OK", "", &all)
        } else if head.contains("GET /tiny") {
            http("200 OK", "", b"hello")
        } else {
            whole(&all)
        }
    })
    .await;
    let size = Some(expected(&body).bytes);
    for (path, bytes, mime) in [
        ("/range", size, "image/png"),
        ("/moved", size, "image/png"),
        ("/ignored", size, "image/png"),
        ("/open", None, "image/png"),
        ("/tiny", Some(5), "text/plain"),
    ] {
        let mime = mime.to_owned();
        assert_eq!(
            hasty().look_at(&raw.url(path), true).await,
            Ok(SeenAddress { bytes, mime }),
            "{path}"
        );
    }
    assert!(raw.heads()[0].contains("range: bytes=0-4095"));
    assert_eq!(
        hasty().look_at(&raw.url("/range"), false).await,
        Err(FetchProblem::NotHttps)
    );
}

#[tokio::test]
async fn a_file_is_fetched_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let body = [PNG, &content(300_000)].concat();
    let answer = whole(&body);
    let raw = Raw::start(move |_| answer.clone()).await;
    let new = folder.path().join("new");
    let fetched = hasty().fetch(&raw.url("/"), &new, 1_000_000, true).await.unwrap();
    assert_eq!(
        (fetched.sha256, fetched.bytes, fetched.mime.as_str()),
        (expected(&body).sha256, expected(&body).bytes, "image/png")
    );
    assert_eq!(std::fs::read(&new).unwrap(), body);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(
            std::fs::metadata(&new).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    // What is there already stays.
    std::fs::write(&new, b"mine").unwrap();
    let again = hasty().fetch(&raw.url("/"), &new, 1_000_000, true).await;
    assert!(matches!(again, Err(FetchFault::Disk(_))), "{again:?}");
    assert_eq!(std::fs::read(&new).unwrap(), b"mine");
    assert_eq!(names_in(folder.path()), ["new"]);
}

#[tokio::test]
async fn what_is_too_large_or_breaks_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let body = content(100_000);
    for (answer, wanted) in [
        (whole(&body), Some(FetchProblem::TooLarge(99_999))),
        (http("200 OK", "", &body), Some(FetchProblem::TooLarge(99_999))),
        (
            Answer::Flood(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), vec![0; 4096]),
            Some(FetchProblem::TooLarge(99_999)),
        ),
        (http("200 OK", "Content-Length: 90000\r\n", &body[..100]), None),
        (
            Answer::Drip(b"HTTP/1.1 200 OK\r\n\r\n".to_vec(), b'a', Duration::from_secs(60)),
            Some(FetchProblem::TimedOut),
        ),
        (http("410 Gone", "", b""), Some(FetchProblem::Status(410))),
    ] {
        let raw = Raw::start(move |_| answer.clone()).await;
        let found = fetched(&raw.url("/"), folder.path(), 99_999).await;
        match wanted {
            Some(wanted) => assert_eq!(found, problem(wanted)),
            None => assert!(
                matches!(found, Err(FetchFault::Address(FetchProblem::Unreachable(_)))),
                "{found:?}"
            ),
        }
        assert!(names_in(folder.path()).is_empty());
    }
}

#[tokio::test]
async fn redirects_are_followed_a_little_way_and_not_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    let raw = Raw::start(|head| {
        let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
        match path.trim_start_matches('/').parse::<u32>() {
            Ok(0) => whole(b"there"),
            Ok(left) => http("302 Found", &format!("Location: /{}\r\n", left - 1), b""),
            Err(_) => {
                let to = path.trim_start_matches("/to/");
                http("302 Found", &format!("Location: {to}\r\n"), b"")
            }
        }
    })
    .await;
    assert_eq!(fetched(&raw.url("/3"), folder.path(), 100).await, Ok(5));
    assert_eq!(
        fetched(&raw.url("/4"), folder.path(), 100).await,
        problem(FetchProblem::Redirected)
    );
    for to in [
        "http://files.example/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::ffff:10.0.0.1]/",
        "https://a:b@files.example/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "javascript:alert(1)",
        "//[",
        "",
    ] {
        assert_eq!(
            fetched(&raw.url(&format!("/to/{to}")), folder.path(), 100).await,
            problem(FetchProblem::Redirected),
            "{to}"
        );
    }
}

/// Tells every name the next of these addresses, and counts.
struct Changing {
    addresses: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
    names: Mutex<Vec<String>>,
}

impl Lookup for Changing {
    fn lookup(&self, name: String) -> BoxFuture<'static, std::io::Result<Vec<IpAddr>>> {
        self.names.lock().unwrap().push(name);
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        let told = self.addresses[turn.min(self.addresses.len() - 1)].clone();
        Box::pin(async move { Ok(told) })
    }
}

#[tokio::test]
async fn a_name_that_leads_here_is_not_connected_to() {
    let folder = tempfile::tempdir().unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let near = [
        ["127.0.0.1"].as_slice(),
        &["::ffff:127.0.0.1", "10.0.0.1", "169.254.169.254"],
    ];
    for addresses in near {
        let changing = Arc::new(Changing {
            addresses: vec![addresses.iter().map(|address| address.parse().unwrap()).collect()],
            asked: AtomicUsize::new(0),
            names: Mutex::default(),
        });
        let lookup: Arc<dyn Lookup> = changing.clone();
        let fetcher = Fetcher::new(lookup, FetchPatience::default());
        let url = format!("https://files.example:{port}/file.pdf");
        // Also for a gateway that is played here: the name is not this machine's.
        for local in [false, true] {
            assert_eq!(fetcher.look_at(&url, local).await, Err(FetchProblem::NotPublic));
            let fetched = fetcher.fetch(&url, &folder.path().join("new"), 100, local).await;
            assert_eq!(fetched, Err(FetchFault::Address(FetchProblem::NotPublic)));
            assert_eq!(
                fetcher.fetch_back(&url, &expected(b"x"), local, &|_| {}).await,
                Err(FetchProblem::NotPublic)
            );
        }
        assert_eq!(
            changing.asked.load(Ordering::SeqCst),
            6,
            "asked once for each connection"
        );
        assert!(
            changing
                .names
                .lock()
                .unwrap()
                .iter()
                .all(|name| name == "files.example")
        );
    }
    // Nobody came.
    let came = tokio::time::timeout(Duration::from_millis(50), listener.accept()).await;
    assert!(came.is_err());
}
