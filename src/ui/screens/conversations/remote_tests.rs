//! Files that came as an address only, messages sent as templates, and reasons told exactly.

use super::bench::{Bench, message, outgoing};
use super::both_sides::{BothSides, CARD, came, file, incoming};
use crate::domain::hosting::FetchProblem;
use crate::domain::incoming::IncomingMedia;
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::{IncomingKind, TemplateMessage, ThreadEntry};
use crate::engine::{Answer, Command, ContentError, Event, FetchStep, InboxCommand, Ticket};
use crate::ui::screens::conversations::bench::dark;

fn at_an_address(name: Option<&str>) -> ThreadEntry {
    let mut message = came(3, IncomingKind::Document, "");
    message.media = Some(IncomingMedia {
        content_url: Some("https://files.example/d/1842?token=x".into()),
        content_name: name.map(str::to_owned),
        told_bytes: Some(184_000),
        ..IncomingMedia::default()
    });
    incoming(message)
}

fn asked(bench: &mut Bench) -> Vec<Ticket> {
    let one = |command| match command {
        Command::Inbox(InboxCommand::FetchContent(ticket, _)) => Some(ticket),
        _ => None,
    };
    bench.taken().into_iter().filter_map(one).collect()
}

#[test]
fn a_file_at_an_address_is_fetched_by_a_click_only() {
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |_| vec![at_an_address(Some("pedido.pdf"))],
    );
    assert!(
        both.bench.tells("ainda em files.example"),
        "{:#?}",
        both.bench.texts()
    );
    assert!(!both.bench.tells("token=x"));
    assert_eq!(asked(&mut both.bench), [], "nothing is fetched by itself");
    both.bench.click("Buscar pedido.pdf em files.example");
    let tickets = asked(&mut both.bench);
    assert_eq!(tickets.len(), 1);
    assert!(both.bench.shows("Buscando…") && both.bench.shows("Parar de buscar pedido.pdf"));
    assert!(
        !both.bench.shows("Buscar pedido.pdf em files.example"),
        "it is on its way"
    );
    let refused = Answer::ContentFetched(Err(ContentError::Fetch(FetchProblem::Status(404))));
    both.bench.tell(Event::Answer(tickets[0], refused));
    assert!(both.bench.shows("Tentar de novo") || both.bench.shows("Buscar pedido.pdf em files.example"));
    both.bench.click("Buscar pedido.pdf em files.example");
    let tickets = asked(&mut both.bench);
    let (id, folder) = (both.id(), both.folder.path().to_path_buf());
    let stored = file(&folder, "pedido.pdf", "application/pdf", b"%PDF-1.7");
    let entries = both.entries();
    let ThreadEntry::Incoming(message) = &mut entries[0] else {
        panic!("one that came");
    };
    if let Some(media) = &mut message.media {
        media.file = Some(stored);
    }
    let ids = vec![message.id];
    both.bench.tell(Event::Messages {
        ids,
        conversations: vec![id],
    });
    both.bench
        .tell(Event::Answer(tickets[0], Answer::ContentFetched(Ok(()))));
    assert!(both.bench.shows("Abrir pedido.pdf"), "{:#?}", both.bench.texts());
}

/// So far the file of this message is.
fn so_far(both: &mut BothSides, done: u64, total: Option<u64>) {
    let message = both.entries()[0].id();
    both.bench.played.engine.change(|live| {
        live.fetching = std::sync::Arc::new([(message, FetchStep { done, total })].into());
    });
    both.bench.settle();
}

#[test]
fn how_far_a_file_is_stands_beside_the_way_to_stop_it() {
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |_| vec![at_an_address(Some("pedido.pdf"))],
    );
    both.bench.click("Buscar pedido.pdf em files.example");
    let tickets = asked(&mut both.bench);
    so_far(&mut both, 100_000, Some(184_000));
    assert!(both.bench.shows("Buscando… 54%"), "{:#?}", both.bench.texts());
    // What the message said counts where the answer says nothing, as long as it can be true.
    so_far(&mut both, 92_000, None);
    assert!(both.bench.shows("Buscando… 50%"));
    so_far(&mut both, 2_000_000, None);
    assert!(both.bench.tells("Buscando… 1,9 MB"), "{:#?}", both.bench.texts());
    both.bench.click("Parar de buscar pedido.pdf");
    let stops = both.bench.taken().into_iter();
    let stops = stops.filter(|command| matches!(command, Command::Inbox(InboxCommand::StopFetching(_))));
    assert_eq!(stops.count(), 1);
    let stopped = Answer::ContentFetched(Err(ContentError::Stopped));
    both.bench.tell(Event::Answer(tickets[0], stopped));
    assert!(
        both.bench.shows("Buscar pedido.pdf em files.example") && !both.bench.tells("interrompida"),
        "what was meant is no error"
    );
}

#[test]
fn several_contacts_are_saved_as_one_card() {
    let text = format!("{CARD}\n{}", CARD.replace("João Pereira", "Beatriz Teles"));
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |_| vec![incoming(came(3, IncomingKind::ContactCard, &text))],
    );
    assert!(
        both.bench.tells("Escrever para João Pereira"),
        "{:#?}",
        both.bench.texts()
    );
    assert!(both.bench.tells("Escrever para Beatriz Teles"));
    let target = both.folder.path().join("salvo.vcf");
    *both.bench.played.system.save_to.lock().unwrap() = Some(target.clone());
    both.bench.click("Salvar João Pereira.vcf como…");
    both.bench.until(|_| target.exists());
    both.bench
        .until(|_| std::fs::read_to_string(&target).is_ok_and(|saved| saved == text));
}

fn sent_as_template(reason: Option<Reason>) -> ThreadEntry {
    outgoing(Message {
        template: Some(TemplateMessage {
            key: "pedido_pronto".into(),
            language: "pt_BR".into(),
            values: vec!["Marina".into()],
        }),
        reason,
        ..message(4, MessageState::Rejected, "Olá Marina, seu pedido está pronto.")
    })
}

#[test]
fn a_template_is_marked_and_its_reason_told_exactly() {
    let reason = Reason::with_words(ReasonKind::TemplateRefused, "2308").detailed("devino-template-language");
    for (look, is_dark) in [("light", false), ("dark", true)] {
        let reason = reason.clone();
        let mut both = BothSides::new(
            [1_280.0, 800.0],
            0,
            |live| {
                if is_dark {
                    dark(live);
                }
            },
            |_| {
                vec![
                    at_an_address(None),
                    sent_as_template(Some(reason.clone())),
                    at_an_address(Some("pedido-1842-com-um-nome-longo.pdf")),
                ]
            },
        );
        let picture = both.bench.picture(&format!("remote-{look}"));
        assert!(picture.width() > 0);
        both.bench
            .click("Buscar pedido-1842-com-um-nome-longo.pdf em files.example");
        let tickets = asked(&mut both.bench);
        let message = both.entries()[2].id();
        both.bench.played.engine.change(|live| {
            let step = FetchStep {
                done: 77_000,
                total: Some(184_000),
            };
            live.fetching = std::sync::Arc::new([(message, step)].into());
        });
        both.bench.settle();
        both.bench.picture(&format!("remote-under-way-{look}"));
        let refused = Answer::ContentFetched(Err(ContentError::Fetch(FetchProblem::NotPublic)));
        both.bench.tell(Event::Answer(tickets[0], refused));
        both.bench.picture(&format!("remote-failed-{look}"));
    }
}

#[test]
fn the_history_tells_the_documented_reason() {
    let mut both = BothSides::new([1_280.0, 800.0], 0, |_| {}, |_| vec![sent_as_template(None)]);
    let mut step = both.bench.stored.history[0].clone();
    step.reason =
        Some(Reason::with_words(ReasonKind::TemplateRefused, "2308").detailed("devino-template-language"));
    both.bench.stored.history = vec![step];
    let tick = both
        .bench
        .texts()
        .into_iter()
        .find(|text| text.contains("istórico"));
    both.bench.click(&tick.unwrap());
    assert!(
        both.bench.tells("não existe neste idioma"),
        "{:#?}",
        both.bench.texts()
    );
    assert!(both.bench.tells("2308"));
}
