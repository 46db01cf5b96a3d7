//! What a large past costs: 1,000,000 messages of 2,000 people, one conversation of more than 100,000. Pages of a thread,
//! pages of the list with every filter, searches, and frames of the window while one scrolls back; each beside the same
//! with nothing in it, in the same run.
//!
//! Run with `cargo bench --bench large`. The database is made once (a minute or two) and kept in the target folder;
//! `RECADO_BENCH_MESSAGES` says how many messages.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use recado::domain::conversation::ConversationFilter;
use recado::domain::{ConversationId, Timestamp};
use recado::store::{NewMessage, Store};
use sqlx::Connection as _;
use std::time::Instant;
use support::past::{NOWHERE, Past, RARE_AND_OLD, connect};
use support::{number_of, quantile, scrolling};
use tokio::runtime::{Builder, Runtime};

const PAGE: u32 = 100;
const ROUNDS: usize = 40;

fn main() {
    let messages = std::env::var("RECADO_BENCH_MESSAGES")
        .ok()
        .and_then(|number| number.parse().ok())
        .unwrap_or(1_000_000);
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let past = runtime.block_on(Past::of(messages));
    println!(
        "{} messages, {} in the largest conversation, {} MB{}",
        past.messages,
        past.largest.1,
        past.bytes() / 1_000_000,
        past.made_in
            .map_or(String::new(), |time| format!(", made in {} s", time.as_secs()))
    );
    runtime.block_on(parts(&past));
    let begun = Instant::now();
    let store = runtime.block_on(Store::open(&past.folder)).unwrap();
    println!("opening: {:.1} ms", begun.elapsed().as_secs_f64() * 1_000.0);
    pages(&runtime, &store, &past);
    lists(&runtime, &store, &past);
    searches(&runtime, &store, &past);
    writing(&runtime, &past);
    scrolling::measure(&runtime, &store, &past);
    runtime.block_on(store.close());
}

/// What takes the room.
async fn parts(past: &Past) {
    let mut connection = connect(&past.folder).await;
    let parts: Vec<(String, i64)> = sqlx::query_as(
        "SELECT CASE WHEN name LIKE 'messages_search%' THEN 'search index' ELSE name END, sum(pgsize) FROM dbstat \
         WHERE aggregate = 1 GROUP BY 1 ORDER BY 2 DESC LIMIT 6",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap_or_default();
    for (name, bytes) in parts {
        println!("  {name:<40} {:>7.1} MB", bytes as f64 / 1e6);
    }
    let begun = Instant::now();
    let verdict: String = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    println!("quick_check: {verdict} in {:.1} s", begun.elapsed().as_secs_f64());
    connection.close().await.unwrap();
}

/// Measurements of the same kind, beside those of `bare`.
struct Table {
    bare: f64,
}

impl Table {
    fn new(title: &str, bare: Vec<f64>) -> Self {
        Self::beside(title, "bare query", bare)
    }

    fn beside(title: &str, name: &str, bare: Vec<f64>) -> Self {
        println!("{title}, in milliseconds (p50, p99, p50 beside the first line):");
        let table = Self {
            bare: quantile(&bare, 0.5),
        };
        table.line(name, &bare);
        table
    }

    fn line(&self, name: &str, times: &[f64]) {
        let (middle, high) = (quantile(times, 0.5), quantile(times, 0.99));
        println!(
            "  {name:<44} {middle:>8.3} {high:>8.3} {:>8.1}",
            middle / self.bare
        );
    }
}

/// The times of some calls in milliseconds.
fn times<T>(runtime: &Runtime, count: usize, mut call: impl AsyncFnMut(usize) -> T) -> Vec<f64> {
    runtime.block_on(async {
        let mut times = Vec::with_capacity(count);
        for index in 0..count {
            let begun = Instant::now();
            std::hint::black_box(call(index).await);
            times.push(begun.elapsed().as_secs_f64() * 1_000.0);
        }
        times
    })
}

/// A question that costs next to nothing: the way to the database and back.
fn bare(runtime: &Runtime, store: &Store) -> Vec<f64> {
    times(runtime, 400, async |_| {
        store.conversation(ConversationId::new()).await.is_err()
    })
}

fn pages(runtime: &Runtime, store: &Store, past: &Past) {
    let table = Table::new("pages of 100 of a thread", bare(runtime, store));
    let rows = runtime
        .block_on(store.conversations(&ConversationFilter::default(), None, 2_000))
        .unwrap();
    let opened = times(runtime, rows.len(), async |index| {
        store
            .thread(rows[index].conversation.id, None, PAGE)
            .await
            .unwrap()
    });
    table.line(&format!("opening each of {} conversations", rows.len()), &opened);
    let (largest, _) = past.largest;
    let (mut before, mut back) = (None, Vec::new());
    runtime.block_on(async {
        loop {
            let begun = Instant::now();
            let page = store.thread(largest, before, PAGE).await.unwrap();
            back.push(begun.elapsed().as_secs_f64() * 1_000.0);
            before = page.first().map(recado::domain::ThreadEntry::id);
            if page.len() < PAGE as usize {
                break;
            }
        }
    });
    table.line(&format!("scrolling back, {} pages", back.len()), &back);
    let hits = runtime
        .block_on(store.find_in_conversation(largest, "pedido", None))
        .unwrap();
    let jumps = times(runtime, hits.len().min(100), async |index| {
        let before = store.page_ending(largest, hits[index], 30).await.unwrap();
        store.thread(largest, before, PAGE).await.unwrap()
    });
    table.line("jumping to a hit", &jumps);
}

fn lists(runtime: &Runtime, store: &Store, past: &Past) {
    let table = Table::new("pages of 100 of the list", bare(runtime, store));
    let none = ConversationFilter::default();
    let filters = [
        ("everything", none.clone()),
        (
            "of an account",
            ConversationFilter {
                account: Some(past.account),
                ..none.clone()
            },
        ),
        (
            "unread",
            ConversationFilter {
                unread_only: true,
                ..none.clone()
            },
        ),
        (
            "unread of an account",
            ConversationFilter {
                unread_only: true,
                account: Some(past.account),
                ..none.clone()
            },
        ),
        (
            "with problems",
            ConversationFilter {
                problems_only: true,
                ..none.clone()
            },
        ),
    ];
    for (name, filter) in filters {
        let first = times(runtime, ROUNDS, async |_| {
            store.conversations(&filter, None, PAGE).await.unwrap()
        });
        table.line(&format!("{name}, first"), &first);
        table.line(
            &format!("{name}, every page"),
            &every_page(runtime, store, &filter),
        );
    }
}

fn every_page(runtime: &Runtime, store: &Store, filter: &ConversationFilter) -> Vec<f64> {
    let (mut before, mut all): (Option<Timestamp>, Vec<f64>) = (None, Vec::new());
    runtime.block_on(async {
        loop {
            let begun = Instant::now();
            let page = store.conversations(filter, before, PAGE).await.unwrap();
            all.push(begun.elapsed().as_secs_f64() * 1_000.0);
            before = page.last().and_then(|row| row.last_at);
            if page.len() < PAGE as usize {
                break all;
            }
        }
    })
}

fn searches(runtime: &Runtime, store: &Store, past: &Past) {
    let none = ConversationFilter::default();
    let plain = times(runtime, ROUNDS, async |_| {
        store.conversations(&none, None, PAGE).await.unwrap()
    });
    let table = Table::new("searching, pages of 100", bare(runtime, store));
    table.line("the list without a search", &plain);
    let searches = [
        ("a rare old word", RARE_AND_OLD),
        ("no word of it anywhere", NOWHERE),
        ("a frequent word", "pedido"),
        ("the most frequent word of three letters", "que"),
        ("a frequent part of words", "mento"),
        ("two words", "boleto pagamento"),
        ("two frequent words", "pedido tudo"),
        ("the beginning of a word", "orça"),
        ("a name", "natália"),
        ("a name and a frequent word", "natalia pedido"),
        ("a number", "+55 11 90000-0042"),
        ("part of every number", "9000"),
        ("a file's name", "orcamento-4"),
        ("one letter", "q"),
        ("two letters", "oi"),
        ("an emoji", "📦"),
        ("a letter and a frequent word", "x pedido"),
        ("eight words", "bom dia tudo bem com o pedido hoje"),
    ];
    for (name, search) in searches {
        let filter = ConversationFilter {
            search: search.to_owned(),
            ..none.clone()
        };
        let found = runtime
            .block_on(store.conversations(&filter, None, 10_000))
            .unwrap();
        let first = times(runtime, ROUNDS, async |_| {
            store.conversations(&filter, None, PAGE).await.unwrap()
        });
        table.line(&format!("{name} ({})", found.len()), &first);
        if search == "pedido" {
            table.line("… every page", &every_page(runtime, store, &filter));
        }
        if search == RARE_AND_OLD {
            assert_eq!(found[0].hit.as_ref().map(|hit| hit.message), Some(past.rare));
        }
        let filter = ConversationFilter {
            account: Some(past.account),
            ..filter
        };
        let first = times(runtime, ROUNDS, async |_| {
            store.conversations(&filter, None, PAGE).await.unwrap()
        });
        table.line("… in an account of fifty people", &first);
    }
    let (largest, _) = past.largest;
    for search in [RARE_AND_OLD, NOWHERE, "pedido", "mento", "oi"] {
        let found = times(runtime, ROUNDS, async |_| {
            store.find_in_conversation(largest, search, None).await.unwrap()
        });
        table.line(&format!("in the largest conversation: {search}"), &found);
    }
}

/// What the index adds to storing a message: the same on a copy with and without it.
fn writing(runtime: &Runtime, past: &Past) {
    let copy = tempfile::tempdir_in(past.folder.parent().unwrap()).unwrap();
    let file = "recado.sqlite3";
    std::fs::copy(past.folder.join(file), copy.path().join(file)).unwrap();
    let mut measured = Vec::new();
    for indexed in [true, false] {
        if !indexed {
            runtime.block_on(async {
                let mut connection = connect(copy.path()).await;
                sqlx::raw_sql("DROP TRIGGER messages_search_added")
                    .execute(&mut connection)
                    .await
                    .unwrap();
                connection.close().await.unwrap();
            });
        }
        let store = runtime.block_on(Store::open(copy.path())).unwrap();
        measured.push(times(runtime, 400, async |index| {
            let new = NewMessage {
                template: None,
                to: number_of(index),
                text: format!(
                    "Olá! O pedido *{index}* está pronto 📦, pode retirar hoje até as 18 h na loja do centro"
                ),
                attachment: None,
                not_before: None,
            };
            store
                .enqueue(past.account, vec![new], Timestamp::now())
                .await
                .unwrap()
        }));
        runtime.block_on(store.close());
    }
    let table = Table::beside("storing a message", "without the index", measured.remove(1));
    table.line("with the index", &measured.remove(0));
}
