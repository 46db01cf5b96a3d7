//! Where the stage looks for the keys to a storage.

// The same server that the storage's own tests use; only its keys are needed here.
#[allow(dead_code)]
#[path = "../hosting/server.rs"]
pub mod storage_server;
