use super::*;
use crate::domain::conversation::{ConversationFilter, Draft, DraftPlace};
use crate::domain::health::HealthSample;
use crate::domain::settings::{Settings, ThemeChoice};
use crate::store::StoreError;

#[tokio::test]
async fn accounts_come_back_in_the_order_they_were_added() {
    let (_folder, store, first) = store().await;
    let mut second = account("Suporte");
    // Added later by a clock that stands earlier.
    second.created_at = at(-1_000_000);
    second.base_url = Some("https://gateway.example/".to_owned());
    second.delay_secs = None;
    store.put_account(&second).await.unwrap();
    second.name = "Suporte técnico".to_owned();
    second.paused = true;
    store.put_account(&second).await.unwrap();
    let accounts = store.accounts().await.unwrap();
    assert_eq!(accounts.len(), 2);
    assert_eq!((accounts[0].id, &accounts[1]), (first, &second));
}

#[tokio::test]
async fn a_removed_account_leaves_its_conversations_readable() {
    let (_folder, store, id) = store().await;
    let waiting = send(&store, id, to(1, "espera"), START).await;
    let unclear = send(&store, id, to(2, "talvez"), START).await;
    store.begin_attempt(unclear.id, START).await.unwrap();
    store
        .finish_attempt(unclear.id, &unclear_again(at(9)), None, at(5))
        .await
        .unwrap();
    let flying = send(&store, id, to(3, "no ar"), START).await;
    store.begin_attempt(flying.id, START).await.unwrap();
    let draft = Draft {
        text: "rascunho".to_owned(),
        ..Draft::default()
    };
    let places = [
        DraftPlace::NewMessage(id),
        DraftPlace::Conversation(waiting.conversation),
    ];
    for place in places {
        store.put_draft(place, &draft, START).await.unwrap();
    }

    store.remove_account(id, false, at(10)).await.unwrap();
    assert_eq!(store.accounts().await.unwrap(), []);
    assert_eq!(store.drafts(id).await.unwrap(), []);
    let waiting = store.message(waiting.id).await.unwrap();
    assert_eq!(waiting.state, MessageState::Cancelled);
    assert_eq!(waiting.reason, Some(Reason::new(ReasonKind::CancelledByOperator)));
    assert_eq!(store.history(waiting.id).await.unwrap().len(), 2);
    let unclear = store.message(unclear.id).await.unwrap();
    assert_eq!(unclear.state, MessageState::Unknown);
    assert_eq!(unclear.reason, Some(Reason::new(ReasonKind::TimedOut)));
    // The one under way finds no queue to go back to.
    let flying = store
        .finish_attempt(flying.id, &unclear_again(at(30)), None, at(20))
        .await
        .unwrap();
    assert_eq!(
        (flying.state, flying.next_attempt_at),
        (MessageState::Unknown, None)
    );
    let rows = store
        .conversations(&ConversationFilter::default(), None, 10)
        .await
        .unwrap();
    assert_eq!(rows.len(), 3);

    // Nothing brings it back by accident.
    let late = store.enqueue(id, vec![to(1, "x")], at(11)).await;
    assert!(matches!(late, Err(StoreError::NotFound)));
    let late = Account {
        id,
        ..account("Loja")
    };
    assert!(matches!(
        store.put_account(&late).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.resend(waiting.id, at(12)).await,
        Err(StoreError::NotFound)
    ));
    assert!(matches!(
        store.put_draft(places[0], &draft, START).await,
        Err(StoreError::NotFound)
    ));
    let sample = HealthSample {
        at: START,
        battery_percent: None,
        queue_length: None,
        limit_used: None,
    };
    store.put_sample(id, sample).await.unwrap();
    assert_eq!(store.samples(id, START, 9).await.unwrap(), []);
}

#[tokio::test]
async fn an_account_goes_with_its_history_when_asked() {
    let (_folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let kept = send(&store, other.id, to(1, "fica"), START).await;
    let gone = sent_as(&store, id, 1, "vai", MessageState::Sent).await;
    store.remove_account(id, true, at(1)).await.unwrap();
    store.remove_account(id, true, at(2)).await.unwrap();
    store
        .remove_account(AccountId::new(), false, at(3))
        .await
        .unwrap();
    assert!(matches!(store.message(gone.id).await, Err(StoreError::NotFound)));
    assert!(matches!(
        store.conversation(gone.conversation).await,
        Err(StoreError::NotFound)
    ));
    assert_eq!(store.message(kept.id).await.unwrap(), kept);
    assert_eq!(number(&store, "SELECT count(*) FROM message_steps").await, 1);
    assert_eq!(store.accounts().await.unwrap(), [other]);
}

#[tokio::test]
async fn nothing_is_asked_for_a_removed_account_and_its_templates_go() {
    let (_folder, store, id) = store().await;
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    for (last, owner) in [(1, id), (2, other.id)] {
        let message = send(&store, owner, to(last, "x"), START).await;
        store.begin_attempt(message.id, START).await.unwrap();
        let accepted = Transition {
            gateway_id: Some(format!("g{last}")),
            ..becomes(MessageState::Accepted)
        };
        store
            .finish_attempt(message.id, &accepted, None, at(1))
            .await
            .unwrap();
        store.follow(message.id, owner, at(1)).await.unwrap();
        store
            .put_template(&super::templates::template(owner, "pedido", "pt_BR"))
            .await
            .unwrap();
    }
    store.remove_account(id, false, at(10)).await.unwrap();
    for sql in [
        "SELECT count(*) FROM templates",
        "SELECT count(*) FROM message_polls",
    ] {
        assert_eq!(number(&store, sql).await, 1, "{sql}");
    }
    assert_eq!(store.next_poll(id).await.unwrap(), None);
    assert_eq!(store.templates(other.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn settings_are_kept() {
    let (_folder, store, _) = store().await;
    assert_eq!(store.settings().await.unwrap(), Settings::default());
    for scale_percent in [120, 150] {
        let settings = Settings {
            language: Some("pt-BR".to_owned()),
            theme: ThemeChoice::Dark,
            scale_percent,
            ..Settings::default()
        };
        store.put_settings(&settings).await.unwrap();
        assert_eq!(store.settings().await.unwrap(), settings);
    }
    run_sql(&store, "UPDATE settings SET value = '{broken'")
        .await
        .unwrap();
    assert_eq!(store.settings().await.unwrap(), Settings::default());
}

#[tokio::test]
async fn drafts_are_kept_replaced_and_removed() {
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "oi"), START).await;
    let new = DraftPlace::NewMessage(id);
    let thread = DraftPlace::Conversation(message.conversation);
    let first = Draft {
        recipients: vec!["11 90000-0001".to_owned(), "\"x\"".to_owned()],
        text: "primeiro".to_owned(),
        ..Draft::default()
    };
    let second = Draft {
        text: "segundo 👋".to_owned(),
        attachment_url: "https://files.example/a.pdf".to_owned(),
        ..Draft::default()
    };
    store.put_draft(new, &first, at(0)).await.unwrap();
    store.put_draft(thread, &first, at(1)).await.unwrap();
    store.put_draft(thread, &second, at(2)).await.unwrap();
    assert_eq!(
        store.drafts(id).await.unwrap(),
        [(new, first.clone()), (thread, second.clone())]
    );
    let rows = store
        .conversations(&ConversationFilter::default(), None, 10)
        .await
        .unwrap();
    assert_eq!(rows[0].draft.as_deref(), Some("segundo 👋"));
    store.put_draft(thread, &Draft::default(), at(3)).await.unwrap();
    assert_eq!(store.drafts(id).await.unwrap(), [(new, first.clone())]);
    let nowhere = DraftPlace::Conversation(crate::domain::ConversationId::new());
    assert!(matches!(
        store.put_draft(nowhere, &first, at(4)).await,
        Err(StoreError::NotFound)
    ));
}

#[tokio::test]
async fn a_template_that_is_being_filled_in_is_kept_and_shown_in_the_list() {
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "oi"), START).await;
    let thread = DraftPlace::Conversation(message.conversation);
    let draft = Draft {
        text: "o texto livre fica".to_owned(),
        template: Some(crate::domain::conversation::TemplateDraft {
            template: crate::domain::TemplateId::new(),
            values: vec![
                ("nome".to_owned(), "Ana \"Padaria\"".to_owned()),
                ("pedido".to_owned(), String::new()),
            ],
            shown: "Olá Ana, o pedido {pedido}".to_owned(),
        }),
        ..Draft::default()
    };
    store.put_draft(thread, &draft, at(1)).await.unwrap();
    assert_eq!(store.drafts(id).await.unwrap(), [(thread, draft.clone())]);
    let filter = ConversationFilter::default();
    let rows = store.conversations(&filter, None, 10).await.unwrap();
    assert_eq!(rows[0].draft.as_deref(), Some("Olá Ana, o pedido {pedido}"));
    // Away with the template, the text is the draft again.
    let plain = Draft {
        template: None,
        ..draft.clone()
    };
    store.put_draft(thread, &plain, at(2)).await.unwrap();
    let rows = store.conversations(&filter, None, 10).await.unwrap();
    assert_eq!(rows[0].draft.as_deref(), Some("o texto livre fica"));
    // A template alone, with nothing typed yet, is a draft too.
    let alone = Draft {
        text: String::new(),
        ..draft
    };
    assert!(!alone.is_empty());
    store.put_draft(thread, &alone, at(3)).await.unwrap();
    assert_eq!(store.drafts(id).await.unwrap(), [(thread, alone)]);
}
