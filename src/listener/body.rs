//! What follows the head of an answer: a few words, or a part of a file that is read as fast as the peer reads.

use super::guard::Exchange;
use bytes::Bytes;
use futures_util::Stream as _;
use http_body_util::Full;
use hyper::body::{Body, Frame, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use tokio::fs::File;
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, Take};
use tokio_util::io::ReaderStream;

/// Bytes of a file that are read at once. With the few of them that the HTTP library and the system hold, it is what a
/// slow reader costs.
const PIECE_BYTES: usize = 32 * 1024;

/// The body of an answer.
#[derive(Debug)]
pub(super) enum AnswerBody {
    /// A few words.
    Words(Full<Bytes>),
    /// A part of a file.
    File(FilePart),
}

/// A part of a file on its way.
#[derive(Debug)]
pub(super) struct FilePart {
    pieces: ReaderStream<Take<File>>,
    left: u64,
    /// Told when this ends, however it ends: until then the connection waits for us.
    exchange: Arc<Exchange>,
}

impl FilePart {
    /// `bytes` bytes of a file, from the one with this number on (from 0).
    ///
    /// # Errors
    /// What the system says.
    pub(super) async fn new(
        mut file: File,
        first: u64,
        bytes: u64,
        exchange: Arc<Exchange>,
    ) -> io::Result<Self> {
        if first > 0 {
            file.seek(io::SeekFrom::Start(first)).await?;
        }
        Ok(Self {
            pieces: ReaderStream::with_capacity(file.take(bytes), PIECE_BYTES),
            left: bytes,
            exchange,
        })
    }

    /// The next piece. A file that ends too early is an error, which cuts the connection: the peer must not take what it
    /// has for the whole.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<io::Result<Bytes>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let piece = match ready!(Pin::new(&mut self.pieces).poll_next(context)) {
            Some(piece) => piece,
            None => Err(io::ErrorKind::UnexpectedEof.into()),
        };
        match &piece {
            Ok(bytes) => self.left = self.left.saturating_sub(bytes.len() as u64),
            Err(error) => tracing::warn!(%error, "a file could not be sent to its end"),
        }
        Poll::Ready(Some(piece))
    }
}

impl Drop for FilePart {
    fn drop(&mut self) {
        self.exchange.answered();
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        match self.get_mut() {
            Self::Words(words) => Pin::new(words)
                .poll_frame(context)
                .map_err(|never| match never {}),
            Self::File(part) => part
                .poll_piece(context)
                .map(|piece| piece.map(|piece| piece.map(Frame::data))),
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Words(words) => words.is_end_stream(),
            Self::File(part) => part.left == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Words(words) => words.size_hint(),
            Self::File(part) => SizeHint::with_exact(part.left),
        }
    }
}
