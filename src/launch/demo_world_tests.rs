//! The demo's past, in a store of its own.

use super::*;
use crate::domain::ThreadEntry;
use crate::domain::conversation::ConversationFilter;
use sha2::{Digest as _, Sha256};

#[tokio::test]
async fn files_that_were_sent_are_there_and_nothing_waits() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let now = Timestamp::now();
    let account = account("http://127.0.0.1:9/", "demo@recado.example", "1", now);
    let open = fill(&store, folder.path(), &account, 7, now)
        .await
        .unwrap()
        .unwrap();
    let mut files = Vec::new();
    let rows = store
        .conversations(&ConversationFilter::default(), None, 50)
        .await
        .unwrap();
    for row in rows {
        for entry in store.thread(row.conversation.id, None, 100).await.unwrap() {
            let ThreadEntry::Outgoing(message) = entry else {
                continue;
            };
            assert!(!message.state.is_open(), "{message:?}");
            let Some(attachment) = message.attachment else {
                continue;
            };
            assert!(message.state.progress() >= MessageState::Delivered.progress());
            files.push(store.outgoing_file(attachment.file.unwrap()).await.unwrap());
        }
    }
    assert_eq!(files.len(), 3);
    let drafts = store.drafts(account.id).await.unwrap();
    let (place, draft) = &drafts[0];
    assert_eq!((drafts.len(), *place), (1, DraftPlace::Conversation(open)));
    assert_eq!(draft.files.len(), 1);
    for file in files.iter().chain(&draft.files) {
        let bytes = std::fs::read(file.file.path(&folder.path().join("media"))).unwrap();
        assert_eq!(<[u8; 32]>::from(Sha256::digest(&bytes)), file.file.sha256);
    }
    // What was put up then has been taken away.
    assert!(store.hosted_files().await.unwrap().is_empty());
    assert!(store.placements_to_remove(now).await.unwrap().is_empty());
}
