//! Tests against the real programs of a desktop, each in a session of its own that ends with the test. A machine that lacks
//! such a program skips what needs it, and says so.
#![cfg(target_os = "linux")]
// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod accounts;
mod answers;
mod attachments;
mod canary;
mod dragging;
mod driver;
mod journey;
mod keyboard;
mod notifications;
mod played;
mod secret_service;
mod session;
mod start;
mod vendors;
mod window;
