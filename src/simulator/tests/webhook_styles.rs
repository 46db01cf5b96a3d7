//! The forms a webhook takes on request, and how stubbornly it is told.

use super::receiver::Receiver;
use super::*;
use crate::simulator::scenery::pictures::Scene;
use crate::simulator::style::NumberStyle;
use crate::simulator::webhook::{
    BodyShape, ContentTypeStyle, ExtensionStyle, FileEncoding, FileOrder, FileStyle, StatusName, StatusStyle,
    Told, WebhookEnd,
};
use crate::simulator::{Contact, Said, WebhookRetry, WebhookStyle};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

async fn open(style: WebhookStyle) -> (Desk, Receiver) {
    let receiver = Receiver::open().await;
    let mut config = fast_config();
    config.webhook.url = Some(receiver.url.clone());
    config.webhook.style = style;
    config.webhook.retry = WebhookRetry::fast();
    (Desk::open(config).await, receiver)
}

fn somebody() -> Contact {
    Contact::new("5511900000044", "Marina")
}

fn files(files: FileStyle) -> WebhookStyle {
    WebhookStyle {
        files,
        ..WebhookStyle::default()
    }
}

fn statuses(statuses: StatusStyle) -> WebhookStyle {
    WebhookStyle {
        statuses,
        ..WebhookStyle::default()
    }
}

#[tokio::test]
async fn json_is_called_many_things() {
    let (desk, receiver) = open(WebhookStyle::default()).await;
    for content_type in ContentTypeStyle::ALL {
        desk.control.set_webhook_style(WebhookStyle {
            content_type,
            numbers: NumberStyle::Number,
            escapes: false,
            ..WebhookStyle::default()
        });
        desk.control.contact_writes(somebody(), Said::text("ação"));
        desk.wait_for(SimulatorState::is_webhook_quiet).await;
    }
    let received = receiver.wait_for(5).await;
    let called: Vec<_> = received.iter().map(|post| post.content_type.as_deref()).collect();
    assert_eq!(
        called,
        [
            Some("application/json"),
            None,
            Some("text/plain; charset=UTF-8"),
            Some("text/html; charset=UTF-8"),
            Some("application/x-www-form-urlencoded"),
        ]
    );
    for post in &received {
        assert!(String::from_utf8_lossy(&post.body).contains("\"ação\""));
        assert!(post.objects()[0]["horario_unix"].is_u64());
    }
}

#[tokio::test]
async fn an_array_holds_what_waits() {
    let (desk, receiver) = open(WebhookStyle {
        shape: BodyShape::Array { at_most: 3 },
        message_copies: 2,
        ..WebhookStyle::default()
    })
    .await;
    let said: Vec<_> = (0..4)
        .map(|number| {
            desk.control
                .contact_writes(somebody(), Said::text(&number.to_string()))
        })
        .collect();
    desk.wait_for(SimulatorState::is_webhook_quiet).await;
    let received = receiver.received();
    assert!(
        received
            .iter()
            .all(|post| post.body.starts_with(b"[") && post.objects().len() <= 3)
    );
    let told: Vec<_> = received
        .iter()
        .flat_map(receiver::Received::objects)
        .map(|object| object["idmsg"].as_str().unwrap().to_owned())
        .collect();
    let twice: Vec<_> = said.iter().flat_map(|id| [id.clone(), id.clone()]).collect();
    assert_eq!(told, twice);
    assert_eq!(desk.ledger.acknowledged_webhooks().len(), 8);
}

#[tokio::test]
async fn files_come_in_every_form() {
    for encoding in [FileEncoding::UrlEncoded, FileEncoding::Multipart] {
        for (data_uri, plus_becomes_blank) in [(true, false), (false, false), (false, true), (true, true)] {
            let (desk, receiver) = open(files(FileStyle {
                encoding,
                data_uri,
                plus_becomes_blank,
                ..FileStyle::default()
            }))
            .await;
            let said = Said::picture(Scene::Cake, "");
            desk.control.contact_writes(somebody(), said.clone());
            let received = receiver.wait_for(2).await;
            let base64 = received[1].field("base64");
            assert_eq!(base64.starts_with("data:image/jpeg;base64,"), data_uri);
            let bare = base64.rsplit(',').next().unwrap();
            assert_eq!(bare.contains(' '), plus_becomes_blank);
            assert_eq!(bare.contains('+'), !plus_becomes_blank);
            let bytes = STANDARD.decode(bare.replace(' ', "+")).unwrap();
            assert_eq!(bytes, said.file().unwrap().0[..]);
        }
    }
}

#[tokio::test]
async fn a_file_comes_first_or_twice_or_under_a_wrong_name_or_never() {
    let base = FileStyle::default();
    let cases = [
        (
            FileStyle {
                order: FileOrder::BeforeMessage,
                ..base.clone()
            },
            vec!["arquivo", "ptt"],
            ("ogg", "ogg"),
        ),
        (
            FileStyle {
                copies: 2,
                extension: ExtensionStyle::Wrong,
                ..base.clone()
            },
            vec!["ptt", "arquivo", "arquivo"],
            ("mp3", "mp3"),
        ),
        (
            FileStyle {
                extension: ExtensionStyle::WrongWithFile,
                ..base.clone()
            },
            vec!["ptt", "arquivo"],
            ("ogg", "mp3"),
        ),
        (
            FileStyle {
                order: FileOrder::Never,
                ..base
            },
            vec!["ptt"],
            ("ogg", ""),
        ),
    ];
    for (style, kinds, (in_message, with_file)) in cases {
        let (desk, receiver) = open(files(style)).await;
        desk.control.contact_writes(somebody(), Said::voice());
        desk.wait_for(SimulatorState::is_webhook_quiet).await;
        assert_eq!(receiver.kinds(), kinds);
        for post in receiver.received() {
            if post.kind() == "ptt" {
                let reference = post.objects()[0]["referencia"].as_str().unwrap().to_owned();
                assert_eq!(reference.split_once('.').unwrap().1, in_message);
            } else {
                assert_eq!(post.field("referencia").split_once('.').unwrap().1, with_file);
            }
        }
    }
}

#[tokio::test]
async fn statuses_come_under_either_name_repeated_and_shuffled() {
    let (desk, receiver) = open(statuses(StatusStyle {
        name: StatusName::Alternating,
        copies: 2,
        shuffled: true,
        ..StatusStyle::default()
    }))
    .await;
    let mut names = Vec::new();
    for client_id in ["m0", "m1"] {
        names.push(desk.send(client_id).await["idlog"].as_str().unwrap().to_owned());
    }
    names[1] = "m1".to_owned();
    let received = receiver.wait_for(12).await;
    for name in names {
        let codes: Vec<_> = received
            .iter()
            .map(|post| post.objects()[0].clone())
            .filter(|object| object["idlog"] == name.as_str())
            .map(|object| object["codigo_status"].as_u64().unwrap())
            .collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, [1, 1, 2, 2, 3, 3]);
        assert_ne!(codes, sorted);
    }
}

#[tokio::test]
async fn a_late_status_is_overtaken() {
    let (desk, receiver) = open(statuses(StatusStyle {
        late_by: Duration::from_millis(20),
        ..StatusStyle::default()
    }))
    .await;
    desk.control.hold_queue(true);
    desk.send("m1").await;
    // One look at the state: what happens in it happens at one instant.
    desk.control.shared.with(|state, now| {
        state.tell_status(0, 1, now);
        state.contact_writes(somebody(), Said::text("depois"), now);
    });
    desk.wait_for(SimulatorState::is_webhook_quiet).await;
    assert_eq!(receiver.kinds(), ["chat", "status"]);
}

#[tokio::test]
async fn what_is_refused_by_a_server_in_trouble_is_told_again_in_order() {
    let (desk, receiver) = open(WebhookStyle::default()).await;
    receiver.answer(&[503, 500, 200, 404, 302, 204]);
    for text in ["um", "dois", "três", "quatro"] {
        desk.control.contact_writes(somebody(), Said::text(text));
    }
    desk.wait_for(SimulatorState::is_webhook_quiet).await;
    let arrived: Vec<_> = receiver
        .received()
        .iter()
        .map(|post| {
            (
                post.objects()[0]["mensagem"].as_str().unwrap().to_owned(),
                post.status,
            )
        })
        .collect();
    let expected = [
        ("um", 503),
        ("um", 500),
        ("um", 200),
        ("dois", 404),
        ("três", 302),
        ("quatro", 204),
    ];
    assert_eq!(arrived, expected.map(|(text, status)| (text.to_owned(), status)));
    let book = desk.ledger.webhooks();
    let statuses: Vec<_> = book[0].attempts.iter().map(|attempt| attempt.status).collect();
    assert_eq!(statuses, [Some(503), Some(500), Some(200)]);
    let ends: Vec<_> = book.iter().filter_map(|record| record.end).collect();
    assert_eq!(
        ends,
        [
            WebhookEnd::Acknowledged,
            WebhookEnd::Refused,
            WebhookEnd::Refused,
            WebhookEnd::Acknowledged
        ]
    );
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_waited_for_and_may_move() {
    let (desk, receiver) = open(WebhookStyle::default()).await;
    let nowhere = receiver.url.clone();
    drop(receiver);
    desk.control.contact_writes(somebody(), Said::text("um"));
    desk.control.contact_writes(somebody(), Said::text("dois"));
    desk.wait_for(|state| state.ledger().webhooks()[0].attempts.len() >= 2)
        .await;
    assert_eq!(desk.ledger.webhooks()[0].last_status(), None);
    let again = Receiver::open().await;
    assert_ne!(again.url, nowhere);
    desk.control.set_webhook(Some(again.url.clone()));
    again.wait_for(2).await;
    desk.wait_for(SimulatorState::is_webhook_quiet).await;
    assert_eq!(desk.ledger.acknowledged_webhooks().len(), 2);
}

#[tokio::test]
async fn a_vendor_that_does_not_try_again_loses_it() {
    let (desk, receiver) = open(WebhookStyle::default()).await;
    desk.control.set_webhook_retry(WebhookRetry::never());
    receiver.answer(&[503]);
    desk.control.contact_writes(somebody(), Said::text("um"));
    desk.control.contact_writes(somebody(), Said::text("dois"));
    desk.wait_for(SimulatorState::is_webhook_quiet).await;
    let book = desk.ledger.webhooks();
    assert_eq!(
        (book[0].end, book[0].attempts.len()),
        (Some(WebhookEnd::GivenUp), 1)
    );
    let acknowledged = desk.ledger.acknowledged_webhooks();
    assert_eq!(acknowledged.len(), 1);
    let Told::Message { said, .. } = &acknowledged[0].told else {
        panic!()
    };
    assert_eq!(*said, Said::text("dois"));
}

#[tokio::test]
async fn no_more_waits_than_may() {
    let receiver = Receiver::open().await;
    let mut config = fast_config();
    config.webhook.queue_max = 2;
    config.webhook.url = Some(receiver.url.clone());
    let desk = Desk::open(config).await;
    // One look at the state: the courier can take nothing out in between.
    desk.control.shared.with(|state, now| {
        for text in ["um", "dois", "três"] {
            state.contact_writes(somebody(), Said::text(text), now);
        }
    });
    desk.wait_for(SimulatorState::is_webhook_quiet).await;
    let ends: Vec<_> = desk.ledger.webhooks().iter().map(|record| record.end).collect();
    assert_eq!(
        ends,
        [
            Some(WebhookEnd::Acknowledged),
            Some(WebhookEnd::Acknowledged),
            Some(WebhookEnd::Overflowed)
        ]
    );
}
