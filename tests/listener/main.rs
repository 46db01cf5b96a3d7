//! The listener over real sockets: what calls, what attacks, what stalls, and real proxies in front of it.
// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod attachments;
mod bodies;
mod caddy;
mod desk;
mod files;
mod hostile;
mod nginx;
mod outside;
mod proxy;
mod raw;
mod room;
mod slow;
mod taking;
