//! What comes in, and what the tests of it need.

use super::*;
use crate::domain::conversation::{ConversationFilter, ConversationRow, LastLine};
use crate::domain::incoming::{
    Inbound, InboundFile, InboundMessage, IncomingKind, IncomingMessage, Place, StoredFile, ThreadEntry,
};
use crate::domain::{ConversationId, MessageId};
use crate::store::{NewDelivery, Received, StoreError};

pub(super) fn inbound(gateway_id: &str, last: u32, text: &str) -> InboundMessage {
    InboundMessage {
        gateway_id: gateway_id.to_owned(),
        from: phone(last),
        kind: IncomingKind::Text,
        text: text.to_owned(),
        sender_name: None,
        address_book_name: None,
        sent_at: None,
        place: None,
        reference: None,
        mime: None,
        width: None,
        height: None,
        told_bytes: None,
        thumbnail: None,
        reply_to: None,
        content_url: None,
        content_name: None,
    }
}

pub(super) fn message(inbound: InboundMessage) -> Inbound {
    Inbound::Message(Box::new(inbound))
}

pub(super) fn text(gateway_id: &str, last: u32, text: &str) -> Inbound {
    message(inbound(gateway_id, last, text))
}

pub(super) fn document(gateway_id: &str, last: u32, reference: &str) -> Inbound {
    message(InboundMessage {
        kind: IncomingKind::Document,
        reference: Some(reference.to_owned()),
        mime: Some("application/pdf".to_owned()),
        ..inbound(gateway_id, last, "")
    })
}

pub(super) fn revoked(gateway_id: &str, last: u32) -> Inbound {
    message(InboundMessage {
        kind: IncomingKind::Revoked,
        ..inbound(gateway_id, last, "")
    })
}

/// A file whose content is told by one byte.
pub(super) fn file(reference: &str, stored_name: &str, content: u8) -> Inbound {
    Inbound::File(InboundFile {
        reference: reference.to_owned(),
        file: StoredFile {
            stored_name: stored_name.to_owned(),
            name: format!("Orçamento {content}.pdf"),
            bytes: 1_000 + u64::from(content),
            mime: "application/pdf".to_owned(),
            sha256: [content; 32],
        },
    })
}

pub(super) async fn receive(
    store: &Store,
    account: AccountId,
    parts: Vec<Inbound>,
    when: Timestamp,
) -> Received {
    let delivery = NewDelivery {
        account,
        received_at: when,
        content_type: Some("application/json".to_owned()),
        body: Some(b"{\"as\":\"it came\"}".to_vec()),
        bytes: 16,
        parts,
    };
    store.receive(delivery).await.unwrap()
}

pub(super) async fn rows(store: &Store) -> Vec<ConversationRow> {
    let mut rows = store
        .conversations(&ConversationFilter::default(), None, 1_000)
        .await
        .unwrap();
    rows.sort_by(|a, b| a.conversation.phone.cmp(&b.conversation.phone));
    rows
}

pub(super) async fn thread(store: &Store, conversation: ConversationId) -> Vec<ThreadEntry> {
    store.thread(conversation, None, 1_000).await.unwrap()
}

pub(super) async fn one(store: &Store, id: MessageId) -> IncomingMessage {
    store.incoming_message(id).await.unwrap()
}

#[tokio::test]
async fn a_message_is_stored_whole_once() {
    let (_folder, store, id) = store().await;
    let full = InboundMessage {
        kind: IncomingKind::Image,
        sender_name: Some("ana 🌻".to_owned()),
        sent_at: Some(at(-5_000)),
        place: Place::new(-23.5, -46.6, true),
        reference: Some("ABC-1".to_owned()),
        mime: Some("image/jpeg".to_owned()),
        width: Some(800),
        height: Some(600),
        told_bytes: Some(123_456),
        thumbnail: Some(vec![1, 2, 3]),
        ..inbound("m1", 1, "olha\nisso")
    };
    let received = receive(&store, id, vec![message(full.clone())], at(10)).await;
    let [(message_id, conversation)] = received.new_messages[..] else {
        panic!("{received:?}")
    };
    assert_eq!(
        (received.changed, received.files_not_needed, received.sequence),
        (vec![], vec![], 1)
    );
    let stored = one(&store, message_id).await;
    let media = stored.media.clone().unwrap();
    assert_eq!(
        (stored.kind, &stored.text, &stored.from, stored.received_at),
        (IncomingKind::Image, &full.text, &full.from, at(10))
    );
    assert_eq!(
        (&stored.sender_name, stored.sent_at, stored.place),
        (&full.sender_name, full.sent_at, full.place)
    );
    assert_eq!(
        (media.mime, media.width, media.height, media.told_bytes),
        (full.mime.clone(), full.width, full.height, full.told_bytes)
    );
    assert_eq!(
        (media.thumbnail.as_deref(), media.file),
        (Some(&[1, 2, 3][..]), None)
    );
    assert_eq!(
        thread(&store, conversation).await,
        [ThreadEntry::Incoming(Box::new(stored))]
    );

    // Once more, alone, twice in one body, and for another account.
    let again = receive(
        &store,
        id,
        vec![message(full.clone()), message(full.clone())],
        at(20),
    )
    .await;
    assert_eq!(
        (again.new_messages.len(), again.changed.len(), again.sequence),
        (0, 0, 2)
    );
    let row = rows(&store).await.remove(0);
    assert_eq!(
        (row.last, row.last_at, row.last_text.as_str(), row.unread),
        (
            Some(LastLine::Incoming(IncomingKind::Image)),
            Some(at(10)),
            "olha isso",
            1
        )
    );
    assert_eq!(row.conversation.shown_name(), Some("ana 🌻"));
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    assert_eq!(
        receive(&store, other.id, vec![message(full)], at(30))
            .await
            .new_messages
            .len(),
        1
    );
    assert!(matches!(
        store.message(message_id).await,
        Err(StoreError::NotFound)
    ));
    let gone = NewDelivery {
        account: AccountId::new(),
        received_at: START,
        content_type: None,
        body: None,
        bytes: 0,
        parts: vec![text("x", 1, "x")],
    };
    assert!(matches!(store.receive(gone).await, Err(StoreError::NotFound)));
}

#[tokio::test]
async fn both_sides_stand_in_one_thread_and_disturb_no_count() {
    let (_folder, store, id) = store().await;
    let ours = sent_as(&store, id, 1, "bom dia", MessageState::Rejected).await;
    let came = receive(
        &store,
        id,
        vec![text("m1", 1, "oi"), text("m2", 2, "quem é?")],
        at(5),
    )
    .await;
    assert_eq!(came.new_messages[0].1, ours.conversation, "the same person");
    let answer = send(&store, id, to(1, "tudo bem?"), at(9)).await;
    let texts: Vec<_> = thread(&store, ours.conversation)
        .await
        .iter()
        .map(|entry| (entry.incoming().is_some(), entry.text().to_owned()))
        .collect();
    let expected = [(false, "bom dia"), (true, "oi"), (false, "tudo bem?")];
    assert_eq!(texts, expected.map(|(side, text)| (side, text.to_owned())));
    let page = store.thread(ours.conversation, Some(answer.id), 1).await.unwrap();
    assert_eq!(page[0].id(), came.new_messages[0].0);
    let stranger = Some(MessageId::new());
    assert_eq!(store.thread(ours.conversation, stranger, 9).await.unwrap(), []);

    // The outbox, its counts and the plots know our side only.
    assert_eq!(store.messages(ours.conversation, None, 9).await.unwrap().len(), 2);
    assert_eq!(store.outbox(id, 10).await.unwrap().len(), 2);
    let counts = store.outbox_counts(id).await.unwrap();
    assert_eq!((counts.queued, counts.rejected, counts.sent), (1, 1, 0));
    let hours = store.hourly_counts(id, START).await.unwrap();
    assert_eq!((hours.len(), hours[0].problems, hours[0].accepted), (1, 1, 0));
    assert_eq!(store.interrupted().await.unwrap(), []);
    assert_eq!(store.queue_cleared(id, at(10)).await.unwrap(), []);
    assert_eq!(store.next_due(id, at(10)).await.unwrap().unwrap().id, answer.id);
    // Who has written is no stranger.
    assert_eq!(
        store
            .strangers(id, &[phone(1), phone(2), phone(3)])
            .await
            .unwrap(),
        1
    );
    // The line of the list follows the newest of both sides, and a change of ours does not touch theirs.
    let row = rows(&store).await.remove(0);
    assert_eq!(row.last, Some(LastLine::Outgoing(MessageState::Queued)));
    receive(&store, id, vec![text("m3", 1, "sim")], at(11)).await;
    store.begin_attempt(answer.id, at(12)).await.unwrap();
    let row = rows(&store).await.remove(0);
    assert_eq!(
        (row.last, row.last_text.as_str(), row.problems),
        (Some(LastLine::Incoming(IncomingKind::Text)), "sim", 1)
    );
}

#[tokio::test]
async fn the_form_of_a_number_is_never_changed_by_what_comes() {
    let (_folder, store, id) = store().await;
    let nine = PhoneNumber::from_digits("5511900000012").unwrap();
    let eight = nine.other_form().unwrap();
    let ours = send(&store, id, to(12, "oi"), START).await;
    let theirs = InboundMessage {
        from: eight.clone(),
        ..inbound("m1", 0, "olá")
    };
    let came = receive(&store, id, vec![message(theirs)], at(1)).await;
    assert_eq!(came.new_messages[0].1, ours.conversation);
    assert_eq!(store.conversation(ours.conversation).await.unwrap().phone, nine);
    assert_eq!(one(&store, came.new_messages[0].0).await.from, eight);
}

#[tokio::test]
async fn names_come_from_the_address_book_before_the_person() {
    let (_folder, store, id) = store().await;
    let named = |id: &str, own: Option<&str>, book: Option<&str>| {
        message(InboundMessage {
            sender_name: own.map(str::to_owned),
            address_book_name: book.map(str::to_owned),
            ..inbound(id, 1, "x")
        })
    };
    let steps = [
        (Some("ana"), None, Some("ana")),
        (None, None, Some("ana")),
        (Some("Aninha"), None, Some("Aninha")),
        (Some("Aninha"), Some("Ana Padaria"), Some("Ana Padaria")),
        (Some("ana 2"), None, Some("Ana Padaria")),
        (Some("ana 2"), Some(" "), Some("Ana Padaria")),
        (None, Some("Ana Confeitaria"), Some("Ana Confeitaria")),
    ];
    for (index, (own, book, told)) in steps.into_iter().enumerate() {
        receive(&store, id, vec![named(&index.to_string(), own, book)], at(1)).await;
        let person = rows(&store).await.remove(0).conversation;
        assert_eq!(person.told_name.as_deref(), told, "{index}");
    }
    let person = rows(&store).await.remove(0).conversation;
    store.rename_conversation(person.id, "Cliente 7").await.unwrap();
    assert_eq!(
        store.conversation(person.id).await.unwrap().shown_name(),
        Some("Cliente 7")
    );
    receive(&store, id, vec![named("new", None, Some("Dona Ana"))], at(2)).await;
    for (search, found) in [("dona ana", 1), ("cliente 7", 1), ("confeitaria", 0)] {
        let filter = ConversationFilter {
            search: search.to_owned(),
            ..ConversationFilter::default()
        };
        assert_eq!(
            store.conversations(&filter, None, 9).await.unwrap().len(),
            found,
            "{search}"
        );
    }
}

#[tokio::test]
async fn what_its_sender_deleted_stays_readable_and_marked() {
    let (_folder, store, id) = store().await;
    let first = receive(&store, id, vec![text("m1", 1, "segredo")], at(1))
        .await
        .new_messages[0];
    let deleted = receive(&store, id, vec![revoked("m1", 1)], at(2)).await;
    assert_eq!((deleted.new_messages, deleted.changed), (vec![], vec![first]));
    let stored = one(&store, first.0).await;
    assert_eq!(
        (stored.text.as_str(), stored.revoked_at),
        ("segredo", Some(at(2)))
    );
    let again = receive(
        &store,
        id,
        vec![revoked("m1", 1), text("m1", 1, "segredo")],
        at(3),
    )
    .await;
    assert_eq!((again.new_messages, again.changed), (vec![], vec![]));

    // The word comes first, and the message after it.
    let word = receive(&store, id, vec![revoked("m2", 1)], at(4))
        .await
        .new_messages[0];
    assert_eq!(one(&store, word.0).await.kind, IncomingKind::Revoked);
    let row = rows(&store).await.remove(0);
    assert_eq!(
        (row.last, row.unread),
        (Some(LastLine::Incoming(IncomingKind::Revoked)), 2)
    );
    let late = receive(
        &store,
        id,
        vec![file("r", "s1", 1), document("m2", 1, "r")],
        at(5),
    )
    .await;
    assert_eq!((late.new_messages, late.changed), (vec![], vec![word]));
    let stored = one(&store, word.0).await;
    assert_eq!(
        (stored.kind, stored.revoked_at, stored.received_at),
        (IncomingKind::Document, Some(at(4)), at(4))
    );
    let row = rows(&store).await.remove(0);
    assert_eq!(
        (row.last, row.unread, row.last_attachment.as_deref()),
        (
            Some(LastLine::Incoming(IncomingKind::Document)),
            2,
            Some("Orçamento 1.pdf")
        )
    );
    // Nothing else that came can be rewritten.
    for sql in [
        "UPDATE messages SET body = 'x'",
        "UPDATE messages SET direction = 'out'",
    ] {
        assert!(run_sql(&store, sql).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn an_answer_names_what_it_answers_of_either_side() {
    let (_folder, store, id) = store().await;
    let ours = send(&store, id, to(1, "confirma?"), START).await;
    store.begin_attempt(ours.id, START).await.unwrap();
    let accepted = Transition {
        gateway_id: Some("g77".to_owned()),
        ..becomes(MessageState::Accepted)
    };
    store
        .finish_attempt(ours.id, &accepted, None, START)
        .await
        .unwrap();
    let answering = |id: &str, to: &str| {
        message(InboundMessage {
            reply_to: Some(to.to_owned()),
            ..inbound(id, 1, "sim")
        })
    };
    let parts = vec![
        answering("m1", "g77"),
        answering("m2", ours.client_id.as_str()),
        answering("m3", "m1"),
        answering("m4", "m5"),
        text("m5", 1, "depois"),
        answering("m6", "nowhere"),
    ];
    let came = receive(&store, id, parts, at(1)).await.new_messages;
    let mut answers = Vec::new();
    for (id, _) in &came {
        answers.push(one(&store, *id).await.reply_to);
    }
    let expected = [
        Some(ours.id),
        Some(ours.id),
        Some(came[0].0),
        Some(came[4].0),
        None,
        None,
    ];
    assert_eq!(answers, expected);
}
