//! Where gateways may call, and when somebody listened.

use super::*;
use crate::domain::inbox::{Gap, WebhookPath};
use crate::store::StoreError;

fn token(digit: char) -> String {
    digit.to_string().repeat(64)
}

fn brief(paths: &[WebhookPath]) -> Vec<(char, Option<Timestamp>)> {
    paths
        .iter()
        .map(|path| (path.token.chars().next().unwrap(), path.valid_until))
        .collect()
}

#[tokio::test]
async fn an_older_path_is_answered_for_a_while() {
    let (folder, store, id) = store().await;
    assert_eq!(store.webhook_paths().await.unwrap(), []);
    let paths = store.ensure_path(id, &token('a'), at(0)).await.unwrap();
    assert_eq!(brief(&paths), [('a', None)]);
    assert_eq!(store.ensure_path(id, &token('b'), at(1)).await.unwrap(), paths);
    let paths = store.rotate_path(id, &token('b'), at(10), at(100)).await.unwrap();
    assert_eq!(brief(&paths), [('b', None), ('a', Some(at(100)))]);
    let paths = store.rotate_path(id, &token('c'), at(20), at(200)).await.unwrap();
    assert_eq!(
        brief(&paths),
        [('c', None), ('b', Some(at(200))), ('a', Some(at(100)))]
    );
    // What has ended goes with the next change; without an overlap the old one goes at once.
    let paths = store
        .rotate_path(id, &token('d'), at(150), at(150))
        .await
        .unwrap();
    assert_eq!(brief(&paths), [('d', None), ('b', Some(at(200)))]);
    assert_eq!(store.webhook_paths().await.unwrap(), paths);

    for (when, kept) in [(5_000, 5_000), (5_999, 5_000), (6_000, 6_000), (1_000, 1_000)] {
        store.path_called(&token('d'), at(when)).await.unwrap();
        let now = store.webhook_paths().await.unwrap();
        assert_eq!(
            (now[0].last_called_at, now[1].last_called_at),
            (Some(at(kept)), None)
        );
    }
    store.path_called(&token('z'), at(9)).await.unwrap();
    store.close().await;
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(brief(&store.webhook_paths().await.unwrap()), brief(&paths));
    let taken = store.rotate_path(id, &token('d'), at(160), at(170)).await;
    assert!(matches!(taken, Err(StoreError::Database { .. })));
    assert_eq!(
        brief(&store.webhook_paths().await.unwrap()),
        brief(&paths),
        "nothing by halves"
    );
    store.remove_account(id, false, at(180)).await.unwrap();
    assert_eq!(store.webhook_paths().await.unwrap(), []);
    for gone in [
        store.ensure_path(id, &token('e'), at(190)).await,
        store
            .rotate_path(AccountId::new(), &token('e'), at(190), at(190))
            .await,
    ] {
        assert!(matches!(gone, Err(StoreError::NotFound)));
    }
}

#[tokio::test]
async fn the_times_without_a_listener_are_known() {
    let (folder, store, _) = store().await;
    let gap = |from: i64, until: i64| Gap {
        from: at(from * 1_000),
        until: at(until * 1_000),
    };
    let second = |seconds: i64| at(seconds * 1_000);
    assert_eq!(store.still_listening(second(0)).await.unwrap(), None);
    assert_eq!(store.listening_began(second(0)).await.unwrap(), None);
    for seconds in [30, 60, 20, 90] {
        assert_eq!(store.still_listening(second(seconds)).await.unwrap(), None);
    }
    // Killed; begun again.
    drop(store);
    let store = Store::open(folder.path()).await.unwrap();
    assert_eq!(
        store.listening_began(second(500)).await.unwrap(),
        Some(gap(90, 500))
    );
    store.still_listening(second(530)).await.unwrap();
    // The machine slept.
    assert_eq!(
        store.still_listening(second(9_000)).await.unwrap(),
        Some(gap(530, 9_000))
    );
    assert_eq!(store.still_listening(second(9_030)).await.unwrap(), None);
    // The clock was set back: nobody knows for how long nobody listened.
    assert_eq!(store.listening_began(second(100)).await.unwrap(), None);
    store.still_listening(second(160)).await.unwrap();
    assert_eq!(
        store.listening_began(second(170)).await.unwrap(),
        Some(gap(160, 170))
    );
    assert_eq!(
        store.gaps(10).await.unwrap(),
        [gap(160, 170), gap(530, 9_000), gap(90, 500)]
    );
    assert_eq!(store.gaps(1).await.unwrap(), [gap(160, 170)]);
    let since = async |longest: u64| {
        let longest = std::time::Duration::from_secs(longest);
        store.listening_since(longest).await.unwrap()
    };
    assert_eq!(since(10).await, Some(second(100)), "the clock was set back");
    assert_eq!(since(9).await, Some(second(170)));
    store.listened(second(171), second(999)).await.unwrap();
    assert_eq!(since(9).await, Some(second(170)));
    assert_eq!(
        store.listening_began(second(1_000)).await.unwrap(),
        Some(gap(999, 1_000))
    );
    assert_eq!(since(9).await, Some(second(170)));
}
