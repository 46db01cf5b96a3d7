use super::*;
use crate::domain::{ClientMessageId, MediaKind, PhoneNumber};
use serde_json::{Value, json};

/// A request with everything the test wants in it.
fn request(text: &str, picture: Option<&str>, template: Option<TemplateMessage>) -> SendRequest {
    SendRequest {
        client_id: ClientMessageId::from_stored("0123456789abcdef0123456789abcdef".into()),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: text.into(),
        attachment: picture.map(|url| Attachment {
            url: url.into(),
            name: "x".into(),
            kind: MediaKind::Image,
            file: None,
        }),
        template,
        callback: None,
    }
}

fn template(key: &str, values: &[&str]) -> Option<TemplateMessage> {
    Some(TemplateMessage {
        key: key.into(),
        language: "pt_BR".into(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    })
}

fn written(request: &SendRequest) -> String {
    String::from_utf8(message("Custom Company", request).unwrap()).unwrap()
}

#[test]
fn a_text_is_written_as_documented() {
    assert_eq!(
        written(&request("Message content", None, None)),
        r#"{"source_addr":"Custom Company","destination_addr":"5511900000012","message_type":1,"text":"Message content"}"#
    );
    let mut told = request("Olá\n\"ação\" 👋\u{2028}", None, None);
    told.callback = Some(url::Url::parse("https://recado.example/h/t/c?x=1").unwrap());
    let value: Value = serde_json::from_str(&written(&told)).unwrap();
    assert_eq!(
        value,
        json!({
            "source_addr": "Custom Company",
            "destination_addr": "5511900000012",
            "message_type": 1,
            "text": "Olá\n\"ação\" 👋\u{2028}",
            "callback_url": "https://recado.example/h/t/c?x=1",
        })
    );
    // The same message is the same to the byte.
    assert_eq!(written(&told), written(&told.clone()));
}

#[test]
fn a_picture_is_written_as_documented() {
    for address in [
        "https://yourdomain.example/images/image.jpg",
        "https://files.example/a.JPEG",
        "https://files.example/a.b.png?X-Amz-Signature=0a&X-Amz-Date=1#x",
        "http://127.0.0.1:8080/a/0/file.png",
    ] {
        let picture = |text| written(&request(text, Some(address), None));
        assert_eq!(
            picture(""),
            format!(
                r#"{{"source_addr":"Custom Company","destination_addr":"5511900000012","message_type":2,"file_url":"{address}"}}"#
            )
        );
        let value: Value = serde_json::from_str(&picture("veja")).unwrap();
        assert_eq!(
            (&value["text"], &value["message_type"]),
            (&json!("veja"), &json!(2))
        );
    }
}

#[test]
fn an_address_that_does_not_end_as_it_must_does_not_leave() {
    for address in [
        "",
        "image.jpg",
        "https://files.example/",
        "https://files.example/jpg",
        "https://files.example/image.gif",
        "https://files.example/image.jpg/",
        "https://files.example/image.jpg.exe",
        "https://files.example/image?name=image.jpg",
        "https://files.example/image#image.jpg",
        "https://files.jpg",
    ] {
        assert_eq!(
            message("x", &request("", Some(address), None)),
            Err(Reason::new(ReasonKind::InvalidAttachment).detailed("decision-file-extension")),
            "{address}"
        );
    }
}

#[test]
fn a_template_is_written_as_documented() {
    let header = "https://files.example/a.jpg";
    let text = |text: &str| json!({"type": "text", "text": text});
    let image = json!({"type": "header", "parameters": [{"type": "image", "image": {"link": header}}]});
    let body = json!({"type": "body", "parameters": [text("Ana"), text("12 \"x\"")]});
    let language = json!({"policy": "deterministic", "code": "pt_BR"});
    for (key, picture, values, name, expected) in [
        (
            "image_tmp_en",
            Some(header),
            &["Ana", "12 \"x\""][..],
            "image_tmp_en",
            json!({"language": language, "name": "image_tmp_en", "components": [image, body]}),
        ),
        (
            "c8ae5f90_307a:image_tmp_en",
            None,
            &["Ana", "12 \"x\""],
            "image_tmp_en",
            json!({"namespace": "c8ae5f90_307a", "language": language, "name": "image_tmp_en", "components": [body]}),
        ),
        (
            " bom_dia ",
            Some(header),
            &[],
            "bom_dia",
            json!({"language": language, "name": "bom_dia", "components": [image]}),
        ),
        (
            ":bom_dia",
            None,
            &[],
            ":bom_dia",
            json!({"language": language, "name": ":bom_dia"}),
        ),
    ] {
        let written = written(&request("Olá, Ana", picture, template(key, values)));
        let value: Value = serde_json::from_str(&written).unwrap();
        let params: Value = serde_json::from_str(value["template_params"].as_str().unwrap()).unwrap();
        assert_eq!(
            params,
            json!({"to": "5511900000012", "type": "template", "template": expected})
        );
        let mut fields: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                "destination_addr",
                "message_type",
                "source_addr",
                "template_name",
                "template_params"
            ]
        );
        assert_eq!(
            (&value["message_type"], &value["template_name"]),
            (&json!(4), &json!(name))
        );
    }
}

#[test]
fn identifiers_are_asked_for_without_losing_a_digit() {
    for (id, body) in [
        ("554", r#"{"message_id":554}"#),
        (" 554 ", r#"{"message_id":554}"#),
        ("0", r#"{"message_id":0}"#),
        ("9007199254740993", r#"{"message_id":9007199254740993}"#),
        ("18446744073709551615", r#"{"message_id":18446744073709551615}"#),
        ("18446744073709551616", r#"{"message_id":"18446744073709551616"}"#),
        ("0554", r#"{"message_id":"0554"}"#),
        ("+554", r#"{"message_id":"+554"}"#),
        ("-1", r#"{"message_id":"-1"}"#),
        ("a\"b", r#"{"message_id":"a\"b"}"#),
    ] {
        assert_eq!(String::from_utf8(question(id)).unwrap(), body);
    }
}
