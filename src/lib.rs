//! Recado: a desktop window for WhatsApp gateways. It pairs the phone by a QR code, watches connection, battery, limits
//! and queue, sends messages with attachments, and never loses one or sends one twice.
//!
//! # The rooms
//!
//! | room | what it is for | may know |
//! |---|---|---|
//! | `domain` | plain types and state machines: account, number, message, pairing, health. No I/O | nothing |
//! | `gateway` | the vendors behind one trait; the careful HTTP client; reading JSON that arrives wrapped in noise | `domain` |
//! | `store` | the database: operations in the domain's words, one writer, history that is only added to | `domain` |
//! | `secrets` | credentials: the system's keyring, a vault under a passphrase, or this run only | `domain` |
//! | `platform` | the machine: data folder, one program for each, log without secrets, notifications | `domain` |
//! | `simulator` | the vendors played on loopback, with faults on request: for the demo and the tests | `gateway`, `domain` |
//! | `listener` | HTTP from outside: the gateways' calls, answered 2xx only after the commit; attachments, handed out by their tokens | `gateway`, `domain` |
//! | `hosting` | where attachments are put so that a gateway can fetch them: storage (S3), and fetching addresses carefully | `gateway`, `domain` |
//! | `media` | files the operator attaches: what they are by their bytes, pictures made fit to be sent | `domain` |
//! | `engine` | owns the tokio runtime; commands in, events out; everything that must happen, happens here | the rooms above but `simulator` |
//! | `audio` | voice notes: Ogg Opus files made into sound, and the way to the sound server | `domain` |
//! | `ui` | everything egui: screens read a borrowed model and send commands | the rooms above but `simulator` |
//! | `launch` | puts the rooms together: window, demo, demo without a display | all |
//!
//! `tests/architecture.rs` fails when a room mentions one it may not know, or anything but `ui` and `launch` mentions egui.
//!
//! # The way of a message
//!
//! ```text
//! screen ─ Command ─→ engine ─→ store (committed) ─→ dispatcher ─→ store (attempt committed) ─→ gateway
//!                                                                        ↓
//!        screen ←─ read model ←─ Event{ids} ←─ store (outcome committed) ┘
//! ```
//!
//! A message with a file of the operator's is prepared before the dispatcher sees it: the file is put where the gateway can
//! fetch it, fetched back through that address and compared, byte by byte.
//!
//! What comes in goes the other way:
//!
//! ```text
//! gateway ─ webhook ─→ listener ─→ engine ─→ store (committed, only then 2xx) ─ Event{ids} ─→ read model ─→ screen
//! ```
//!
//! What became of a message is reported to an address of its own where the gateway takes one with each message, or asked for
//! where it answers that (`engine`'s `following`). Where a repetition is not recognised, nothing else settles an unclear send
//! but the operator.
//!
//! The window thread draws and nothing else. Nothing that must happen happens in `ui`: a hidden window gets no frames.

pub mod audio;
pub mod domain;
pub mod engine;
pub mod gateway;
pub mod hosting;
pub mod launch;
pub mod listener;
pub mod media;
pub mod platform;
pub mod secrets;
pub mod simulator;
pub mod store;
pub mod ui;
