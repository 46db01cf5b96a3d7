use super::*;
use crate::domain::conversation::{ConversationFilter, ConversationRow, LastLine};
use crate::domain::{ConversationId, MessageId};
use crate::store::StoreError;

async fn list(store: &Store, search: &str) -> Vec<ConversationRow> {
    let filter = ConversationFilter {
        search: search.to_owned(),
        ..ConversationFilter::default()
    };
    store.conversations(&filter, None, 100).await.unwrap()
}

#[tokio::test]
async fn both_forms_of_a_number_are_one_conversation() {
    let (_folder, store, id) = store().await;
    let nine = PhoneNumber::from_digits("5581988880012").unwrap();
    let eight = nine.other_form().unwrap();
    let with = |to: &PhoneNumber| NewMessage {
        to: to.clone(),
        ..to_any()
    };
    let first = send(&store, id, with(&nine), START).await;
    let second = send(&store, id, with(&eight), at(1)).await;
    assert_eq!(first.conversation, second.conversation);
    assert_eq!((&first.to, &second.to), (&nine, &eight));
    let conversation = store.conversation(first.conversation).await.unwrap();
    assert_eq!(conversation.phone, eight, "the form last used");
    for search in [
        "81 98888-0012",
        "8188880012",
        "+55 81 9888",
        "081988880012",
        "88880012",
    ] {
        assert_eq!(list(&store, search).await.len(), 1, "{search}");
    }
    assert_eq!(list(&store, "81 97777").await.len(), 0);
    let strangers = [nine, eight, phone(1), phone(1), phone(2)];
    assert_eq!(store.strangers(id, &strangers).await.unwrap(), 2);
    sent_as(&store, id, 1, "x", MessageState::Rejected).await;
    assert_eq!(store.strangers(id, &strangers).await.unwrap(), 2);
    sent_as(&store, id, 1, "x", MessageState::Sent).await;
    assert_eq!(store.strangers(id, &strangers).await.unwrap(), 1);
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    assert_eq!(store.strangers(other.id, &strangers).await.unwrap(), 3);
    assert_ne!(
        send(&store, other.id, with(&first.to), START).await.conversation,
        first.conversation
    );
}

fn to_any() -> NewMessage {
    to(0, "texto")
}

#[tokio::test]
async fn searching_knows_neither_case_nor_accents() {
    let (_folder, store, id) = store().await;
    let ana = send(
        &store,
        id,
        to(1, "Promoção de VERÃO: 10% de desconto_hoje"),
        START,
    )
    .await;
    send(&store, id, to(2, "Bom dia\0 depois do nulo"), START).await;
    store
        .rename_conversation(ana.conversation, "  Ana Conceição ")
        .await
        .unwrap();
    assert_eq!(
        store
            .conversation(ana.conversation)
            .await
            .unwrap()
            .name
            .as_deref(),
        Some("Ana Conceição")
    );
    let found = [
        ("ana", 1),
        ("CONCEICAO", 1),
        ("promocao verao", 1),
        ("ana verão", 1),
        ("ana inverno", 0),
        ("10%", 1),
        ("%", 1),
        ("o_h", 1),
        ("_____", 0),
        ("depois do nulo", 1),
        ("0000-0001 ana", 1),
        ("90000", 2),
        ("  ", 2),
        ("'; DROP TABLE messages; --", 0),
        ("\\", 0),
    ];
    for (search, count) in found {
        assert_eq!(list(&store, search).await.len(), count, "{search}");
    }
    assert_eq!(list(&store, &"x".repeat(200_000)).await.len(), 0);
    store.rename_conversation(ana.conversation, " ").await.unwrap();
    assert_eq!(store.conversation(ana.conversation).await.unwrap().name, None);
    assert_eq!(list(&store, "conceicao").await.len(), 0);
    let nobody = ConversationId::new();
    assert!(matches!(
        store.rename_conversation(nobody, "x").await,
        Err(StoreError::NotFound)
    ));
}

#[tokio::test]
async fn a_broadcast_is_paged_without_gaps() {
    let (_folder, store, id) = store().await;
    let everyone = (0..250).map(|last| to(last, "promo")).collect();
    store.enqueue(id, everyone, START).await.unwrap();
    send(&store, id, to(7, "resposta"), START).await;
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = store
            .conversations(&ConversationFilter::default(), before, 60)
            .await
            .unwrap();
        assert!(page.is_sorted_by(|a, b| a.last_at > b.last_at));
        before = page.last().and_then(|row| row.last_at);
        seen.extend(page.iter().map(|row| row.conversation.phone.clone()));
        if page.len() < 60 {
            break;
        }
    }
    assert_eq!(seen[0], phone(7), "the newest first");
    let mut distinct = seen.clone();
    distinct.sort();
    distinct.dedup();
    assert_eq!((seen.len(), distinct.len()), (250, 250));
}

#[tokio::test]
async fn the_list_follows_the_last_message() {
    let (_folder, store, id) = store().await;
    let first = sent_as(&store, id, 1, "primeira", MessageState::Rejected).await;
    let long = format!("segunda\n linha {}", "x".repeat(1_000));
    let second = send(&store, id, to(1, &long), at(60)).await;
    let row = list(&store, "").await.remove(0);
    assert!(row.last_text.starts_with("segunda linha x") && row.last_text.chars().count() < 200);
    assert_eq!(
        (row.last, row.last_at, row.problems),
        (Some(LastLine::Outgoing(MessageState::Queued)), Some(at(60)), 1)
    );
    store.begin_attempt(second.id, at(61)).await.unwrap();
    assert_eq!(
        list(&store, "").await[0].last,
        Some(LastLine::Outgoing(MessageState::InFlight))
    );
    store.put_aside(first.id, at(62)).await.unwrap();
    assert_eq!(list(&store, "").await[0].problems, 0);
    let only_problems = ConversationFilter {
        problems_only: true,
        account: Some(id),
        ..ConversationFilter::default()
    };
    assert_eq!(store.conversations(&only_problems, None, 9).await.unwrap(), []);
    let nobody = ConversationFilter {
        account: Some(AccountId::new()),
        ..ConversationFilter::default()
    };
    assert_eq!(store.conversations(&nobody, None, 9).await.unwrap(), []);
}

#[tokio::test]
async fn a_thread_is_paged_from_its_end() {
    let (_folder, store, id) = store().await;
    let all = (0..25).map(|index| to(1, &index.to_string())).collect();
    let all = store.enqueue(id, all, START).await.unwrap();
    let thread = all[0].conversation;
    let newest = store.messages(thread, None, 10).await.unwrap();
    assert_eq!(newest, all[15..]);
    let older = store.messages(thread, Some(newest[0].id), 10).await.unwrap();
    assert_eq!(older, all[5..15]);
    let oldest = store.messages(thread, Some(older[0].id), 10).await.unwrap();
    assert_eq!(oldest, all[..5]);
    assert_eq!(
        store.messages(thread, Some(MessageId::new()), 10).await.unwrap(),
        []
    );
    assert_eq!(store.messages(thread, None, 0).await.unwrap(), []);
}

#[tokio::test]
async fn any_text_survives() {
    let (_folder, store, id) = store().await;
    let texts = [
        String::new(),
        "a\0b\0".to_owned(),
        "\u{fffd}\u{feff}\u{202e}".to_owned(),
        "\u{1f44d}".to_owned(),
        "\u{1f3fd}\u{fe0f}\u{20e3}\u{200d}".to_owned(),
        "\u{10ffff}".to_owned(),
        "é".repeat(500_000),
        "'\"%_\\;--".to_owned(),
    ];
    for text in &texts {
        let message = send(&store, id, to(1, text), START).await;
        assert_eq!(&message.text, text);
        assert_eq!(store.message(message.id).await.unwrap(), message);
        store.begin_attempt(message.id, START).await.unwrap();
        let rejected = Transition {
            reason: Some(Reason {
                kind: ReasonKind::RejectedByGateway,
                words: Some(text.clone()),
                detail: None,
            }),
            ..becomes(MessageState::Rejected)
        };
        store
            .finish_attempt(message.id, &rejected, Some(text), START)
            .await
            .unwrap();
        let last = store.history(message.id).await.unwrap().pop().unwrap();
        assert_eq!(last.raw.as_ref(), Some(text));
        assert_eq!(last.reason, rejected.reason);
        list(&store, text).await;
    }
}
