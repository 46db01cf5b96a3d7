//! What the two played vendors that speak JSON share. [`vendor::Vendor`] is what each has of its own: what it answers, and
//! what it tells about a message.
//!
//! ```text
//! server ─→ requests ─→ vendor ─→ state ←── the clock's task      control ─→ state ─→ ledger
//!                                    ├─→ GET of what a message carries
//!                                    └─→ post ─→ POST to the address of a message, or to the one in the panel
//! ```

pub mod config;
pub mod control;
pub mod ledger;
pub mod page;
mod people;
pub(super) mod post;
mod requests;
pub mod server;
pub mod state;
pub mod templates;
pub mod vendor;

pub use config::{CommonConfig, Rate};
pub use control::VendorControl;
pub use ledger::{
    Book, Call, MessageRecord, RequestRecord, SentTemplate, Step, StepRecord, Told, VendorLedger,
};
pub use server::VendorSimulator;
pub use state::{Ending, VendorState};
pub use templates::{RegisteredTemplate, TemplateFault};
pub use vendor::{Function, Vendor};
