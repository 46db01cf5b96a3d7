//! The time in which free text may be sent.

use super::templates::bench;
use super::*;
use crate::domain::{GatewayKind, Timestamp};
use crate::ui::testing;
use std::time::Duration;

const HOUR: Duration = Duration::from_secs(3_600);

/// A person who wrote so long ago, at a gateway that tells what customers write, where something came lately or not.
fn wrote(ago: Option<Duration>, hears: bool) -> Bench {
    let mut bench = bench(GatewayKind::Devino, [1_280.0, 800.0], |live| {
        if hears {
            testing::heard_for_days(live, 0);
        }
    });
    let at: Option<Timestamp> = ago.map(|ago| NOW.minus(ago));
    bench.stored.rows[0].conversation.last_wrote_at = at;
    let id = bench.stored.id(0);
    bench.tell(Event::Messages {
        ids: Vec::new(),
        conversations: vec![id],
    });
    bench.focus(TEXT);
    bench.type_text("oi");
    bench
}

#[test]
fn free_text_goes_until_the_minute_it_ends() {
    let mut bench = wrote(Some(24 * HOUR - Duration::from_secs(90)), true);
    assert!(bench.tells("Texto livre até"), "{:#?}", bench.texts());
    assert!(!bench.is_disabled("Enviar"));
    bench.wait(Duration::from_secs(60));
    assert!(!bench.is_disabled("Enviar"));
    bench.wait(Duration::from_secs(31));
    assert!(bench.is_disabled("Enviar"));
    assert!(
        bench.tells("o prazo do texto livre terminou"),
        "{:#?}",
        bench.texts()
    );
    assert_eq!(bench.value(TEXT), "oi", "what was written stays");
    bench.click("Usar um modelo");
    assert!(bench.tells("pedido_pronto"));
}

#[test]
fn who_never_wrote_gets_a_template_only() {
    let bench = wrote(None, true);
    assert!(bench.tells("Esta pessoa nunca escreveu para esta conta."));
    assert!(bench.is_disabled("Enviar"));
}

#[test]
fn what_is_not_known_forbids_nothing() {
    let said = [
        (None, "Não se sabe aqui quando esta pessoa escreveu"),
        (Some(30 * HOUR), "O Recado não esteve ouvindo todo esse tempo"),
    ];
    for (ago, words) in said {
        let bench = wrote(ago, false);
        assert!(bench.tells(words), "{:#?}", bench.texts());
        assert!(!bench.is_disabled("Enviar"));
    }
    // A template arrives in any case.
    let mut bench = wrote(Some(30 * HOUR), false);
    bench.click("Usar um modelo");
    assert!(bench.tells("pedido_pronto"));
}

#[test]
fn a_gateway_without_such_a_time_says_nothing() {
    let bench = Bench::usual();
    assert!(!bench.tells("Texto livre") && !bench.tells("Só um modelo"));
}

/// A free text that was refused because its time was over, of a person who wrote so long ago.
fn refused(ago: Duration) -> Bench {
    use crate::domain::MessageState;
    use crate::domain::message::{Reason, ReasonKind};
    let mut bench = wrote(Some(ago), true);
    let id = bench.stored.id(0);
    let mut message = super::super::super::bench::message(1, MessageState::Rejected, "Posso enviar?");
    message.account = bench.account();
    message.conversation = id;
    message.reason = Some(Reason::new(ReasonKind::OutsideWindow));
    let message_id = message.id;
    let entry = super::super::super::bench::outgoing(message);
    bench.stored.entries.insert(id, vec![entry]);
    bench.tell(Event::Messages {
        ids: vec![message_id],
        conversations: vec![id],
    });
    bench
}

#[test]
fn a_text_that_would_be_refused_again_offers_a_template_in_its_place() {
    let mut bench = refused(30 * HOUR);
    assert!(!bench.shows("Enviar de novo"), "{:#?}", bench.texts());
    bench.click("Usar um modelo");
    assert!(bench.tells("pedido_pronto"));
    // The person has written since: the same text may go.
    let bench = refused(HOUR);
    assert!(bench.shows("Enviar de novo"), "{:#?}", bench.texts());
}
