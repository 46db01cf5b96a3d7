//! What the gateway tells by itself, at the address the operator entered in its panel: what people write, the files
//! they send, and what became of the messages sent to them.
//!
//! ```text
//! contacts ─→ said ─┐                    ┌─→ courier ─ POST ─→ the program under test
//!                   ├─→ telling ─→ outgoing
//! receipts ─────────┘      └─→ wire      └─→ told (in the ledger: what, when, how it was answered)
//! ```

pub mod config;
pub(super) mod courier;
pub(super) mod outgoing;
pub mod said;
pub mod style;
pub(super) mod telling;
pub mod told;
pub(super) mod wire;

pub use config::{WebhookConfig, WebhookRetry};
pub use said::{Contact, ContactCard, Document, Place, Recording, Said, Visual};
pub use style::{
    BodyShape, ContentTypeStyle, ExtensionStyle, FileEncoding, FileOrder, FileStyle, StatusName, StatusStyle,
    WebhookStyle,
};
pub use told::{Told, WebhookAttempt, WebhookEnd, WebhookIdentity, WebhookRecord};
