use super::super::Function;
use super::*;
use crate::domain::Secret;
use crate::gateway::http::Loss;
use proptest::prelude::*;

const CANARY: &str = "canary-7f3a9c";

pub(super) fn redactor() -> Redactor {
    Redactor::new([&Secret::new(CANARY.into())])
}

pub(super) fn answered(status: u16, body: impl Into<Vec<u8>>) -> Outcome {
    Outcome::Answered(Answer {
        status,
        retry_after: None,
        body: body.into(),
    })
}

/// What an exchange came to, in words that fit every function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Good,
    Unclear,
    Refused,
    Credentials,
    Wait,
    NotSent,
}

fn end_of_send(outcome: Outcome) -> End {
    match report(outcome, &redactor()).verdict {
        SendVerdict::Accepted { .. } => End::Good,
        SendVerdict::Ambiguous(_) => End::Unclear,
        SendVerdict::Rejected(_) | SendVerdict::AlreadyKnown { .. } => End::Refused,
        SendVerdict::CredentialsRefused { .. } => End::Credentials,
        SendVerdict::Wait { .. } => End::Wait,
        SendVerdict::NotSent { .. } => End::NotSent,
    }
}

fn end_of<T>(outcome: Outcome, read: impl Fn(&Reply) -> Option<T>) -> End {
    match result(outcome, &redactor(), read) {
        Ok(_) => End::Good,
        Err(GatewayError::Unreadable { .. }) => End::Unclear,
        Err(GatewayError::Refused { .. }) => End::Refused,
        Err(GatewayError::CredentialsRefused { .. }) => End::Credentials,
        Err(GatewayError::RateLimited { .. }) => End::Wait,
        Err(GatewayError::Unreachable {
            may_have_left: false, ..
        }) => End::NotSent,
        Err(GatewayError::Unreachable { .. } | GatewayError::Failing { .. } | GatewayError::Unsupported) => {
            End::Unclear
        }
    }
}

pub(super) fn end(function: Function, outcome: Outcome) -> End {
    match function {
        Function::Send => end_of_send(outcome),
        Function::Limits => end_of(outcome, limits),
        Function::StartPairing => end_of(outcome, |_| Some(())),
        Function::PollPairing => end_of(outcome, pairing),
        Function::ClearQueue => end_of(outcome, |reply| reply.unsigned("excluidos")),
        Function::QueueLength => end_of(outcome, |reply| reply.unsigned("fila")),
        Function::SetDelay => end_of(outcome, |reply| Some(delay_change(reply))),
        Function::Status => end_of(outcome, phone_status),
    }
}

/// The fields of a good reply beside `erro` and `sobre_o_erro`.
fn fields(function: Function) -> &'static str {
    match function {
        Function::Send => {
            r#""whatsapp":"5511900000012","mensagem":"Olá","status":"Processando","idlog":"77""#
        }
        Function::Limits => {
            r#""limite_diario":500,"limite_diario_usado":"20","limite_diario_restante":480,"expira":"2027-01-31""#
        }
        Function::StartPairing => r#""status":"ok""#,
        Function::PollPairing => {
            r#""conectado":"nao","qrcode":"aGk=","url_retorno":"","nome":null,"telefone":"""#
        }
        Function::ClearQueue => r#""excluidos":3"#,
        Function::QueueLength => r#""fila":"4""#,
        Function::SetDelay => r#""delay_anterior":0,"delay_atual":5"#,
        Function::Status => {
            r#""logado":"sim","pronto":"sim","nome":"Loja","telefone":"5511900000012","bateria":"87%""#
        }
    }
}

fn reply(erro: &str, about: &str, function: Function) -> String {
    format!(
        "{{\"erro\":{erro},\"sobre_o_erro\":{about},{}}}",
        fields(function)
    )
}

fn good(function: Function) -> String {
    reply("\"nao\"", "\"\"", function)
}

pub(super) fn refusal(words: &str) -> String {
    format!("{{\"erro\":\"sim\",\"sobre_o_erro\":\"{words}\"}}")
}

/// Every kind of reply that means the same for every function: name, status, body, what it must come to.
#[allow(clippy::too_many_lines, reason = "a table")]
fn kinds(function: Function) -> Vec<(&'static str, u16, Vec<u8>, End)> {
    let good = good(function);
    let with = |more: &str| format!("{}{more}}}", &good[..good.len() - 1]).into_bytes();
    let erro = |erro: &str| reply(erro, "\"\"", function).into_bytes();
    let warning =
        "<br />\n<b>Warning</b>:  Undefined array key \"x\" in <b>/srv/a.php</b> on line <b>7</b><br />\n";
    let html = "<!DOCTYPE html><html><style>p{margin:0}</style><body>Bom dia</body></html>";
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let broken_number = good.replacen(':', ":-,\"x\":", 1);
    vec![
        ("plain", 200, good.clone().into_bytes(), End::Good),
        ("created", 201, good.clone().into_bytes(), End::Good),
        ("mark", 200, format!("\u{feff}{good}").into_bytes(), End::Good),
        (
            "marks",
            200,
            format!("\u{feff}\u{feff}\r\n{good}").into_bytes(),
            End::Good,
        ),
        (
            "warning before",
            200,
            format!("{warning}{good}").into_bytes(),
            End::Good,
        ),
        (
            "warning after",
            200,
            format!("{good}{warning}").into_bytes(),
            End::Good,
        ),
        (
            "HTML before",
            200,
            format!("{html}{good}").into_bytes(),
            End::Good,
        ),
        ("HTML after", 200, format!("{good}{html}").into_bytes(), End::Good),
        (
            "dated log line",
            200,
            format!("[21-Nov-2026 08:00:00] oi\n{good}").into_bytes(),
            End::Good,
        ),
        ("trailing comma", 200, with(","), End::Good),
        ("array of one", 200, format!("[{good}]").into_bytes(), End::Good),
        ("same twice", 200, format!("{good}{good}").into_bytes(), End::Good),
        (
            "another document first",
            200,
            format!("{{\"debug\":1}}{good}").into_bytes(),
            End::Good,
        ),
        ("last key wins", 200, with(",\"erro\":\"nao\""), End::Good),
        (
            "last key wins against",
            200,
            with(",\"erro\":\"sim\",\"sobre_o_erro\":\"não deu\""),
            End::Refused,
        ),
        (
            "lone surrogate",
            200,
            with(",\"x\":\"\\ud800 \\udc00\""),
            End::Good,
        ),
        (
            "Latin-1",
            200,
            [&with(",\"x\":\"N")[..good.len() + 6], b"\xe3o\"}"].concat(),
            End::Good,
        ),
        (
            "deep field",
            200,
            with(&format!(",\"x\":{}", deep(10_000))),
            End::Good,
        ),
        ("null field", 200, with(",\"x\":null"), End::Good),
        (
            "numbers",
            200,
            with(",\"a\":-1,\"b\":1e3,\"c\":9007199254740993,\"d\":18446744073709551616"),
            End::Good,
        ),
        ("erro não", 200, erro("\"Não \""), End::Good),
        ("erro NAO", 200, erro("\" NAO\""), End::Good),
        ("erro false", 200, erro("false"), End::Good),
        ("erro 0", 200, erro("0"), End::Good),
        ("erro Sim", 200, erro("\"Sim\""), End::Refused),
        ("erro true", 200, erro("true"), End::Refused),
        ("erro 1", 200, erro("1"), End::Refused),
        ("erro null", 200, erro("null"), End::Unclear),
        ("erro empty", 200, erro("\"\""), End::Unclear),
        ("erro perhaps", 200, erro("\"talvez\""), End::Unclear),
        ("erro list", 200, erro("[\"nao\"]"), End::Unclear),
        (
            "erro missing",
            200,
            format!("{{{}}}", fields(function)).into_bytes(),
            End::Unclear,
        ),
        (
            "erro inside",
            200,
            format!("{{\"dados\":{good}}}").into_bytes(),
            End::Unclear,
        ),
        ("empty", 200, Vec::new(), End::Unclear),
        ("no content", 204, Vec::new(), End::Unclear),
        ("only a mark", 200, b"\xef\xbb\xbf".to_vec(), End::Unclear),
        ("HTML", 200, html.into(), End::Unclear),
        ("warning", 200, warning.into(), End::Unclear),
        (
            "half",
            200,
            good.as_bytes()[..good.len() / 2].to_vec(),
            End::Unclear,
        ),
        (
            "inside of half",
            200,
            format!("{{\"erro\":\"sim\",\"x\":{good}").into_bytes(),
            End::Unclear,
        ),
        (
            "broken before",
            200,
            format!("{{\"erro\":sim}}{good}").into_bytes(),
            End::Unclear,
        ),
        ("broken within", 200, broken_number.into_bytes(), End::Unclear),
        (
            "at odds",
            200,
            format!("{good}{}", refusal("não")).into_bytes(),
            End::Unclear,
        ),
        (
            "second cut off",
            200,
            format!("{good}{{\"erro\":\"si").into_bytes(),
            End::Unclear,
        ),
        (
            "array of two",
            200,
            format!("[{good},{good}]").into_bytes(),
            End::Unclear,
        ),
        ("deep only", 200, deep(10_000).into(), End::Unclear),
        ("null", 200, b"null".to_vec(), End::Unclear),
        ("number", 200, b"12.0".to_vec(), End::Unclear),
        ("text", 200, b"\"erro\"".to_vec(), End::Unclear),
        ("nothing in it", 200, b"{}".to_vec(), End::Unclear),
        ("random bytes", 200, (0..=255).collect(), End::Unclear),
        (
            "UTF-16",
            200,
            good.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            End::Unclear,
        ),
        ("compressed", 200, b"\x1f\x8b\x08\0\0".repeat(50), End::Unclear),
        ("NULs", 200, vec![0; 10_000], End::Unclear),
        ("blanks", 200, vec![b' '; 10_000], End::Unclear),
        (
            "encoded twice",
            200,
            serde_json::Value::String(good.clone()).to_string().into_bytes(),
            End::Unclear,
        ),
        (
            "XML",
            200,
            b"<?xml version=\"1.0\"?><erro>nao</erro>".to_vec(),
            End::Unclear,
        ),
        (
            "form",
            200,
            b"erro=nao&status=Processando&idlog=7".to_vec(),
            End::Unclear,
        ),
        ("request timed out", 408, html.into(), End::Unclear),
        ("moved for good", 308, good.clone().into_bytes(), End::Unclear),
        ("bad gateway and bad", 502, refusal("").into(), End::Unclear),
        ("moved", 302, Vec::new(), End::Unclear),
        ("moved and good", 302, good.clone().into_bytes(), End::Unclear),
        ("moved and bad", 307, refusal("não").into(), End::Unclear),
        ("not found", 404, html.into(), End::Unclear),
        ("too large", 413, html.into(), End::Unclear),
        ("not found and good", 404, good.clone().into_bytes(), End::Unclear),
        ("failed", 500, html.into(), End::Unclear),
        ("failed and good", 500, good.clone().into_bytes(), End::Unclear),
        (
            "failed and bad without words",
            500,
            refusal("").into(),
            End::Unclear,
        ),
        ("failed and bad", 500, refusal("não deu").into(), End::Refused),
        ("unavailable", 503, Vec::new(), End::Unclear),
        ("timed out behind", 504, html.into(), End::Unclear),
        ("unknown status", 999, html.into(), End::Unclear),
        ("bad", 200, refusal("não deu").into(), End::Refused),
        ("bad request", 400, refusal("não deu").into(), End::Refused),
        ("unauthorised", 401, html.into(), End::Credentials),
        ("forbidden", 403, Vec::new(), End::Credentials),
        ("forbidden and good", 403, good.into_bytes(), End::Unclear),
        (
            "credentials",
            200,
            refusal("Token inválido").into(),
            End::Credentials,
        ),
        ("too many", 429, html.into(), End::Wait),
        ("too many in words", 200, refusal("Aguarde").into(), End::Wait),
        ("too many and bad", 429, refusal("não deu").into(), End::Wait),
    ]
}

#[test]
fn every_kind_of_reply_to_every_function_is_judged_right() {
    for function in Function::ALL {
        let kinds = kinds(*function);
        assert!(kinds.len() >= 70, "{}", kinds.len());
        for (name, status, body, expected) in kinds {
            let shown = String::from_utf8_lossy(&body[..body.len().min(300)]).into_owned();
            assert_eq!(
                end(*function, answered(status, body)),
                expected,
                "{function:?}, {name}: {shown}"
            );
        }
    }
}

#[test]
fn a_reply_cut_off_anywhere_is_unclear() {
    for function in Function::ALL {
        for whole in [
            good(*function),
            refusal("Token inválido"),
            format!("[{}]", good(*function)),
        ] {
            for length in 0..whole.len() {
                for body in [
                    &whole.as_bytes()[..length],
                    &[b"\xef\xbb\xbf<p>", &whole.as_bytes()[..length]].concat(),
                ] {
                    assert_eq!(
                        end(*function, answered(200, body)),
                        End::Unclear,
                        "{function:?}, {length} bytes of {whole}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_never_came_is_judged_by_how_it_was_lost() {
    let lost = |loss| Outcome::MaybeSent {
        loss,
        words: "reset by canary-7f3a9c".into(),
        partial: None,
    };
    for (loss, kind) in [
        (Loss::TimedOut, ReasonKind::TimedOut),
        (Loss::ConnectionLost, ReasonKind::ConnectionLost),
        (Loss::Unreadable, ReasonKind::UnreadableAnswer),
    ] {
        let verdict = report(lost(loss), &redactor()).verdict;
        assert_eq!(
            verdict,
            SendVerdict::Ambiguous(Reason::with_words(kind, "reset by [secret]"))
        );
        for function in Function::ALL {
            assert_eq!(end(*function, lost(loss)), End::Unclear);
        }
    }
    for function in Function::ALL {
        let not_sent = Outcome::NotSent { words: "dns".into() };
        assert_eq!(end(*function, not_sent), End::NotSent);
    }
    let partial = Outcome::MaybeSent {
        loss: Loss::ConnectionLost,
        words: "reset".into(),
        partial: Some(Answer {
            status: 200,
            retry_after: None,
            body: b"{\"erro\":\"nao\",\"t\":\"canary-7f".to_vec(),
        }),
    };
    let raw = report(partial, &redactor()).raw.unwrap();
    assert_eq!(raw, "HTTP 200\n{\"erro\":\"nao\",\"t\":\"[secret]");
}

#[test]
fn no_secret_comes_back_out() {
    let base64 = base64::Engine::encode(
        &base64::engine::general_purpose::STANDARD,
        format!("login:{CANARY}"),
    );
    let body = format!(
        "{{\"erro\":\"sim\",\"sobre_o_erro\":\"token {CANARY} {} {base64}\",\"idlog\":\"{CANARY}\"}}",
        CANARY.to_uppercase()
    );
    for status in [200, 302, 403, 500] {
        for body in [
            body.clone(),
            format!("<p>{body}"),
            body[..body.len() - 4].to_owned(),
        ] {
            let report = report(answered(status, body.clone()), &redactor());
            let error = result(answered(status, body), &redactor(), phone_status);
            let all = format!("{report:?} {error:?}").to_lowercase();
            assert!(
                !all.contains("canary") && !all.contains(&base64.to_lowercase()),
                "{all}"
            );
            assert!(all.contains("[secret]"), "{all}");
        }
    }
}

#[test]
fn what_is_kept_of_an_answer_is_bounded() {
    let long = "é\u{202e}\0".repeat(2_000_000);
    let report = report(answered(200, refusal(&long)), &redactor());
    let SendVerdict::Rejected(reason) = report.verdict else {
        panic!("{:?}", report.verdict);
    };
    assert_eq!(reason.words.unwrap().chars().count(), WORDS_MAX);
    assert_eq!(report.raw.unwrap().chars().count(), RAW_MAX);
}

proptest! {
    #[test]
    fn any_bytes_are_judged_and_never_believed(status in 200_u16..600, body in proptest::collection::vec(any::<u8>(), 0..300)) {
        for function in Function::ALL {
            let end = end(*function, answered(status, body.clone()));
            let by_status = matches!((end, status), (End::Credentials, 401 | 403) | (End::Wait, 429));
            prop_assert!(end == End::Unclear || by_status, "{:?}", end);
        }
    }

    #[test]
    fn a_damaged_reply_is_believed_only_if_it_says_so(
        from in 0_usize..120, length in 0_usize..30, noise in "[{}\\[\\]\":,a-z0-9 ]{0,12}", refused in any::<bool>()
    ) {
        let whole = if refused { refusal("Token inválido") } else { good(Function::Send) };
        let (from, mut bytes) = (from.min(whole.len()), whole.into_bytes());
        let to = (from + length).min(bytes.len());
        bytes.splice(from..to, noise.into_bytes());
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let says = |words: &[&str]| words.iter().all(|word| text.contains(word));
        match end_of_send(answered(200, bytes)) {
            End::Good => prop_assert!(says(&["\"erro\"", "}"]) && !says(&["\"sim\""]), "{}", text),
            End::Refused | End::Credentials => prop_assert!(says(&["\"erro\"", "}"]) && !says(&["\"nao\""]), "{}", text),
            _ => {}
        }
    }
}
