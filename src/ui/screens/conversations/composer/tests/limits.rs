//! How long a text may be, by the gateway: counted in characters, said before it is sent.

use super::templates::bench;
use super::*;
use crate::domain::GatewayKind;
use crate::engine::EnqueueError;
use egui::{Key, Modifiers};

/// Gateway, longest text as it is shown.
const LIMITS: [(GatewayKind, usize, &str); 2] = [
    (GatewayKind::Devino, 1_000, "1.000"),
    (GatewayKind::DecisionTelecom, 4_096, "4.096"),
];

#[test]
fn a_text_that_is_too_long_is_said_and_not_sent() {
    for (gateway, limit, shown) in LIMITS {
        for letter in ["a", "é", "👋"] {
            let mut bench = bench(gateway, [1_280.0, 800.0], |_| {});
            bench.focus(TEXT);
            bench.type_text(&letter.repeat(limit));
            assert!(!bench.is_disabled("Enviar"), "{gateway:?} {letter}");
            assert!(bench.tells(&format!("{shown} / {shown}")), "{:#?}", bench.texts());
            bench.type_text(letter);
            assert!(bench.is_disabled("Enviar"), "{gateway:?} {letter}");
            assert!(bench.tells("1 caractere a mais"), "{gateway:?} {letter}");
            bench.press(Modifiers::NONE, Key::Enter);
            assert!(bench.sends().is_empty(), "{gateway:?} {letter}");
        }
    }
}

#[test]
fn what_the_engine_finds_too_long_is_said_in_the_same_words() {
    let mut bench = bench(GatewayKind::Devino, [1_280.0, 800.0], |_| {});
    bench.focus(TEXT);
    bench.type_text("Oi");
    bench.click("Enviar");
    let (ticket, ..) = bench.sends().remove(0);
    let refused = Answer::Enqueued(Err(EnqueueError::TextTooLong(1_000)));
    bench.tell(Event::Answer(ticket, refused));
    assert!(bench.tells("O texto é longo demais: o gateway aceita 1.000 caracteres."));
    assert_eq!(bench.value(TEXT), "Oi", "what was written stays");
}
