//! Messages: what the document shows, and how their parts come in other shapes.

use super::tests::told;
use super::*;
use crate::domain::incoming::{InboundMessage, Place};
use crate::domain::vcard::ContactCard;
use crate::domain::{IncomingKind, PhoneNumber, Timestamp};

/// The message of a call with these fields beside the usual ones.
fn message(fields: &str) -> InboundMessage {
    let body = format!(
        "{{\"incomingMessageId\":3482512350952730369,\"to\":\"MyCompany\",\"from\":\"5511900000044\",\
         \"ts\":1700000000123,\"profileName\":\"Márcia\",{fields}}}"
    );
    match told(&body).as_slice() {
        [Inbound::Message(message)] => (**message).clone(),
        other => panic!("{body}: {other:?}"),
    }
}

fn plain(kind: IncomingKind, text: &str) -> InboundMessage {
    InboundMessage {
        gateway_id: "3482512350952730369".into(),
        from: PhoneNumber::from_digits("5511900000044").unwrap(),
        kind,
        text: text.into(),
        sender_name: Some("Márcia".into()),
        address_book_name: None,
        sent_at: Some(Timestamp(1_700_000_000_123)),
        place: None,
        reference: None,
        mime: None,
        width: None,
        height: None,
        told_bytes: None,
        thumbnail: None,
        reply_to: None,
        content_url: None,
        content_name: None,
    }
}

#[test]
fn the_documents_sample() {
    let sample = r#"{
    "incomingMessageId": 0,
    "to": "str",
    "from": "str",
    "text": "str",
    "contentUrl": "str",
    "contentType": "str",
    "contentName": "str",
    "profileName": "str",
    "ts": 0
}"#;
    // Its sender is a placeholder, and so nobody.
    assert!(
        matches!(&told(sample)[..], [Inbound::Unreadable { why }] if why.contains("no telephone number"))
    );
    let body = sample.replace("\"from\": \"str\"", "\"from\": \"5511900000044\"");
    let parts = told(&body);
    let [Inbound::Message(message)] = &parts[..] else {
        panic!("{parts:?}");
    };
    let expected = InboundMessage {
        gateway_id: message.gateway_id.clone(),
        sender_name: Some("str".into()),
        sent_at: None,
        mime: Some("str".into()),
        content_name: Some("str".into()),
        ..plain(IncomingKind::Document, "str\nstr")
    };
    assert_eq!(**message, expected);
    assert!(message.gateway_id.starts_with("sha256-"), "0 is no identifier");
}

#[test]
fn texts_names_and_times() {
    assert_eq!(
        message("\"text\":\"Oi 👋\\r\\ntudo?\""),
        plain(IncomingKind::Text, "Oi 👋\ntudo?")
    );
    let hostile = message("\"text\":\"a\\u0000\\u202eb\",\"profileName\":\"x\\u202e\\u0007y\"");
    assert_eq!(
        (hostile.text.as_str(), hostile.sender_name.as_deref()),
        ("ab", Some("xy"))
    );
    let long = message(&format!(
        "\"text\":\"{}\",\"profileName\":\"{}\"",
        "é".repeat(1_000_000),
        "n".repeat(1_000_000)
    ));
    assert_eq!(long.text.chars().count(), InboundMessage::TEXT_MAX);
    assert!(long.sender_name.unwrap().chars().count() <= InboundMessage::NAME_MAX);
    for (ts, at) in [
        ("1700000000", Some(1_700_000_000_000)),
        ("\"1700000000123\"", Some(1_700_000_000_123)),
        ("1700000000123456", Some(1_700_000_000_123)),
        ("0", None),
        ("-1", None),
        ("\"NaN\"", None),
        ("null", None),
        ("9e307", None),
    ] {
        let told = message(&format!("\"text\":\"x\",\"ts\":{ts}"));
        assert_eq!(told.sent_at.map(|at| at.0), at, "{ts}");
    }
    for (id, expected) in [
        ("18446744073709551616", "18446744073709551616"),
        ("\"abc\"", "abc"),
    ] {
        let told = message(&format!("\"text\":\"x\",\"incomingMessageId\":{id}"));
        assert_eq!(told.gateway_id, expected);
    }
    let digest = |text: &str| message(&format!("\"text\":\"{text}\",\"incomingMessageId\":null")).gateway_id;
    assert!(digest("a") == digest("a") && digest("a") != digest("b"));
}

#[test]
fn content_is_told_by_its_type_and_keeps_its_address() {
    use IncomingKind::{Audio, Document, Image, Video, Voice};
    let url = "https://files.example/x";
    for (told, name, kind, mime) in [
        ("image/jpeg", "", Image, Some("image/jpeg")),
        ("IMAGE/PNG; q=1", "", Image, Some("image/png")),
        ("image/webp", "", Image, Some("image/webp")),
        ("audio/ogg; codecs=opus", "", Voice, Some("audio/ogg")),
        ("auidio/ogg", "", Voice, Some("auidio/ogg")),
        ("audio/mpeg", "", Audio, Some("audio/mpeg")),
        ("audio/acc", "", Audio, Some("audio/acc")),
        ("video/mp4", "", Video, Some("video/mp4")),
        ("application/pdf", "nota.pdf", Document, Some("application/pdf")),
        ("pdf", "", Document, Some("application/pdf")),
        ("voice", "", Voice, Some("voice")),
        ("", "foto.JPG", Image, None),
        (
            "application/octet-stream",
            "som.mp3",
            Audio,
            Some("application/octet-stream"),
        ),
        ("", "", Document, None),
        ("\\u0000\\u0001", "", Document, None),
        ("weird", "a.exe", Document, Some("weird")),
    ] {
        let found = message(&format!(
            "\"text\":\"veja\",\"contentUrl\":\"{url}\",\"contentType\":\"{told}\",\"contentName\":\"{name}\""
        ));
        let expected = InboundMessage {
            mime: mime.map(str::to_owned),
            content_url: Some(url.to_owned()),
            content_name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            ..plain(kind, "veja")
        };
        assert_eq!(found, expected, "{told} {name}");
    }
    let by_address = message("\"contentUrl\":\"https://files.example/a/b.mp4?token=1.pdf\"");
    assert_eq!((by_address.kind, by_address.text.as_str()), (Video, ""));
    let hostile = message("\"contentUrl\":\"https://files.example/x\",\"contentName\":\"a\\u202egnp.exe\"");
    assert_eq!(hostile.content_name.as_deref(), Some("agnp.exe"));
}

#[test]
fn an_address_that_is_none_is_shown_and_not_kept() {
    let long = format!("https://files.example/{}", "a".repeat(3_000));
    for url in [
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://files.example/x",
        "/x.jpg",
        "\\\\\\\\server\\\\share",
        "https://user:secret@files.example/x",
        "https://",
        &long,
    ] {
        let found = message(&format!("\"text\":\"veja\",\"contentUrl\":\"{url}\""));
        assert_eq!(found.content_url, None, "{url}");
        assert!(
            found.text.starts_with("veja\n") && found.text.len() > 10,
            "{url}: {}",
            found.text
        );
    }
    for url in ["http://127.0.0.1:9/x.jpg", "https://files.example/x y"] {
        let found = message(&format!("\"contentUrl\":\" {url} \""));
        assert_eq!(found.content_url.unwrap(), url.replace(' ', "%20"));
    }
}

#[test]
fn a_place_has_its_numbers_and_its_words() {
    let whole = r#""whatsAppGeoLocation":{"latitude":-23.55,"longitude":"-46,63","address":"Praça da Sé, 1","addressName":"Sé","addressurl":"https://maps.example/x"}"#;
    let found = message(whole);
    let expected = InboundMessage {
        place: Place::new(-23.55, -46.63, false),
        ..plain(IncomingKind::Place, "Sé\nPraça da Sé, 1\nhttps://maps.example/x")
    };
    assert_eq!(found, expected);
    let in_text =
        message(r#""text":"aqui","whatsAppGeoLocation":"{\"latitude\":1,\"longitude\":2,\"address\":null}""#);
    assert_eq!(
        (in_text.text.as_str(), in_text.place),
        ("aqui", Place::new(1.0, 2.0, false))
    );
    let in_list = message(r#""whatsappgeolocation":[{"Latitude":1,"Longitude":2}]"#);
    assert_eq!(in_list.place, Place::new(1.0, 2.0, false));
    for (latitude, longitude) in [
        ("\"NaN\"", "0"),
        ("1e308", "0"),
        ("-1e308", "0"),
        ("90.1", "0"),
        ("0", "180.5"),
        ("null", "0"),
        ("[1]", "{}"),
    ] {
        let found = message(&format!(
            "\"whatsAppGeoLocation\":{{\"latitude\":{latitude},\"longitude\":{longitude},\"address\":\"Rua 1\"}}"
        ));
        assert_eq!(
            (found.kind, found.place, found.text.as_str()),
            (IncomingKind::Place, None, "Rua 1")
        );
    }
    for nothing in [
        "null",
        "\"\"",
        "[]",
        "{}",
        "7",
        r#"{"latitude":null,"address":""}"#,
    ] {
        let found = message(&format!("\"text\":\"oi\",\"whatsAppGeoLocation\":{nothing}"));
        assert_eq!(found, plain(IncomingKind::Text, "oi"), "{nothing}");
    }
}

#[test]
fn contacts_become_cards() {
    let fields = r#""text":"o contato","whatsAppContacts":[{
        "addresses":[{"street":"Rua A, 1","city":"São Paulo","state":"SP","zip":"01000-000","country":"Brasil","type":"HOME"},"Rua B; 2"],
        "birthday":"1990-01-31",
        "emails":[{"email":"ana@example.com","type":"WORK"},"b@example.com"],
        "contactName":{"firstName":"Ana","lastName":"Souza","formattedName":"Ana Souza","namePrefix":"Dra."},
        "contactCompany":[{"company":"Padaria, Café","department":"Vendas","title":"Gerente"}],
        "phones":[{"phone":"+55 11 90000-0021","waId":"5511900000021","type":"CELL"},"11 90000-0022"],
        "urls":[{"url":"https://ana.example","type":"x y"}]},
      {"contactName":"{\"firstName\":\"Bia\"}","phones":"+5511900000023"}]"#;
    let found = message(fields);
    assert_eq!(found.kind, IncomingKind::ContactCard);
    assert_eq!(
        found.text,
        "BEGIN:VCARD\nVERSION:3.0\nN:Souza;Ana;;Dra.\nFN:Ana Souza\nORG:Padaria\\, Café;Vendas\nTITLE:Gerente\n\
         TEL;TYPE=CELL;waid=5511900000021:+55 11 90000-0021\nTEL:11 90000-0022\nEMAIL;TYPE=WORK:ana@example.com\n\
         EMAIL:b@example.com\nURL:https://ana.example\nADR;TYPE=HOME:;;Rua A\\, 1;São Paulo;SP;01000-000;Brasil\n\
         ADR:;;Rua B\\; 2\nBDAY:1990-01-31\nNOTE:o contato\nEND:VCARD\n\
         BEGIN:VCARD\nVERSION:3.0\nN:;Bia\nFN:Bia\nTEL:+5511900000023\nEND:VCARD"
    );
    let cards = ContactCard::read_all(&found.text, "BR");
    let seen: Vec<(&str, Vec<&str>)> = cards
        .iter()
        .map(|card| {
            let digits = card.numbers.iter().filter_map(|number| number.phone.as_ref());
            (card.name.as_str(), digits.map(PhoneNumber::digits).collect())
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("Ana Souza", vec!["5511900000021", "5511900000022"]),
            ("Bia", vec!["5511900000023"])
        ]
    );
}

#[test]
fn contacts_come_in_every_shape_and_cannot_break_out() {
    let names = |told: &str| -> Vec<String> {
        let found = message(&format!("\"whatsAppContacts\":{told}"));
        assert_eq!(found.kind, IncomingKind::ContactCard, "{told}");
        let cards = ContactCard::read_all(&found.text, "BR");
        cards.into_iter().map(|card| card.name).collect()
    };
    for (told, name) in [
        (r#"{"contactName":"Ana"}"#, "Ana"),
        (r#"{"contactName":["Ana","Bia"]}"#, "Ana"),
        (
            r#"[{"ContactName":[{"FirstName":"Ana","MiddleName":"B.","LastName":"C."}]}]"#,
            "Ana B. C.",
        ),
        (r#"["Ana"]"#, "Ana"),
        (r#""Ana""#, "Ana"),
        (r#""[{\"contactName\":\"Ana\"}]""#, "Ana"),
        (r#"{"contactCompany":"Padaria","phones":"x"}"#, "Padaria"),
        (r#"{"phones":[{"waId":"5511900000021"}]}"#, "+5511900000021"),
        (
            r#"{"phones":[{"waId":5511900000021,"type":"CELL;X=1:"}]}"#,
            "+5511900000021",
        ),
        (
            r#"{"contactName":"a\r\nEND:VCARD\nBEGIN:VCARD\nFN:b"}"#,
            "a END:VCARD BEGIN:VCARD FN:b",
        ),
    ] {
        assert_eq!(names(told), [name], "{told}");
    }
    let several = r#"[{"contactName":"A"},null,7,[],{},{"contactName":null},{"contactName":"B"}]"#;
    assert_eq!(names(several), ["A", "7", "B"]);
    let many = format!("[{}]", vec![r#"{"contactName":"A"}"#; 500].join(","));
    assert_eq!(names(&many).len(), 50);
    let large = format!(
        "{{\"contactName\":\"A\",\"phones\":[{}]}}",
        vec!["\"1\""; 5_000].join(",")
    );
    let found = message(&format!("\"whatsAppContacts\":{large}"));
    assert!(found.text.len() < 1_000, "{}", found.text.len());
    for nothing in [
        "null",
        "[]",
        "{}",
        "\"\"",
        "[null,{}]",
        "[[[\"x\"]]]",
        r#"{"contactName":" "}"#,
    ] {
        let found = message(&format!("\"text\":\"oi\",\"whatsAppContacts\":{nothing}"));
        assert_eq!(found, plain(IncomingKind::Text, "oi"), "{nothing}");
    }
}

#[test]
fn what_is_not_known_is_shown_with_all_it_says() {
    let found = message(r#""reaction":{"emoji":"👍","on":17},"x":null"#);
    assert_eq!(found, plain(IncomingKind::Unknown, "reaction: 👍\n17"));
    assert_eq!(message("\"x\":null"), plain(IncomingKind::Unknown, ""));
}

#[test]
fn who_wrote_is_a_person() {
    for (from, digits) in [
        ("5511900000044", "5511900000044"),
        ("+55 11 90000-0044", "5511900000044"),
        ("5511900000044@c.us", "5511900000044"),
    ] {
        let body = format!("{{\"incomingMessageId\":1,\"from\":\"{from}\",\"text\":\"x\"}}");
        assert!(
            matches!(&told(&body)[..], [Inbound::Message(message)] if message.from.digits() == digits),
            "{from}"
        );
    }
    for from in ["\"\"", "null", "\"Marina\"", "\"1@g.us\"", "[1]", "-1"] {
        let body = format!("{{\"incomingMessageId\":1,\"from\":{from},\"text\":\"x\"}}");
        assert!(matches!(&told(&body)[..], [Inbound::Unreadable { .. }]), "{from}");
    }
}
