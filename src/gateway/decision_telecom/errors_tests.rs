use super::*;
use crate::gateway::tolerant::Documents;
use std::collections::BTreeSet;

/// The error of a body.
fn told(body: &str) -> Told {
    Told::read(&Documents::read(body.as_bytes()).objects[0]).unwrap()
}

const SERVER: &str =
    "The server encountered an unexpected condition which prevented it from fulfilling the request";
const WINDOW: &str = "Message failed to send because more than 24 hours have passed since the customer last replied to this \
     number. In this case, you can only send a template message";

/// The document's table: code, status as it is written there, words, and what they mean.
#[rustfmt::skip]
fn documented() -> Vec<(u64, u64, &'static str, Follows, ReasonKind, &'static str)> {
    use Follows::{Rejected, Unclear, Wait};
    vec![
        (0, 429, "Rate limit exceeded", Wait, ReasonKind::RateLimited, "decision-rate"),
        (1, 4, "Empty parameter or parameter validation error", Rejected, ReasonKind::RejectedByGateway, "decision-parameter"),
        (1, 400, "Empty parameter or parameter validation error", Rejected, ReasonKind::RejectedByGateway, "decision-parameter"),
        (2, 500, SERVER, Unclear, ReasonKind::GatewayFailure, "decision-server"),
        (3, 402, "User balance is empty", Wait, ReasonKind::PaymentNeeded, "decision-balance"),
        (4, 500, SERVER, Unclear, ReasonKind::GatewayFailure, "decision-server"),
        (5, 500, SERVER, Unclear, ReasonKind::GatewayFailure, "decision-server"),
        (6, 500, SERVER, Unclear, ReasonKind::GatewayFailure, "decision-server"),
        (7, 503, WINDOW, Rejected, ReasonKind::OutsideWindow, "decision-outside-window"),
        (8, 401, "Invalid MIME type file_url", Rejected, ReasonKind::InvalidAttachment, "decision-file-type"),
        (9, 401, "Invalid file extension", Rejected, ReasonKind::InvalidAttachment, "decision-file-extension"),
    ]
}

#[test]
fn every_documented_code_has_its_class_and_its_sentence() {
    let details: BTreeSet<&str> = details().collect();
    let mut codes = BTreeSet::new();
    for (code, status, words, follows, kind, detail) in documented() {
        let expected = Some(meaning(follows, kind, detail));
        let http = u16::try_from(status)
            .ok()
            .filter(|status| *status >= 100)
            .unwrap_or(400);
        for (body, http_status) in [
            (
                format!(r#"{{"message":"{words}","code":{code},"status":{status}}}"#),
                http,
            ),
            (
                format!(r#"{{"message":"{words}","code":{code},"status":{status}}}"#),
                200,
            ),
            (
                format!(r#"{{"message":"{words}","code":"{code}","status":"{status}",}}"#),
                200,
            ),
            (
                format!(r#"{{"message":null,"code":{code}.0,"status":{status}}}"#),
                200,
            ),
            (format!(r#"{{"name":"X","code":{code},"status":{status}}}"#), 500),
            (format!(r#"{{"message":"{words}","code":{code}}}"#), 200),
            (
                format!(r#"{{"message":" {}. ","code":{code}}}"#, words.to_uppercase()),
                200,
            ),
            (format!(r#"{{"message":"{words}"}}"#), 200),
            (format!(r#"{{"code":{code}}}"#), http),
        ] {
            let told = told(&body);
            assert_eq!(told.meaning(http_status), expected, "{http_status} {body}");
            assert!(told.claims_failure(), "{body}");
        }
        assert!(details.contains(detail));
        codes.insert(code);
    }
    assert_eq!(codes, (0..=9).collect());
    for detail in details {
        assert!(detail.starts_with("decision-") && detail.is_ascii(), "{detail}");
    }
}

#[test]
fn a_wrong_parameter_is_named() {
    for (name, kind, detail) in [
        (
            "source_addr",
            ReasonKind::SenderRefused,
            "decision-sender?limit=20",
        ),
        (
            "destination_addr",
            ReasonKind::InvalidRecipient,
            "decision-recipient",
        ),
        ("message_type", ReasonKind::RejectedByGateway, "decision-kind"),
        ("text", ReasonKind::RejectedByGateway, "decision-text?limit=4096"),
        ("file_url", ReasonKind::InvalidAttachment, "decision-file-address"),
        ("callback_url", ReasonKind::RejectedByGateway, "decision-callback"),
        (
            "template_name",
            ReasonKind::TemplateRefused,
            "decision-template-name",
        ),
        (
            "template_params",
            ReasonKind::TemplateRefused,
            "decision-template-parameters",
        ),
        (
            "validity_period",
            ReasonKind::RejectedByGateway,
            "decision-parameter",
        ),
    ] {
        let expected = Some(meaning(Follows::Rejected, kind, detail));
        let usual = "Empty parameter or parameter validation error";
        for body in [
            format!(r#"{{"name":"Invalid Parameter: {name}","message":"{usual}","code":1,"status":400}}"#),
            format!(r#"{{"name":"Invalid Parameter: [{name}]","message":"{usual}","code":1,"status":400}}"#),
            format!(r#"{{"message":"{usual}: {name}","code":1,"status":400}}"#),
            format!(r#"{{"name":"Bad Request","message":"{name} is wrong","code":1,"status":4}}"#),
        ] {
            assert_eq!(told(&body).meaning(200), expected, "{body}");
        }
    }
    // Other codes name no parameter, whatever their words hold.
    let file = told(r#"{"message":"Invalid MIME type file_url","code":8,"status":401}"#);
    assert_eq!(
        file.meaning(401).map(|meaning| meaning.detail),
        Some("decision-file-type")
    );
}

#[test]
fn what_only_looks_like_the_table_is_not_taken_for_it() {
    for (body, http_status) in [
        // The framework's own errors.
        (
            r#"{"name":"Unauthorized","message":"Your request was made with invalid credentials.","code":0,"status":401}"#,
            401,
        ),
        (
            r#"{"name":"Not Found","message":"Page not found.","code":0,"status":404}"#,
            404,
        ),
        (
            r#"{"name":"Internal Server Error","message":"An internal server error occurred.","code":0,"status":500}"#,
            500,
        ),
        (
            r#"{"name":"PHP Warning","message":"Undefined variable","code":2,"status":500}"#,
            500,
        ),
        (
            r#"{"name":"PHP Notice","message":"Undefined index: text","code":8,"type":"x"}"#,
            401,
        ),
        // A code alone.
        (r#"{"message":"success","code":0}"#, 200),
        (r#"{"message":"OK","code":0,"status":200}"#, 200),
        (r#"{"code":8}"#, 200),
        (r#"{"code":3,"status":500}"#, 200),
        (r#"{"code":7}"#, 500),
        // Codes that are none of the table's.
        (
            r#"{"message":"User balance is empty","code":17,"status":402}"#,
            200,
        ),
        (r#"{"message":"Rate limit exceeded","code":-1,"status":429}"#, 429),
        (r#"{"message":"Rate limit exceeded","code":1.5}"#, 429),
        (
            r#"{"message":"Rate limit exceeded","code":18446744073709551616}"#,
            429,
        ),
        (r#"{"message":"Invalid file extension","code":true}"#, 401),
        (r#"{"message":"Hello"}"#, 503),
        (r#"{"status":503}"#, 503),
    ] {
        assert_eq!(told(body).meaning(http_status), None, "{body}");
    }
    let object = |body: &str| Documents::read(body.as_bytes()).objects.remove(0);
    for body in [
        r#"{"message_id":554}"#,
        r#"{"message_id":554,"status":1}"#,
        r#"{"message_id":554,"status":7,"code":null,"message":"","name":null}"#,
    ] {
        assert_eq!(Told::read(&object(body)), None, "{body}");
    }
}

#[test]
fn the_words_hold_what_the_vendor_can_be_asked_with() {
    let error = told(r#"{"name":"Invalid Parameter: text","message":"Empty","code":1,"status":400}"#);
    assert_eq!(error.words(), "1: Invalid Parameter: text: Empty");
    assert_eq!(told(r#"{"message":["a","b"],"code":"x"}"#).words(), "a; b");
    for (message, speaks) in [
        ("Message not found", true),
        ("No message with this ID", true),
        ("Page not found.", false),
        ("Unable to resolve the request: v1/api", false),
    ] {
        let body = format!(r#"{{"name":"Not Found","message":"{message}","status":404}}"#);
        assert_eq!(told(&body).speaks_of_a_message(), speaks, "{message}");
    }
}

#[test]
fn limits_in_sentences_are_those_that_are_kept_to() {
    use crate::domain::detail::Detail;
    use crate::gateway::decision_telecom::{CAPABILITIES, SENDER_MAX};
    for (name, kept) in [("source_addr", SENDER_MAX), ("text", CAPABILITIES.text_limit)] {
        let body = format!(r#"{{"name":"Invalid Parameter: {name}","code":1,"status":400}}"#);
        let detail = told(&body).meaning(200).unwrap().detail;
        let limit = kept.to_string();
        assert_eq!(Detail::read(detail).values, [("limit", limit.as_str())]);
    }
}
