//! Which result belongs to which message, and what each reason means.

use super::tests::{answered, redactor};
use super::*;
use std::time::Duration;

const OK: &str = r#"{"code":"OK","messageId":"3482512350952730368"}"#;

fn result(entries: &[&str]) -> String {
    format!("{{\"result\":[{}]}}", entries.join(","))
}

fn rejected(key: &str, place: &str) -> String {
    let place = if place.is_empty() {
        String::new()
    } else {
        format!(",\"ref\":\"{place}\"")
    };
    format!("{{\"code\":\"REJECTED\",\"reasons\":[{{\"key\":\"{key}\"{place}}}]}}")
}

fn of(status: u16, body: &str, count: usize) -> Judgement {
    judge(&answered(status, body), count, &redactor())
}

/// One letter for each message: accepted, unclear, rejected, wait, credentials, to be sent again; `/` for a split, `%` for one because
/// there are too many.
fn letters(status: u16, body: &str, count: usize) -> String {
    let letter = |verdict: &SendVerdict| match verdict {
        SendVerdict::Accepted { .. } => 'a',
        SendVerdict::Ambiguous(_) => 'u',
        SendVerdict::Rejected(_) => 'r',
        SendVerdict::Wait { .. } => 'w',
        SendVerdict::CredentialsRefused { .. } => 'c',
        SendVerdict::AlreadyKnown { .. } | SendVerdict::NotSent { .. } => '?',
    };
    match of(status, body, count) {
        Judgement::All(verdict) => letter(&verdict).to_string().repeat(count),
        Judgement::Split => "/".to_owned(),
        Judgement::TooMany => "%".to_owned(),
        Judgement::Each(fates) => fates
            .iter()
            .map(|fate| match fate {
                Fate::Final(verdict) => letter(verdict),
                Fate::RefusedAlong => 's',
            })
            .collect(),
    }
}

fn verdict(status: u16, body: &str) -> SendVerdict {
    match of(status, body, 1) {
        Judgement::All(verdict) => verdict,
        Judgement::Each(mut fates) => match fates.remove(0) {
            Fate::Final(verdict) => verdict,
            Fate::RefusedAlong => panic!("{body}"),
        },
        Judgement::Split | Judgement::TooMany => panic!("{body}"),
    }
}

#[test]
fn the_documents_sample() {
    let body = "{\n    \"result\": [\n        {\n            \"code\": \"OK\",\n            \"messageId\": \
                \"3482512350952730368\"\n        }\n    ]\n}";
    let gateway_id = Some("3482512350952730368".to_owned());
    assert_eq!(verdict(200, body), SendVerdict::Accepted { gateway_id });
}

#[test]
fn identifiers_keep_every_digit() {
    for (told, expected) in [
        ("\"3482512350952730369\"", Some("3482512350952730369")),
        ("3482512350952730369", Some("3482512350952730369")),
        ("18446744073709551616", Some("18446744073709551616")),
        ("9007199254740993", Some("9007199254740993")),
        ("12.0", Some("12")),
        ("1e3", Some("1000")),
        ("\" abc \"", Some("abc")),
        ("\"\"", None),
        ("null", None),
        ("[1]", None),
        ("true", None),
    ] {
        let body = result(&[&format!("{{\"code\":\" ok \",\"messageId\":{told}}}")]);
        let gateway_id = expected.map(str::to_owned);
        assert_eq!(
            verdict(200, &body),
            SendVerdict::Accepted { gateway_id },
            "{told}"
        );
    }
    let bare = result(&[r#"{"code":"OK"}"#]);
    assert_eq!(verdict(200, &bare), SendVerdict::Accepted { gateway_id: None });
    // Not in a list, or not even in `result`.
    for body in [format!("{{\"result\":{OK}}}"), OK.to_owned(), format!("[{OK}]")] {
        assert!(
            matches!(verdict(200, &body), SendVerdict::Accepted { .. }),
            "{body}"
        );
    }
}

#[test]
fn every_documented_reason_of_a_message_is_classed() {
    for (key, place, kind) in super::super::errors::tests::DOCUMENTED {
        let body = result(&[&rejected(key, &place.replace("[i]", "[0]"))]);
        let (reason, waits) = match verdict(200, &body) {
            SendVerdict::Rejected(reason) => (reason, false),
            SendVerdict::Wait { reason, .. } => (reason, true),
            other => panic!("{body}: {other:?}"),
        };
        assert_eq!(reason.kind, *kind, "{body}");
        assert_eq!(waits, *kind == ReasonKind::PaymentNeeded, "{body}");
        assert!(reason.detail.is_some(), "{body}");
        assert!(reason.words.is_some_and(|words| words.starts_with(key)), "{body}");
    }
    let unknown = r#"{"code":"rejected","reasons":[{"key":"new.error"}],"description":"Novo erro"}"#;
    let reason = Reason::with_words(ReasonKind::RejectedByGateway, "new.error; Novo erro");
    assert_eq!(verdict(200, &result(&[unknown])), SendVerdict::Rejected(reason));
    let nothing = r#"{"code":"REJECTED","reasons":null,"description":null}"#;
    let reason = Reason::new(ReasonKind::RejectedByGateway);
    assert_eq!(verdict(200, &result(&[nothing])), SendVerdict::Rejected(reason));
}

#[test]
fn what_is_wrong_with_a_message_outweighs_what_time_mends() {
    let both =
        r#"{"code":"REJECTED","reasons":[{"key":"billing.error"},{"key":"invalid","ref":"messages[0].to"}]}"#;
    let SendVerdict::Rejected(reason) = verdict(200, &result(&[both])) else {
        panic!("not rejected");
    };
    assert_eq!(reason.detail.as_deref(), Some("devino-invalid-to"));
    assert_eq!(
        reason.words.as_deref(),
        Some("billing.error; invalid (messages[0].to)")
    );
    for status in [401, 402, 403, 429, 503] {
        let body = rejected("length.too.long", "messages[0].text");
        assert_eq!(letters(status, &body, 1), "r", "{status}");
    }
}

#[test]
fn a_wait_that_is_asked_for_is_told() {
    let outcome = Outcome::Answered(Answer {
        status: 429,
        retry_after: Some(Duration::from_secs(17)),
        body: Vec::new(),
    });
    let Judgement::All(SendVerdict::Wait { reason, retry_after }) = judge(&outcome, 2, &redactor()) else {
        panic!("no wait");
    };
    assert_eq!(
        (reason.kind, retry_after),
        (ReasonKind::RateLimited, Some(Duration::from_secs(17)))
    );
    assert!(matches!(
        tested(outcome.clone(), &redactor()),
        Err(GatewayError::RateLimited { retry_after: Some(wait), .. }) if wait.as_secs() == 17
    ));
    let Judgement::All(SendVerdict::Wait { reason, .. }) = of(402, "", 2) else {
        panic!("no wait");
    };
    assert_eq!(reason.detail.as_deref(), Some("devino-billing"));
}

#[test]
fn results_belong_to_messages_by_their_order() {
    let bad = rejected("invalid", "messages[1].to");
    let anonymous = rejected("forbidden", "");
    let third = rejected("invalid", "messages[2].to");
    let outside = rejected("invalid", "messages[7].to");
    let odd = r#"{"code":"OK","messageId":"1","reasons":[{"key":"forbidden"}]}"#;
    let two = r#"{"code":"REJECTED","reasons":[{"key":"invalid","ref":"messages[0].to"},{"key":"invalid","ref":"messages[1].to"}]}"#;
    let table: &[(&[&str], usize, &str)] = &[
        (&[OK, OK, OK], 3, "aaa"),
        (&[OK, &bad, OK], 3, "ara"),
        (&[&anonymous, OK, &anonymous], 3, "rar"),
        (&[OK, odd, "null"], 3, "auu"),
        (&[OK, "7", "{}"], 3, "auu"),
        // Fewer or more than there are messages: whose they are is told only by a reason that names its message.
        (&[OK, OK], 3, "uuu"),
        (&[OK], 3, "uuu"),
        (&[], 3, "uuu"),
        (&[OK, OK, OK, OK], 3, "uuu"),
        (&[OK, OK], 1, "u"),
        (&[&third], 3, "uur"),
        (&[OK, &third], 3, "uur"),
        (&[&outside], 3, "uuu"),
        (&[two], 3, "uuu"),
        (&[&anonymous], 3, "uuu"),
    ];
    for (entries, count, expected) in table {
        let body = result(entries);
        assert_eq!(letters(200, &body, *count), *expected, "{body}");
        assert_eq!(letters(302, &body, *count), "u".repeat(*count), "{body}");
    }
    assert_eq!(letters(400, &result(&[OK, &bad]), 2), "ur");
    assert_eq!(
        letters(500, &result(&[&anonymous, &rejected("oops", "")]), 2),
        "ru"
    );
}

#[test]
fn a_refusal_of_the_whole_says_what_to_do_with_each() {
    let whole = |reasons: &[(&str, &str)]| {
        let reasons: Vec<String> = reasons
            .iter()
            .map(|(key, place)| format!("{{\"key\":\"{key}\",\"ref\":\"{place}\"}}"))
            .collect();
        format!("{{\"code\":\"REJECTED\",\"reasons\":[{}]}}", reasons.join(","))
    };
    let table: &[(&[(&str, &str)], &str)] = &[
        (&[("too.many.messages", "messages")], "%"),
        (&[("too.many.messages", "")], "%"),
        (&[("invalid", "messages[1].to")], "srs"),
        (&[("invalid", "messages[0].to"), ("oops", "messages[2]")], "rsr"),
        // At fault is one of them: which one is found by halves.
        (&[("invalid", "messages[i].to")], "/"),
        (&[("invalid", "to")], "/"),
        (&[("invalid", "messages[9].to")], "/"),
        (&[("forbidden", "")], "rrr"),
        (&[("unknown", "")], "rrr"),
        (&[("must.be.not.null", "messages")], "rrr"),
        (&[("billing.error", "")], "www"),
    ];
    for (reasons, expected) in table {
        for status in [200, 400, 422] {
            assert_eq!(letters(status, &whole(reasons), 3), *expected, "{reasons:?}");
        }
    }
    for body in [
        result(&[&rejected("too.many.messages", "messages")]),
        result(&[
            &rejected("too.many.messages", "messages"),
            &rejected("too.many.messages", "messages"),
        ]),
    ] {
        assert_eq!(letters(200, &body, 2), "%", "{body}");
    }
    // One is not too many.
    assert_eq!(letters(200, &whole(&[("too.many.messages", "messages")]), 1), "r");
    assert_eq!(letters(500, &whole(&[("oops", "messages[1].to")]), 3), "uuu");
}

#[test]
fn beside_a_faulty_message_the_others_are_refused_only_if_that_is_said() {
    let named = r#""reasons":[{"key":"invalid","ref":"messages[1].to"}]"#;
    let unnamed = r#""reasons":[{"key":"invalid","ref":"messages[i].to"}]"#;
    let too_many = r#""reasons":[{"key":"too.many.messages","ref":"messages"}]"#;
    for (status, reasons, bare, explicit) in [
        (200, named, "uru", "srs"),
        (400, named, "uru", "srs"),
        (500, named, "uru", "uru"),
        (503, named, "uru", "uru"),
        (200, unnamed, "uuu", "/"),
        (400, unnamed, "uuu", "/"),
        (500, unnamed, "uuu", "uuu"),
        (400, too_many, "%", "%"),
        (500, too_many, "uuu", "uuu"),
    ] {
        assert_eq!(
            letters(status, &format!("{{{reasons}}}"), 3),
            bare,
            "{status} {reasons}"
        );
        let body = format!("{{\"code\":\"REJECTED\",{reasons}}}");
        assert_eq!(letters(status, &body, 3), explicit, "{status} {reasons}");
        let body = format!("{{\"result\":[{body}]}}");
        let listed = if reasons == too_many { explicit } else { bare };
        assert_eq!(letters(status, &body, 3), listed, "{status} {reasons}");
    }
}

#[test]
fn a_send_that_is_forbidden_is_refused_for_itself_and_not_for_the_credentials() {
    let forbidden = r#"{"code":"REJECTED","reasons":[{"key":"forbidden"}],"description":"Envio proibido"}"#;
    for status in [200, 400, 403] {
        let SendVerdict::Rejected(reason) = verdict(status, forbidden) else {
            panic!("{status}");
        };
        assert_eq!(reason.detail.as_deref(), Some("devino-forbidden"));
        assert_eq!(reason.words.as_deref(), Some("forbidden; Envio proibido"));
        assert_eq!(
            tested(answered(status, forbidden), &redactor()),
            Err(GatewayError::Refused {
                words: "forbidden; Envio proibido".to_owned()
            })
        );
    }
    assert_eq!(letters(401, forbidden, 1), "c");
    assert_eq!(letters(403, &rejected("unknown", ""), 1), "c");
    assert_eq!(letters(403, "", 1), "c");
}
