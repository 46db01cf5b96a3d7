use super::*;
use crate::domain::hosting::StorageHint;
use crate::ui::text::Language;

fn each(check: impl Fn(&Localizer)) {
    for language in Language::ALL {
        check(&Localizer::new(*language));
    }
}

/// A sentence, not the key of one, with everything filled in.
fn whole(words: &str) {
    assert!(words.ends_with('.') && words.contains(' '), "{words}");
    assert!(!words.contains(['{', '}', '$']), "{words}");
    let first = words.chars().next().unwrap();
    assert!(first.is_uppercase() || first == '¿', "{words}");
}

#[test]
fn every_class_has_two_sentences() {
    each(|text| {
        for kind in ReasonKind::ALL {
            whole(&reason_exactly(text, &Reason::new(*kind)));
            whole(&reason_advice(text, &Reason::new(*kind)));
        }
    });
}

#[test]
fn what_is_known_exactly_stands_in_the_place_of_the_class() {
    let text = Localizer::new(Language::English);
    let long = Reason::with_words(ReasonKind::TextTooLong, "length.too.long (messages[0].text)")
        .detailed("devino-long-text?limit=1000");
    let sentence = "The message's text is over Devino's limit of 1,000 characters.";
    assert_eq!(reason_exactly(&text, &long), sentence);
    assert_eq!(
        reason_advice(&text, &long),
        "The message was not sent. Shorten the text and send again."
    );
    assert!(reason_said(&text, &long).unwrap().contains("length.too.long"));
}

#[test]
fn what_a_later_version_knows_falls_back_to_the_class() {
    each(|text| {
        let plain = Reason::new(ReasonKind::OutsideWindow);
        for unknown in [
            "from-a-later-version",
            "devino-field-invalid?field=from-a-later-version",
            "",
            "?",
            "?field=to",
            "-do",
        ] {
            let reason = plain.clone().detailed(unknown);
            assert_eq!(
                reason_exactly(text, &reason),
                reason_exactly(text, &plain),
                "{unknown}"
            );
            assert_eq!(
                reason_advice(text, &reason),
                reason_advice(text, &plain),
                "{unknown}"
            );
        }
    });
}

#[test]
fn a_key_in_the_place_of_words_is_shown_as_its_sentence() {
    each(|text| {
        for problem in ["not-https", "not-public", "timed-out", "redirected", "too-large"] {
            let reason = Reason::with_words(ReasonKind::AttachmentUnreachable, problem);
            let told = reason_exactly(text, &reason);
            whole(&told);
            assert!(
                told.starts_with(&self::reason(text, &reason)) && !told.contains(problem),
                "{told}"
            );
            assert_eq!(reason_said(text, &reason), None);
        }
        // The same word, said by a gateway, is its own.
        let said = Reason::with_words(ReasonKind::RejectedByGateway, "timed-out");
        assert_eq!(reason_exactly(text, &said), reason(text, &said));
        assert!(reason_said(text, &said).unwrap().contains("timed-out"));
    });
}

#[test]
fn what_is_known_of_a_storage_that_says_no_is_a_sentence() {
    for (hint, filled_in) in [
        (StorageHint::Region("eu-west-1".into()), "eu-west-1"),
        (StorageHint::Host("b.s3.example:9000".into()), "b.s3.example:9000"),
        (StorageHint::Clock(Some(62)), "62"),
        (StorageHint::Clock(Some(-7)), "7"),
        (StorageHint::Clock(None), ""),
        (StorageHint::LeadsOn, ""),
        (StorageHint::Strange, "S3"),
    ] {
        each(|text| {
            let words = "HTTP 403 AccessDenied";
            let plain = Reason::with_words(ReasonKind::StorageRefused, words);
            let known = plain.clone().detailed(hint.detail());
            let told = reason_exactly(text, &known);
            whole(&told);
            assert!(told.contains(filled_in), "{told}");
            assert_ne!(told, reason_exactly(text, &plain));
            whole(&reason_advice(text, &known));
            assert_ne!(reason_advice(text, &known), reason_advice(text, &plain));
            assert!(reason_said(text, &known).unwrap().contains(words));
        });
    }
}
