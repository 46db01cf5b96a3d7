//! The export of conversations: CSV for spreadsheets, guarded against formulas, and JSON with everything.

use super::protocol::{ExportFormat, ExportScope};
use super::shared::Shared;
use crate::domain::conversation::ConversationFilter;
use crate::domain::message::MessageStep;
use crate::domain::{AccountId, Conversation, Message, MessageId, ThreadEntry, Timestamp};
use crate::store::{RawBody, StoreError};
use base64::Engine as _;
use serde_json::{Value, json};
use std::io;
use std::path::Path;
use tokio::io::AsyncWriteExt as _;

/// Conversations and messages that are read at once.
const PAGE: u32 = 200;
/// Tells a spreadsheet that the file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

const COLUMNS: [&str; 12] = [
    "account",
    "name",
    "number",
    "direction",
    "kind",
    "time",
    "state",
    "text",
    "file",
    "address",
    "reason",
    "id",
];
const RAW_COLUMNS: [&str; 5] = ["number", "time", "content type", "problem", "body"];

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
enum ExportError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0}")]
    File(#[from] io::Error),
    #[error("{0}")]
    Csv(#[from] csv::Error),
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

impl Shared {
    /// Writes what is asked for into a new file; answers how many records it has. A file that is there is not touched, and
    /// half a file is not left behind.
    pub(super) async fn export(
        &self,
        scope: ExportScope,
        format: ExportFormat,
        to: &Path,
    ) -> Result<u64, String> {
        let named = |error: &dyn std::fmt::Display| format!("{}: {error}", to.display());
        let folder = to.parent().unwrap_or(Path::new("."));
        // Readable for its owner only, and gone again if anything fails.
        let partial = tempfile::NamedTempFile::new_in(folder).map_err(|error| named(&error))?;
        if to.exists() {
            return Err(named(&io::Error::from(io::ErrorKind::AlreadyExists)));
        }
        let file = partial.reopen().map_err(|error| named(&error))?;
        let mut writer = Writer::new(tokio::fs::File::from_std(file), format, scope);
        let written = async {
            writer.begin().await?;
            match scope {
                ExportScope::Conversation(id) => {
                    let conversation = self.store.conversation(id).await?;
                    self.export_conversation(&mut writer, &conversation).await?;
                }
                ExportScope::Account(account) => self.export_list(&mut writer, Some(account)).await?,
                ExportScope::All => self.export_list(&mut writer, None).await?,
                ExportScope::Unreadable(account) => self.export_raw(&mut writer, account).await?,
            }
            writer.end().await
        };
        let count = written.await.map_err(|error: ExportError| named(&error))?;
        partial
            .persist_noclobber(to)
            .map_err(|error| named(&error.error))?;
        Ok(count)
    }

    async fn export_list(&self, writer: &mut Writer, account: Option<AccountId>) -> Result<(), ExportError> {
        let filter = ConversationFilter {
            account,
            ..ConversationFilter::default()
        };
        let mut before = None;
        loop {
            let rows = self.store.conversations(&filter, before, PAGE).await?;
            for row in &rows {
                self.export_conversation(writer, &row.conversation).await?;
            }
            match rows.last() {
                Some(last) if rows.len() == PAGE as usize => before = last.last_at,
                _ => return Ok(()),
            }
        }
    }

    async fn export_conversation(
        &self,
        writer: &mut Writer,
        conversation: &Conversation,
    ) -> Result<(), ExportError> {
        let account = self
            .account(conversation.account)
            .map(|account| account.name.clone())
            .unwrap_or_default();
        // Oldest first in the file: the pages are walked back to the beginning before anything is written.
        let mut starts: Vec<Option<MessageId>> = vec![None];
        loop {
            let page = self
                .store
                .thread(conversation.id, starts.last().copied().flatten(), PAGE)
                .await?;
            match page.first() {
                Some(first) if page.len() == PAGE as usize => starts.push(Some(first.id())),
                _ => break,
            }
        }
        for before in starts.into_iter().rev() {
            for entry in self.store.thread(conversation.id, before, PAGE).await? {
                let steps = match (&entry, writer.format) {
                    (ThreadEntry::Outgoing(message), ExportFormat::Json) => {
                        self.store.history(message.id).await?
                    }
                    _ => Vec::new(),
                };
                writer.entry(&account, conversation, &entry, &steps)?;
            }
            writer.flush().await?;
        }
        Ok(())
    }

    async fn export_raw(&self, writer: &mut Writer, account: AccountId) -> Result<(), ExportError> {
        let mut after = 0;
        loop {
            let bodies = self.store.unreadable_bodies(account, after, PAGE).await?;
            for body in &bodies {
                writer.raw(body)?;
            }
            writer.flush().await?;
            match bodies.last() {
                Some(last) if bodies.len() == PAGE as usize => after = last.sequence,
                _ => return Ok(()),
            }
        }
    }
}

struct Writer {
    file: tokio::fs::File,
    format: ExportFormat,
    raw: bool,
    ready: Vec<u8>,
    count: u64,
}

impl Writer {
    fn new(file: tokio::fs::File, format: ExportFormat, scope: ExportScope) -> Self {
        Self {
            file,
            format,
            raw: matches!(scope, ExportScope::Unreadable(_)),
            ready: Vec::new(),
            count: 0,
        }
    }

    async fn begin(&mut self) -> Result<(), ExportError> {
        match self.format {
            ExportFormat::Csv => {
                self.ready.extend_from_slice(BYTE_ORDER_MARK);
                let columns: &[&str] = if self.raw { &RAW_COLUMNS } else { &COLUMNS };
                self.line(columns)?;
            }
            ExportFormat::Json => {
                let head = json!({
                    "program": "Recado",
                    "version": env!("CARGO_PKG_VERSION"),
                    "exported_at": Timestamp::now().local().strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
                });
                let mut text = serde_json::to_vec(&head)?;
                text.pop();
                self.ready.extend(text);
                self.ready.extend_from_slice(b",\"records\":[");
            }
        }
        self.flush().await
    }

    async fn end(&mut self) -> Result<u64, ExportError> {
        if self.format == ExportFormat::Json {
            self.ready.extend_from_slice(b"\n]}\n");
        }
        self.flush().await?;
        self.file.sync_all().await?;
        Ok(self.count)
    }

    async fn flush(&mut self) -> Result<(), ExportError> {
        self.file.write_all(&self.ready).await?;
        self.ready.clear();
        self.file.flush().await?;
        Ok(())
    }

    fn entry(
        &mut self,
        account: &str,
        conversation: &Conversation,
        entry: &ThreadEntry,
        steps: &[MessageStep],
    ) -> Result<(), ExportError> {
        match self.format {
            ExportFormat::Csv => {
                let cells = cells(account, conversation, entry);
                let guarded: Vec<_> = cells.iter().map(|cell| guarded(cell)).collect();
                self.line(&guarded.iter().map(AsRef::as_ref).collect::<Vec<_>>())?;
            }
            ExportFormat::Json => self.record(&record(account, conversation, entry, steps))?,
        }
        self.count += 1;
        Ok(())
    }

    fn raw(&mut self, body: &RawBody) -> Result<(), ExportError> {
        let text = body
            .body
            .as_deref()
            .map(|bytes| match std::str::from_utf8(bytes) {
                Ok(text) => text.to_owned(),
                Err(_) => format!(
                    "base64:{}",
                    base64::engine::general_purpose::STANDARD.encode(bytes)
                ),
            });
        let (time, text) = (written(body.received_at), text.unwrap_or_default());
        let (kind, why) = (
            body.content_type.clone().unwrap_or_default(),
            body.why.clone().unwrap_or_default(),
        );
        match self.format {
            ExportFormat::Csv => {
                let cells = [body.sequence.to_string(), time, kind, why, text];
                let guarded: Vec<_> = cells.iter().map(|cell| guarded(cell)).collect();
                self.line(&guarded.iter().map(AsRef::as_ref).collect::<Vec<_>>())?;
            }
            ExportFormat::Json => self.record(&json!({
                "number": body.sequence, "time": time, "content_type": kind, "problem": why, "body": text,
            }))?,
        }
        self.count += 1;
        Ok(())
    }

    fn line(&mut self, cells: &[&str]) -> Result<(), ExportError> {
        let mut line = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(Vec::new());
        line.write_record(cells)?;
        let bytes = line
            .into_inner()
            .map_err(|error| io::Error::other(error.to_string()))?;
        self.ready.extend(bytes);
        Ok(())
    }

    fn record(&mut self, record: &Value) -> Result<(), ExportError> {
        self.ready
            .extend_from_slice(if self.count == 0 { b"\n" } else { b",\n" });
        self.ready.extend(serde_json::to_vec(record)?);
        Ok(())
    }
}

/// A cell that a spreadsheet would calculate is kept from it by an apostrophe, as are those that begin like one.
fn guarded(cell: &str) -> std::borrow::Cow<'_, str> {
    let first = cell
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .chars()
        .next();
    if matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
    ) {
        format!("'{cell}").into()
    } else {
        cell.into()
    }
}

fn written(at: Timestamp) -> String {
    at.local().strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// The number without its plus, which a spreadsheet would take for the beginning of a formula.
fn number(conversation: &Conversation) -> String {
    conversation.phone.to_string().trim_start_matches('+').to_owned()
}

fn cells(account: &str, conversation: &Conversation, entry: &ThreadEntry) -> [String; 12] {
    let name = conversation.shown_name().unwrap_or_default().to_owned();
    let (direction, kind, state, file, address, reason) = match entry {
        ThreadEntry::Outgoing(message) => (
            "out",
            message
                .attachment
                .as_ref()
                .map_or("text", |attachment| attachment.kind.key()),
            message.state.key(),
            message
                .attachment
                .as_ref()
                .map(|attachment| attachment.name.clone()),
            message
                .attachment
                .as_ref()
                .map(|attachment| attachment.url.clone()),
            message.reason.as_ref().map(reason_text),
        ),
        ThreadEntry::Incoming(message) => (
            "in",
            message.kind.key(),
            if message.revoked_at.is_some() {
                "deleted"
            } else {
                "received"
            },
            message
                .media
                .as_ref()
                .and_then(|media| media.file.as_ref())
                .map(|file| file.name.clone()),
            message
                .place
                .map(|place| format!("{}, {}", place.latitude, place.longitude)),
            None,
        ),
    };
    [
        account.to_owned(),
        name,
        number(conversation),
        direction.to_owned(),
        kind.to_owned(),
        written(entry.at()),
        state.to_owned(),
        entry.text().to_owned(),
        file.unwrap_or_default(),
        address.unwrap_or_default(),
        reason.unwrap_or_default(),
        entry.id().to_string(),
    ]
}

fn reason_text(reason: &crate::domain::message::Reason) -> String {
    match &reason.words {
        Some(words) => format!("{}: {words}", reason.kind.key()),
        None => reason.kind.key().to_owned(),
    }
}

fn record(account: &str, conversation: &Conversation, entry: &ThreadEntry, steps: &[MessageStep]) -> Value {
    let mut record = json!({
        "id": entry.id().to_string(),
        "account": account,
        "conversation": conversation.id.to_string(),
        "name": conversation.shown_name(),
        "number": conversation.phone.e164(),
        "time": entry.at().local().strftime("%Y-%m-%dT%H:%M:%S%.3f%:z").to_string(),
        "text": entry.text(),
    });
    let more = match entry {
        ThreadEntry::Outgoing(message) => outgoing(message, steps),
        ThreadEntry::Incoming(message) => json!({
            "direction": "in",
            "kind": message.kind.key(),
            "sender_name": message.sender_name,
            "received_at": message.received_at.0,
            "sent_at": message.sent_at.map(|at| at.0),
            "deleted_at": message.revoked_at.map(|at| at.0),
            "place": message.place.map(|place| json!({
                "latitude": place.latitude, "longitude": place.longitude, "live": place.live,
            })),
            "file": message.media.as_ref().and_then(|media| media.file.as_ref()).map(|file| json!({
                "name": file.name, "type": file.mime, "bytes": file.bytes, "stored_as": file.stored_name,
            })),
        }),
    };
    if let (Value::Object(record), Value::Object(more)) = (&mut record, more) {
        record.extend(more);
    }
    record
}

fn outgoing(message: &Message, steps: &[MessageStep]) -> Value {
    let history: Vec<Value> = steps
        .iter()
        .map(|step| {
            json!({
                "at": step.at.0,
                "state": step.state.key(),
                "attempt": step.attempt,
                "reason": step.reason.as_ref().map(reason_text),
                "answer": step.raw,
            })
        })
        .collect();
    json!({
        "direction": "out",
        "kind": message.attachment.as_ref().map_or("text", |attachment| attachment.kind.key()),
        "state": message.state.key(),
        "reason": message.reason.as_ref().map(reason_text),
        "attachment": message.attachment.as_ref().map(|attachment| json!({
            "name": attachment.name, "url": attachment.url,
        })),
        "client_id": message.client_id.as_str(),
        "gateway_id": message.gateway_id,
        "attempts": message.attempts,
        "history": history,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_spreadsheet_is_calculated() {
        for cell in [
            "=1+1",
            "+55",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\r=1",
            "  =cmd|'/c calc'!A1",
            "\u{ff1d}1",
        ] {
            assert_eq!(guarded(cell), format!("'{cell}"), "{cell:?}");
        }
        for cell in ["", "Olá", "1 - 2", "a=b", "'x"] {
            assert_eq!(guarded(cell), cell);
        }
    }
}
