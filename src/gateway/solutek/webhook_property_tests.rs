//! Anything at all: it is read, and what is told of it is sound.

use super::hostile_tests::{calls, check, json};
use super::tests::{files, messages, parts, told_with};
use proptest::prelude::*;

/// Any JSON, with the words of the webhook in it.
fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let word = prop::sample::select(vec![
        "tipo",
        "mensagem",
        "status",
        "arquivo",
        "whatsapp",
        "5511900000044",
        "midia",
        "chat",
        "image",
        "location",
        "idlog",
        "codigo_status",
        "base64",
        "referencia",
        "aGk=",
        "lat",
        "lng",
        "horario_unix",
        "1700000000",
        "idmsg",
        "legenda",
    ]);
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        word.clone().prop_map(Into::into),
        "\\PC{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 40, 8, move |inner| {
        let key = prop_oneof![4 => word.clone().prop_map(str::to_owned), 1 => "\\PC{0,6}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::btree_map(key, inner, 0..8)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

fn check_any(content_type: Option<&str>, body: &[u8]) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (found, folder) = runtime.block_on(told_with(content_type, body));
    for message in messages(&found) {
        check(message);
    }
    for file in files(&found) {
        assert!(file.file.path(&folder.path().join("media")).is_file() && !file.reference.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(body in prop::collection::vec(any::<u8>(), 0..400), told in prop::option::of("\\PC{0,40}")) {
        check_any(told.as_deref(), &body);
    }

    #[test]
    fn any_json_is_read(value in any_json()) {
        check_any(None, value.to_string().as_bytes());
    }

    #[test]
    fn any_form_is_read(
        pairs in prop::collection::vec(("tipo|referencia|base64|whatsapp|midia|[a-z]{0,4}", "arquivo|mensagem|chat|aGk=|\\PC{0,20}"), 0..8),
        in_parts in any::<bool>(), from in 0_usize..200, noise in prop::collection::vec(any::<u8>(), 0..6)
    ) {
        let borrowed: Vec<(&str, &str)> = pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let mut body = if in_parts {
            parts(&borrowed)
        } else {
            url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&borrowed).finish().into_bytes()
        };
        let from = from.min(body.len());
        body.splice(from..(from + noise.len() / 2).min(body.len()), noise);
        check_any(Some("multipart/form-data; boundary=b0"), &body);
    }

    #[test]
    fn a_damaged_call_says_nothing_that_was_not_said(
        call in 0_usize..7, from in 0_usize..200, length in 0_usize..20, noise in "[{}\\[\\]\":,a-z0-9 ]{0,8}"
    ) {
        let (_, pairs) = calls().swap_remove(call);
        let mut body = json(&pairs).into_bytes();
        let from = from.min(body.len());
        body.splice(from..(from + length).min(body.len()), noise.into_bytes());
        check_any(None, &body);
    }
}
