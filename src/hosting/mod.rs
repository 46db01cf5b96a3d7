//! Where attachments are put so that a gateway can fetch them: storage that speaks the S3 protocol; and fetching what lies
//! under an address, carefully.
//!
//! [`Storage`] puts a file there, whole or in parts, and gives it an address that needs no keys for a while.
//! [`fetch_back`] fetches that address like a gateway would and compares. [`look_at`] and [`fetch()`] go to addresses that
//! somebody else made up: they never reach this machine or a private network.
//!
//! An address of a stored file carries a signature: whoever knows it has the file. Neither it nor a key is ever in an
//! error, in a `Debug` or in the log.

mod answers;
mod body;
mod fetch;
mod fields;
mod guard;
mod patience;
mod storage;
mod upload;
mod xml;

pub use fetch::{FetchFault, FetchProgress, Fetched, Fetcher, fetch, fetch_back, look_at};
pub use fields::{check_config, object_key};
pub use guard::{Lookup, SystemLookup, is_public};
pub use patience::{FetchPatience, StoragePatience};
pub use storage::Storage;
pub use upload::{PART_BYTES, WHOLE_MAX};
