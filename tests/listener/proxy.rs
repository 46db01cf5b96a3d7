//! A real reverse proxy in front of the listener.

use crate::desk::{Desk, PATIENCE, UNKNOWN};
use crate::raw::Raw;
use sha2::{Digest, Sha256};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// The name in the recommended configurations.
pub const PUBLIC: &str = "recado.example.com";
/// A token of a file.
const FILE: &str = "aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899";

/// A proxy that runs until this is dropped.
pub struct Proxy {
    child: Child,
    pub address: SocketAddr,
    _home: TempDir,
}

impl Proxy {
    /// Starts one that listens on the address `prepare` is given, and writes into the folder it is given only.
    pub async fn start(name: &str, prepare: impl Fn(SocketAddr, &Path) -> Command) -> Self {
        // Between finding a free port and using it, another may take it.
        for _ in 0..10 {
            let home = tempfile::tempdir().unwrap();
            let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
                .unwrap()
                .local_addr()
                .unwrap()
                .port();
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            let child = prepare(address, home.path())
                .stdin(Stdio::null())
                .spawn()
                .unwrap();
            let mut proxy = Self {
                child,
                address,
                _home: home,
            };
            if proxy.answers().await {
                return proxy;
            }
        }
        panic!("{name} does not start; it says why above");
    }

    /// Waits until it accepts connections; `false` if it ended.
    async fn answers(&mut self) -> bool {
        let waiting = async {
            loop {
                if self.child.try_wait().unwrap().is_some() {
                    return false;
                }
                if tokio::net::TcpStream::connect(self.address).await.is_ok() {
                    return true;
                }
                tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .expect("the proxy neither listens nor ends")
    }

    /// Its address for browsers.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Finds a program, which is in a package of this name.
pub fn program(name: &str, package: &str) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        // Debian keeps some where ordinary users do not look.
        .chain(["/usr/sbin", "/usr/local/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
        .unwrap_or_else(|| {
            panic!(
                "{name} is not installed; on Debian and Ubuntu: sudo apt-get install {package} (tests/all.sh does it)"
            )
        })
}

/// A call by the public name.
pub fn post(path: &str, content_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: {PUBLIC}\r\nContent-Type: {content_type}\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// Fetches a file whole and in parts, as a gateway would, and tries what a stranger would.
pub async fn attachments_come_through(desk: &Desk, proxy: &Proxy) {
    let content: Vec<u8> = (0..3_000_007_u32).map(|index| (index * 31 % 251) as u8).collect();
    desk.host(FILE, "image/png", "png", &content);
    let path = format!("/a/{FILE}/file.png");
    let asks = |method: &str, path: &str, headers: &str| {
        format!("{method} {path} HTTP/1.1\r\nHost: {PUBLIC}\r\n{headers}\r\n")
    };
    for (headers, status, part) in [
        ("", 200, &content[..]),
        (
            "Range: bytes=1000000-1999999\r\n",
            206,
            &content[1_000_000..2_000_000],
        ),
        (
            "X-Forwarded-Host: evil.example\r\nX-Forwarded-Proto: http\r\n",
            200,
            &content[..],
        ),
    ] {
        let mut raw = Raw::connect(proxy.address).await;
        raw.send(asks("GET", &path, headers)).await;
        let head = raw.reply_head().await.unwrap();
        assert_eq!(head.status, status, "{headers}: {head:?}");
        assert_eq!(head.header("content-length"), Some(&*part.len().to_string()));
        for (name, value) in [
            ("content-type", "image/png"),
            ("x-content-type-options", "nosniff"),
            ("content-disposition", "attachment; filename=\"file.png\""),
            ("cache-control", "private, no-store"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(head.header(name), Some(value), "{head:?}");
        }
        let (mut hash, mut left) = (Sha256::new(), part.len());
        while left > 0 {
            let some = raw.some().await.unwrap();
            assert!(!some.is_empty() && some.len() <= left);
            left -= some.len();
            hash.update(&some);
        }
        assert_eq!(hash.finalize(), Sha256::digest(part), "{headers}");
    }
    for (request, status) in [
        (asks("HEAD", &path, ""), 200),
        (asks("POST", &path, "Content-Length: 0\r\n"), 405),
        (asks("GET", &path, "Range: bytes=99999999-\r\n"), 416),
        (asks("GET", &path, "Origin: https://evil.example\r\n"), 403),
        (asks("GET", &format!("/a/{UNKNOWN}/file.png"), ""), 404),
        (asks("GET", &format!("/a/{FILE}/file.jpg"), ""), 404),
    ] {
        let mut raw = Raw::connect(proxy.address).await;
        raw.send(&request).await;
        let head = raw.reply_head().await.unwrap();
        assert_eq!(head.status, status, "{request}");
    }
    // What a proxy straightens before it passes it on leads nowhere either.
    for path in [
        format!("/a/{FILE}/../{FILE}/file.jpg"),
        format!("/a/{FILE}/%2e%2e%2f%2e%2e%2fetc%2fpasswd"),
        format!("/a/{FILE}/..%5c..%5cfile.png"),
        format!("/a/{FILE}/file.png%00"),
    ] {
        let mut raw = Raw::connect(proxy.address).await;
        raw.send(asks("GET", &path, "")).await;
        let status = raw.reply_head().await.unwrap().status;
        assert!(matches!(status, 400 | 404), "{path}: {status}");
    }
}
