//! Every sentence exists in every language, with the same values, and every key the sources name exists.

use super::{FILES, Language, Localizer};
use crate::domain::detail::Detail;
use fluent_bundle::FluentResource;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Key → names of the values in it, of one language.
fn keys(language: Language) -> BTreeMap<String, BTreeSet<String>> {
    let mut keys = BTreeMap::new();
    for (_, room, text) in FILES.iter().filter(|(tag, ..)| *tag == language.key()) {
        if let Err((_, errors)) = FluentResource::try_new((*text).to_owned()) {
            panic!("{}/{room}.ftl: {errors:?}", language.key());
        }
        let mut current = None;
        for line in text.lines() {
            if line.starts_with(|first: char| first.is_ascii_lowercase()) {
                let key = line.split([' ', '=']).next().unwrap().to_owned();
                assert!(
                    keys.insert(key.clone(), BTreeSet::new()).is_none(),
                    "{key} stands twice in {}",
                    language.key()
                );
                current = Some(key);
            } else if line.starts_with('#') {
                current = None;
            }
            let Some(values) = current.as_ref().and_then(|key| keys.get_mut(key)) else {
                continue;
            };
            for part in line.split('$').skip(1) {
                let end = part
                    .find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
                    .unwrap_or(part.len());
                values.insert(part[..end].to_owned());
            }
        }
    }
    keys
}

#[test]
fn every_sentence_is_there_in_every_language_with_the_same_values() {
    let english = keys(Language::English);
    for language in [Language::Portuguese, Language::Spanish] {
        let other = keys(language);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let surplus: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{}: missing {missing:?}, not in English {surplus:?}",
            language.key()
        );
        for (key, values) in &english {
            assert_eq!(
                Some(values),
                other.get(key),
                "values of {key} in {}",
                language.key()
            );
        }
    }
}

#[test]
fn every_room_has_a_file_in_every_language() {
    let rooms = |language: Language| -> Vec<&str> {
        FILES
            .iter()
            .filter(|(tag, ..)| *tag == language.key())
            .map(|(_, room, _)| *room)
            .collect()
    };
    for language in Language::ALL {
        assert_eq!(rooms(*language), rooms(Language::English));
    }
}

#[test]
fn every_error_and_status_of_decision_telecom_has_a_sentence() {
    use crate::gateway::decision_telecom;
    for language in Language::ALL {
        let text = Localizer::new(*language);
        let details =
            decision_telecom::details().map(|detail| format!("detail-{}", Detail::read(detail).key));
        let forms = decision_telecom::CAPABILITIES.auth_forms.iter();
        for key in details.chain(forms.map(|form| format!("auth-{form}"))) {
            assert!(text.has(&key), "{key} in {}", language.key());
        }
    }
}

#[test]
fn every_key_the_sources_name_exists() {
    let text = Localizer::new(Language::English);
    let known = keys(Language::English);
    let mut missing = Vec::new();
    for file in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")) {
        if file.ends_with("ui/text.rs") || file.ends_with("text/completeness.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&file).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap();
        for named in named_keys(source) {
            let there = match &named {
                Named::Key(key) => text.has(key),
                Named::Prefix(prefix) => known.keys().any(|key| key.starts_with(prefix)),
            };
            if !there {
                missing.push(format!("{}: {named:?}", file.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[derive(Debug, PartialEq)]
enum Named {
    Key(String),
    Prefix(String),
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// The keys in `t!(context, "key"`, `text.get("key"`, `text.with("key"`, and the beginnings of those that are put
/// together with `format!`.
fn named_keys(source: &str) -> Vec<Named> {
    let mut named = Vec::new();
    for (mark, skip_argument) in [("t!(", true), ("text.get(", false), ("text.with(", false)] {
        for (at, _) in source.match_indices(mark) {
            let before = source[..at].chars().next_back();
            if mark == "t!(" && before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
                continue;
            }
            let mut rest = &source[at + mark.len()..];
            if skip_argument {
                let Some((_, after)) = rest.split_once(',') else {
                    continue;
                };
                rest = after;
            }
            let rest = rest.trim_start();
            if let Some(literal) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                named.push(Named::Key(literal.to_owned()));
            } else if let Some(literal) = rest
                .strip_prefix("&format!(\"")
                .and_then(|rest| rest.split(['"', '{']).next())
                .filter(|literal| !literal.is_empty())
            {
                named.push(Named::Prefix(literal.to_owned()));
            }
        }
    }
    named
}

#[test]
fn keys_are_found_in_sources() {
    let source = r#"t!(ctx, "a-b", n = 1); t!(
        self.context,
        "c"
    ); assert!(x, "no"); ctx.text.get("d"); ctx.text.get(&format!("state-{}", key)); ctx.text.with(key, &[])"#;
    assert_eq!(
        named_keys(source),
        [
            Named::Key("a-b".into()),
            Named::Key("c".into()),
            Named::Key("d".into()),
            Named::Prefix("state-".into())
        ]
    );
}

#[test]
fn every_documented_error_of_a_gateway_has_a_sentence() {
    for language in Language::ALL {
        let text = Localizer::new(*language);
        for detail in crate::gateway::devino::details() {
            let key = format!("detail-{}", Detail::read(detail).key);
            assert!(text.has(&key), "{key} in {}", language.key());
        }
    }
}
