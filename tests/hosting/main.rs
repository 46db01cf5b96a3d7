//! Putting files into storage and fetching addresses, over real sockets of this machine: a whole S3 server that checks
//! signatures, and servers that do what no server should.
// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bucket;
mod comparing;
mod fetching;
mod files;
mod hostile;
mod raw;
mod resuming;
mod server;
