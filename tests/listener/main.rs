//! The listener over real sockets: what calls, what attacks, what stalls, and a real nginx in front of it.
// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bodies;
mod desk;
mod hostile;
mod nginx;
mod outside;
mod raw;
mod room;
mod slow;
mod taking;
