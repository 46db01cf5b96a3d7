//! Serving one connection.

use super::guard::{Exchange, GuardedStream};
use super::server::Shared;
use super::visit::{Seat, Visit};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use tokio::net::TcpStream;

/// Bytes the HTTP library may buffer beyond the longest head.
const BUFFER_SPARE_BYTES: usize = 16 * 1024;

/// Serves a connection until it ends, is aborted, or is asked to make room.
pub(super) async fn serve(stream: TcpStream, local: SocketAddr, seat: Seat, shared: Arc<Shared>) {
    // Answers are one small packet; without this the system may hold them back for a moment.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection ended before it began");
        return;
    }
    let exchange = Arc::new(Exchange::default());
    let guarded = GuardedStream::new(stream, Arc::clone(&exchange), &shared.limits);
    let visit = Arc::new(Visit {
        shared: Arc::clone(&shared),
        exchange: Arc::clone(&exchange),
        local,
        seat,
    });
    let service = service_fn(move |request| {
        let visit = Arc::clone(&visit);
        async move { Ok::<_, Infallible>(visit.answer(request).await) }
    });
    let connection = http1::Builder::new()
        // Whoever sends everything and then ends their side still wants the answer.
        .half_close(true)
        // The guard has times of its own: for the head, and another for the rest between two requests.
        .header_read_timeout(None)
        .max_buf_size(shared.limits.head_bytes + BUFFER_SPARE_BYTES)
        .serve_connection(TokioIo::new(guarded), service);
    let mut connection = pin!(connection);
    let mut crowded = pin!(shared.crowded.notified());
    let mut is_ending = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended badly");
                }
                return;
            }
            () = shared.stop.cancelled(), if !is_ending => {
                is_ending = true;
                connection.as_mut().graceful_shutdown();
            }
            // Others wait for a seat: who is between two requests goes, the others after their answer. Not those that
            // have just come: their time for the first request is short anyway.
            () = crowded.as_mut(), if !is_ending => {
                if exchange.has_served() {
                    is_ending = true;
                    connection.as_mut().graceful_shutdown();
                } else {
                    crowded.set(shared.crowded.notified());
                }
            }
            () = shared.abort.cancelled() => return,
        }
    }
}
