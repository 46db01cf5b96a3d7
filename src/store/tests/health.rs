use super::*;
use crate::domain::health::{Connection, ConnectionChange, HealthSample};
use crate::store::HourlyCount;

fn sample(time: i64, battery: u8) -> HealthSample {
    HealthSample {
        at: at(time),
        battery_percent: Some(battery),
        queue_length: Some(u64::MAX),
        limit_used: None,
    }
}

#[tokio::test]
async fn samples_are_thinned_evenly() {
    let (_folder, store, id) = store().await;
    for index in 0..100 {
        let battery = u8::try_from(index).unwrap();
        store
            .put_sample(id, sample(index * 1_000, battery))
            .await
            .unwrap();
    }
    store.put_sample(id, sample(99_000, 42)).await.unwrap();
    let all = store.samples(id, START, 1_000).await.unwrap();
    assert_eq!((all.len(), all[99].battery_percent), (100, Some(42)));
    assert_eq!(all[0].queue_length, Some(i64::MAX.unsigned_abs()));
    for limit in [1_u32, 3, 7, 50, 99, 100] {
        let thin = store.samples(id, START, limit).await.unwrap();
        assert_eq!(thin.len(), usize::try_from(limit).unwrap());
        assert_eq!(thin.last(), all.last());
        let gaps: Vec<_> = thin.windows(2).map(|pair| pair[1].at.0 - pair[0].at.0).collect();
        let spread = gaps.iter().max().unwrap_or(&0) - gaps.iter().min().unwrap_or(&0);
        assert!(spread <= 1_000, "{limit}: {gaps:?}");
    }
    assert_eq!(store.samples(id, START, 0).await.unwrap(), []);
    assert_eq!(store.samples(id, at(95_000), 10).await.unwrap(), all[95..]);
    assert_eq!(store.samples(AccountId::new(), START, 10).await.unwrap(), []);
    assert_eq!(store.prune_samples(at(90_000)).await.unwrap(), 90);
    assert_eq!(store.samples(id, START, 1_000).await.unwrap(), all[90..]);
}

#[tokio::test]
async fn changes_of_connection_come_newest_first() {
    let (_folder, store, id) = store().await;
    let change = |time, connection, name: Option<&str>| ConnectionChange {
        at: at(time),
        connection,
        phone_name: name.map(str::to_owned),
    };
    let changes = [
        change(0, Connection::Ready, Some("Galaxy da Ana")),
        change(5, Connection::PhoneOffline, Some("Galaxy da Ana")),
        // A clock that was set back.
        change(3, Connection::MustPair, None),
    ];
    for change in &changes {
        store.put_connection_change(id, change).await.unwrap();
    }
    let newest = store.connection_changes(id, 2).await.unwrap();
    assert_eq!(newest, [changes[2].clone(), changes[1].clone()]);
}

#[tokio::test]
async fn messages_are_counted_by_the_hour_they_were_written_in() {
    let (_folder, store, id) = store().await;
    let hour = 3_600_000;
    let plan = [
        (hour - 1, MessageState::Accepted),
        (hour, MessageState::Sent),
        (hour + 5, MessageState::Delivered),
        (hour + 6, MessageState::Read),
        (hour + 7, MessageState::Rejected),
        (2 * hour - 1, MessageState::Unknown),
        (2 * hour, MessageState::Cancelled),
        (3 * hour, MessageState::Queued),
    ];
    for (time, state) in plan {
        let message = send(&store, id, to(1, "x"), at(time)).await;
        if state != MessageState::Queued {
            store
                .change_state(
                    message.id,
                    &[MessageState::Queued],
                    state,
                    None,
                    at(time + 99 * hour),
                )
                .await
                .unwrap();
        }
    }
    let first = HourlyCount {
        hour: START,
        accepted: 1,
        delivered: 0,
        read: 0,
        problems: 0,
    };
    let second = HourlyCount {
        hour: at(hour),
        accepted: 1,
        delivered: 1,
        read: 1,
        problems: 2,
    };
    assert_eq!(store.hourly_counts(id, START).await.unwrap(), [first, second]);
    assert_eq!(store.hourly_counts(id, at(hour)).await.unwrap(), [second]);
    assert_eq!(store.hourly_counts(AccountId::new(), START).await.unwrap(), []);
}
