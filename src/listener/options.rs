//! Where to listen, and how much of anything is allowed.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// Bytes of a mebibyte.
const MEBIBYTE: u64 = 1024 * 1024;

/// How to listen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenerOptions {
    /// The address to listen on.
    pub address: IpAddr,
    /// The port; 0 for any free one.
    pub port: u16,
    /// The name (`host` or `host:port`) under which a reverse proxy or a tunnel passes requests on; see
    /// [`public_host`](super::public_host).
    pub public_host: Option<String>,
    /// How much of anything is allowed.
    pub limits: Limits,
}

impl ListenerOptions {
    /// Listening on an address, without a public name, within the ordinary limits.
    #[must_use]
    pub fn new(address: IpAddr, port: u16) -> Self {
        Self {
            address,
            port,
            public_host: None,
            limits: Limits::default(),
        }
    }
}

/// How much of anything is allowed. Tests take shorter times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Connections at a time. More wait in the system's queue until one ends.
    pub connections: usize,
    /// Longest request head (request line and headers), in bytes.
    pub head_bytes: usize,
    /// For a whole request head, from the connection or from its first byte.
    pub head_time: Duration,
    /// How long the peer may read nothing of what is answered. However slow it reads, a file goes to its end.
    pub unread_time: Duration,
    /// How long a connection may stay open between two requests.
    pub idle_time: Duration,
    /// For a whole body.
    pub body_time: Duration,
    /// How long an answer waits for [`Reception::take`](super::Reception::take). Afterwards it is 503, and what was begun
    /// goes on: the gateway's repetition is then recognised as one.
    pub take_time: Duration,
    /// How long the rest of a refused request is still read and thrown away, so that its sender can read the answer.
    pub linger_time: Duration,
    /// For [`Listener::shutdown`](super::Listener::shutdown).
    pub shutdown_time: Duration,
    /// Longest body that is kept in memory, in bytes. Only forms may be longer.
    pub memory_body_bytes: u64,
    /// All bodies in memory together, in bytes.
    pub memory_total_bytes: u64,
    /// Longest form, in bytes.
    pub spooled_body_bytes: u64,
    /// All bodies in files together, in bytes.
    pub spooled_total_bytes: u64,
    /// After how many seconds whoever got 503 or 507 is to try again.
    pub retry_after_secs: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 256,
            head_bytes: 64 * 1024,
            head_time: Duration::from_secs(10),
            unread_time: Duration::from_secs(30),
            // Longer than a reverse proxy keeps its own end open (nginx: 60 s), so that it is the proxy that closes: a
            // request that meets our closing would be answered with an error by the proxy.
            idle_time: Duration::from_secs(75),
            body_time: Duration::from_secs(60),
            take_time: Duration::from_secs(60),
            linger_time: Duration::from_secs(1),
            shutdown_time: Duration::from_secs(2),
            memory_body_bytes: MEBIBYTE,
            memory_total_bytes: 64 * MEBIBYTE,
            spooled_body_bytes: 140 * MEBIBYTE,
            spooled_total_bytes: 600 * MEBIBYTE,
            retry_after_secs: 30,
        }
    }
}

/// Why it cannot be listened.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Another program listens there.
    #[error("port {} is used by another program", .0.port())]
    PortTaken(SocketAddr),
    /// This machine has no such address.
    #[error("{} is not an address of this computer", .0.ip())]
    NotOurAddress(SocketAddr),
    /// The system does not allow it: ports below 1024 are reserved on many systems.
    #[error("the system does not allow to listen on port {}", .0.port())]
    NotAllowed(SocketAddr),
    /// Anything else.
    #[error("cannot listen on {address}: {source}")]
    System {
        /// Where.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
}

impl ListenError {
    /// Reads what the system said about binding `address`.
    pub(super) fn from_system(address: SocketAddr, source: std::io::Error) -> Self {
        match source.kind() {
            std::io::ErrorKind::AddrInUse => Self::PortTaken(address),
            std::io::ErrorKind::AddrNotAvailable => Self::NotOurAddress(address),
            std::io::ErrorKind::PermissionDenied => Self::NotAllowed(address),
            _ => Self::System { address, source },
        }
    }
}
