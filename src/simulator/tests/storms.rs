//! Storms: what is sent, what is booked.

use super::receiver::Receiver;
use super::*;
use crate::simulator::StormPlan;
use crate::simulator::storm::StormPace;
use crate::simulator::webhook::WebhookIdentity;
use std::collections::BTreeSet;

async fn open() -> (Desk, Receiver) {
    let receiver = Receiver::open().await;
    let desk = Desk::fast().await;
    desk.control.set_webhook(Some(receiver.url.clone()));
    (desk, receiver)
}

fn identity(post: &receiver::Received) -> WebhookIdentity {
    let object = &post.objects()[0];
    let word = |name: &str| object[name].as_str().unwrap().to_owned();
    match object["tipo"].as_str().unwrap() {
        "mensagem" => WebhookIdentity::Message(word("idmsg")),
        _ => {
            let code = object["codigo_status"].as_u64().unwrap();
            WebhookIdentity::Status(word("idlog"), u8::try_from(code).unwrap())
        }
    }
}

#[tokio::test]
async fn a_burst_books_every_answer() {
    let (desk, receiver) = open().await;
    receiver.answer(&[503, 400]);
    let plan = StormPlan {
        count: 500,
        duplicate_percent: 20,
        connections: 8,
        ..StormPlan::burst(7)
    };
    let storm = desk.control.storm(plan).unwrap();
    let report = storm.finish().await;
    let received = receiver.received();
    assert_eq!((report.posts.len(), received.len()), (500, 500));
    assert_eq!(
        (
            report.answered_with(Some(200)),
            report.answered_with(Some(503)),
            report.answered_with(Some(400))
        ),
        (498, 1, 1)
    );
    let taken: BTreeSet<_> = received
        .iter()
        .filter(|post| post.status == 200)
        .map(identity)
        .collect();
    assert_eq!(report.acknowledged(), taken.iter().collect());
    let told: BTreeSet<_> = received.iter().map(identity).collect();
    assert_eq!(told.len(), 400);
    let mut bodies: Vec<_> = received.iter().map(|post| post.body.clone()).collect();
    bodies.sort();
    bodies.dedup();
    assert_eq!(bodies.len(), 400, "a repetition is the same byte for byte");
    assert!(report.latency_percentile(50).unwrap() <= report.latency_percentile(99).unwrap());
    assert!(desk.ledger.webhooks().is_empty());
}

#[tokio::test]
async fn a_steady_storm_keeps_its_times_and_outlives_its_receiver() {
    let (desk, receiver) = open().await;
    let plan = StormPlan {
        count: 500,
        pace: StormPace::PerSecond(500.0),
        connections: 4,
        ..StormPlan::sustained(3)
    };
    let storm = desk.control.storm(plan).unwrap();
    storm
        .wait_for(|progress| progress.acknowledged >= 50, PATIENCE)
        .await
        .unwrap();
    drop(receiver);
    let again = storm
        .wait_for(|progress| progress.ended >= progress.acknowledged + 10, PATIENCE)
        .await
        .unwrap();
    let receiver = Receiver::open().await;
    desk.control.set_webhook(Some(receiver.url.clone()));
    storm
        .wait_for(|progress| progress.acknowledged > again.acknowledged, PATIENCE)
        .await
        .unwrap();
    let report = storm.finish().await;
    assert_eq!(report.posts.len(), 500);
    assert!(report.answered_with(None) >= 10 && report.answered_with(Some(200)) > 50);
    assert!(report.took >= Duration::from_millis(998));
    assert!(report.posts.iter().all(|post| post.sent_at >= post.due_at));
    assert!(!report.unacknowledged().is_empty());
}

#[tokio::test]
async fn a_storm_can_be_stopped() {
    let (desk, _receiver) = open().await;
    let plan = StormPlan {
        pace: StormPace::PerSecond(0.5),
        ..StormPlan::default()
    };
    let storm = desk.control.storm(plan).unwrap();
    storm
        .wait_for(|progress| progress.ended == 1, PATIENCE)
        .await
        .unwrap();
    storm.stop();
    let report = storm.finish().await;
    assert_eq!(report.posts.len(), 1);
}
