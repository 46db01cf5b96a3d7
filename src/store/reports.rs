//! What the gateway reports about our messages. Every report is kept; one whose message is not known yet, or is just being
//! tried, waits for it. So the end is the same in whatever order reports and answers come.

use super::changes;
use super::connections::Failure;
use super::rows;
use crate::domain::incoming::InboundReport;
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::report::{after_reports, report_weight};
use crate::domain::{AccountId, ConversationId, MessageId, Timestamp};
use sqlx::Row as _;
use sqlx::sqlite::SqliteConnection;
use uuid::Uuid;

/// A report that waits for its message.
struct Waiting {
    sequence: i64,
    reference: String,
    other_reference: Option<String>,
    state: MessageState,
    words: Option<String>,
    /// Class and detail, where the report told them.
    kind: Option<ReasonKind>,
    detail: Option<String>,
    received_at: Timestamp,
}

impl Waiting {
    /// The gateway's identifier, if the report names the message by ours and by another one.
    fn names_beside(&self, message: &Message) -> Option<String> {
        let ours = message.client_id.as_str();
        let other = self.other_reference.as_deref()?;
        let pair = [(self.reference.as_str(), other), (other, self.reference.as_str())];
        pair.into_iter()
            .find(|(one, two)| *one == ours && *two != ours)
            .map(|(_, gateways)| gateways.to_owned())
    }

    fn told(&self) -> Words<'_> {
        Words {
            state: self.state,
            words: &self.words,
            kind: self.kind,
            detail: &self.detail,
        }
    }
}

/// What a report says beside the state.
struct Words<'r> {
    state: MessageState,
    words: &'r Option<String>,
    kind: Option<ReasonKind>,
    detail: &'r Option<String>,
}

impl Words<'_> {
    /// Why, as the report has it: always for a failure, else only where it told a class.
    fn reason(&self) -> Option<Reason> {
        let failed = self.state == MessageState::Rejected;
        let kind = self.kind.or(failed.then_some(ReasonKind::RejectedByGateway))?;
        Some(Reason {
            kind,
            words: self.words.clone(),
            detail: self.detail.clone(),
        })
    }

    /// Words that no reason holds, for the history.
    fn loose(&self) -> Option<&str> {
        let has_reason = self.kind.is_some() || self.state == MessageState::Rejected;
        self.words.as_deref().filter(|_| !has_reason)
    }
}

/// Takes a report in that came (or was asked for) at `at`. Answers the message if its state is another now.
pub(super) async fn take(
    connection: &mut SqliteConnection,
    account: AccountId,
    at: Timestamp,
    report: InboundReport,
) -> Result<Option<(MessageId, ConversationId)>, Failure> {
    // One that was applied before changes nothing; one that still waits may have come with better knowledge now.
    let (kind, detail, words) = match report.reason {
        Some(reason) => (Some(reason.kind), reason.detail, report.words.or(reason.words)),
        None => (None, None, report.words),
    };
    let waits: Option<i64> = sqlx::query_scalar(
        "INSERT INTO reports (account, reference, other_reference, state, words, received_at, reason_kind, reason_detail) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (account, reference, state) DO UPDATE SET \
         other_reference = coalesce(excluded.other_reference, other_reference), words = coalesce(words, excluded.words), \
         reason_kind = coalesce(reason_kind, excluded.reason_kind), \
         reason_detail = coalesce(reason_detail, excluded.reason_detail) \
         WHERE message IS NULL RETURNING sequence",
    )
    .bind(account.0)
    .bind(&report.reference)
    .bind(report.other_reference.as_deref())
    .bind(report.state.key())
    .bind(words.as_deref())
    .bind(at.0)
    .bind(kind.map(ReasonKind::key))
    .bind(detail.as_deref())
    .fetch_optional(&mut *connection)
    .await?;
    if waits.is_none() {
        let told = Words {
            state: report.state,
            words: &words,
            kind,
            detail: &detail,
        };
        add_to_record(connection, account, &report.reference, &told, at).await?;
        return Ok(None);
    }
    let found = find(
        connection,
        account,
        &report.reference,
        report.other_reference.as_deref(),
    );
    let Some(id) = found.await? else {
        return Ok(None);
    };
    let before = changes::find(connection, id).await?;
    let state = before.state;
    let now = apply_waiting(connection, before, at).await?;
    Ok((now.state != state).then_some((now.id, now.conversation)))
}

/// The message of ours that is called by one of these identifiers. Ours is surer than the gateway's.
async fn find(
    connection: &mut SqliteConnection,
    account: AccountId,
    reference: &str,
    other: Option<&str>,
) -> Result<Option<MessageId>, Failure> {
    for sql in FIND {
        let id: Option<Uuid> = sqlx::query_scalar(sql)
            .bind(account.0)
            .bind(reference)
            .bind(other)
            .fetch_optional(&mut *connection)
            .await?;
        if let Some(id) = id {
            return Ok(Some(MessageId(id)));
        }
    }
    Ok(None)
}

/// `$1` account, `$2` and `$3` identifiers.
const FIND: [&str; 2] = [
    "SELECT id FROM messages WHERE client_id IN ($2, $3) AND account = $1 AND direction = 'out'",
    "SELECT id FROM messages WHERE account = $1 AND gateway_id IN ($2, $3) AND direction = 'out' \
     ORDER BY sequence DESC LIMIT 1",
];

macro_rules! waiting_columns {
    () => {
        "sequence, reference, other_reference, state, words, reason_kind, reason_detail, received_at"
    };
}

/// `$1` account, `$2` our identifier, `$3` the gateway's.
const WAITING: &str = concat!(
    "SELECT ",
    waiting_columns!(),
    " FROM reports \
     WHERE account = $1 AND message IS NULL AND reference IN ($2, $3) \
     UNION SELECT ",
    waiting_columns!(),
    " FROM reports \
     WHERE account = $1 AND message IS NULL AND other_reference IN ($2, $3)"
);

/// Applies the reports that wait for `message`, which was read in the same transaction. Answers it as it is then.
///
/// While an attempt is under way they go on waiting, for what comes of it is not known yet; so do reports about a
/// message that was never tried, which nobody can truly make.
pub(super) async fn apply_waiting(
    connection: &mut SqliteConnection,
    mut message: Message,
    now: Timestamp,
) -> Result<Message, Failure> {
    if message.attempts == 0 || message.state == MessageState::InFlight {
        return Ok(message);
    }
    let mut waiting = waiting_for(connection, &message).await?;
    if waiting.is_empty() {
        return Ok(message);
    }
    if message.gateway_id.is_none()
        && let Some(learned) = waiting.iter().find_map(|report| report.names_beside(&message))
    {
        sqlx::query("UPDATE messages SET gateway_id = $2 WHERE id = $1")
            .bind(message.id.0)
            .bind(&learned)
            .execute(&mut *connection)
            .await?;
        message.gateway_id = Some(learned);
        // Some may have been waiting under that name.
        waiting = waiting_for(connection, &message).await?;
    }
    let mut known = applied_to(connection, message.id).await?;
    for report in waiting {
        sqlx::query("UPDATE reports SET message = $2 WHERE sequence = $1")
            .bind(report.sequence)
            .bind(message.id.0)
            .execute(&mut *connection)
            .await?;
        known.push(report.state);
        let state = after_reports(message.state, &known);
        if state == message.state {
            // It came late. What was said is on record all the same.
            say(connection, &message, &report.told(), report.received_at).await?;
            continue;
        }
        let mut changed = message.clone();
        changed.state = state;
        changed.reason = match (state, report.state) {
            (MessageState::Rejected, MessageState::Rejected) => report.told().reason(),
            // One that was known before, and counts again.
            (MessageState::Rejected, _) => Some(Reason::new(ReasonKind::RejectedByGateway)),
            _ => None,
        };
        changed.next_attempt_at = None;
        changed.updated_at = now;
        let told = report.told();
        changes::record(connection, &message, &changed, told.loose(), report.received_at).await?;
        message = changed;
    }
    Ok(message)
}

/// Most steps that a message's history may have before what only says the same state in other words is not added.
const WORDS_MAX: i64 = 100;

/// `$1` message, `$2` loose words, or `$3` class, `$4` words and `$5` detail of a reason: whether its history has them, or
/// has so many steps that nothing is added to it.
const ON_RECORD: &str = "SELECT EXISTS (SELECT 1 FROM message_steps WHERE message = $1 \
     AND ($2 IS NULL OR raw = $2) \
     AND ($3 IS NULL OR (reason_kind = $3 AND reason_words IS $4 AND reason_detail IS $5))) \
     OR (SELECT count(*) FROM message_steps WHERE message = $1) >= $6";

/// Puts what a report says that changes nothing on record, once: the words of a state, of which there may be several.
async fn say(
    connection: &mut SqliteConnection,
    message: &Message,
    told: &Words<'_>,
    at: Timestamp,
) -> Result<(), Failure> {
    let (reason, words) = (told.reason(), told.loose());
    if words.is_none() && reason.is_none() {
        return Ok(());
    }
    let why = reason.as_ref();
    let is_on_record: bool = sqlx::query_scalar(ON_RECORD)
        .bind(message.id.0)
        .bind(words)
        .bind(why.map(|reason| reason.kind.key()))
        .bind(why.and_then(|reason| reason.words.as_deref()))
        .bind(why.and_then(|reason| reason.detail.as_deref()))
        .bind(WORDS_MAX)
        .fetch_one(&mut *connection)
        .await?;
    if !is_on_record {
        changes::add_step(connection, message, why, words, at).await?;
    }
    Ok(())
}

/// A report of a state that was applied before: it may say the same in other words, or name another error.
async fn add_to_record(
    connection: &mut SqliteConnection,
    account: AccountId,
    reference: &str,
    told: &Words<'_>,
    at: Timestamp,
) -> Result<(), Failure> {
    let message: Option<Uuid> = sqlx::query_scalar(
        "SELECT message FROM reports WHERE account = $1 AND reference = $2 AND state = $3 AND message IS NOT NULL",
    )
    .bind(account.0)
    .bind(reference)
    .bind(told.state.key())
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(message) = message {
        let message = changes::find(connection, MessageId(message)).await?;
        say(connection, &message, told, at).await?;
    }
    Ok(())
}

/// What waits for a message, in the order in which it is looked at.
async fn waiting_for(connection: &mut SqliteConnection, message: &Message) -> Result<Vec<Waiting>, Failure> {
    let found = sqlx::query(WAITING)
        .bind(message.account.0)
        .bind(message.client_id.as_str())
        .bind(message.gateway_id.as_deref())
        .fetch_all(connection)
        .await?;
    let mut waiting = Vec::with_capacity(found.len());
    for row in &found {
        waiting.push(Waiting {
            sequence: row.try_get("sequence")?,
            reference: row.try_get("reference")?,
            other_reference: row.try_get("other_reference")?,
            state: rows::keyed(row, "state", MessageState::from_key)?,
            words: row.try_get("words")?,
            kind: row
                .try_get::<Option<&str>, _>("reason_kind")?
                .and_then(ReasonKind::from_key),
            detail: row.try_get("reason_detail")?,
            received_at: Timestamp(row.try_get("received_at")?),
        });
    }
    waiting.sort_by_key(|report| (report_weight(report.state), report.sequence));
    Ok(waiting)
}

async fn applied_to(connection: &mut SqliteConnection, id: MessageId) -> Result<Vec<MessageState>, Failure> {
    let found = sqlx::query("SELECT state FROM reports WHERE message = $1")
        .bind(id.0)
        .fetch_all(connection)
        .await?;
    let states = found
        .iter()
        .map(|row| rows::keyed(row, "state", MessageState::from_key));
    Ok(states.collect::<Result<_, _>>()?)
}

#[cfg(test)]
pub(super) const REPORT_QUERIES: [&str; 3] = [FIND[0], FIND[1], WAITING];
