//! What searching finds: the list by words, one conversation's messages, and the way to them.

use super::*;
use crate::domain::conversation::{ConversationFilter, ConversationRow};
use crate::domain::{ConversationId, MessageId, ThreadEntry};
use crate::store::StoreError;
use crate::store::search::folded;
use proptest::prelude::*;

fn searching(search: &str) -> ConversationFilter {
    ConversationFilter {
        search: search.to_owned(),
        ..ConversationFilter::default()
    }
}

async fn list(store: &Store, search: &str) -> Vec<ConversationRow> {
    store.conversations(&searching(search), None, 100).await.unwrap()
}

/// What the newest hit in the only conversation is.
async fn only_hit(store: &Store, search: &str) -> Option<(MessageId, String, Vec<String>)> {
    let hit = list(store, search).await.pop()?.hit?;
    let marked = hit.marks.iter().map(|mark| hit.snippet[mark.clone()].to_owned());
    Some((hit.message, hit.snippet.clone(), marked.collect()))
}

/// Stores an incoming message; `file` is the name of what came with it.
pub(super) async fn receive(
    store: &Store,
    conversation: ConversationId,
    text: &str,
    file: &str,
) -> MessageId {
    let id = MessageId::new();
    let (text, found_by) = (text.to_owned(), folded(&format!("{text} {file}")));
    store
        .connections
        .write("receive a test's message", move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO messages (id, account, conversation, direction, phone, body, state, created_at, \
                     updated_at, search_text) \
                     SELECT $1, account, id, 'in', phone, $3, 'received', $5, $5, $4 FROM conversations WHERE id = $2",
                )
                .bind(id.0)
                .bind(conversation.0)
                .bind(text)
                .bind(found_by)
                .bind(START.0)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
        .unwrap();
    id
}

#[tokio::test]
async fn any_part_of_any_script_is_found_in_messages_of_both_sides() {
    let texts = [
        "Promoção de VERÃO: 10% de desconto_hoje",
        "Mañana llega el ñandú, ¿está bien?",
        "日本語の請求書です",
        "ok 👍🏽 família 👨‍👩‍👧 combinado",
        "مرحبا بالعالم",
        "Straße ﬁm ½ ²",
        "AND OR NOT NEAR(a b) \"aspas\" 'simples' a*b col:val (x) -y ^z {q} +w",
        "C:\\pasta\\arquivo_final%20.pdf",
        "antes\0depois do nulo",
        "R$ 1.234,56 às 12:30",
        &format!("{}fim", "é".repeat(1_000_000)),
    ];
    let (_folder, store, id) = store().await;
    let mut messages = Vec::new();
    for (index, text) in (0_u32..).zip(texts) {
        let first = send(
            &store,
            id,
            to(index, if index % 2 == 0 { text } else { "oi" }),
            START,
        )
        .await;
        messages.push(match index % 2 {
            0 => first.id,
            _ => receive(&store, first.conversation, text, "").await,
        });
    }
    let cases: [(usize, &[&str]); 11] = [
        (
            0,
            &[
                "PROMOCAO",
                "promoção verao",
                "omoç",
                "10%",
                "conto_ho",
                "0% de desc",
                "%",
                "o_h",
            ],
        ),
        (1, &["manana", "ÑANDU", "¿esta", "bien?", "landu nan"]),
        (2, &["請求書", "語の請", "日本", "書"]),
        (3, &["👍", "👍🏽", "👨‍👩‍👧", "familia", "👨‍👩‍👧 combinado"]),
        (4, &["بالعالم", "عال"]),
        (5, &["fim", "straß", "1⁄2", "½", "STRASSE"]),
        (
            6,
            &[
                "NEAR(a",
                "\"aspas\"",
                "'simples'",
                "a*b",
                "col:val",
                "(x)",
                "-y",
                "^z",
                "{q}",
                "+w",
                "AND OR NOT",
                "\"",
                "*",
            ],
        ),
        (7, &["c:\\pasta", "final%20", "l%20.pdf", "\\", "FINAL%"]),
        (8, &["antes", "depois do nulo"]),
        (9, &["1.234,56", "r$", "12:30"]),
        (10, &["éé fim", "eeeeefim"]),
    ];
    for (index, searches) in cases {
        for search in searches {
            let hits: Vec<_> = list(&store, search)
                .await
                .into_iter()
                .filter_map(|row| row.hit)
                .collect();
            let expected = match *search {
                "landu nan" | "STRASSE" => None,
                _ => Some(messages[index]),
            };
            let found = hits.iter().find(|hit| hit.message == messages[index]);
            assert_eq!(found.map(|hit| hit.message), expected, "{search}");
            for hit in hits {
                assert!(
                    !hit.marks.is_empty() && hit.snippet.chars().count() < 2_000,
                    "{search}: {hit:?}"
                );
            }
        }
    }
    for search in [
        "xyzzy",
        "\"promo verao\"",
        "promo*",
        "NOT promocao",
        "null",
        &"w".repeat(1_000_000),
    ] {
        assert_eq!(list(&store, search).await.len(), 0, "{search}");
    }
    for search in ["\0", "\u{301}", "   ", ""] {
        assert_eq!(
            list(&store, search).await.len(),
            texts.len(),
            "nothing is asked for by {search:?}"
        );
    }
    assert_eq!(list(&store, "55119 0000").await.len(), texts.len());
}

#[tokio::test]
async fn people_are_found_by_what_they_are_known_by() {
    let (_folder, store, id) = store().await;
    let ana = send(&store, id, to(1, "o pedido saiu"), START).await;
    send(&store, id, to(2, "o pedido voltou"), at(1)).await;
    let ana_pedro = send(&store, id, to(1, "bom dia"), at(2)).await;
    store
        .rename_conversation(ana.conversation, " Ana Conceição ")
        .await
        .unwrap();
    store
        .note_conversation(ana.conversation, "Irmã do João; prefere ligação")
        .await
        .unwrap();
    store
        .rename_conversation(ana.conversation, "Aninha")
        .await
        .unwrap();
    for (search, rows, hit) in [
        ("aninha", 1, None),
        ("conceição", 0, None),
        ("LIGACAO joao", 1, None),
        ("aninha pedido", 1, Some(ana.id)),
        ("joao saiu pedido", 1, Some(ana.id)),
        ("aninha voltou", 0, None),
        ("0001 dia", 1, Some(ana_pedro.id)),
        ("0001 saiu bom", 0, None),
        ("ou an", 0, None),
    ] {
        let found = list(&store, search).await;
        assert_eq!(found.len(), rows, "{search}");
        assert_eq!(
            found.into_iter().find_map(|row| row.hit).map(|hit| hit.message),
            hit,
            "{search}"
        );
    }
    assert_eq!(list(&store, "pedido").await.len(), 2);
    assert!(list(&store, "irma").await[0].hit.is_none());
    store.note_conversation(ana.conversation, " ").await.unwrap();
    assert_eq!(list(&store, "irma").await.len(), 0);
    assert_eq!(list(&store, "aninha").await.len(), 1);
    let nobody = ConversationId::new();
    assert!(matches!(
        store.note_conversation(nobody, "x").await,
        Err(StoreError::NotFound)
    ));
}

#[tokio::test]
async fn a_row_shows_the_words_around_the_newest_hit() {
    let (_folder, store, id) = store().await;
    let long = format!(
        "{} o endereço de entrega é este\nmesmo {}",
        "muito antes ".repeat(90),
        "depois ".repeat(90)
    );
    let first = send(&store, id, to(1, &long), START).await;
    receive(&store, first.conversation, "bom dia", "").await;
    let (message, snippet, marks) = only_hit(&store, "ENTREGA endere").await.unwrap();
    assert_eq!(message, first.id);
    assert!(
        snippet.starts_with('…') && snippet.contains("o endereço de entrega é este mesmo depois"),
        "{snippet}"
    );
    assert_eq!(marks, ["endere", "entrega"]);
    assert!(
        snippet.chars().count() < 160 && snippet.ends_with('…'),
        "{snippet}"
    );
    let named = receive(&store, first.conversation, "segue", "Orçamento Março.pdf").await;
    let (message, snippet, marks) = only_hit(&store, "marco.pdf").await.unwrap();
    assert_eq!((message, snippet.as_str()), (named, "segue orcamento marco.pdf"));
    assert_eq!(marks, ["marco.pdf"]);
    let newer = receive(&store, first.conversation, "A entrega veio! 👍🏽 e\u{301}", "").await;
    assert_eq!(
        only_hit(&store, "entrega").await.unwrap(),
        (
            newer,
            "A entrega veio! 👍🏽 e\u{301}".to_owned(),
            vec!["entrega".to_owned()]
        )
    );
    assert_eq!(only_hit(&store, "👍").await.unwrap().2, ["👍🏽"]);
    assert_eq!(
        only_hit(&store, "veio! é").await.unwrap().2,
        ["e", "e", "veio!", "e\u{301}"]
    );
}

#[tokio::test]
async fn a_page_of_hits_leads_to_the_next_and_every_filter_holds() {
    let (_folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    for (account, text) in [(id, "promo"), (other.id, "promo"), (id, "nada")] {
        let everyone = (0..90).map(|last| to(last, text)).collect();
        store.enqueue(account, everyone, START).await.unwrap();
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = store
            .conversations(&searching("promo"), before, 40)
            .await
            .unwrap();
        assert!(page.is_sorted_by(|a, b| a.last_at > b.last_at));
        before = page.last().and_then(|row| row.last_at);
        seen.extend(page.iter().map(|row| row.conversation.id));
        if page.len() < 40 {
            break;
        }
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 180);
    let of_other = ConversationFilter {
        account: Some(other.id),
        ..searching("promo")
    };
    assert_eq!(store.conversations(&of_other, None, 500).await.unwrap().len(), 90);
    let unread = ConversationFilter {
        unread_only: true,
        ..searching("promo")
    };
    assert_eq!(store.conversations(&unread, None, 9).await.unwrap(), []);
    run_sql(
        &store,
        "UPDATE conversations SET unread = 2 WHERE phone LIKE '%7'",
    )
    .await
    .unwrap();
    assert_eq!(store.conversations(&unread, None, 500).await.unwrap().len(), 18);
    let problems = ConversationFilter {
        problems_only: true,
        ..searching("recusada")
    };
    sent_as(&store, id, 3, "recusada", MessageState::Rejected).await;
    assert_eq!(store.conversations(&problems, None, 9).await.unwrap().len(), 1);
}

#[tokio::test]
async fn hits_lead_into_the_thread() {
    let (_folder, store, id) = store().await;
    let texts = (0..300).map(|index| to(1, if index % 3 == 0 { "agulha" } else { "palha" }));
    let all = store.enqueue(id, texts.collect(), START).await.unwrap();
    send(&store, id, to(2, "agulha"), START).await;
    let thread = all[0].conversation;
    let hits = store.find_in_conversation(thread, "AGÚLHA", None).await.unwrap();
    let expected: Vec<_> = all.iter().step_by(3).rev().map(|message| message.id).collect();
    assert_eq!(hits, expected);
    assert_eq!(
        store.find_in_conversation(thread, "ag", None).await.unwrap(),
        expected
    );
    assert_eq!(
        store.find_in_conversation(thread, "a", None).await.unwrap().len(),
        200
    );
    assert_eq!(
        store
            .find_in_conversation(thread, "agulha", Some(hits[40]))
            .await
            .unwrap(),
        expected[41..]
    );
    let frequent = store.find_in_conversation(thread, "lha", None).await.unwrap();
    assert_eq!(frequent.len(), 200);
    let rest = store
        .find_in_conversation(thread, "lha", frequent.last().copied())
        .await
        .unwrap();
    assert_eq!((rest.len(), rest.last()), (100, Some(&all[0].id)));
    for nothing in ["", "camelo", "5511900000001"] {
        assert_eq!(
            store.find_in_conversation(thread, nothing, None).await.unwrap(),
            [],
            "{nothing}"
        );
    }
    let nowhere = ConversationId::new();
    assert_eq!(
        store.find_in_conversation(nowhere, "agulha", None).await.unwrap(),
        []
    );

    // A page of a hundred with the hit thirty from its end, then on to the next page and the newest.
    let before = store.page_ending(thread, all[150].id, 30).await.unwrap();
    let page = store.thread(thread, before, 100).await.unwrap();
    let ids = |page: &[ThreadEntry]| page.iter().map(ThreadEntry::id).collect::<Vec<_>>();
    assert_eq!(
        ids(&page),
        all[81..181].iter().map(|message| message.id).collect::<Vec<_>>()
    );
    let before = store.page_ending(thread, all[180].id, 100).await.unwrap();
    let page = store.thread(thread, before, 100).await.unwrap();
    assert_eq!(
        ids(&page),
        all[181..281].iter().map(|message| message.id).collect::<Vec<_>>()
    );
    assert_eq!(store.page_ending(thread, all[280].id, 100).await.unwrap(), None);
    assert_eq!(store.page_ending(thread, all[299].id, 0).await.unwrap(), None);
    for (thread, message) in [(thread, MessageId::new()), (nowhere, all[0].id)] {
        let answer = store.page_ending(thread, message, 30).await;
        assert!(matches!(answer, Err(StoreError::NotFound)), "{answer:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Over few letters, so that parts of words repeat and the index names messages that do not hold the word.
    #[test]
    fn searching_finds_what_looking_at_everything_finds(
        messages in proptest::collection::vec((0..6_u32, "[abçÁ日 ]{0,14}"), 1..80),
        names in proptest::collection::vec("[abc ]{0,5}", 6),
        searches in proptest::collection::vec("[abcÇá日]{1,5}( [abc日]{1,4})?", 1..12),
    ) {
        tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
            let (_folder, store, id) = store().await;
            let mut stored = Vec::new();
            for (contact, text) in &messages {
                let message = send(&store, id, to(*contact, text), START).await;
                stored.push((message.conversation, message.id, folded(text)));
            }
            let mut people = Vec::new();
            for row in list(&store, "").await {
                let name = &names[row.conversation.phone.digits().chars().last().unwrap().to_digit(10).unwrap() as usize];
                store.rename_conversation(row.conversation.id, name).await.unwrap();
                people.push((row.conversation.id, folded(name.trim())));
            }
            for search in &searches {
                let sought = folded(search);
                let words: Vec<&str> = sought.split_whitespace().collect();
                let expected: Vec<_> = people.iter().filter_map(|(conversation, name)| {
                    let rest: Vec<_> = words.iter().filter(|word| !name.contains(**word)).collect();
                    let hit = stored.iter().rev().find(|(of, _, text)| {
                        of == conversation && rest.iter().all(|word| text.contains(**word))
                    });
                    (rest.is_empty() || hit.is_some())
                        .then(|| (*conversation, hit.filter(|_| !rest.is_empty()).map(|(_, id, _)| *id)))
                }).collect();
                let found: Vec<_> = list(&store, search).await.into_iter()
                    .map(|row| (row.conversation.id, row.hit.map(|hit| hit.message))).collect();
                assert_eq!(found, expected, "{search}");
                for (conversation, _) in &people {
                    let expected: Vec<_> = stored.iter().rev().filter(|(of, _, text)| {
                        of == conversation && words.iter().all(|word| text.contains(word))
                    }).map(|(_, id, _)| *id).collect();
                    let found = store.find_in_conversation(*conversation, search, None).await.unwrap();
                    assert_eq!(found, expected, "{search}");
                }
            }
        });
    }
}
