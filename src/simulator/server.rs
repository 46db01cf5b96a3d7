//! The gateway's HTTP server.

use super::config::SimulatorConfig;
use super::connection::{Connection, FaultListener};
use super::control::Control;
use super::delivery::{self, Manners};
use super::faults::Endpoint;
use super::form::{self, Fields};
use super::ledger::{BodyEncoding, Ledger};
use super::life::{Shared, live};
use super::replies::Intake;
use super::state::SimulatorState;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::header::ALLOW;
use axum::http::{HeaderValue, Method, Response, StatusCode};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use url::Url;

/// Where the vendor has its functions; here they answer under any path.
const BASE_PATH: &str = "/api/whatsapp/gateway/json/";
/// Largest request, in bytes.
const BODY_MAX_BYTES: usize = 16 * 1024 * 1024;

/// Why a simulated gateway could not begin.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// The port cannot be had.
    #[error("cannot listen on port {port} of this computer: {source}")]
    Listen {
        /// The port; 0 for any.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// The address makes no URL.
    #[error("the address {address} makes no URL: {source}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// What is wrong with it.
        source: url::ParseError,
    },
}

/// A gateway on this computer that plays Solutek. Dropping it stops it; [`SolutekSimulator::shutdown`] waits until its
/// port is free.
pub struct SolutekSimulator {
    base_url: Url,
    address: SocketAddr,
    seed: u64,
    shared: Arc<Shared>,
    server: Option<JoinHandle<()>>,
    life: Option<JoinHandle<()>>,
}

impl SolutekSimulator {
    /// Begins to listen. Must be called inside of a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// [`SimulatorError::Listen`] if the port cannot be had.
    pub async fn start(config: SimulatorConfig) -> Result<Self, SimulatorError> {
        let (port, seed) = (config.port, config.seed);
        let listen_error = |source| SimulatorError::Listen { port, source };
        let inner = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map_err(listen_error)?;
        let address = inner.local_addr().map_err(listen_error)?;
        let base_url = Url::parse(&format!("http://{address}{BASE_PATH}"))
            .map_err(|source| SimulatorError::Address { address, source })?;
        let state = SimulatorState::new(config, base_url.to_string(), Instant::now());
        let shared = Arc::new(Shared::new(state));
        let listener = FaultListener {
            inner,
            shared: Arc::clone(&shared),
        };
        let server = tokio::spawn(serve(listener, Arc::clone(&shared)));
        let life = tokio::spawn(live(Arc::clone(&shared)));
        tracing::debug!(%base_url, seed, "a simulated gateway listens");
        Ok(Self {
            base_url,
            address,
            seed,
            shared,
            server: Some(server),
            life: Some(life),
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

    /// What a person, a phone or a bad day does.
    #[must_use]
    pub fn control(&self) -> Control {
        Control {
            shared: Arc::clone(&self.shared),
        }
    }

    /// The book of what arrived and what was sent. It can still be read after the gateway has stopped.
    #[must_use]
    pub fn ledger(&self) -> Ledger {
        Ledger {
            shared: Arc::clone(&self.shared),
        }
    }

    /// Stops: connections are closed whatever they wait for, and the port is free afterwards.
    pub async fn shutdown(mut self) {
        self.shared.stop.cancel();
        for task in [self.server.take(), self.life.take()].into_iter().flatten() {
            if let Err(error) = task.await {
                tracing::warn!(%error, "a task of the simulated gateway ended badly");
            }
        }
    }
}

impl Drop for SolutekSimulator {
    fn drop(&mut self) {
        self.shared.stop.cancel();
    }
}

impl std::fmt::Debug for SolutekSimulator {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SolutekSimulator")
            .field("seed", &self.seed)
            .field("base_url", &self.base_url.as_str())
            .finish_non_exhaustive()
    }
}

async fn serve(listener: FaultListener, shared: Arc<Shared>) {
    let stop = shared.stop.clone();
    let router = Router::new()
        .fallback(handle)
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

async fn handle(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
) -> Response<Body> {
    connection.set_pace(None);
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_MAX_BYTES).await else {
        let too_large = StatusCode::PAYLOAD_TOO_LARGE;
        return delivery::page(Manners::PHP, too_large, delivery::html_page(413));
    };
    let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
    let endpoint = Endpoint::from_path(&path);
    let intake = |encoding: BodyEncoding, fields: Fields| Intake {
        method: method.to_string(),
        path,
        encoding,
        fields,
    };
    match endpoint {
        Some(endpoint) if method == Method::POST => {
            let (encoding, fields) = form::read(parts, body).await;
            let intake = intake(encoding, fields);
            let (outcome, moved_to) = shared.with(|state, now| {
                let moved_to = format!("{}movido/{}", state.base_url, endpoint.path());
                (state.take_request(endpoint, intake, now), moved_to)
            });
            delivery::deliver(outcome.answer, outcome.fault, moved_to, &connection, &shared.stop).await
        }
        endpoint => {
            let intake = intake(BodyEncoding::Unreadable, Fields::none());
            shared.with(|state, now| state.record(endpoint, intake, false, None, now));
            let status = if endpoint.is_some() {
                StatusCode::METHOD_NOT_ALLOWED
            } else {
                StatusCode::NOT_FOUND
            };
            let mut response = delivery::page(Manners::PHP, status, delivery::html_page(status.as_u16()));
            if endpoint.is_some() {
                response
                    .headers_mut()
                    .insert(ALLOW, HeaderValue::from_static("POST"));
            }
            response
        }
    }
}
