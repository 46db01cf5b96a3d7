//! What waits to be told.

use super::config::WebhookConfig;
use super::style::{BodyShape, FileStyle};
use super::wire;
use bytes::Bytes;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use std::collections::{BTreeMap, HashMap};
use tokio::time::Instant;

/// Keeps this room's chance apart from the others', so that one does not shift the other.
const SEED_OF_THIS_ROOM: u64 = 0x7765_6268_6f6f_6b00;

/// What waits to be told, and what is being told.
pub(in crate::simulator) struct Outgoing {
    /// Where, how, how stubbornly.
    pub(in crate::simulator) config: WebhookConfig,
    /// Statuses kept back to be shuffled, by the message's number in the ledger.
    pub(super) kept_back: HashMap<usize, Vec<u8>>,
    /// Whatever is random about what is told.
    pub(super) random: StdRng,
    waiting: BTreeMap<(Instant, u64), Letter>,
    numbered: u64,
    in_flight: usize,
}

/// One thing to tell.
pub(super) struct Letter {
    /// Its number among the webhooks of the ledger.
    pub(super) record: usize,
    /// What is written in it.
    pub(super) content: Content,
}

/// What is written in a letter. A file is encoded only when it leaves.
#[derive(Clone)]
pub(super) enum Content {
    /// One object.
    Json(String),
    /// A file.
    File {
        /// `referencia`.
        reference: String,
        /// The file.
        bytes: Bytes,
        /// Its type.
        mime_type: String,
        /// How it is written.
        style: FileStyle,
    },
}

/// One POST.
#[derive(Debug)]
pub(super) struct Parcel {
    /// What it tells: numbers among the webhooks of the ledger.
    pub(super) records: Vec<usize>,
    /// `Content-Type`.
    pub(super) content_type: Option<String>,
    /// The body.
    pub(super) body: Bytes,
}

/// What is to be told next.
pub(super) enum Next {
    /// This, now.
    Parcel(Parcel),
    /// Nothing before this instant.
    At(Instant),
    /// Nothing.
    Nothing,
}

impl Outgoing {
    pub(in crate::simulator) fn new(config: WebhookConfig, seed: u64) -> Self {
        Self {
            config,
            kept_back: HashMap::new(),
            random: StdRng::seed_from_u64(seed ^ SEED_OF_THIS_ROOM),
            waiting: BTreeMap::new(),
            numbered: 0,
            in_flight: 0,
        }
    }

    /// Nothing waits, nothing is kept back, nothing is being told.
    pub(in crate::simulator) fn is_quiet(&self) -> bool {
        self.waiting.is_empty() && self.in_flight == 0 && self.kept_back.is_empty()
    }

    /// Whether no more may wait.
    pub(super) fn is_full(&self) -> bool {
        self.waiting.len() >= self.config.queue_max
    }

    /// A letter that leaves at `due`, after what is due then already.
    pub(super) fn push(&mut self, letter: Letter, due: Instant) {
        self.numbered += 1;
        self.waiting.insert((due, self.numbered), letter);
    }

    /// Takes out what is to be told next.
    pub(super) fn take(&mut self, now: Instant) -> Next {
        let Some((&(due, _), _)) = self.waiting.first_key_value() else {
            return Next::Nothing;
        };
        if due > now {
            return Next::At(due);
        }
        let Some((_, first)) = self.waiting.pop_first() else {
            return Next::Nothing;
        };
        let parcel = match first.content {
            Content::File {
                reference,
                bytes,
                mime_type,
                style,
            } => {
                let (content_type, body) = wire::file_form(&reference, &bytes, &mime_type, &style);
                Parcel {
                    records: vec![first.record],
                    content_type: Some(content_type),
                    body: Bytes::from(body),
                }
            }
            Content::Json(object) => self.pack(first.record, object, now),
        };
        self.in_flight = parcel.records.len();
        Next::Parcel(parcel)
    }

    /// An object, or an array of it and what is due after it.
    fn pack(&mut self, record: usize, object: String, now: Instant) -> Parcel {
        let mut records = vec![record];
        let body = match self.config.style.shape {
            BodyShape::Object => object,
            BodyShape::Array { at_most } => {
                let mut objects = vec![object];
                while objects.len() < at_most {
                    let Some(next) = self.waiting.first_entry().filter(|next| next.key().0 <= now) else {
                        break;
                    };
                    if !matches!(next.get().content, Content::Json(_)) {
                        break;
                    }
                    let letter = next.remove();
                    if let Content::Json(object) = letter.content {
                        objects.push(object);
                        records.push(letter.record);
                    }
                }
                format!("[{}]", objects.join(","))
            }
        };
        Parcel {
            records,
            content_type: self.config.style.content_type.header().map(str::to_owned),
            body: Bytes::from(body),
        }
    }

    /// What was taken out last has come to its end.
    pub(super) fn settle_parcel(&mut self) {
        self.in_flight = 0;
    }

    /// A new identifier of an incoming message, as phones make them.
    pub(super) fn new_message_id(&mut self) -> String {
        format!("3EB0{:016X}", self.random.random::<u64>())
    }

    /// A name for a file, without its extension.
    pub(super) fn new_reference(&mut self, name: &str) -> String {
        let slug: String = name
            .split('.')
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
            .take(40)
            .collect();
        let token = self.random.random::<u64>();
        if slug.is_empty() {
            format!("{token:016x}")
        } else {
            format!("{slug}-{token:016x}")
        }
    }
}
