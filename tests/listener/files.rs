//! Files on their way: large, slow, gone, cut.

use crate::desk::{Desk, listen, memory, until};
use crate::raw::{Raw, ask, call};
use sha2::{Digest, Sha256};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpSocket;

/// Bytes of a mebibyte.
const MEBIBYTE: u64 = 1024 * 1024;
/// A token of a file.
const FILE: &str = "aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899";

fn request() -> String {
    format!("GET /a/{FILE}/file.bin HTTP/1.1\r\nHost: localhost\r\n\r\n")
}

/// A file of so many bytes, of which none is on the disk.
fn sparse(desk: &Desk, bytes: u64) -> PathBuf {
    let path = desk.home.path().join("sparse");
    std::fs::File::create(&path).unwrap().set_len(bytes).unwrap();
    desk.host_file(FILE, "application/octet-stream", "bin", &path);
    path
}

/// A connection whose system keeps little of what comes.
async fn narrow(address: SocketAddr) -> Raw {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4 * 1024).unwrap();
    Raw::over(socket.connect(address).await.unwrap())
}

/// Reads until so many bytes have come; how many came.
async fn read(raw: &mut Raw, at_least: u64) -> u64 {
    let mut bytes = 0;
    while bytes < at_least {
        match raw.some().await {
            Some(some) if !some.is_empty() => bytes += some.len() as u64,
            _ => break,
        }
    }
    bytes
}

/// Changes a file's length as another program would.
fn set_length(path: &Path, bytes: u64) {
    let file = std::fs::OpenOptions::new().write(true).open(path).unwrap();
    file.set_len(bytes).unwrap();
}

#[tokio::test]
async fn a_large_file_comes_whole_and_its_parts_fit() {
    let desk = Desk::open();
    let content: Vec<u8> = (0..5 * MEBIBYTE + 7)
        .map(|index| (index * 31 % 251) as u8)
        .collect();
    desk.host(FILE, "application/octet-stream", "bin", &content);
    let listener = listen(&desk, |_| {}).await;
    let mut raw = Raw::to(&listener).await;
    for (first, last) in [
        (0, content.len() - 1),
        (1, 2 * MEBIBYTE as usize),
        (content.len() - 3, content.len() - 1),
    ] {
        raw.send(request().replace("\r\n\r\n", &format!("\r\nRange: bytes={first}-{last}\r\n\r\n")))
            .await;
        assert_eq!(raw.reply_head().await.unwrap().status, 206);
        let (mut hash, mut left) = (Sha256::new(), last + 1 - first);
        while left > 0 {
            let some = raw.some().await.unwrap();
            assert!(!some.is_empty() && some.len() <= left);
            left -= some.len();
            hash.update(&some);
        }
        assert_eq!(hash.finalize(), Sha256::digest(&content[first..=last]));
    }
}

/// Set in a process that runs one test alone: what the others hold in memory must not be counted.
const ALONE: &str = "RECADO_TEST_ALONE";

#[test]
fn twenty_slow_readers_of_a_hundred_mebibytes_cost_little() {
    if std::env::var_os(ALONE).is_some() {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        return runtime.block_on(measure_slow_readers());
    }
    let name = "files::twenty_slow_readers_of_a_hundred_mebibytes_cost_little";
    let output = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name])
        .env(ALONE, "1")
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && words.contains("1 passed"),
        "{words}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

async fn measure_slow_readers() {
    let desk = Desk::open();
    let bytes = 100 * MEBIBYTE;
    sparse(&desk, bytes);
    let listener = listen(&desk, |_| {}).await;
    // The first one pays for what is only made once.
    let mut quick = Raw::to(&listener).await;
    quick.send(request()).await;
    assert_eq!(quick.reply_head().await.unwrap().status, 200);
    assert_eq!(read(&mut quick, bytes).await, bytes);
    let before = memory();
    let mut readers = Vec::new();
    for _ in 0..20 {
        let mut raw = narrow(listener.address()).await;
        raw.send(request()).await;
        assert_eq!(raw.reply_head().await.unwrap().status, 200);
        readers.push(raw);
    }
    let mut most = 0;
    for _ in 0..20 {
        for raw in &mut readers {
            assert!(read(raw, 64 * 1024).await >= 64 * 1024);
        }
        most = most.max(memory());
    }
    let grown = most.saturating_sub(before);
    assert!(
        grown < 8 * MEBIBYTE,
        "{grown} bytes for {} readers",
        readers.len()
    );
    // Meanwhile calls are taken.
    assert_eq!(
        ask(&listener, call("text/plain", "{}")).await.unwrap().status,
        200
    );
}

#[tokio::test]
async fn who_stops_reading_is_cut_and_who_reads_slowly_is_not() {
    const SOON: Duration = Duration::from_millis(1_500);
    let desk = Desk::open();
    let bytes = 64 * MEBIBYTE;
    sparse(&desk, bytes);
    let listener = listen(&desk, |limits| {
        (limits.unread_time, limits.head_time, limits.idle_time) = (SOON, SOON, SOON);
        limits.connections = 2;
    })
    .await;
    let mut stopped = narrow(listener.address()).await;
    stopped.send(request()).await;
    let mut slow = narrow(listener.address()).await;
    slow.send(request()).await;
    let began = Instant::now();
    let mut come = 0;
    assert_eq!(slow.reply_head().await.unwrap().status, 200);
    // Longer than any time that a peer has for anything else.
    while began.elapsed() < SOON * 3 {
        come += read(&mut slow, 256 * 1024).await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(come < bytes, "it was not slow");
    come += read(&mut slow, bytes - come).await;
    assert_eq!(come, bytes, "it was cut");
    // The other's place is free: a third is served, and what it is owed never comes.
    assert_eq!(
        ask(&listener, call("text/plain", "{}")).await.unwrap().status,
        200
    );
    let _ = stopped.reply_head().await;
    assert!(read(&mut stopped, bytes).await < bytes);
}

#[tokio::test]
async fn a_file_that_is_gone_or_changed_is_not_there() {
    let desk = Desk::open();
    let path = sparse(&desk, 1_000);
    let listener = listen(&desk, |_| {}).await;
    let not_there = ask(&listener, request().replace(FILE, &"0".repeat(64)))
        .await
        .unwrap();
    assert_eq!(not_there.status, 404);
    for length in [999, 1_001, 0] {
        set_length(&path, length);
        let reply = ask(&listener, request()).await.unwrap();
        assert_eq!(reply.without_date(), not_there.without_date(), "{length}");
    }
    set_length(&path, 1_000);
    assert_eq!(ask(&listener, request()).await.unwrap().status, 200);
    std::fs::remove_file(&path).unwrap();
    let reply = ask(&listener, request()).await.unwrap();
    assert_eq!(reply.without_date(), not_there.without_date());
    std::fs::create_dir(&path).unwrap();
    let reply = ask(&listener, request()).await.unwrap();
    assert_eq!(reply.without_date(), not_there.without_date());
}

#[tokio::test]
async fn a_file_that_is_cut_while_it_goes_cuts_the_connection() {
    let desk = Desk::open();
    let bytes = 64 * MEBIBYTE;
    let path = sparse(&desk, bytes);
    let listener = listen(&desk, |_| {}).await;
    let mut raw = narrow(listener.address()).await;
    raw.send(request()).await;
    assert_eq!(raw.reply_head().await.unwrap().status, 200);
    let come = read(&mut raw, MEBIBYTE).await;
    set_length(&path, 2 * MEBIBYTE);
    let come = come + read(&mut raw, bytes).await;
    assert!(come < bytes / 2, "{come} bytes came: it was padded");
}

#[tokio::test]
async fn who_hangs_up_leaves_nothing_open() {
    let desk = Desk::open();
    sparse(&desk, 64 * MEBIBYTE);
    let listener = listen(&desk, |_| {}).await;
    for _ in 0..10 {
        let mut raw = Raw::to(&listener).await;
        raw.send(request()).await;
        assert_eq!(raw.reply_head().await.unwrap().status, 200);
        drop(raw);
    }
    let name = "sparse";
    let open = || {
        let Ok(entries) = std::fs::read_dir("/proc/self/fd") else {
            return 0;
        };
        let here = desk.home.path().join(name);
        entries
            .flatten()
            .filter(|entry| std::fs::read_link(entry.path()).is_ok_and(|path| path == here))
            .count()
    };
    until("all are closed", || open() == 0).await;
}

#[tokio::test]
async fn the_end_of_listening_does_not_wait_for_a_file() {
    let desk = Desk::open();
    sparse(&desk, 64 * MEBIBYTE);
    let listener = listen(&desk, |limits| limits.shutdown_time = Duration::from_millis(300)).await;
    let mut raw = narrow(listener.address()).await;
    raw.send(request()).await;
    assert_eq!(raw.reply_head().await.unwrap().status, 200);
    let began = Instant::now();
    listener.shutdown().await;
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    assert_eq!(Arc::strong_count(&desk), 1);
}
