//! The vendors' tables, walked row by row: each has a sentence of its own in every language, which names what is at fault,
//! and one that says what can be done. Where `RECADO_PICTURES` names a folder, all of them are written there as a text.

use super::*;
use crate::domain::MessageState;
use crate::gateway::testing::{Documented, Fault};
use crate::gateway::{decision_telecom, devino};
use crate::ui::text::Language;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Longest sentence, and longest advice, in characters: an operator reads them in passing.
const LONGEST: (usize, usize) = (115, 170);

/// What a sentence says of what is at fault, in pt-BR, es and en: one of these beginnings of words is in it.
const NAMED: &[(Fault, [&[&str]; 3])] = &[
    (
        Fault::Recipient,
        [
            &["número do destinatário"],
            &["número del destinatario"],
            &["recipient's number"],
        ],
    ),
    (Fault::Sender, [&["remetente"], &["remitente"], &["sender"]]),
    (Fault::Text, [&["texto"], &["texto"], &["text"]]),
    (Fault::Validity, [&["prazo"], &["plazo"], &["validity", "time"]]),
    (
        Fault::Reports,
        [&["avisos"], &["avisos"], &["told about", "reports"]],
    ),
    (
        Fault::Address,
        [&["endereço d"], &["dirección de"], &["'s address"]],
    ),
    (Fault::FileName, [&["nome do a"], &["nombre del a"], &["name"]]),
    (Fault::FileType, [&["tipo d"], &["tipo de"], &["type"]]),
    (Fault::Language, [&["idioma"], &["idioma"], &["language"]]),
    (Fault::Parameters, [&["arâmetro"], &["arámetro"], &["arameter"]]),
    (Fault::Template, [&["modelo"], &["plantilla"], &["template"]]),
    (
        Fault::Money,
        [
            &["pagamento", "saldo"],
            &["pago", "saldo"],
            &["payment", "credit"],
        ],
    ),
    (Fault::Messages, [&["mensage"], &["mensaje"], &["message"]]),
];

fn languages() -> [(Language, Localizer); 3] {
    [Language::Portuguese, Language::Spanish, Language::English]
        .map(|language| (language, Localizer::new(language)))
}

/// Each vendor with its rows.
fn vendors() -> [(&'static str, Vec<Documented>); 2] {
    [
        ("devino", devino::documented::rows()),
        ("decision-telecom", decision_telecom::documented::rows()),
    ]
}

#[test]
fn every_row_of_the_tables_has_sentences_of_its_own() {
    for (vendor, rows) in vendors() {
        for (language, text) in languages() {
            let mut marks: BTreeMap<String, &str> = BTreeMap::new();
            for row in &rows {
                let named = format!("{vendor} {} {language:?}", row.named);
                let told = reason_exactly(&text, &row.reason);
                let plain = Reason::new(row.reason.kind);
                assert_ne!(told, reason_exactly(&text, &plain), "{named}: that of the class");
                let mark = marks.entry(told.clone()).or_insert(&row.alike);
                assert_eq!(*mark, row.alike, "{named}: two rows share {told}");
                let advice = reason_advice(&text, &row.reason);
                // It may say the same as that of the class, and is one of its own all the same.
                assert_eq!(
                    detailed(&text, &row.reason, "-do"),
                    Some(advice.clone()),
                    "{named}"
                );
                assert!(told.chars().count() <= LONGEST.0, "{named}: {told}");
                assert!(advice.chars().count() <= LONGEST.1, "{named}: {advice}");
                // The gateway's own words stay beside them.
                assert!(reason_said(&text, &row.reason).is_some(), "{named}");
            }
            let told: BTreeSet<&str> = rows.iter().map(|row| row.alike.as_str()).collect();
            assert_eq!(marks.len(), told.len(), "{vendor}: rows alike have one sentence");
        }
    }
    let counts = vendors().map(|(_, rows)| rows.len());
    // 21 keys and 27 codes; codes 0 to 9, 8 parameters, 4 statuses that end a message.
    assert_eq!(counts, [48, 22]);
}

#[test]
fn every_sentence_names_what_is_at_fault() {
    let beside = devino::documented::beside();
    for row in vendors().into_iter().flat_map(|(_, rows)| rows).chain(beside) {
        let Some(fault) = row.fault else { continue };
        let (_, named) = NAMED.iter().find(|(known, _)| *known == fault).unwrap();
        for ((language, text), words) in languages().iter().zip(named) {
            let told = reason_exactly(text, &row.reason);
            let names = words.iter().any(|word| told.contains(word));
            assert!(
                names,
                "{} {language:?}: {told} names none of {words:?}",
                row.named
            );
        }
    }
}

#[test]
fn no_sentence_is_another_languages_and_everything_is_filled_in() {
    let beside = devino::documented::beside();
    for row in vendors().into_iter().flat_map(|(_, rows)| rows).chain(beside) {
        let mut seen = BTreeSet::new();
        for (language, text) in languages() {
            let named = format!("{} {language:?}", row.named);
            let detail = Detail::read(row.reason.detail.as_deref().unwrap());
            let told = reason_exactly(&text, &row.reason);
            for (name, value) in &detail.values {
                let value = match (*name, value.parse::<u64>()) {
                    (Detail::FIELD, _) => text.get(&format!("message-field-{value}")),
                    (_, Ok(number)) => text.number(number),
                    _ => (*value).to_owned(),
                };
                assert!(told.contains(&value), "{named}: {value} is not in {told}");
            }
            for sentence in [told, reason_advice(&text, &row.reason)] {
                let odd = ["{", "}", "$", "?", "=", "detail-", "message-field-", "  ", ".."];
                assert!(
                    !odd.iter().any(|odd| sentence.contains(odd)),
                    "{named}: {sentence}"
                );
                assert!(sentence.ends_with('.'), "{named}: {sentence}");
                assert!(seen.insert(sentence.clone()), "{named}: again {sentence}");
            }
        }
    }
}

#[test]
fn statuses_that_end_nothing_are_states_with_words() {
    let states = decision_telecom::documented::states();
    let expected = [Some(MessageState::Delivered), None, Some(MessageState::Read)];
    assert_eq!(states, expected);
    for (_, text) in languages() {
        // One that is pending stays accepted by the gateway.
        let words: BTreeSet<String> = states
            .iter()
            .map(|state| crate::ui::words::state(&text, state.unwrap_or(MessageState::Accepted)))
            .collect();
        assert_eq!(words.len(), 3);
        assert!(words.iter().all(|words| !words.contains("state-")));
    }
}

/// All of them as a text.
fn as_text(text: &Localizer, rows: &[Documented]) -> String {
    let mut all = String::new();
    for row in rows {
        let told = reason_exactly(text, &row.reason);
        let advice = reason_advice(text, &row.reason);
        writeln!(all, "{}\n    {told}\n    {advice}\n", row.named).unwrap();
    }
    all
}

#[test]
fn the_tables_can_be_read_as_a_text() {
    for (vendor, mut rows) in vendors() {
        if vendor == "devino" {
            rows.extend(devino::documented::beside());
        }
        for (language, text) in languages() {
            let all = as_text(&text, &rows);
            assert_eq!(all.lines().count(), 4 * rows.len());
            if let Ok(folder) = std::env::var("RECADO_PICTURES") {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(format!("{folder}/reasons-{vendor}-{}.txt", language.key()), all).unwrap();
            }
        }
    }
}
