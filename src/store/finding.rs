//! Which conversations a search finds, and by which message.
//!
//! A conversation is found when each word stands in one and the same message of it, or in its names, number or note.
//! What it is known by is read first (there are few conversations); of the words that are not found there, the index
//! tells the messages, newest first. So many of them may hold a frequent word that only the newest are looked at; the
//! conversations in which none of those stands are then asked for, a window of the list at a time, until the page is
//! full. So what is found does not depend on how frequent a word is.

use super::connections::Failure;
use super::search::{self, Terms, WordSet};
use crate::domain::conversation::ConversationFilter;
use crate::domain::{AccountId, Timestamp};
use sqlx::sqlite::{Sqlite, SqliteConnection};
use sqlx::{QueryBuilder, Row as _};
use std::collections::{BTreeMap, HashMap};
use uuid::Uuid;

/// How many messages that the index names are compared with the words at a time.
const COMPARED_AT_ONCE: i64 = 2_000;

/// How many of the newest messages are searched for words of one or two characters, which are not in the index.
pub(super) const NEWEST_FOR_SHORT_WORDS: i64 = 10_000;

/// How many conversations are asked for at a time.
const WINDOW: usize = 100;

/// In how many ways the words may lie in names here and messages there that are told apart; beyond these, all words
/// must stand in the message.
const SPLITS_MAX: usize = 16;

/// A conversation that was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Which.
    pub(super) conversation: Uuid,
    /// The sequence of the newest message that holds the words which are not in its names, number or note, and those
    /// words; none if all are there.
    pub(super) hit: Option<(i64, WordSet)>,
}

/// A conversation of the list, and which words its names, number and note lack.
struct Candidate {
    conversation: Uuid,
    lacking: WordSet,
}

/// The newest messages with some words, by conversation.
#[derive(Default)]
struct Hits {
    newest: HashMap<Uuid, i64>,
    /// Whether older ones need not be looked for.
    complete: bool,
}

/// A page of the conversations that pass `filter` and hold `terms`, in the order of the list.
pub(super) async fn page(
    connection: &mut SqliteConnection,
    filter: &ConversationFilter,
    terms: &Terms,
    before: Option<Timestamp>,
    limit: usize,
) -> Result<Vec<Found>, Failure> {
    let mut candidates = candidates(connection, filter, terms, before).await?;
    bound_splits(&mut candidates, terms.all());
    let mut hits = HashMap::new();
    for (words, count) in splits(&candidates) {
        let chosen = terms.chosen(words);
        // Those of a few people are asked for by themselves: the frequent words beside a name would tell of everybody.
        let few = words != terms.all() && count <= WINDOW;
        let newest = if few && chosen.iter().all(|forms| search::is_indexed(forms)) {
            Hits::default()
        } else {
            newest(connection, &chosen, filter.account).await?
        };
        hits.insert(words, newest);
    }
    candidates.retain(|candidate| candidate.stands(&hits) != Some(false));
    let mut found = Vec::new();
    for window in candidates.chunks(WINDOW) {
        let undecided = window
            .iter()
            .filter(|candidate| candidate.stands(&hits).is_none());
        let mut asked: BTreeMap<WordSet, Vec<Uuid>> = BTreeMap::new();
        for candidate in undecided {
            let conversations = asked.entry(candidate.lacking).or_default();
            conversations.push(candidate.conversation);
        }
        for (words, conversations) in asked {
            let newest = newest_of(connection, &terms.chosen(words), conversations).await?;
            hits.entry(words).or_default().newest.extend(newest);
        }
        for candidate in window {
            let newest = candidate.newest(&hits);
            if candidate.lacking == 0 || newest.is_some() {
                found.push(Found {
                    conversation: candidate.conversation,
                    hit: newest.map(|sequence| (sequence, candidate.lacking)),
                });
            }
        }
        if found.len() >= limit {
            found.truncate(limit);
            break;
        }
    }
    Ok(found)
}

impl Candidate {
    fn newest(&self, hits: &HashMap<WordSet, Hits>) -> Option<i64> {
        hits.get(&self.lacking)?.newest.get(&self.conversation).copied()
    }

    /// Whether the words stand in it; none if its older messages have to be asked.
    fn stands(&self, hits: &HashMap<WordSet, Hits>) -> Option<bool> {
        let complete = || hits.get(&self.lacking).is_some_and(|hits| hits.complete);
        if self.lacking == 0 || self.newest(hits).is_some() {
            return Some(true);
        }
        complete().then_some(false)
    }
}

/// Narrows a query of the table `c` to what `filter` lets through, the search apart.
pub(super) fn push_filter(
    query: &mut QueryBuilder<Sqlite>,
    filter: &ConversationFilter,
    before: Option<Timestamp>,
) {
    query.push(" WHERE c.last_at IS NOT NULL");
    if let Some(account) = filter.account {
        query.push(" AND c.account = ").push_bind(account.0);
    }
    if let Some(before) = before {
        query.push(" AND c.last_at < ").push_bind(before.0);
    }
    if filter.problems_only {
        query.push(" AND c.problems > 0");
    }
    if filter.unread_only {
        query.push(" AND c.unread > 0");
    }
}

/// Every conversation that passes the filter, in the order of the list.
async fn candidates(
    connection: &mut SqliteConnection,
    filter: &ConversationFilter,
    terms: &Terms,
    before: Option<Timestamp>,
) -> Result<Vec<Candidate>, Failure> {
    let mut query = QueryBuilder::new("SELECT c.id, CASE WHEN 0");
    for number in &terms.number {
        query
            .push(" OR instr(c.search_text, ")
            .push_bind(number.clone())
            .push(")");
    }
    query.push(" THEN 0 ELSE 0");
    for (index, forms) in terms.words.iter().enumerate() {
        query.push(" + CASE WHEN ");
        push_held(&mut query, "c.search_text", forms);
        query.push(" THEN 0 ELSE ").push_bind(1_i64 << index).push(" END");
    }
    query.push(" END AS lacking FROM conversations AS c");
    push_filter(&mut query, filter, before);
    query.push(" ORDER BY c.last_at DESC");
    let rows = query.build().fetch_all(connection).await?;
    let mut candidates = Vec::with_capacity(rows.len());
    for row in &rows {
        candidates.push(Candidate {
            conversation: row.try_get(0)?,
            lacking: row.try_get(1)?,
        });
    }
    Ok(candidates)
}

/// The ways in which words lie in names here and messages there, and how many conversations each has.
fn splits(candidates: &[Candidate]) -> BTreeMap<WordSet, usize> {
    let mut splits = BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| candidate.lacking != 0) {
        *splits.entry(candidate.lacking).or_default() += 1;
    }
    splits
}

/// Leaves so many ways of lying in names here and messages there that each can be asked for.
fn bound_splits(candidates: &mut [Candidate], all: WordSet) {
    let kept: Vec<WordSet> = splits(candidates).into_keys().take(SPLITS_MAX).collect();
    for candidate in candidates {
        if candidate.lacking != 0 && !kept.contains(&candidate.lacking) {
            candidate.lacking = all;
        }
    }
}

/// Looks for the newest messages with these words, in all conversations of an account or of every one.
async fn newest(
    connection: &mut SqliteConnection,
    words: &[&[String]],
    account: Option<AccountId>,
) -> Result<Hits, Failure> {
    let short = !words.iter().all(|forms| search::is_indexed(forms));
    let bound = if short {
        NEWEST_FOR_SHORT_WORDS
    } else {
        COMPARED_AT_ONCE
    };
    let compared = compared(connection, newest_query(words, account, bound)).await?;
    Ok(Hits {
        newest: compared.newest,
        complete: short || compared.count < bound,
    })
}

pub(super) fn newest_query(
    words: &[&[String]],
    account: Option<AccountId>,
    bound: i64,
) -> QueryBuilder<Sqlite> {
    match search::index_query(words) {
        Some(asked) => compare(words, account, asked, None, bound),
        None => {
            let mut query = select_newest(words, account);
            query
                .push("messages AS m WHERE m.sequence > (SELECT max(sequence) FROM messages) - ")
                .push_bind(bound)
                .push(" GROUP BY +m.conversation");
            query
        }
    }
}

/// Looks for the newest message with these words in each of these conversations.
async fn newest_of(
    connection: &mut SqliteConnection,
    words: &[&[String]],
    mut conversations: Vec<Uuid>,
) -> Result<HashMap<Uuid, i64>, Failure> {
    let mut newest = HashMap::new();
    let Some(asked) = search::index_query(words) else {
        return Ok(newest);
    };
    let mut before = None;
    while !conversations.is_empty() {
        let mut query = asked.clone();
        query.push_str(" AND (");
        for (index, first) in first_messages(connection, &conversations)
            .await?
            .into_iter()
            .enumerate()
        {
            if index > 0 {
                query.push_str(" OR ");
            }
            search::push_conversation(&mut query, first);
        }
        query.push(')');
        let compared = compared(connection, compare(words, None, query, before, COMPARED_AT_ONCE)).await?;
        conversations.retain(|conversation| match compared.newest.get(conversation) {
            Some(sequence) => {
                newest.insert(*conversation, *sequence);
                false
            }
            None => true,
        });
        if compared.count < COMPARED_AT_ONCE {
            break;
        }
        before = compared.oldest;
    }
    Ok(newest)
}

async fn first_messages(
    connection: &mut SqliteConnection,
    conversations: &[Uuid],
) -> Result<Vec<i64>, Failure> {
    let mut query = QueryBuilder::new("SELECT min(m.sequence) FROM messages AS m WHERE m.conversation IN (");
    let mut list = query.separated(", ");
    for conversation in conversations {
        list.push_bind(*conversation);
    }
    query.push(") GROUP BY m.conversation");
    Ok(query.build_query_scalar().fetch_all(connection).await?)
}

/// What came of comparing messages with words.
struct Compared {
    newest: HashMap<Uuid, i64>,
    count: i64,
    oldest: Option<i64>,
}

async fn compared(
    connection: &mut SqliteConnection,
    mut query: QueryBuilder<Sqlite>,
) -> Result<Compared, Failure> {
    let rows = query.build().fetch_all(connection).await?;
    let mut compared = Compared {
        newest: HashMap::with_capacity(rows.len()),
        count: 0,
        oldest: None,
    };
    for row in &rows {
        if let Some(newest) = row.try_get::<Option<i64>, _>(1)? {
            compared.newest.insert(row.try_get(0)?, newest);
        }
        compared.count += row.try_get::<i64, _>(2)?;
        let oldest: i64 = row.try_get(3)?;
        compared.oldest = Some(compared.oldest.map_or(oldest, |known| known.min(oldest)));
    }
    Ok(compared)
}

/// Compares the newest messages that the index names with the words themselves: it knows only which runs of three
/// characters stand somewhere in a message.
fn compare(
    words: &[&[String]],
    account: Option<AccountId>,
    asked: String,
    before: Option<i64>,
    bound: i64,
) -> QueryBuilder<Sqlite> {
    let mut query = select_newest(words, account);
    query
        .push("(SELECT rowid FROM messages_search WHERE messages_search MATCH ")
        .push_bind(asked);
    if let Some(before) = before {
        query.push(" AND rowid < ").push_bind(before);
    }
    query.push(" ORDER BY rowid DESC LIMIT ").push_bind(bound).push(
        ") AS named CROSS JOIN messages AS m ON m.sequence = named.rowid \
             GROUP BY m.conversation",
    );
    query
}

fn select_newest(words: &[&[String]], account: Option<AccountId>) -> QueryBuilder<Sqlite> {
    let mut query = QueryBuilder::new("SELECT m.conversation, max(m.sequence) FILTER (WHERE 1");
    if let Some(account) = account {
        query.push(" AND m.account = ").push_bind(account.0);
    }
    push_words(&mut query, words);
    query.push("), count(*), min(m.sequence) FROM ");
    query
}

/// Asks for messages (of the table `m`) that hold each of the words.
pub(super) fn push_words(query: &mut QueryBuilder<Sqlite>, words: &[&[String]]) {
    for forms in words {
        query.push(" AND ");
        push_held(query, "m.search_text", forms);
    }
}

fn push_held(query: &mut QueryBuilder<Sqlite>, column: &'static str, forms: &[String]) {
    query.push("(0");
    for form in forms {
        query
            .push(" OR instr(")
            .push(column)
            .push(", ")
            .push_bind(form.clone())
            .push(")");
    }
    query.push(")");
}
