//! How a webhook looks on the wire.

use super::super::document::escape_like_php;
use super::super::style::NumberStyle;
use super::said::{Contact, ContactCard, Said, Visual};
use super::style::{ExtensionStyle, FileEncoding, FileStyle, WebhookStyle};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// The line between the parts of a form; no base64 holds it.
const BOUNDARY: &str = "------------------------recado-played-5f0c1d";

/// The fields of one object, in their order.
type ObjectFields = Vec<(&'static str, Value)>;

/// One object of the webhook, as PHP writes it.
fn object(fields: &ObjectFields, style: &WebhookStyle) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}:{value}", json!(name)))
        .collect();
    let plain = format!("{{{}}}", fields.join(","));
    if style.escapes {
        escape_like_php(&plain)
    } else {
        plain
    }
}

fn number(number: u64, from_database: bool, style: &WebhookStyle) -> Value {
    let as_text = match style.numbers {
        NumberStyle::Mixed => from_database,
        NumberStyle::Number => false,
        NumberStyle::Text => true,
    };
    if as_text {
        json!(number.to_string())
    } else {
        json!(number)
    }
}

/// A message: vendor document, section "Capturando Mensagens Recebidas". `unix_secs` is when it was written.
pub(in crate::simulator) fn message(
    from: &Contact,
    said: &Said,
    message_id: &str,
    reference: Option<&str>,
    unix_secs: u64,
    style: &WebhookStyle,
) -> String {
    let mut fields = vec![
        ("tipo", json!("mensagem")),
        ("whatsapp", json!(from.phone)),
        ("horario_unix", number(unix_secs, true, style)),
        ("mensagem", json!(body_text(said))),
        ("idmsg", json!(message_id)),
        ("nome_cliente", json!(from.name)),
        ("midia", json!(said.kind())),
    ];
    if let Some(name) = &from.saved_name {
        fields.push(("nome_agenda", json!(name)));
    }
    match said {
        Said::Picture(visual) | Said::Video(visual) => add_visual(&mut fields, visual, style),
        Said::Voice(recording) => fields.push(("mimetype", json!(recording.mime_type))),
        Said::Document(document) => fields.push(("mimetype", json!(document.mime_type))),
        Said::Place(place) => {
            let kind = if place.live { "tempo_real" } else { "fixo" };
            for (name, degrees) in [("lat", place.latitude), ("lng", place.longitude)] {
                let as_text = style.numbers == NumberStyle::Text;
                fields.push((
                    name,
                    if as_text {
                        json!(degrees.to_string())
                    } else {
                        json!(degrees)
                    },
                ));
            }
            fields.push(("loctipo", json!(kind)));
        }
        Said::Text(_) | Said::ContactCard(_) | Said::Revoked { .. } | Said::Unknown { .. } => {}
    }
    if let Some(reference) = reference {
        fields.push(("referencia", json!(reference)));
    }
    object(&fields, style)
}

fn add_visual(fields: &mut ObjectFields, visual: &Visual, style: &WebhookStyle) {
    fields.push(("mimetype", json!(visual.mime_type)));
    fields.push(("width", number(u64::from(visual.width), false, style)));
    fields.push(("height", number(u64::from(visual.height), false, style)));
    fields.push(("size", number(visual.bytes.len() as u64, false, style)));
    fields.push(("legenda", json!(visual.caption)));
}

/// `mensagem`.
fn body_text(said: &Said) -> String {
    match said {
        Said::Text(text) | Said::Unknown { text, .. } => text.clone(),
        Said::Picture(Visual { thumbnail, .. }) | Said::Video(Visual { thumbnail, .. }) => {
            STANDARD.encode(thumbnail)
        }
        Said::Place(place) => STANDARD.encode(&place.thumbnail),
        Said::ContactCard(card) => vcard(card),
        Said::Voice(_) | Said::Document(_) | Said::Revoked { .. } => String::new(),
    }
}

fn vcard(card: &ContactCard) -> String {
    format!(
        "BEGIN:VCARD\nVERSION:3.0\nN:;{name};;;\nFN:{name}\nTEL;type=CELL;type=VOICE;waid={phone}:+{phone}\nEND:VCARD",
        name = card.name,
        phone = card.phone
    )
}

/// A status: vendor document, section "Capturando Mensagens Recebidas".
pub(in crate::simulator) fn status(name: &str, code: u8, style: &WebhookStyle) -> String {
    let words = match code {
        1 => "Enviado",
        2 => "Recebido",
        // The document names no failure; this is how one may be told.
        4 => "Falha ao baixar o anexo",
        _ => "Visualizado",
    };
    let fields = vec![
        ("tipo", json!("status")),
        ("idlog", json!(name)),
        ("codigo_status", number(u64::from(code), false, style)),
        ("referencia_status", json!(words)),
    ];
    object(&fields, style)
}

/// What a file's name on the wire ends with, in its message and with the file.
pub(super) fn extensions(mime_type: &str, style: ExtensionStyle) -> (&'static str, &'static str) {
    let essence = mime_type.split(';').next().unwrap_or_default().trim();
    let (right, wrong) = match essence {
        "image/jpeg" => ("jpg", "jpe"),
        "image/png" => ("png", "jpg"),
        "audio/ogg" => ("ogg", "mp3"),
        "video/mp4" => ("mp4", "3gp"),
        "application/pdf" => ("pdf", "doc"),
        _ => ("bin", "dat"),
    };
    match style {
        ExtensionStyle::Right => (right, right),
        ExtensionStyle::Wrong => (wrong, wrong),
        ExtensionStyle::WrongWithFile => (right, wrong),
    }
}

/// A file: `Content-Type` and body of its form.
pub(super) fn file_form(
    reference: &str,
    bytes: &[u8],
    mime_type: &str,
    style: &FileStyle,
) -> (String, Vec<u8>) {
    let essence = mime_type.split(';').next().unwrap_or_default().trim();
    let mut base64 = if style.data_uri {
        format!("data:{essence};base64,")
    } else {
        String::new()
    };
    STANDARD.encode_string(bytes, &mut base64);
    match style.encoding {
        FileEncoding::UrlEncoded => {
            let mut body = url::form_urlencoded::Serializer::new("tipo=arquivo".to_owned())
                .append_pair("referencia", reference)
                .append_pair("base64", &base64)
                .finish();
            if style.plus_becomes_blank {
                // A bare plus is how a form writes a blank; nothing else in these fields is escaped to it.
                body = body.replace("%2B", "+");
            }
            ("application/x-www-form-urlencoded".to_owned(), body.into_bytes())
        }
        FileEncoding::Multipart => {
            if style.plus_becomes_blank {
                base64 = base64.replace('+', " ");
            }
            let parts: String = [
                ("tipo", "arquivo"),
                ("referencia", reference),
                ("base64", &base64),
            ]
            .iter()
            .map(|(name, value)| {
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
            })
            .collect();
            (
                format!("multipart/form-data; boundary={BOUNDARY}"),
                format!("{parts}--{BOUNDARY}--\r\n").into_bytes(),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain() -> WebhookStyle {
        WebhookStyle {
            escapes: false,
            ..WebhookStyle::default()
        }
    }

    #[test]
    fn a_message_and_a_status_are_written_as_the_document_says() {
        let from = Contact::new("5511900000044", "Márcia");
        let text = message(&from, &Said::text("Olá"), "A1", None, 1_700_000_000, &plain());
        assert_eq!(
            text,
            r#"{"tipo":"mensagem","whatsapp":"5511900000044","horario_unix":"1700000000","mensagem":"Olá","idmsg":"A1","nome_cliente":"Márcia","midia":"chat"}"#
        );
        assert_eq!(
            status("77", 2, &plain()),
            r#"{"tipo":"status","idlog":"77","codigo_status":2,"referencia_status":"Recebido"}"#
        );
        let as_text = WebhookStyle {
            numbers: NumberStyle::Text,
            ..plain()
        };
        assert!(
            status("77", 3, &as_text).contains(r#""codigo_status":"3","referencia_status":"Visualizado""#)
        );
        let place = message(&from, &Said::place(-23.5, 1.25, true), "A", None, 1, &as_text);
        assert!(place.contains(r#""lat":"-23.5","lng":"1.25","loctipo":"tempo_real""#));
    }

    #[test]
    fn a_forgotten_plus_arrives_as_a_blank() {
        let bytes = [0xfb, 0xef, 0xbe, 0xff];
        let mut style = FileStyle {
            plus_becomes_blank: true,
            data_uri: false,
            ..FileStyle::default()
        };
        let (kind, body) = file_form("a.jpg", &bytes, "image/jpeg", &style);
        assert_eq!(kind, "application/x-www-form-urlencoded");
        let pairs: Vec<_> = url::form_urlencoded::parse(&body).into_owned().collect();
        assert_eq!(pairs[2], ("base64".to_owned(), "    /w==".to_owned()));
        style.encoding = FileEncoding::Multipart;
        let (_, body) = file_form("a.jpg", &bytes, "image/jpeg", &style);
        assert!(String::from_utf8(body).unwrap().contains("\r\n\r\n    /w==\r\n"));
    }
}
