//! Stands between the socket and the HTTP library. It hands over a request head only when it is whole and strict
//! ([`head::check`]), keeps count of the body's bytes so that it knows where the next head begins, and ends connections
//! that drip, stall or stay idle.

use super::head::{self, Framing, HeadFault};
use super::options::Limits;
use bytes::{Buf, BytesMut};
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;
use tokio_util::io::poll_read_buf;

/// How much is read at once, in bytes.
const READ_BYTES: usize = 16 * 1024;
/// Empty lines that some old clients send after a body; more are not waited for.
const EMPTY_LINES_MAX: usize = 2;
/// What the HTTP library is given in place of a head that was refused. [`Exchange::fault_of`] tells the service that
/// this is no request.
const STAND_IN: &[u8] = b"GET / HTTP/1.1\r\nHost: refused\r\nConnection: close\r\n\r\n";

/// What the guard of a connection and the one who answers its requests tell each other.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    heads: AtomicU64,
    begun: AtomicU64,
    answered: AtomicU64,
    fault: OnceLock<(u64, HeadFault)>,
}

impl Exchange {
    /// A request was handed to the service; tells its number, from 1.
    pub(super) fn begin(&self) -> u64 {
        self.begun.fetch_add(1, Ordering::AcqRel) + 1
    }

    /// What was wrong with the head of this request.
    pub(super) fn fault_of(&self, request: u64) -> Option<HeadFault> {
        self.fault
            .get()
            .filter(|(number, _)| *number == request)
            .map(|(_, fault)| *fault)
    }

    /// An answer is ready; one with a file when the file is sent.
    pub(super) fn answered(&self) {
        self.answered.fetch_add(1, Ordering::AcqRel);
    }

    /// Whether a request came already.
    pub(super) fn has_served(&self) -> bool {
        self.heads.load(Ordering::Acquire) > 0
    }

    fn is_busy(&self) -> bool {
        self.heads.load(Ordering::Acquire) > self.answered.load(Ordering::Acquire)
    }
}

/// Where in the stream of requests we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// A head is awaited.
    Head,
    /// This many bytes of a good head are to be handed over.
    HandOver(usize, Framing),
    /// This many bytes of a body are to come.
    Body(u64),
    /// A chunked body: where it ends only the HTTP library knows, so no other request is taken on this connection.
    Unframed,
    /// This many bytes of the stand-in are handed over; nothing more is read.
    Refused(usize),
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    /// Nothing of the peer: it waits for us, or a body comes, which has a time of its own.
    Nothing,
    /// The end of a head.
    Head,
    /// The next request.
    Next,
}

/// A stream with a guard.
pub(super) struct GuardedStream<S> {
    stream: S,
    exchange: Arc<Exchange>,
    head_bytes_max: usize,
    head_time: Duration,
    unread_time: Duration,
    idle_time: Duration,
    linger_time: Duration,
    pending: BytesMut,
    looked_at: usize,
    empty_lines: usize,
    phase: Phase,
    waiting: Waiting,
    deadline: Option<Pin<Box<Sleep>>>,
    write_deadline: Option<Pin<Box<Sleep>>>,
    linger: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncRead + AsyncWrite + Unpin> GuardedStream<S> {
    pub(super) fn new(stream: S, exchange: Arc<Exchange>, limits: &Limits) -> Self {
        Self {
            stream,
            exchange,
            head_bytes_max: limits.head_bytes,
            head_time: limits.head_time,
            unread_time: limits.unread_time,
            idle_time: limits.idle_time,
            linger_time: limits.linger_time,
            pending: BytesMut::new(),
            looked_at: 0,
            empty_lines: 0,
            phase: Phase::Head,
            waiting: Waiting::Nothing,
            deadline: None,
            write_deadline: None,
            linger: None,
        }
    }

    /// Looks for a head in what has come. Whether there is one, good or bad.
    fn find_head(&mut self) -> bool {
        while self.pending.starts_with(b"\r\n") && self.empty_lines < EMPTY_LINES_MAX {
            self.pending.advance(2);
            self.empty_lines += 1;
            self.looked_at = 0;
        }
        let found = match head::find_end(&self.pending, self.looked_at) {
            Ok(Some(end)) if end > self.head_bytes_max => Err(HeadFault::TooLarge),
            Ok(Some(end)) => head::check(&self.pending[..end]).map(|framing| (end, framing)),
            Ok(None) if self.pending.len() >= self.head_bytes_max => Err(HeadFault::TooLarge),
            Ok(None) => {
                self.looked_at = self.pending.len();
                return false;
            }
            Err(fault) => Err(fault),
        };
        let number = self.exchange.heads.fetch_add(1, Ordering::AcqRel) + 1;
        (self.looked_at, self.empty_lines) = (0, 0);
        self.phase = match found {
            Ok((end, framing)) => Phase::HandOver(end, framing),
            Err(fault) => {
                // Only the first is kept, and nothing is read after it.
                let _ = self.exchange.fault.set((number, fault));
                Phase::Refused(STAND_IN.len())
            }
        };
        (self.waiting, self.deadline) = (Waiting::Nothing, None);
        true
    }

    /// An error when what is waited for did not come in its time; otherwise wakes then.
    fn check_time(&mut self, context: &mut Context<'_>) -> io::Result<()> {
        let has_begun = !self.pending.is_empty() || self.empty_lines > 0;
        let waiting = if self.exchange.is_busy() {
            Waiting::Nothing
        } else if has_begun || !self.exchange.has_served() {
            Waiting::Head
        } else {
            Waiting::Next
        };
        if self.waiting != waiting {
            self.waiting = waiting;
            self.deadline = match waiting {
                Waiting::Nothing => None,
                Waiting::Head => Some(Box::pin(tokio::time::sleep(self.head_time))),
                Waiting::Next => Some(Box::pin(tokio::time::sleep(self.idle_time))),
            };
        }
        let is_over = self
            .deadline
            .as_mut()
            .is_some_and(|deadline| deadline.as_mut().poll(context).is_ready());
        if is_over {
            Err(io::ErrorKind::TimedOut.into())
        } else {
            Ok(())
        }
    }

    /// Reads more; 0 at the end.
    fn poll_fill(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        self.pending.reserve(READ_BYTES);
        poll_read_buf(Pin::new(&mut self.stream), context, &mut self.pending)
    }

    /// Hands over at most `most` bytes of what has come.
    fn give(&mut self, most: usize, out: &mut ReadBuf<'_>) -> usize {
        let count = most.min(self.pending.len()).min(out.remaining());
        out.put_slice(&self.pending[..count]);
        self.pending.advance(count);
        count
    }
}

/// `bytes` as a length in memory; longer ones are cut, because only parts are handed over at a time.
fn at_most(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for GuardedStream<S> {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        out: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            match this.phase {
                Phase::Head => {
                    if this.find_head() {
                        continue;
                    }
                    this.check_time(context)?;
                    if ready!(this.poll_fill(context))? == 0 {
                        return Poll::Ready(Ok(()));
                    }
                }
                Phase::HandOver(0, Framing::Length(0)) | Phase::Body(0) => this.phase = Phase::Head,
                Phase::HandOver(0, Framing::Length(bytes)) => this.phase = Phase::Body(bytes),
                Phase::HandOver(0, Framing::Chunked) => this.phase = Phase::Unframed,
                Phase::HandOver(left, framing) => {
                    let count = this.give(left, out);
                    this.phase = Phase::HandOver(left - count, framing);
                    return Poll::Ready(Ok(()));
                }
                Phase::Body(_) | Phase::Unframed if this.pending.is_empty() => {
                    if ready!(this.poll_fill(context))? == 0 {
                        return Poll::Ready(Ok(()));
                    }
                }
                Phase::Body(left) => {
                    let count = this.give(at_most(left), out);
                    this.phase = Phase::Body(left - count as u64);
                    return Poll::Ready(Ok(()));
                }
                Phase::Unframed => {
                    this.give(usize::MAX, out);
                    return Poll::Ready(Ok(()));
                }
                // The answer ends the connection; nothing more is to be woken for.
                Phase::Refused(0) => return Poll::Pending,
                Phase::Refused(left) => {
                    let rest = &STAND_IN[STAND_IN.len() - left..];
                    let count = left.min(out.remaining());
                    out.put_slice(&rest[..count]);
                    this.phase = Phase::Refused(left - count);
                    return Poll::Ready(Ok(()));
                }
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for GuardedStream<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        if let Poll::Ready(written) = Pin::new(&mut this.stream).poll_write(context, bytes) {
            this.write_deadline = None;
            return Poll::Ready(written);
        }
        let unread_time = this.unread_time;
        let deadline = this
            .write_deadline
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(unread_time)));
        ready!(deadline.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    /// Ends our side. Closing a socket with unread bytes in it makes the system reset it, and the answer would be lost
    /// on its way: so the rest of a refused request is read for a short while, until its sender ends too.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if this.linger.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            if this.phase == Phase::Head && this.pending.is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
        let linger_time = this.linger_time;
        let linger = this
            .linger
            .get_or_insert_with(|| Box::pin(tokio::time::sleep(linger_time)));
        if linger.as_mut().poll(context).is_ready() {
            return Poll::Ready(Ok(()));
        }
        loop {
            this.pending.clear();
            match ready!(this.poll_fill(context)) {
                Ok(0) | Err(_) => return Poll::Ready(Ok(())),
                Ok(_) => {}
            }
        }
    }
}
