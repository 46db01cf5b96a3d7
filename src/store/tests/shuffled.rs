//! Whatever order a set of deliveries comes in, and however often each comes: the same threads, counts and unread.

use super::inbox::{document, file, inbound, message, receive, revoked, rows, text};
use super::*;
use crate::domain::MessageId;
use crate::domain::incoming::{Inbound, InboundMessage, InboundReport, ThreadEntry};
use proptest::prelude::*;
use std::collections::BTreeMap;

const PEOPLE: u32 = 3;

/// One thing that is told. Numbers name messages, files and people; what they name may be told or not.
#[derive(Debug, Clone)]
enum Told {
    Text(u8),
    Answer(u8, u8),
    Document(u8),
    File(u8),
    Revoked(u8),
    Report(u8, MessageState),
    Unreadable,
}

/// The person who writes a message: the same in whatever order it comes.
fn writer(number: u8) -> u32 {
    u32::from(number) % PEOPLE
}

fn told() -> impl Strategy<Value = Told> {
    use MessageState::{Accepted, Delivered, Read, Rejected, Sent};
    let number = 0..12_u8;
    prop_oneof![
        4 => number.clone().prop_map(Told::Text),
        2 => (number.clone(), number.clone()).prop_map(|(one, other)| Told::Answer(one, other)),
        3 => number.clone().prop_map(Told::Document),
        4 => number.clone().prop_map(Told::File),
        3 => number.clone().prop_map(Told::Revoked),
        4 => (0..3_u8, proptest::sample::select(vec![Accepted, Sent, Delivered, Read, Rejected]))
            .prop_map(|(message, state)| Told::Report(message, state)),
        1 => Just(Told::Unreadable),
    ]
}

/// Deliveries of a few parts each, and an order in which they come, with repetitions.
fn deliveries() -> impl Strategy<Value = (Vec<Vec<Told>>, Vec<usize>)> {
    proptest::collection::vec(proptest::collection::vec(told(), 1..4), 1..16).prop_flat_map(|list| {
        let count = list.len();
        let again = proptest::collection::vec(0..count, 0..12);
        let order = again.prop_flat_map(move |again| {
            let all: Vec<usize> = (0..count).chain(again).collect();
            Just(all).prop_shuffle()
        });
        (Just(list), order)
    })
}

/// What an outsider sees in the end.
#[derive(Debug, PartialEq)]
struct Picture {
    threads: BTreeMap<String, Vec<String>>,
    unread: BTreeMap<String, u32>,
    told_names: BTreeMap<String, Option<String>>,
    total_unread: u64,
    outgoing: Vec<MessageState>,
    files: usize,
}

struct World {
    _folder: TempDir,
    store: Store,
    account: AccountId,
    ours: Vec<Message>,
    stored_files: usize,
}

impl World {
    async fn new() -> Self {
        let (folder, store, account) = store().await;
        let mut ours = Vec::new();
        for (last, state) in [
            MessageState::Accepted,
            MessageState::Unknown,
            MessageState::Accepted,
        ]
        .into_iter()
        .enumerate()
        {
            let last = u32::try_from(last).unwrap();
            ours.push(sent_as(&store, account, last, &format!("nossa {last}"), state).await);
        }
        Self {
            _folder: folder,
            store,
            account,
            ours,
            stored_files: 0,
        }
    }

    fn part(&mut self, told: &Told) -> Inbound {
        let id = |number: u8| format!("m{number}");
        match *told {
            // One in three has the name from the address book with it.
            Told::Text(number) => message(InboundMessage {
                sender_name: Some(format!("pessoa {}", writer(number))),
                address_book_name: (number % 4 == 0).then(|| format!("livro {}", writer(number))),
                ..inbound(&id(number), writer(number), &format!("texto {number}"))
            }),
            Told::Answer(number, to) => message(InboundMessage {
                reply_to: Some(id(to)),
                ..inbound(
                    &format!("a{number}-{to}"),
                    writer(number),
                    &format!("resposta {number} {to}"),
                )
            }),
            Told::Document(number) => {
                document(&format!("d{number}"), writer(number), &format!("Ref{number}"))
            }
            Told::File(number) => {
                self.stored_files += 1;
                // Each time under a new name, as it is decoded again.
                file(
                    &format!("ref{number}"),
                    &format!("s{}", self.stored_files),
                    number,
                )
            }
            Told::Revoked(number) if number % 2 == 0 => revoked(&id(number), writer(number)),
            Told::Revoked(number) => revoked(&format!("d{number}"), writer(number)),
            Told::Report(number, state) => Inbound::Report(InboundReport {
                reference: self.ours[usize::from(number)].client_id.as_str().to_owned(),
                other_reference: None,
                state,
                words: None,
                reason: None,
            }),
            Told::Unreadable => Inbound::Unreadable {
                why: "noise".to_owned(),
            },
        }
    }

    async fn deliver(&mut self, delivery: &[Told], when: usize) {
        let parts = delivery.iter().map(|told| self.part(told)).collect();
        let when = at(i64::try_from(when).unwrap());
        receive(&self.store, self.account, parts, when).await;
    }

    async fn picture(&self) -> Picture {
        let rows = rows(&self.store).await;
        let mut threads = BTreeMap::new();
        let mut words: BTreeMap<MessageId, String> = BTreeMap::new();
        let mut all = Vec::new();
        for row in &rows {
            let thread = self.store.thread(row.conversation.id, None, 1_000).await.unwrap();
            for entry in &thread {
                words.insert(entry.id(), entry.text().to_owned());
            }
            all.push((row.conversation.phone.to_string(), thread));
        }
        for (phone, thread) in all {
            let mut lines: Vec<String> = thread.iter().map(|entry| line(entry, &words)).collect();
            lines.sort();
            threads.insert(phone, lines);
        }
        let by_phone =
            |row: &crate::domain::conversation::ConversationRow| row.conversation.phone.to_string();
        let mut outgoing = Vec::new();
        for message in &self.ours {
            outgoing.push(self.store.message(message.id).await.unwrap().state);
        }
        Picture {
            threads,
            unread: rows.iter().map(|row| (by_phone(row), row.unread)).collect(),
            told_names: rows
                .iter()
                .map(|row| (by_phone(row), row.conversation.told_name.clone()))
                .collect(),
            total_unread: self.store.inbox_counts(self.account).await.unwrap().0,
            outgoing,
            files: self.store.stored_file_names().await.unwrap().len(),
        }
    }
}

/// A line of a thread without what depends on when it came.
fn line(entry: &ThreadEntry, words: &BTreeMap<MessageId, String>) -> String {
    match entry {
        ThreadEntry::Outgoing(message) => format!("{} {:?}", message.text, message.state),
        ThreadEntry::Incoming(message) => format!(
            "{} {:?} {} {:?} {:?} {:?} {}",
            message.from,
            message.kind,
            message.text,
            message.sender_name,
            message.reply_to.map(|id| &words[&id]),
            message
                .media
                .as_ref()
                .map(|media| media.file.as_ref().map(|file| (&file.name, file.sha256[0]))),
            message.revoked_at.is_some(),
        ),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_of_deliveries_ends_in_the_same_threads((list, order) in deliveries()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut plain = World::new().await;
            for (when, delivery) in list.iter().enumerate() {
                plain.deliver(delivery, when).await;
            }
            let mut shuffled = World::new().await;
            for (when, index) in order.iter().enumerate() {
                shuffled.deliver(&list[*index], when).await;
            }
            assert_eq!(shuffled.picture().await, plain.picture().await);
            let bodies = number(&shuffled.store, "SELECT count(*) FROM deliveries").await;
            assert_eq!(usize::try_from(bodies).unwrap(), order.len(), "every body is kept");
        });
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_comes_at_once_and_twice_is_stored_once() {
    let (_folder, store, id) = store().await;
    let mut tasks = tokio::task::JoinSet::new();
    for index in 0..400_u32 {
        let store = store.clone();
        tasks.spawn(async move {
            let number = index % 200;
            let part = text(&format!("m{number}"), number % 7, &format!("texto {number}"));
            receive(&store, id, vec![part], at(1)).await.new_messages.len()
        });
    }
    let new: usize = tasks.join_all().await.into_iter().sum();
    assert_eq!(new, 200);
    assert_eq!(store.inbox_counts(id).await.unwrap(), (200, 0));
    let rows = rows(&store).await;
    assert_eq!(rows.len(), 7);
    let mut times: Vec<_> = rows.iter().map(|row| row.last_at).collect();
    times.sort();
    times.dedup();
    assert_eq!(times.len(), 7, "no two rows of the list have the same time");
}
