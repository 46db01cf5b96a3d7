//! Sockets that can misbehave: closed unread, reset, or slow to the byte.

use super::life::{Played, Shared};
use super::state::SimulatorState;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Sleep;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

/// How much of a request is looked at without reading it, in bytes: the request line.
const PEEK_BYTES: usize = 2_048;
/// Pause after a failed accept, such as too many open files.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

/// The listening socket.
pub(super) struct FaultListener<S = SimulatorState> {
    pub(super) inner: TcpListener,
    pub(super) shared: Arc<Shared<S>>,
}

impl<S: Played> Listener for FaultListener<S> {
    type Io = FaultStream<S>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (FaultStream<S>, SocketAddr) {
        loop {
            match self.inner.accept().await {
                Ok((stream, address)) => {
                    return (FaultStream::new(stream, Arc::clone(&self.shared)), address);
                }
                Err(error) => {
                    tracing::warn!(%error, "the simulated gateway could not accept a connection");
                    tokio::time::sleep(ACCEPT_RETRY).await;
                }
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}

/// What an answer may do to the connection it goes over.
#[derive(Clone)]
pub(super) struct Connection(Arc<ConnectionInner>);

struct ConnectionInner {
    reset: CancellationToken,
    pace: Mutex<Option<Pace>>,
}

/// How fast bytes are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// Bytes of a piece.
    pub(super) bytes: usize,
    /// Time between two pieces.
    pub(super) interval: Duration,
}

impl Connection {
    /// Resets the connection: the peer gets an error, not an end.
    pub(super) fn reset(&self) {
        self.0.reset.cancel();
    }

    /// Slows down what is written from now on, or lets it go at full speed.
    pub(super) fn set_pace(&self, pace: Option<Pace>) {
        *self.0.pace.lock().unwrap_or_else(PoisonError::into_inner) = pace;
    }

    fn pace(&self) -> Option<Pace> {
        *self.0.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Played> Connected<IncomingStream<'_, FaultListener<S>>> for Connection {
    fn connect_info(stream: IncomingStream<'_, FaultListener<S>>) -> Self {
        stream.io().connection.clone()
    }
}

/// An accepted connection.
pub(super) struct FaultStream<S = SimulatorState> {
    stream: TcpStream,
    shared: Arc<Shared<S>>,
    connection: Connection,
    stopped: Pin<Box<WaitForCancellationFutureOwned>>,
    reset: Pin<Box<WaitForCancellationFutureOwned>>,
    pause: Option<Pin<Box<Sleep>>>,
}

impl<S: Played> FaultStream<S> {
    fn new(stream: TcpStream, shared: Arc<Shared<S>>) -> Self {
        let reset = CancellationToken::new();
        Self {
            stopped: Box::pin(shared.stop.clone().cancelled_owned()),
            reset: Box::pin(reset.clone().cancelled_owned()),
            connection: Connection(Arc::new(ConnectionInner {
                reset,
                pace: Mutex::new(None),
            })),
            pause: None,
            stream,
            shared,
        }
    }

    /// An error once the gateway has stopped or this connection is to be reset; otherwise wakes when that happens.
    fn poll_alive(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        if self.reset.as_mut().poll(context).is_ready() {
            // What is dropped with no time to linger is reset.
            self.stream.set_zero_linger()?;
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        if self.stopped.as_mut().poll(context).is_ready() {
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(())
    }

    /// Looks at what lies in the socket, and says whether it is a request that must not be read.
    fn poll_must_close(&mut self, context: &mut Context<'_>) -> Poll<io::Result<bool>> {
        if !self.shared.with(|state, _| state.closes_some()) {
            return Poll::Ready(Ok(false));
        }
        let mut bytes = [0; PEEK_BYTES];
        let mut peeked = ReadBuf::new(&mut bytes);
        ready!(self.stream.poll_peek(context, &mut peeked))?;
        let Some(path) = requested_path(peeked.filled()) else {
            return Poll::Ready(Ok(false));
        };
        Poll::Ready(Ok(self.shared.with(|state, _| {
            let closes = state.take_close(path);
            if closes {
                state.touch();
            }
            closes
        })))
    }
}

/// The path that something is posted to.
fn requested_path(bytes: &[u8]) -> Option<&str> {
    let line = bytes.split(|byte| *byte == b'\r').next()?;
    let line = std::str::from_utf8(line).ok()?;
    let target = line.strip_suffix(" HTTP/1.1")?.strip_prefix("POST ")?;
    target.split('?').next()
}

impl<S: Played> AsyncRead for FaultStream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.poll_alive(context)?;
        if ready!(self.poll_must_close(context))? {
            // Dropped with unread bytes in it, the socket is reset by the system.
            return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into()));
        }
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: Played> AsyncWrite for FaultStream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.poll_alive(context)?;
        let Some(pace) = self.connection.pace() else {
            return Pin::new(&mut self.stream).poll_write(context, bytes);
        };
        if let Some(pause) = &mut self.pause {
            ready!(pause.as_mut().poll(context));
            self.pause = None;
        }
        let piece = &bytes[..bytes.len().min(pace.bytes.max(1))];
        let written = ready!(Pin::new(&mut self.stream).poll_write(context, piece))?;
        self.pause = Some(Box::pin(tokio::time::sleep(pace.interval)));
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
