use super::*;
use crate::store::StoreError;
use std::fs;
use std::path::{Path, PathBuf};

fn file(folder: &Path) -> PathBuf {
    folder.join("recado.sqlite3")
}

/// A folder with a database of three hundred messages, closed cleanly.
async fn filled() -> (TempDir, Vec<Message>, AccountId) {
    let (folder, store, id) = store().await;
    let many = (0..300).map(|last| to(last, &"texto ".repeat(40))).collect();
    let messages = store.enqueue(id, many, START).await.unwrap();
    store.close().await;
    (folder, messages, id)
}

async fn refusal(folder: &Path) -> StoreError {
    match Store::open(folder).await {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_restart_keeps_everything() {
    let (folder, store, id) = store().await;
    let message = sent_as(&store, id, 1, "fica", MessageState::Sent).await;
    let flying = send(&store, id, to(2, "no ar"), START).await;
    let flying = store.begin_attempt(flying.id, at(1)).await.unwrap();
    let history = store.history(message.id).await.unwrap();
    let accounts = store.accounts().await.unwrap();
    store.close().await;
    assert!(
        !folder.path().join("recado.sqlite3-wal").exists(),
        "the log is folded into the file"
    );
    let closed = store.message(message.id).await;
    assert!(matches!(closed, Err(StoreError::Database { .. })));
    let closed = store.begin_attempt(message.id, at(2)).await;
    assert!(matches!(closed, Err(StoreError::Database { .. })));
    store.close().await;

    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.message(message.id).await.unwrap(), message);
    assert_eq!(store.history(message.id).await.unwrap(), history);
    assert_eq!(store.accounts().await.unwrap(), accounts);
    assert_eq!(store.interrupted().await.unwrap(), [flying]);
}

#[tokio::test]
async fn what_was_answered_is_there_after_a_sudden_end() {
    let (folder, store, id) = store().await;
    let mut messages = Vec::new();
    for last in 0..20 {
        messages.push(send(&store, id, to(last, "x"), START).await);
        // The files as a program that is killed right now would leave them.
        let copy = tempfile::tempdir().unwrap();
        for ending in ["", "-wal"] {
            let name = format!("recado.sqlite3{ending}");
            fs::copy(folder.path().join(&name), copy.path().join(&name)).unwrap();
        }
        let copied = Store::open(copy.path()).await.unwrap();
        for message in &messages {
            assert_eq!(&copied.message(message.id).await.unwrap(), message);
        }
    }
    drop(store);
    let again = Store::open(folder.path()).await.unwrap();
    assert_eq!(again.message(messages[19].id).await.unwrap(), messages[19]);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("share/recado");
    let store = Store::open(&folder).await.unwrap();
    store.put_account(&account("Loja")).await.unwrap();
    assert_eq!(mode(&folder), 0o700);
    for name in ["recado.sqlite3", "recado.sqlite3-wal", "recado.sqlite3-shm"] {
        assert_eq!(mode(&folder.join(name)), 0o600, "{name}");
    }
    store.close().await;
    // What was open to others before is closed to them.
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(file(&folder), fs::Permissions::from_mode(0o644)).unwrap();
    let store = Store::open(&folder).await.unwrap();
    assert_eq!((mode(&folder), mode(&file(&folder))), (0o700, 0o600));
    assert_eq!(store.accounts().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_newer_database_is_left_as_it_is() {
    let (folder, store, _) = store().await;
    run_sql(
        &store,
        "CREATE TABLE future (x TEXT) STRICT; PRAGMA user_version = 99",
    )
    .await
    .unwrap();
    store.close().await;
    let before = fs::read(file(folder.path())).unwrap();
    for _ in 0..2 {
        assert!(matches!(
            refusal(folder.path()).await,
            StoreError::Newer { found: 99, .. }
        ));
        assert!(fs::read(file(folder.path())).unwrap() == before);
    }
}

#[tokio::test]
async fn a_newer_database_keeps_its_log_too() {
    let (folder, store, _) = store().await;
    run_sql(&store, "PRAGMA user_version = 99").await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    let name = |ending: &str| format!("recado.sqlite3{ending}");
    for ending in ["", "-wal"] {
        fs::copy(folder.path().join(name(ending)), copy.path().join(name(ending))).unwrap();
    }
    let bytes = |ending: &str| fs::read(copy.path().join(name(ending))).unwrap();
    let before = (bytes(""), bytes("-wal"));
    assert!(matches!(refusal(copy.path()).await, StoreError::Newer { .. }));
    assert!((bytes(""), bytes("-wal")) == before);
}

#[tokio::test]
async fn a_damaged_database_is_recognised_and_left_as_it_is() {
    let (folder, _, _) = filled().await;
    let good = fs::read(file(folder.path())).unwrap();
    let half = good.len() / 2;
    let damaged: [(&str, Vec<u8>); 7] = [
        ("garbage", (0..20_000_u32).map(|i| (i * 7 % 251) as u8).collect()),
        ("ten bytes", b"0123456789".to_vec()),
        (
            "a text",
            b"<html><body>502 Bad Gateway</body></html>\n".repeat(200),
        ),
        ("cut at a page", good[..half / 4_096 * 4_096].to_vec()),
        ("cut within a page", good[..good.len() - 100].to_vec()),
        ("zeroes for a header", {
            let mut bytes = good.clone();
            bytes[..100].fill(0);
            bytes
        }),
        ("a broken schema page", {
            let mut bytes = good.clone();
            bytes[100..4_096].fill(0xa5);
            bytes
        }),
    ];
    for (name, bytes) in damaged {
        fs::write(file(folder.path()), &bytes).unwrap();
        let error = refusal(folder.path()).await;
        assert!(matches!(error, StoreError::Damaged(_)), "{name}: {error:?}");
        assert!(fs::read(file(folder.path())).unwrap() == bytes, "{name}");
    }
    fs::write(file(folder.path()), &good).unwrap();
    Store::open(folder.path()).await.unwrap();
}

#[tokio::test]
async fn damage_inside_is_found_after_an_unclean_end_and_when_it_is_read() {
    let (folder, messages, id) = filled().await;
    let good = fs::read(file(folder.path())).unwrap();
    let mut bad = good.clone();
    for page in bad.chunks_mut(4_096) {
        if page.windows(11).any(|part| part == b"texto texto") {
            page[..64].fill(0xff);
        }
    }
    fs::write(file(folder.path()), &bad).unwrap();
    // After a clean end only reading finds it.
    let store = Store::open(folder.path()).await.unwrap();
    let mut damaged = 0;
    for message in &messages {
        match store.message(message.id).await {
            Ok(read) => assert_eq!(&read, message),
            Err(error) => {
                assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
                damaged += 1;
            }
        }
    }
    assert!(damaged > 0);
    let _ = store.outbox(id, 10).await;
    store.close().await;

    // After an unclean one every page is looked at before anything is written.
    fs::write(file(folder.path()), &good).unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    store.put_account(&account("Outra")).await.unwrap();
    let copy = tempfile::tempdir().unwrap();
    let log = "recado.sqlite3-wal";
    fs::copy(folder.path().join(log), copy.path().join(log)).unwrap();
    fs::write(file(copy.path()), &bad).unwrap();
    assert!(matches!(refusal(copy.path()).await, StoreError::Damaged(_)));
    assert!(fs::read(file(copy.path())).unwrap() == bad);
    // A log without its database holds what was committed last: it is not thrown away.
    for bytes in [Some(&[][..]), None] {
        match bytes {
            Some(bytes) => fs::write(file(copy.path()), bytes).unwrap(),
            None => fs::remove_file(file(copy.path())).unwrap(),
        }
        assert!(matches!(refusal(copy.path()).await, StoreError::Damaged(_)));
        assert!(fs::metadata(copy.path().join(log)).unwrap().len() > 0);
    }
}

#[tokio::test]
async fn a_database_of_another_program_is_not_touched() {
    use sqlx::{ConnectOptions as _, Connection as _};
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file(folder.path()))
        .create_if_missing(true);
    let mut foreign = options.connect().await.unwrap();
    sqlx::raw_sql("CREATE TABLE accounts (x)")
        .execute(&mut foreign)
        .await
        .unwrap();
    foreign.close().await.unwrap();
    let before = fs::read(file(folder.path())).unwrap();
    assert!(matches!(refusal(folder.path()).await, StoreError::Damaged(_)));
    assert!(fs::read(file(folder.path())).unwrap() == before);
}

#[tokio::test]
async fn a_folder_that_cannot_be_used_is_named() {
    let parent = tempfile::tempdir().unwrap();
    let plain = parent.path().join("plain");
    fs::write(&plain, "x").unwrap();
    let taken = parent.path().join("taken");
    fs::create_dir_all(taken.join("recado.sqlite3")).unwrap();
    let mut places = vec![plain.clone(), plain.join("below"), taken];
    if cfg!(target_os = "linux") {
        places.push(PathBuf::from("/proc/recado"));
    }
    for place in places {
        match refusal(&place).await {
            StoreError::Folder { path, .. } => assert!(path.starts_with(&place), "{path:?}"),
            other => panic!("{place:?}: {other:?}"),
        }
    }
    assert_eq!(fs::read(&plain).unwrap(), b"x");
}

#[tokio::test]
async fn a_full_disk_stores_nothing_by_halves() {
    let (folder, store, id) = store().await;
    let kept = send(&store, id, to(1, "antes"), START).await;
    let limit = |pages: &'static str| {
        let store = store.clone();
        async move {
            store
                .connections
                .write("limit", move |connection| {
                    Box::pin(async move {
                        sqlx::query(pages).fetch_all(connection).await?;
                        Ok(())
                    })
                })
                .await
                .unwrap();
        }
    };
    limit("PRAGMA max_page_count = 1").await;
    let many = (0..200).map(|last| to(last, &"x".repeat(2_000))).collect();
    let answer = store.enqueue(id, many, START).await;
    assert!(matches!(answer, Err(StoreError::Database { .. })), "{answer:?}");
    assert_eq!(number(&store, "SELECT count(*) FROM messages").await, 1);
    limit("PRAGMA max_page_count = 1000000").await;
    let after = send(&store, id, to(2, "depois"), at(1)).await;
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(store.message(kept.id).await.unwrap(), kept);
    assert_eq!(store.message(after.id).await.unwrap(), after);
}
