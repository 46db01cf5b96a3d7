//! Listening, and ending it.

use super::Reception;
use super::connection;
use super::intake::Intake;
use super::options::{Limits, ListenError, ListenerOptions};
use super::outside::Questions;
use super::spool;
use super::visit::Seat;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Notify, Semaphore};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Pause after a failed accept, such as too many open files.
const ACCEPT_RETRY: Duration = Duration::from_millis(100);

/// What all connections share.
pub(super) struct Shared {
    pub(super) reception: Arc<dyn Reception>,
    pub(super) limits: Limits,
    pub(super) intake: Intake,
    pub(super) questions: Questions,
    public_host: RwLock<Option<Arc<str>>>,
    seats: Arc<Semaphore>,
    /// Somebody waits for a seat.
    pub(super) crowded: Notify,
    /// No new request.
    pub(super) stop: CancellationToken,
    /// Nothing more at all.
    pub(super) abort: CancellationToken,
    connections: TaskTracker,
    pub(super) takes: TaskTracker,
}

impl Shared {
    /// The public name.
    pub(super) fn public_host(&self) -> Option<Arc<str>> {
        self.public_host
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether no seat is free.
    pub(super) fn is_crowded(&self) -> bool {
        self.seats.available_permits() == 0
    }

    fn set_public_host(&self, host: Option<String>) {
        let host = host.filter(|host| !host.trim().is_empty());
        *self.public_host.write().unwrap_or_else(PoisonError::into_inner) =
            host.map(|host| Arc::from(host.trim()));
    }

    /// Waits for a seat. `None` if there are none any more.
    async fn seat(&self) -> Option<Seat> {
        if let Ok(seat) = Arc::clone(&self.seats).try_acquire_owned() {
            return Some(Arc::new(seat));
        }
        self.crowded.notify_waiters();
        Arc::clone(&self.seats).acquire_owned().await.ok().map(Arc::new)
    }
}

/// Listens for the gateways' calls. Dropping it ends that at once; [`Listener::shutdown`] lets what goes on come to its
/// end, for a short while.
pub struct Listener {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
}

impl Listener {
    /// Begins to listen. Must be called inside of a tokio runtime with I/O and time. Removes what an earlier run left in
    /// [`Reception::spool_folder`].
    ///
    /// # Errors
    /// Why it cannot be listened there.
    pub async fn start(options: ListenerOptions, reception: Arc<dyn Reception>) -> Result<Self, ListenError> {
        let wanted = SocketAddr::new(options.address, options.port);
        let failed = |source| ListenError::from_system(wanted, source);
        let socket = TcpListener::bind(wanted).await.map_err(failed)?;
        let address = socket.local_addr().map_err(failed)?;
        sweep(&reception).await;
        let shared = Arc::new(Shared {
            reception,
            intake: Intake::new(&options.limits),
            questions: Questions::new(),
            public_host: RwLock::default(),
            seats: Arc::new(Semaphore::new(options.limits.connections)),
            crowded: Notify::new(),
            stop: CancellationToken::new(),
            abort: CancellationToken::new(),
            connections: TaskTracker::new(),
            takes: TaskTracker::new(),
            limits: options.limits,
        });
        shared.set_public_host(options.public_host);
        let accepting = tokio::spawn(accept(socket, Arc::clone(&shared)));
        tracing::info!(%address, "listening for calls");
        Ok(Self {
            address,
            shared,
            accepting: Some(accepting),
        })
    }

    /// The address it listens on, with the port that was found free.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sets the public name (`host` or `host:port`; see [`public_host`](super::public_host)) from the next request on.
    pub fn set_public_host(&self, host: Option<String>) {
        self.shared.set_public_host(host);
    }

    /// Ends listening, within [`Limits::shutdown_time`]: the port is free at once, requests that are being answered may
    /// come to their end, connections that have none are closed. What the reception is still taking when the time is
    /// over goes on without an answer.
    pub async fn shutdown(mut self) {
        self.shared.stop.cancel();
        let until = Instant::now() + self.shared.limits.shutdown_time;
        if let Some(accepting) = self.accepting.take()
            && let Err(error) = accepting.await
        {
            tracing::warn!(%error, "accepting connections ended badly");
        }
        let (connections, takes) = (&self.shared.connections, &self.shared.takes);
        connections.close();
        if tokio::time::timeout_at(until, connections.wait()).await.is_err() {
            self.shared.abort.cancel();
            connections.wait().await;
        }
        takes.close();
        if tokio::time::timeout_at(until, takes.wait()).await.is_err() {
            tracing::warn!(
                count = takes.len(),
                "calls are still being stored after the end of listening"
            );
        }
    }

    pub(super) fn questions(&self) -> &Questions {
        &self.shared.questions
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.shared.stop.cancel();
        self.shared.abort.cancel();
    }
}

impl std::fmt::Debug for Listener {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Listener")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}

/// Removes what an earlier run left. A failure costs room on the disk only.
async fn sweep(reception: &Arc<dyn Reception>) {
    let folder = reception.spool_folder();
    match tokio::task::spawn_blocking(move || spool::sweep(&folder)).await {
        Ok(Ok(0)) => {}
        Ok(Ok(count)) => tracing::info!(count, "removed half-received files of an earlier run"),
        Ok(Err(error)) => {
            tracing::warn!(%error, "half-received files of an earlier run could not be removed")
        }
        Err(error) => tracing::warn!(%error, "looking for half-received files ended badly"),
    }
}

/// Accepts connections. First a seat, then a connection: who finds none waits in the system's queue and costs us
/// nothing.
async fn accept(socket: TcpListener, shared: Arc<Shared>) {
    loop {
        let seat = tokio::select! {
            () = shared.stop.cancelled() => return,
            seat = shared.seat() => seat,
        };
        let Some(seat) = seat else {
            return;
        };
        let accepted = tokio::select! {
            () = shared.stop.cancelled() => return,
            accepted = socket.accept() => accepted,
        };
        // A connection that ended at once has no address.
        match accepted.and_then(|(stream, _)| stream.local_addr().map(|local| (stream, local))) {
            Ok((stream, local)) => {
                let serving = connection::serve(stream, local, seat, Arc::clone(&shared));
                shared.connections.spawn(serving);
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_RETRY).await;
            }
        }
    }
}
