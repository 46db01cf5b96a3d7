//! Where the stage looks for the keys to a storage.

// The same server that the storage's own tests use; only its keys are needed here.
#[allow(dead_code, reason = "shared with another test, which needs the rest of it")]
#[path = "../hosting/server.rs"]
pub mod storage_server;
