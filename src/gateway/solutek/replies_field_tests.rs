use super::super::Function;
use super::tests::{End, answered, end, redactor, refusal};
use super::*;
use crate::domain::health::Expiry;
use std::time::Duration;

#[test]
fn the_identifier_of_an_accepted_message_keeps_every_digit() {
    for (idlog, expected) in [
        ("\"000077\"", Some("000077")),
        ("9007199254740993", Some("9007199254740993")),
        ("18446744073709551616", Some("18446744073709551616")),
        ("12.0", Some("12")),
        ("\"\"", None),
        ("null", None),
        ("\"canary-7f3a9c\"", None),
        // An end like the beginning of a secret is an accident.
        ("\"77cana\"", Some("77cana")),
    ] {
        let body = format!("{{\"erro\":\"nao\",\"idlog\":{idlog}}}");
        assert_eq!(
            report(answered(200, body), &redactor()).verdict,
            SendVerdict::Accepted {
                gateway_id: expected.map(str::to_owned)
            }
        );
    }
    assert!(matches!(
        report(answered(200, "{\"erro\":\"nao\"}"), &redactor()).verdict,
        SendVerdict::Accepted { gateway_id: None }
    ));
}

#[test]
fn refusals_of_a_send_are_told_apart() {
    let verdict = |words: &str| report(answered(200, refusal(words)), &redactor()).verdict;
    let rejected = |kind, words: &str| SendVerdict::Rejected(Reason::with_words(kind, words));
    assert_eq!(
        verdict("Número inválido"),
        rejected(ReasonKind::InvalidRecipient, "Número inválido")
    );
    assert_eq!(
        verdict("Extensão inválida"),
        rejected(ReasonKind::InvalidAttachment, "Extensão inválida")
    );
    assert_eq!(
        verdict("Erro 17"),
        rejected(ReasonKind::RejectedByGateway, "Erro 17")
    );
    assert_eq!(verdict(""), rejected(ReasonKind::RejectedByGateway, ""));
    assert_eq!(
        verdict("ID repetido"),
        SendVerdict::AlreadyKnown {
            words: "ID repetido".into()
        }
    );
    let wait = |kind, words: &str| SendVerdict::Wait {
        reason: Reason::with_words(kind, words),
        retry_after: None,
    };
    assert_eq!(
        verdict("Limite diário atingido"),
        wait(ReasonKind::QuotaExhausted, "Limite diário atingido")
    );
    let busy = Outcome::Answered(Answer {
        status: 429,
        retry_after: Some(Duration::from_secs(9)),
        body: refusal("Limite diário atingido").into_bytes(),
    });
    assert!(matches!(
        report(busy, &redactor()).verdict,
        SendVerdict::Wait { reason, retry_after: Some(after) }
            if reason.kind == ReasonKind::QuotaExhausted && after.as_secs() == 9
    ));
}

#[test]
fn an_unclear_answer_says_why() {
    let kind = |status, body: &str| match report(answered(status, body), &redactor()).verdict {
        SendVerdict::Ambiguous(reason) => reason.kind,
        other => panic!("{other:?}"),
    };
    assert_eq!(kind(200, ""), ReasonKind::UnreadableAnswer);
    assert_eq!(kind(302, ""), ReasonKind::UnreadableAnswer);
    assert_eq!(kind(404, "<p>no"), ReasonKind::UnreadableAnswer);
    assert_eq!(kind(500, "<p>no"), ReasonKind::GatewayFailure);
    assert_eq!(kind(503, ""), ReasonKind::GatewayFailure);
    assert_eq!(kind(502, "{\"erro\":\"nao\"}"), ReasonKind::GatewayFailure);
}

fn read<T>(json: &str, read: fn(&Reply) -> Option<T>) -> Option<T> {
    let body = format!("{{\"erro\":\"nao\",{json}}}");
    match result(answered(200, body), &redactor(), read) {
        Ok(value) => Some(value),
        Err(GatewayError::Unreadable { .. }) => None,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn the_four_states_of_a_phone() {
    let state = |json| read(json, phone_status).map(|status| (status.paired, status.online));
    let table = [
        (r#""logado":"sim","pronto":"sim""#, Some((true, true))),
        (r#""logado":"sim","pronto":"nao""#, Some((true, false))),
        (r#""logado":"sim","pronto":"não""#, Some((true, false))),
        (r#""logado":"nao","pronto":"nao""#, Some((false, false))),
        (r#""logado":"nao","pronto":"sim""#, Some((false, false))),
        (r#""logado":"nao""#, Some((false, false))),
        (r#""logado":false,"pronto":null"#, Some((false, false))),
        (r#""pronto":"sim""#, Some((true, true))),
        (r#""logado":"sim""#, None),
        (r#""logado":"sim","pronto":"""#, None),
        (r#""pronto":"nao""#, None),
        (r#""nome":"x""#, None),
    ];
    for (json, expected) in table {
        assert_eq!(state(json), expected, "{json}");
    }
    let status = read(
        r#""logado":"sim","pronto":"sim","nome":"Lo\u202eja\u0000 ","telefone":"5511900000012:3@c.us","bateria":"""#,
        phone_status,
    );
    assert_eq!(
        status,
        Some(PhoneStatus {
            paired: true,
            online: true,
            name: Some("Loja".into()),
            number: Some("5511900000012".into()),
            battery_percent: None,
        })
    );
}

#[test]
fn limits_are_read_as_far_as_they_are_there() {
    assert_eq!(
        read(
            r#""limite_diario":"1.000","limite_diario_usado":20.0,"limite_diario_restante":-1,"expira":"31/01/2027""#,
            limits
        ),
        Some(Limits {
            daily: Some(1_000),
            used: Some(20),
            left: None,
            expires: Some(Expiry::Date(jiff::civil::date(2027, 1, 31))),
        })
    );
    assert_eq!(
        read(r#""limite_diario":null,"expira":"0000-00-00""#, limits),
        None
    );
    assert_eq!(
        read(r#""expira":"vitalício""#, limits).and_then(|limits| limits.expires),
        Some(Expiry::Text("vitalício".into()))
    );
}

#[test]
fn pairing_is_read() {
    let picture = |bytes: &[u8]| Some(PairingAnswer::Picture(PairingPicture(Arc::from(bytes))));
    let connected = PairingAnswer::Connected {
        name: Some("Loja".into()),
        number: Some("5511900000012".into()),
    };
    let table = [
        (r#""conectado":"nao","qrcode":"aGk=""#, picture(b"hi")),
        (
            r#""conectado":"nao","qrcode":"data:image\/png;base64,aG\r\nk""#,
            picture(b"hi"),
        ),
        (r#""qrcode":"aGk=""#, picture(b"hi")),
        (r#""conectado":"nao","qrcode":"PHN2Zy8+""#, picture(b"<svg/>")),
        (r#""conectado":"nao","qrcode":"""#, Some(PairingAnswer::NoCode)),
        (
            r#""conectado":"nao","qrcode":"data:image/png;base64,""#,
            Some(PairingAnswer::NoCode),
        ),
        (r#""conectado":"nao","qrcode":null"#, Some(PairingAnswer::NoCode)),
        (r#""conectado":"nao""#, Some(PairingAnswer::NoCode)),
        (
            r#""conectado":"Sim","qrcode":"aGk=","nome":"Loja","telefone":5511900000012"#,
            Some(connected),
        ),
        (r#""conectado":"nao","qrcode":"***""#, None),
        (r#""qrcode":"""#, None),
        (r#""nome":"x""#, None),
    ];
    for (json, expected) in table {
        assert_eq!(read(json, pairing), expected, "{json}");
    }
}

#[test]
fn counts_that_cannot_be_read_are_not_made_up() {
    let queue = |json| read(json, |reply| reply.unsigned("fila"));
    for (json, expected) in [
        (r#""fila":"0""#, Some(0)),
        (r#""fila":12.0"#, Some(12)),
        (r#""fila":18446744073709551615"#, Some(u64::MAX)),
        (r#""fila":18446744073709551616"#, None),
        (r#""fila":-1"#, None),
        (r#""fila":"""#, None),
        (r#""fila":null"#, None),
        (r#""x":1"#, None),
    ] {
        assert_eq!(queue(json), expected, "{json}");
    }
    let delay = |json| read(json, |reply| Some(delay_change(reply))).unwrap();
    assert_eq!(
        delay(r#""delay_anterior":"3","delay_atual":4294967296"#),
        DelayChange {
            previous_secs: Some(3),
            current_secs: None
        }
    );
}

#[test]
fn absurd_fields_of_every_function_change_no_verdict() {
    let absurd = [
        "null",
        "true",
        "\"\"",
        "\" \"",
        "[]",
        "{}",
        "[1]",
        "{\"erro\":\"sim\"}",
        "-1",
        "1.5",
        "1e400",
        "18446744073709551616",
        "\"NaN\"",
        "\"erro\"",
        "\"\\u0000\\u202e\"",
        "\"***\"",
    ];
    let fields = |function: Function| match function {
        Function::Send => &["whatsapp", "mensagem", "status", "idlog"][..],
        Function::Limits => &["limite_diario", "limite_diario_usado", "limite_diario_restante"],
        Function::StartPairing => &["status"],
        Function::PollPairing => &["conectado"],
        Function::ClearQueue => &["excluidos"],
        Function::QueueLength => &["fila"],
        Function::SetDelay => &["delay_anterior", "delay_atual"],
        Function::Status => &["logado", "pronto"],
    };
    for function in Function::ALL {
        for value in absurd {
            for field in fields(*function) {
                let verdict = |erro: &str| {
                    let body = format!("{{\"erro\":\"{erro}\",\"sobre_o_erro\":\"x\",\"{field}\":{value}}}");
                    end(*function, answered(200, body))
                };
                // What was sent was taken, whatever else the reply says; an answer that is none is never made up.
                let expected = match function {
                    Function::Send | Function::StartPairing | Function::SetDelay => End::Good,
                    Function::PollPairing if value == "true" => End::Good,
                    // Ready without a word about a session means both; a session alone says nothing of the phone.
                    Function::Status if value == "true" && *field == "pronto" => End::Good,
                    _ => End::Unclear,
                };
                assert_eq!(verdict("nao"), expected, "{function:?} {field} {value}");
                assert_eq!(verdict("sim"), End::Refused, "{function:?} {field} {value}");
            }
        }
    }
}
