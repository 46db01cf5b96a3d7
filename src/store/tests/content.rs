//! Files that came as an address, and when a person last wrote.

use super::inbox::{file, inbound, message, receive, revoked, rows, thread};
use super::*;
use crate::domain::MessageId;
use crate::domain::incoming::{Inbound, InboundMessage, IncomingKind, StoredFile};
use crate::store::StoreError;

fn addressed(gateway_id: &str, reference: Option<&str>) -> Inbound {
    message(InboundMessage {
        kind: IncomingKind::Document,
        reference: reference.map(str::to_owned),
        content_url: Some(format!("https://files.example/{gateway_id}")),
        content_name: Some("Pedido.pdf".to_owned()),
        ..inbound(gateway_id, 1, "segue")
    })
}

fn fetched(stored_name: &str, content: u8) -> StoredFile {
    StoredFile {
        stored_name: stored_name.to_owned(),
        name: "Pedido.pdf".to_owned(),
        bytes: 9,
        mime: "application/pdf".to_owned(),
        sha256: [content; 32],
    }
}

#[tokio::test]
async fn what_is_fetched_joins_its_message() {
    let (_folder, store, id) = store().await;
    let came = receive(
        &store,
        id,
        vec![addressed("m1", None), addressed("m2", None)],
        at(1),
    )
    .await;
    let (first, conversation) = came.new_messages[0];
    let media = store.incoming_message(first).await.unwrap().media.unwrap();
    assert_eq!(
        (
            media.content_url.as_deref(),
            media.content_name.as_deref(),
            &media.file
        ),
        (Some("https://files.example/m1"), Some("Pedido.pdf"), &None)
    );
    let (url, name, account, reference) = store.content_of(first).await.unwrap().unwrap();
    assert_eq!(
        (url.as_str(), name.as_deref(), account),
        ("https://files.example/m1", Some("Pedido.pdf"), id)
    );
    let other = store.content_of(came.new_messages[1].0).await.unwrap().unwrap();
    assert_ne!(reference, other.3, "each has a reference of its own");
    let received = store
        .content_fetched(first, fetched("s1", 1), at(5))
        .await
        .unwrap();
    assert_eq!(received.changed, [(first, conversation)]);
    let media = store.incoming_message(first).await.unwrap().media.unwrap();
    assert_eq!(media.file, Some(fetched("s1", 1)));
    let second = store.incoming_message(came.new_messages[1].0).await.unwrap();
    assert_eq!(second.media.unwrap().file, None);
    assert_eq!(store.stored_file_names().await.unwrap(), ["s1"]);
    // Fetched twice, the same is kept once.
    let again = store
        .content_fetched(first, fetched("s2", 1), at(6))
        .await
        .unwrap();
    assert_eq!(
        (again.files_not_needed, again.changed),
        (vec!["s2".to_owned()], vec![])
    );
    // The gateway tells it all once more.
    receive(&store, id, vec![addressed("m1", None)], at(7)).await;
    assert_eq!(thread(&store, conversation).await.len(), 2);
    assert_eq!(
        store.incoming_message(first).await.unwrap().media.unwrap().file,
        Some(fetched("s1", 1))
    );
}

#[tokio::test]
async fn a_file_may_come_and_be_fetched() {
    let (_folder, store, id) = store().await;
    let came = receive(&store, id, vec![addressed("m1", Some("Ref"))], at(1)).await;
    let named = came.new_messages[0].0;
    assert_eq!(store.content_of(named).await.unwrap().unwrap().3, "ref");
    receive(&store, id, vec![file("ref", "s1", 1)], at(2)).await;
    let media = store.incoming_message(named).await.unwrap().media.unwrap();
    assert_eq!(media.file.unwrap().stored_name, "s1");
    let plain = receive(&store, id, vec![message(inbound("m3", 2, "oi"))], at(3)).await;
    for id in [plain.new_messages[0].0, MessageId::new()] {
        assert_eq!(store.content_of(id).await.unwrap(), None);
        assert!(matches!(
            store.content_fetched(id, fetched("s9", 9), at(4)).await,
            Err(StoreError::NotFound)
        ));
    }
}

#[tokio::test]
async fn when_a_person_last_wrote_is_kept() {
    let (_folder, store, id) = store().await;
    let wrote = async || rows(&store).await[0].conversation.last_wrote_at;
    let told = |gateway_id: &str, sent_at: i64| {
        message(InboundMessage {
            sent_at: Some(at(sent_at)),
            ..inbound(gateway_id, 1, "oi")
        })
    };
    send(&store, id, to(1, "olá"), START).await;
    assert_eq!(
        (wrote().await, store.first_and_last_message_at(id).await.unwrap()),
        (None, None)
    );
    // Only the word that something was deleted: nothing was written that is known of.
    receive(&store, id, vec![revoked("m0", 1)], at(5)).await;
    assert_eq!(wrote().await, None);
    receive(&store, id, vec![told("m1", 100)], at(120)).await;
    assert_eq!(wrote().await, Some(at(100)));
    // Not later than it came, and not back.
    receive(&store, id, vec![told("m2", 9_000)], at(130)).await;
    assert_eq!(wrote().await, Some(at(130)));
    receive(&store, id, vec![told("m3", 40)], at(140)).await;
    assert_eq!(wrote().await, Some(at(130)));
    receive(&store, id, vec![message(inbound("m4", 1, "sem hora"))], at(150)).await;
    assert_eq!(wrote().await, Some(at(150)));
    let heard = store.first_and_last_message_at(id).await.unwrap();
    assert_eq!(heard, Some((at(5), at(150))));
    // It came after the word that it was deleted.
    receive(&store, id, vec![told("m0", 155)], at(160)).await;
    assert_eq!(wrote().await, Some(at(155)));
    let conversation = rows(&store).await[0].conversation.id;
    assert_eq!(
        store.conversation(conversation).await.unwrap().last_wrote_at,
        Some(at(155))
    );
}
