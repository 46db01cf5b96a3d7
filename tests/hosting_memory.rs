//! Uploading a large file takes little memory. A process of its own, so that nothing else is measured.
#![cfg(target_os = "linux")]
// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used)]

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use recado::domain::Secret;
use recado::domain::hosting::{StorageConfig, StorageKeys};
use recado::hosting::Storage;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio::net::TcpListener;

const FILE_BYTES: u64 = 100 * 1024 * 1024;
const GROWTH_MAX_KIB: u64 = 64 * 1024;

/// Takes everything, keeps nothing, and counts.
async fn swallow(
    request: Request<Incoming>,
    came: Arc<AtomicU64>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let put = request.method() == Method::PUT;
    let begin = request
        .uri()
        .query()
        .is_some_and(|query| query.contains("uploads="));
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        if let (true, Ok(bytes)) = (put, frame?.into_data()) {
            came.fetch_add(bytes.len().try_into().unwrap(), Ordering::SeqCst);
        }
    }
    let text: &str = match (put, begin) {
        (true, _) => "",
        (_, true) => "<R><UploadId>u</UploadId></R>",
        _ => "<CompleteMultipartUploadResult/>",
    };
    let mut answer = Response::new(Full::new(Bytes::from(text)));
    answer.headers_mut().insert("etag", "\"t\"".parse().unwrap());
    Ok(answer)
}

fn memory_kib(field: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    status
        .lines()
        .find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))
        .and_then(|value| value.trim().strip_suffix(" kB"))
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

#[tokio::test]
async fn a_large_file_takes_little_memory() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let came = Arc::new(AtomicU64::new(0));
    let counting = Arc::clone(&came);
    let server = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let counting = Arc::clone(&counting);
            let service = service_fn(move |request| swallow(request, Arc::clone(&counting)));
            tokio::spawn(
                hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service),
            );
        }
    });
    let file = tempfile::NamedTempFile::new().unwrap();
    file.as_file().set_len(FILE_BYTES).unwrap();
    let config = StorageConfig {
        endpoint: format!("http://127.0.0.1:{port}"),
        bucket: "my-files".into(),
        region: "us-east-1".into(),
        prefix: String::new(),
        path_style: true,
    };
    let keys = StorageKeys {
        access_key: Secret::new("AKCANARY00000001".into()),
        secret_key: Secret::new("canary-secret".into()),
    };
    let storage = Storage::new(&config, &keys).unwrap();
    let mut keep = |_| -> futures_util::future::BoxFuture<'static, _> { Box::pin(async { Ok(()) }) };

    let before = memory_kib("VmRSS");
    let outcome = storage
        .upload("t/file.mp4", file.path(), "video/mp4", None, &|_| {}, &mut keep)
        .await;
    let peak = memory_kib("VmHWM");
    server.abort();
    assert_eq!(outcome, Ok(()));
    assert_eq!(came.load(Ordering::SeqCst), FILE_BYTES);
    println!("{before} KiB before, {peak} KiB at most");
    assert!(
        peak.saturating_sub(before) < GROWTH_MAX_KIB,
        "{before} KiB before, {peak} KiB at most"
    );
}
