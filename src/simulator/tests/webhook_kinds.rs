//! What people write, kind by kind, and statuses, as they arrive at a receiver.

use super::receiver::Receiver;
use super::*;
use crate::simulator::scenery::pictures::Scene;
use crate::simulator::webhook::{Told, WebhookEnd};
use crate::simulator::{Contact, PhoneState, Said};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

async fn desk_and_receiver() -> (Desk, Receiver) {
    let receiver = Receiver::open().await;
    let desk = Desk::fast().await;
    desk.control.set_webhook(Some(receiver.url.clone()));
    (desk, receiver)
}

fn marina() -> Contact {
    Contact::new("5511900000044", "Marina 🌷")
}

#[tokio::test]
async fn text_arrives_with_its_writer_and_time() {
    let (desk, receiver) = desk_and_receiver().await;
    let mut from = marina();
    from.saved_name = Some("Marina (sofá)".to_owned());
    let id = desk
        .control
        .contact_writes(from, Said::text("Olá, *ação* ñ 👍🏽\nlinha 2"));
    let received = receiver.wait_for(1).await;
    assert!(received[0].body.is_ascii(), "escaped as PHP does");
    let object = &received[0].objects()[0];
    assert_eq!(object["tipo"], "mensagem");
    assert_eq!(object["midia"], "chat");
    assert_eq!(object["whatsapp"], "5511900000044");
    assert_eq!(object["nome_cliente"], "Marina 🌷");
    assert_eq!(object["nome_agenda"], "Marina (sofá)");
    assert_eq!(object["mensagem"], "Olá, *ação* ñ 👍🏽\nlinha 2");
    assert_eq!(object["idmsg"], id);
    assert!(object["horario_unix"].as_str().unwrap().parse::<u64>().unwrap() > 1_700_000_000);
}

#[tokio::test]
async fn files_follow_their_messages() {
    let (desk, receiver) = desk_and_receiver().await;
    let spoken = [
        (Said::picture(Scene::LivingRoom, "olha só"), "image", "jpg"),
        (Said::png(Scene::Hills, ""), "image", "png"),
        (Said::voice(), "ptt", "ogg"),
        (
            Said::pdf("orçamento 10.pdf", "Orçamento", &["Sofá"]),
            "document",
            "pdf",
        ),
        (Said::video("vídeo"), "video", "mp4"),
    ];
    for (said, ..) in &spoken {
        desk.control.contact_writes(marina(), said.clone());
    }
    let received = receiver.wait_for(10).await;
    for ((said, kind, extension), pair) in spoken.iter().zip(received.chunks(2)) {
        let [message, file] = pair else { panic!() };
        let object = &message.objects()[0];
        let (bytes, mime_type) = said.file().unwrap();
        assert_eq!(object["midia"], *kind);
        assert_eq!(object["mimetype"], mime_type);
        let reference = object["referencia"].as_str().unwrap();
        assert!(reference.ends_with(&format!(".{extension}")), "{reference}");
        assert_eq!(file.kind(), "arquivo");
        assert_eq!(file.field("referencia"), reference);
        let (head, base64) = file.field("base64").split_once(',').unwrap();
        assert_eq!(
            head,
            format!("data:{};base64", mime_type.split(';').next().unwrap())
        );
        assert_eq!(STANDARD.decode(base64).unwrap(), bytes[..]);
        match said {
            Said::Picture(visual) | Said::Video(visual) => {
                assert_eq!(object["width"], visual.width);
                assert_eq!(object["height"], visual.height);
                assert_eq!(object["size"], visual.bytes.len());
                assert_eq!(object["legenda"], visual.caption);
                let thumbnail = STANDARD.decode(object["mensagem"].as_str().unwrap()).unwrap();
                assert_eq!(image::load_from_memory(&thumbnail).unwrap().width(), 96);
            }
            _ => assert_eq!(object["mensagem"], ""),
        }
    }
    assert!(
        received[6].objects()[0]["referencia"]
            .as_str()
            .unwrap()
            .starts_with("oramento10-")
    );
}

#[tokio::test]
async fn places_cards_deletions_and_the_unheard_of_arrive() {
    let (desk, receiver) = desk_and_receiver().await;
    let write = |said| desk.control.contact_writes(marina(), said);
    write(Said::place(-23.5, -46.25, false));
    write(Said::place(-23.5, -46.25, true));
    write(Said::contact_card("Nilo", "5511900000023"));
    let regretted = write(Said::text("ops"));
    write(Said::Revoked {
        message_id: regretted.clone(),
    });
    write(Said::Unknown {
        kind: "poll_creation".to_owned(),
        text: "?".to_owned(),
    });
    let received = receiver.wait_for(6).await;
    let objects: Vec<Value> = received.iter().flat_map(receiver::Received::objects).collect();
    assert_eq!(
        receiver.kinds(),
        [
            "location",
            "location",
            "vcard",
            "chat",
            "revoked",
            "poll_creation"
        ]
    );
    assert_eq!(
        (&objects[0]["lat"], &objects[0]["lng"]),
        (&(-23.5).into(), &(-46.25).into())
    );
    assert_eq!(
        (&objects[0]["loctipo"], &objects[1]["loctipo"]),
        (&"fixo".into(), &"tempo_real".into())
    );
    let map = STANDARD.decode(objects[0]["mensagem"].as_str().unwrap()).unwrap();
    image::load_from_memory(&map).unwrap();
    let card = objects[2]["mensagem"].as_str().unwrap();
    assert!(card.contains("FN:Nilo\n") && card.contains("waid=5511900000023:+5511900000023"));
    assert_eq!(objects[4]["idmsg"], regretted);
    assert_eq!(objects[4]["mensagem"], "");
    assert_eq!(objects[5]["mensagem"], "?");
}

#[tokio::test]
async fn statuses_are_told_in_their_order_and_stand_in_the_ledger() {
    let (desk, receiver) = desk_and_receiver().await;
    let answer = desk.send("m1").await;
    let received = receiver.wait_for(3).await;
    let told: Vec<_> = received
        .iter()
        .map(|post| {
            let object = &post.objects()[0];
            assert_eq!(object["tipo"], "status");
            assert_eq!(object["idlog"], answer["idlog"]);
            (
                object["codigo_status"].as_u64().unwrap(),
                object["referencia_status"].as_str().unwrap().to_owned(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (1, "Enviado".to_owned()),
            (2, "Recebido".to_owned()),
            (3, "Visualizado".to_owned())
        ]
    );
    desk.wait_for(SimulatorState::is_webhook_quiet).await;
    let book = desk.ledger.acknowledged_webhooks();
    assert_eq!(book.len(), 3);
    for (record, expected) in book.iter().zip(1..) {
        let Told::Status {
            name,
            client_id,
            code,
        } = &record.told
        else {
            panic!()
        };
        assert_eq!(
            (name, client_id.as_str(), *code),
            (&desk.ledger.message("m1").unwrap().log_id, "m1", expected)
        );
        assert_eq!((record.attempts.len(), record.last_status()), (1, Some(200)));
        assert!(record.attempts[0].at >= record.ready_at);
    }
}

#[tokio::test]
async fn a_phone_that_is_away_hears_it_when_it_comes_back() {
    let (desk, receiver) = desk_and_receiver().await;
    desk.control.set_phone(PhoneState::Offline);
    for text in ["um", "dois"] {
        desk.control.contact_writes(marina(), Said::text(text));
    }
    assert!(desk.ledger.webhooks().is_empty());
    desk.control.set_phone(PhoneState::Online);
    let texts: Vec<_> = receiver
        .wait_for(2)
        .await
        .iter()
        .map(|post| post.objects()[0]["mensagem"].clone())
        .collect();
    assert_eq!(texts, ["um", "dois"]);
}

#[tokio::test]
async fn without_an_address_nothing_is_told() {
    let (desk, receiver) = desk_and_receiver().await;
    desk.control.set_webhook(None);
    desk.control.contact_writes(marina(), Said::text("para ninguém"));
    assert!(desk.control.read(SimulatorState::is_webhook_quiet));
    assert_eq!(desk.ledger.webhooks()[0].end, Some(WebhookEnd::NoAddress));
    desk.control.set_webhook(Some(receiver.url.clone()));
    desk.control.contact_writes(marina(), Said::text("agora sim"));
    let received = receiver.wait_for(1).await;
    assert_eq!(received[0].objects()[0]["mensagem"], "agora sim");
}
