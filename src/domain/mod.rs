//! Plain types and state machines: what the program speaks about, with no I/O, no async and no window.

pub mod account;
pub mod attachment;
pub mod conversation;
pub mod file_name;
pub mod health;
pub mod hosting;
pub mod ids;
pub mod inbox;
pub mod incoming;
pub mod message;
pub mod opening;
pub mod outbox;
pub mod outgoing;
pub mod pairing;
pub mod phone;
pub mod report;
pub mod schedule;
pub mod secret;
pub mod settings;
pub mod template;
pub mod text;
pub mod time;
pub mod vcard;

pub use account::{Account, AccountDraft, GatewayKind};
pub use attachment::{Attachment, MediaKind};
pub use conversation::{Conversation, ConversationRow};
pub use health::{Connection, Health};
pub use ids::{AccountId, ClientMessageId, ConversationId, MessageId, OutgoingFileId, TemplateId};
pub use incoming::{IncomingKind, IncomingMessage, ThreadEntry};
pub use message::{Message, MessageState};
pub use outgoing::OutgoingFile;
pub use pairing::Pairing;
pub use phone::PhoneNumber;
pub use secret::Secret;
pub use template::{Template, TemplateMessage};
pub use time::Timestamp;
