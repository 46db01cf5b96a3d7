use super::*;
use crate::domain::TemplateId;
use crate::domain::template::{Template, TemplateMessage, TemplateParameter};
use crate::store::StoreError;

pub(super) fn template(account: AccountId, key: &str, language: &str) -> Template {
    Template {
        id: TemplateId::new(),
        account,
        key: key.to_owned(),
        language: language.to_owned(),
        text: "Olá {{1}}".to_owned(),
        parameters: vec![TemplateParameter {
            name: "nome".to_owned(),
            sample: "Ana".to_owned(),
        }],
        header_image: true,
        updated_at: START,
    }
}

async fn keys(store: &Store, account: AccountId) -> Vec<(String, String)> {
    let all = store.templates(account).await.unwrap();
    all.into_iter()
        .map(|template| (template.key, template.language))
        .collect()
}

#[tokio::test]
async fn no_two_templates_are_called_the_same() {
    let (_folder, store, id) = store().await;
    let first = template(id, "pedido", "pt_BR");
    let second = template(id, "pedido", "es");
    for one in [&first, &second] {
        store.put_template(one).await.unwrap();
    }
    assert_eq!(
        store.templates(id).await.unwrap(),
        [second.clone(), first.clone()]
    );
    let taken = template(id, "pedido", "es");
    assert!(matches!(store.put_template(&taken).await, Err(StoreError::Taken)));
    let renamed = Template {
        language: "es".to_owned(),
        ..first.clone()
    };
    assert!(matches!(
        store.put_template(&renamed).await,
        Err(StoreError::Taken)
    ));
    let changed = Template {
        text: "Oi".to_owned(),
        parameters: Vec::new(),
        header_image: false,
        ..first.clone()
    };
    store.put_template(&changed).await.unwrap();
    assert_eq!(store.templates(id).await.unwrap()[1], changed);

    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    store
        .put_template(&template(other.id, "pedido", "es"))
        .await
        .unwrap();
    let moved = Template {
        account: other.id,
        key: "outro".to_owned(),
        ..first.clone()
    };
    assert!(matches!(
        store.put_template(&moved).await,
        Err(StoreError::NotFound)
    ));
    let nobodys = template(AccountId::new(), "x", "es");
    assert!(matches!(
        store.put_template(&nobodys).await,
        Err(StoreError::NotFound)
    ));
    store.remove_template(first.id).await.unwrap();
    store.remove_template(first.id).await.unwrap();
    assert_eq!(keys(&store, id).await.len(), 1);
    assert_eq!(keys(&store, other.id).await.len(), 1);
}

#[tokio::test]
async fn a_library_is_merged_as_a_whole() {
    let (_folder, store, id) = store().await;
    let first = template(id, "pedido", "pt_BR");
    store.put_template(&first).await.unwrap();
    let newer = Template {
        text: "Oi {{1}}".to_owned(),
        ..template(id, "pedido", "pt_BR")
    };
    store
        .merge_templates(id, vec![newer, template(id, "aviso", "EN")])
        .await
        .unwrap();
    let all = store.templates(id).await.unwrap();
    assert_eq!(
        (all.len(), all[1].id, all[1].text.as_str()),
        (2, first.id, "Oi {{1}}")
    );
    // The second is a row of another account's: neither is taken.
    let other = account("Outra");
    store.put_account(&other).await.unwrap();
    let foreign = Template {
        id: first.id,
        ..template(other.id, "b", "EN")
    };
    let merged = store
        .merge_templates(other.id, vec![template(other.id, "a", "EN"), foreign])
        .await;
    assert!(matches!(merged, Err(StoreError::NotFound)));
    assert_eq!(keys(&store, other.id).await, []);
}

#[tokio::test]
async fn a_message_keeps_its_template() {
    let (_folder, store, id) = store().await;
    let filled = TemplateMessage {
        key: "pedido".to_owned(),
        language: "pt_BR".to_owned(),
        values: vec!["Ana \"{{1}}\"".to_owned(), "ação".to_owned()],
    };
    let new = NewMessage {
        template: Some(filled.clone()),
        ..to(1, "Olá Ana")
    };
    let message = send(&store, id, new, START).await;
    assert_eq!(message.template.as_ref(), Some(&filled));
    assert_eq!(store.message(message.id).await.unwrap(), message);
    let due = store.next_due(id, at(1)).await.unwrap().unwrap();
    assert_eq!(due, message);
    assert_eq!(
        store.begin_attempt(message.id, at(1)).await.unwrap().template,
        Some(filled.clone())
    );
    let refused = Transition {
        reason: Some(Reason::with_words(ReasonKind::TemplateRefused, "no").detailed("vendor-132001")),
        ..becomes(MessageState::Rejected)
    };
    let rejected = store
        .finish_attempt(message.id, &refused, None, at(2))
        .await
        .unwrap();
    assert_eq!(rejected.reason, refused.reason);
    assert_eq!(store.message(message.id).await.unwrap(), rejected);
    assert_eq!(store.history(message.id).await.unwrap()[2].reason, refused.reason);
    // What goes over the wire is fixed.
    let rewritten = run_sql(&store, "UPDATE messages SET template = NULL").await;
    assert!(rewritten.is_err());
    let again = store.resend(message.id, at(3)).await.unwrap();
    assert_eq!((again.template, again.text), (Some(filled), "Olá Ana".to_owned()));
    assert_eq!(again.reason, None);
}

#[tokio::test]
async fn many_messages_keep_their_reasons_whole() {
    let (_folder, store, id) = store().await;
    let message = send(&store, id, to(1, "x"), START).await;
    store.begin_attempt(message.id, START).await.unwrap();
    let detailed = Reason::with_words(ReasonKind::PaymentNeeded, "no money").detailed("vendor-2");
    let waits = Transition {
        reason: Some(detailed.clone()),
        ..unclear_again(at(9))
    };
    store
        .finish_attempt(message.id, &waits, None, at(1))
        .await
        .unwrap();
    store.remove_account(id, false, at(2)).await.unwrap();
    let now = store.message(message.id).await.unwrap();
    let last = store.history(message.id).await.unwrap().pop().unwrap();
    assert_eq!((now.state, &now.reason), (MessageState::Unknown, &last.reason));
    let kept = now.reason.unwrap();
    assert_eq!(kept.detail.is_some(), kept.kind == detailed.kind, "{kept:?}");
}
