//! A whole S3 server within this process, which checks every signature. What reaches it is written down, and some of it can
//! be answered otherwise.

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use recado::domain::Secret;
use recado::domain::hosting::{HostingError, StorageConfig, StorageKeys, UploadState};
use recado::hosting::{Storage, StoragePatience};
use s3s::auth::SimpleAuth;
use s3s::host::SingleDomain;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinSet;

pub const ACCESS_KEY: &str = "AKCANARY00000001";
pub const SECRET_KEY: &str = "canary/Secret+00000001";
pub const BUCKET: &str = "my-files";

/// What reached the server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub method: String,
    pub path: String,
    pub query: String,
}

impl Seen {
    /// What it is about, such as `PUT part 2`.
    pub fn what(&self) -> String {
        let part = self
            .query
            .split('&')
            .find_map(|pair| pair.strip_prefix("partNumber="));
        let upload = self.query.contains("uploadId=");
        match (self.method.as_str(), part) {
            ("PUT", Some(part)) => format!("part {part}"),
            ("POST", _) if upload => "complete".into(),
            ("POST", _) => "begin".into(),
            ("DELETE", _) if upload => "abort".into(),
            (method, _) => method.to_lowercase(),
        }
    }
}

/// What is answered otherwise.
pub enum Fault {
    /// This, and nothing is done.
    Instead(u16, &'static str),
    /// This, after it has been done.
    After(u16, &'static str),
}

type Faults = Box<dyn FnMut(&Seen) -> Option<Fault> + Send>;

/// The server. It ends when this is dropped; what it stores stays in its folder.
pub struct Server {
    pub port: u16,
    root: PathBuf,
    seen: Arc<Mutex<Vec<Seen>>>,
    faults: Arc<Mutex<Option<Faults>>>,
    _connections: JoinSet<()>,
}

impl Server {
    pub async fn start(root: &Path) -> Self {
        std::fs::create_dir_all(root.join(BUCKET)).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let mut builder = S3ServiceBuilder::new(FileSystem::new(root).unwrap());
        builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
        builder.set_host(SingleDomain::new(&format!("localhost:{port}")).unwrap());
        let service = builder.build();
        let (seen, faults) = (Arc::default(), Arc::default());
        let mut connections = JoinSet::new();
        connections.spawn(accept(listener, service, Arc::clone(&seen), Arc::clone(&faults)));
        Self {
            port,
            root: root.to_owned(),
            seen,
            faults,
            _connections: connections,
        }
    }

    /// Answers some requests otherwise.
    pub fn fail(&self, faults: impl FnMut(&Seen) -> Option<Fault> + Send + 'static) {
        *self.faults.lock().unwrap() = Some(Box::new(faults));
    }

    /// What has been asked since this was last called, in order.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut *self.seen.lock().unwrap())
            .iter()
            .map(Seen::what)
            .collect()
    }

    /// Names in the server's folder, other than the bucket's.
    pub fn left_over(&self) -> Vec<String> {
        std::fs::read_dir(&self.root)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != BUCKET)
            .collect()
    }

    pub fn config(&self) -> StorageConfig {
        StorageConfig {
            endpoint: format!("http://127.0.0.1:{}", self.port),
            bucket: BUCKET.into(),
            region: "us-east-1".into(),
            prefix: "recado".into(),
            path_style: true,
        }
    }

    pub fn storage(&self) -> Storage {
        Storage::with_patience(&self.config(), &keys(SECRET_KEY), short()).unwrap()
    }
}

pub fn keys(secret: &str) -> StorageKeys {
    StorageKeys {
        access_key: Secret::new(ACCESS_KEY.into()),
        secret_key: Secret::new(secret.into()),
    }
}

/// As patient as a test needs it.
pub fn short() -> StoragePatience {
    StoragePatience {
        backoff: Duration::from_millis(5),
        ..StoragePatience::default()
    }
}

/// Uploads, and returns what was kept on the way.
pub async fn upload(
    storage: &Storage,
    key: &str,
    path: &Path,
    state: Option<UploadState>,
) -> (Result<(), HostingError>, Vec<UploadState>) {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keeping = Arc::clone(&kept);
    let mut keep = move |state: UploadState| -> futures_util::future::BoxFuture<'static, _> {
        let keeping = Arc::clone(&keeping);
        Box::pin(async move {
            keeping.lock().unwrap().push(state);
            Ok(())
        })
    };
    let outcome = storage
        .upload(key, path, "application/pdf", state, &|_| {}, &mut keep)
        .await;
    let kept = kept.lock().unwrap().clone();
    (outcome, kept)
}

/// A client without keys.
pub fn anyone() -> reqwest::Client {
    recado::gateway::http::build(|| {
        recado::gateway::http::builder(true, Duration::from_secs(5)).timeout(Duration::from_secs(20))
    })
    .unwrap()
}

async fn accept(
    listener: TcpListener,
    service: S3Service,
    seen: Arc<Mutex<Vec<Seen>>>,
    faults: Arc<Mutex<Option<Faults>>>,
) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (service, seen, faults) = (service.clone(), Arc::clone(&seen), Arc::clone(&faults));
        connections.spawn(async move {
            let answer = service_fn(move |request: Request<Incoming>| {
                answer(service.clone(), Arc::clone(&seen), Arc::clone(&faults), request)
            });
            // A client that goes away in the middle is what some tests are about.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), answer)
                .await;
        });
    }
}

async fn answer(
    service: S3Service,
    seen: Arc<Mutex<Vec<Seen>>>,
    faults: Arc<Mutex<Option<Faults>>>,
    request: Request<Incoming>,
) -> Result<Response<s3s::Body>, s3s::HttpError> {
    let this = Seen {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
    };
    let fault = faults.lock().unwrap().as_mut().and_then(|faults| faults(&this));
    seen.lock().unwrap().push(this);
    match fault {
        None => service.call(request.map(s3s::Body::from)).await,
        Some(Fault::Instead(status, text)) => {
            let _ = request.into_body().collect().await;
            Ok(otherwise(status, text))
        }
        Some(Fault::After(status, text)) => {
            let _ = service.call(request.map(s3s::Body::from)).await?;
            Ok(otherwise(status, text))
        }
    }
}

fn otherwise(status: u16, text: &'static str) -> Response<s3s::Body> {
    let body = Full::new(Bytes::from_static(text.as_bytes()));
    Response::builder()
        .status(status)
        .body(s3s::Body::http_body(
            body.map_err(|never| -> std::io::Error { match never {} }),
        ))
        .unwrap()
}
