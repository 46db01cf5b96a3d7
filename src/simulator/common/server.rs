//! The HTTP server of a played vendor that speaks JSON.

use super::super::attachments;
use super::super::connection::{Connection, FaultListener};
use super::super::delivery::{self, Manners};
use super::super::life::{Shared, let_happen};
use super::super::server::SimulatorError;
use super::config::CommonConfig;
use super::control::VendorControl;
use super::ledger::VendorLedger;
use super::post;
use super::requests::Request;
use super::state::{ServedFile, VendorState};
use super::vendor::Vendor;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use url::Url;

/// Largest request, in bytes.
const BODY_MAX_BYTES: usize = 16 * 1024 * 1024;

/// A vendor played on this computer. Dropping it stops it; [`VendorSimulator::shutdown`] waits until its port is free.
pub struct VendorSimulator<V: Vendor> {
    base_url: Url,
    address: SocketAddr,
    shared: Arc<Shared<VendorState<V>>>,
    tasks: Vec<JoinHandle<()>>,
}

impl<V: Vendor> VendorSimulator<V> {
    /// Begins to listen. Must be called inside of a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// [`SimulatorError::Listen`] if the port cannot be had.
    pub async fn start(config: V::Config) -> Result<Self, SimulatorError> {
        let (vendor, config) = V::begin(config);
        let CommonConfig { port, seed, .. } = config;
        let listen_error = |source| SimulatorError::Listen { port, source };
        let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(listen_error)?;
        let address = inner.local_addr().map_err(listen_error)?;
        let base_url = Url::parse(&format!("http://{address}{}", V::BASE_PATH))
            .map_err(|source| SimulatorError::Address { address, source })?;
        let state = VendorState::new(vendor, config, base_url.clone(), Instant::now());
        let shared = Arc::new(Shared::new(state));
        let listener = FaultListener {
            inner,
            shared: Arc::clone(&shared),
        };
        let tasks = vec![
            tokio::spawn(serve(listener, Arc::clone(&shared))),
            tokio::spawn(let_happen(Arc::clone(&shared))),
            tokio::spawn(attachments::fetch_all(Arc::clone(&shared))),
            tokio::spawn(post::carry(Arc::clone(&shared))),
        ];
        tracing::debug!(%base_url, seed, "a simulated gateway listens");
        Ok(Self {
            base_url,
            address,
            shared,
            tasks,
        })
    }

    /// The base address for an account.
    #[must_use]
    pub fn base_url(&self) -> &Url {
        &self.base_url
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What a person or a bad day does.
    #[must_use]
    pub fn control(&self) -> VendorControl<V> {
        VendorControl {
            shared: Arc::clone(&self.shared),
        }
    }

    /// The book of what arrived, what was sent and what was told.
    #[must_use]
    pub fn ledger(&self) -> VendorLedger<V> {
        self.control().ledger()
    }

    /// Stops: connections are closed whatever they wait for, and the port is free afterwards.
    pub async fn shutdown(mut self) {
        self.shared.stop.cancel();
        for task in self.tasks.drain(..) {
            if let Err(error) = task.await {
                tracing::warn!(%error, "a task of the simulated gateway ended badly");
            }
        }
    }
}

impl<V: Vendor> Drop for VendorSimulator<V> {
    fn drop(&mut self) {
        self.shared.stop.cancel();
    }
}

impl<V: Vendor> std::fmt::Debug for VendorSimulator<V> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("VendorSimulator")
            .field("base_url", &self.base_url.as_str())
            .finish_non_exhaustive()
    }
}

async fn serve<V: Vendor>(listener: FaultListener<VendorState<V>>, shared: Arc<Shared<VendorState<V>>>) {
    let stop = shared.stop.clone();
    let router = Router::new()
        .fallback(handle::<V>)
        .layer(DefaultBodyLimit::max(BODY_MAX_BYTES))
        .with_state(shared)
        .into_make_service_with_connect_info::<Connection>();
    let served = axum::serve(listener, router)
        .with_graceful_shutdown(stop.cancelled_owned())
        .await;
    if let Err(error) = served {
        tracing::warn!(%error, "the simulated gateway stopped serving");
    }
}

async fn handle<V: Vendor>(
    State(shared): State<Arc<Shared<VendorState<V>>>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: axum::extract::Request,
) -> Response<Body> {
    connection.set_pace(None);
    let (parts, body) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let read = matches!(parts.method, Method::GET | Method::HEAD);
    if let Some(file) = shared.with(|state, _| state.file(&path)).filter(|_| read) {
        return serve_file(file);
    }
    let Ok(body) = to_bytes(body, BODY_MAX_BYTES).await else {
        return error_page(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let request = taken(&parts.method, path, &parts.headers, body);
    match V::function(&request.path) {
        Some(function) if parts.method == Method::POST => {
            let ((page, fault), moved_to) = shared.with(|state, now| {
                let path = request.path.trim_start_matches('/');
                let moved_to = format!("{}moved/{path}", state.base_url);
                (state.take_request(function, request, now), moved_to)
            });
            delivery::deliver(page, fault, moved_to, &connection, &shared.stop).await
        }
        function => {
            shared.with(|state, now| state.record(function, request, false, None, now));
            error_page(if function.is_some() {
                StatusCode::METHOD_NOT_ALLOWED
            } else {
                StatusCode::NOT_FOUND
            })
        }
    }
}

fn taken(method: &Method, path: String, headers: &HeaderMap, body: Bytes) -> Request {
    let header = |name| {
        let value = headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    Request {
        method: method.to_string(),
        path,
        authorization: header(AUTHORIZATION),
        content_type: header(CONTENT_TYPE),
        body,
    }
}

fn error_page(status: StatusCode) -> Response<Body> {
    delivery::page(Manners::PAGES, status, delivery::html_page(status.as_u16()))
}

fn serve_file(file: ServedFile) -> Response<Body> {
    let mut response = Response::new(Body::from(file.bytes));
    if let Ok(value) = HeaderValue::from_str(&file.content_type) {
        response.headers_mut().insert(CONTENT_TYPE, value);
    }
    response
}
