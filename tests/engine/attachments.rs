//! Files from the operator's disk, all the way: taken in, put where the gateway can fetch them, fetched back, sent, taken
//! away again.

pub mod bench;
mod choosing;
mod failing;
mod lasting;
mod listening;
#[cfg(target_os = "linux")]
mod memory;
mod proxy;
mod storing;
// The same server that the storage's own tests use; not all of it is needed here.
#[allow(dead_code, reason = "shared with another test, which needs the rest of it")]
#[path = "../hosting/server.rs"]
pub mod storage_server;
