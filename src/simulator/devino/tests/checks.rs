//! What is checked of a message that is well written: when it goes, whose template it is, who pays.

use super::*;
use crate::simulator::common::{Rate, RegisteredTemplate};

#[tokio::test]
async fn free_text_goes_only_for_a_day_after_the_person_wrote() {
    let desk = Desk::fast().await;
    desk.control
        .register_template(RegisteredTemplate::new("ola", "EN", 0));
    let to = |phone: &str, template: bool| {
        let mut message = message("w");
        message["to"] = json!(phone);
        if template {
            message["templateId"] = json!("ola");
        }
        message
    };
    let stranger = "5511900000003";
    let late = Step::Failed(2312);
    let hour = Duration::from_secs(3_600);
    for (advance, message, expected) in [
        (Duration::ZERO, to(PERSON, false), Step::Seen),
        (Duration::ZERO, to(stranger, false), late),
        (Duration::ZERO, to(stranger, true), Step::Seen),
        (hour * 23, to(PERSON, false), Step::Seen),
        (hour, to(PERSON, false), late),
        (Duration::ZERO, to(PERSON, true), Step::Seen),
    ] {
        desk.control.advance_clock(advance);
        let id = desk.take(message).await;
        desk.reaches(id, expected).await;
    }
    desk.control.person_wrote(PERSON);
    let id = desk.take(to(PERSON, false)).await;
    desk.reaches(id, Step::Seen).await;
}

#[tokio::test]
async fn templates_are_checked_on_the_way() {
    let desk = Desk::fast().await;
    desk.control
        .register_template(RegisteredTemplate::new("pedido", "pt_BR", 2));
    for (key, language, params, expected) in [
        ("pedido", "pt_BR", json!({"1": "Ana", "2": "12"}), Step::Seen),
        ("pedido", "pt_BR", json!({"1": "Ana"}), Step::Failed(2308)),
        (
            "outro",
            "pt_BR",
            json!({"1": "Ana", "2": "12"}),
            Step::Failed(2309),
        ),
        ("pedido", "EN", json!({"1": "Ana", "2": "12"}), Step::Failed(2310)),
        (
            "pedido",
            "pt_BR",
            json!({"1": "x".repeat(1_025), "2": "12"}),
            Step::Failed(2311),
        ),
    ] {
        let message = json!({"from": "Recado", "to": "5511900000004", "templateId": key, "languageCode": language,
            "templateParams": params, "validity": 1});
        let id = desk.take(message).await;
        desk.reaches(id, expected).await;
    }
    let template = desk.ledger.messages()[0].template.clone().unwrap();
    assert_eq!(
        (template.key.as_str(), template.values.as_slice()),
        ("pedido", &["Ana".to_owned(), "12".to_owned()][..])
    );
    desk.control.forget_template("pedido");
    let gone = json!({"from": "Recado", "to": PERSON, "templateId": "pedido"});
    let id = desk.take(gone).await;
    desk.reaches(id, Step::Failed(2309)).await;
}

#[tokio::test]
async fn money_and_pace_have_their_bounds() {
    let desk = Desk::fast().await;
    desk.control.set_rate(Some(Rate {
        messages: 1,
        per: Duration::from_secs(3_600),
    }));
    let first = desk.take(message("a")).await;
    let second = desk.take(message("b")).await;
    desk.reaches(first, Step::Seen).await;
    desk.reaches(second, Step::Failed(2301)).await;
    desk.control.set_rate(None);
    desk.control.set_balance(1);
    let (_, answer) = desk.send(&[message("c"), message("d")]).await;
    assert_eq!(answer["result"][0]["code"], "OK");
    assert_eq!(answer["result"][1]["reasons"], json!([{"key": "billing.error"}]));
    assert_eq!(desk.control.read(DevinoState::balance), 0);
}
