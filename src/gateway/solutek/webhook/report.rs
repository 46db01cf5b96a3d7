//! `tipo=status`: how far one of our messages is.

use super::values::identifier;
use crate::domain::MessageState;
use crate::domain::incoming::InboundReport;
use crate::domain::text::shown_name;
use crate::gateway::tolerant::{Object, folded};

/// Reads a status. The document names one identifier for two things: what the reply of a send calls the identifier "para
/// receber no webhook", and "idmsg que você definiu". Whichever comes is told.
///
/// # Errors
/// Why it says nothing about a message.
pub(super) fn read(object: &Object) -> Result<InboundReport, String> {
    let mut references = [identifier(object, "idlog"), identifier(object, "idmsg")]
        .into_iter()
        .flatten();
    let reference = references
        .next()
        .ok_or("a status came without the identifier of a message")?;
    let other_reference = references.next().filter(|other| *other != reference);
    let words = object.text("referencia_status").unwrap_or_default();
    let code = object.unsigned("codigo_status");
    let by_words = state_of_words(&words);
    let state = code.and_then(state_of_code).or(by_words).ok_or_else(|| {
        // Failures are not documented: what is not known moves no message, and is kept to be looked at.
        let code = object.text("codigo_status").unwrap_or_default();
        format!("a status that is not known came for {reference}: {code} {words}")
    })?;
    let says_more = by_words != Some(state);
    Ok(InboundReport {
        reference,
        other_reference,
        state,
        words: Some(shown_name(&words)).filter(|words| says_more && !words.is_empty()),
        reason: None,
    })
}

/// `codigo_status`.
fn state_of_code(code: u64) -> Option<MessageState> {
    match code {
        1 => Some(MessageState::Sent),
        2 => Some(MessageState::Delivered),
        3 => Some(MessageState::Read),
        _ => None,
    }
}

/// `referencia_status`.
fn state_of_words(words: &str) -> Option<MessageState> {
    match folded(words).as_str() {
        "enviado" | "enviada" => Some(MessageState::Sent),
        "recebido" | "recebida" | "entregue" => Some(MessageState::Delivered),
        "visualizado" | "visualizada" | "visto" | "lido" | "lida" => Some(MessageState::Read),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gateway::tolerant::Documents;
    use MessageState::{Delivered, Read, Sent};

    fn report(fields: &str) -> Result<InboundReport, String> {
        read(&Documents::read(format!("{{{fields}}}").as_bytes()).objects[0])
    }

    #[test]
    fn codes_and_words_are_read() {
        for (fields, state, words) in [
            (r#""codigo_status":1,"referencia_status":"Enviado""#, Sent, None),
            (
                r#""codigo_status":"2","referencia_status":"Recebido""#,
                Delivered,
                None,
            ),
            (
                r#""codigo_status":3.0,"referencia_status":" VISUALIZADO ""#,
                Read,
                None,
            ),
            (r#""codigo_status":3"#, Read, None),
            (r#""referencia_status":"Enviado""#, Sent, None),
            (
                r#""codigo_status":null,"referencia_status":"recebida""#,
                Delivered,
                None,
            ),
            (r#""codigo_status":"","referencia_status":"Lido""#, Read, None),
            (
                r#""codigo_status":9,"referencia_status":"Visualizado""#,
                Read,
                None,
            ),
            // The code is what the document numbers; the words are kept beside it.
            (
                r#""codigo_status":1,"referencia_status":"Visualizado""#,
                Sent,
                Some("Visualizado"),
            ),
            (
                r#""codigo_status":2,"referencia_status":"No apa\u202erelho""#,
                Delivered,
                Some("No aparelho"),
            ),
        ] {
            let report = report(&format!(r#""idlog":"77",{fields}"#)).unwrap();
            assert_eq!(
                (report.state, report.words.as_deref()),
                (state, words),
                "{fields}"
            );
        }
        for unknown in [
            r#""codigo_status":0"#,
            r#""codigo_status":4,"referencia_status":"Falhou""#,
            r#""codigo_status":-1"#,
            r#""codigo_status":1.5"#,
            r#""codigo_status":18446744073709551616"#,
            r#""codigo_status":[1]"#,
            r#""referencia_status":"Não enviado""#,
            r#""referencia_status":"""#,
            r#""x":1"#,
        ] {
            assert!(
                report(&format!(r#""idlog":"77",{unknown}"#)).is_err(),
                "{unknown}"
            );
        }
    }

    #[test]
    fn either_identifier_will_do_and_keeps_every_digit() {
        let references = |fields: &str| {
            report(&format!(r#"{fields},"codigo_status":1"#))
                .ok()
                .map(|report| (report.reference, report.other_reference))
        };
        let one = |reference: &str| Some((reference.to_owned(), None));
        assert_eq!(references(r#""idlog":"000077""#), one("000077"));
        assert_eq!(references(r#""idlog":9007199254740993"#), one("9007199254740993"));
        assert_eq!(references(r#""idmsg":"a1""#), one("a1"));
        assert_eq!(references(r#""idlog":"a1","idmsg":"a1""#), one("a1"));
        assert_eq!(
            references(r#""idlog":7,"idmsg":"a1""#),
            Some(("7".to_owned(), Some("a1".to_owned())))
        );
        assert_eq!(references(r#""idlog":"","idmsg":null"#), None);
        assert_eq!(references(r#""idlog":"a\u0000b""#), None);
    }
}
