//! Both sides of a thread: every kind that comes in, driven by names and keys.

use super::both_sides::{BothSides, came, every_kind, incoming, picture};
use super::bubble::LAID_OUT;
use crate::audio::PlayError;
use crate::domain::message::MessageState;
use crate::domain::{IncomingKind, IncomingMessage, ThreadEntry};
use crate::engine::{Answer, Command, Event, InboxCommand, Question};
use crate::ui::read_model::PAGES_KEPT;
use crate::ui::screens::Screen;
use crate::ui::voices::PlayerState;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::time::Duration;

fn seen(both: &mut BothSides) -> Vec<crate::domain::MessageId> {
    both.bench
        .taken()
        .into_iter()
        .filter_map(|command| match command {
            Command::Inbox(InboxCommand::Seen(_, id)) => Some(id),
            _ => None,
        })
        .collect()
}

/// The time of day that stands beside an entry.
fn clock(entry: &ThreadEntry) -> String {
    entry.at().local().strftime("%H:%M").to_string()
}

fn lines(count: u64) -> Vec<ThreadEntry> {
    (0..count)
        .map(|index| {
            let text = format!("linha {index}");
            if index % 3 == 0 {
                super::bench::outgoing(super::bench::message(count - index, MessageState::Read, &text))
            } else {
                incoming(came(count - index, IncomingKind::Text, &text))
            }
        })
        .collect()
}

#[test]
fn every_kind_is_drawn_with_a_name() {
    let mut both = BothSides::new([1_280.0, 3_200.0], 0, |_| {}, every_kind);
    both.bench.settle();
    for words in [
        "Boa tarde! O orçamento *1842* ficou pronto?",
        "Ampliar Foto, ",
        "Ouvir Mensagem de voz, ",
        "Posição em Mensagem de voz, ",
        "Abrir pedido-1842.pdf",
        "Salvar pedido-1842.pdf como…",
        "Abrir patio.mp4",
        "Abrir mapa",
        "Copiar as coordenadas",
        "Escrever para João Pereira, +55 11 90000-0021",
        "Salvar João Pereira.vcf como…",
        "Salvar instalar.exe como…",
        "O arquivo ainda não chegou",
        "Mensagem de tipo desconhecido: tipo: enquete",
        "Pode ser às 15h?",
        "Apagada por quem enviou",
        "Ir à mensagem respondida: Marina Souza: Boa tarde!",
    ] {
        assert!(both.sees(words), "{words}: {:#?}", both.bench.texts());
    }
    assert!(
        !both.sees("Abrir instalar.exe"),
        "what may run something is not opened"
    );
    both.until(|both| both.sees("Salvar quebrada.jpg como…"));
}

#[test]
fn theirs_stand_left_and_ours_right() {
    let both = BothSides::usual();
    let theirs = both.rect("Perfeito, muito obrigada! 🙏 ").unwrap();
    let ours = both.rect("Qualquer dúvida é só chamar. 👋 ").unwrap();
    assert!(theirs.left() < 440.0 && ours.right() > 1_240.0, "{theirs} {ours}");
    assert!(theirs.right() < ours.left() + 300.0);
}

#[test]
fn a_document_is_saved_and_opened_from_where_it_lies() {
    let mut both = BothSides::usual();
    both.find("Abrir pedido-1842.pdf");
    both.bench.click("Abrir pedido-1842.pdf");
    both.until(|both| !both.bench.played.system.opened.lock().unwrap().is_empty());
    let opened = both.bench.played.system.opened.lock().unwrap()[0].clone();
    assert!(std::path::Path::new(&opened).ends_with("pedido-1842.pdf"));
    assert_eq!(std::fs::metadata(&opened).unwrap().len(), 184_000);

    let target = both.folder.path().join("salvo.pdf");
    *both.bench.played.system.save_to.lock().unwrap() = Some(target.clone());
    both.bench.click("Salvar pedido-1842.pdf como…");
    both.until(|_| std::fs::metadata(&target).is_ok_and(|saved| saved.len() == 184_000));
}

#[test]
fn a_voice_note_plays_stops_and_goes_to_another_place() {
    let mut both = BothSides::usual();
    both.find("Ouvir Mensagem de voz, ");
    let name = |both: &BothSides, words: &str| {
        let texts = both.bench.texts();
        texts.into_iter().find(|text| text.starts_with(words)).unwrap()
    };
    let play = name(&both, "Ouvir Mensagem de voz");
    both.bench.click(&play);
    let player = both.bench.played.player.clone();
    assert_eq!(player.played.lock().unwrap().len(), 1);
    player.set(PlayerState::Playing(Duration::from_secs(5)));
    both.bench.settle();
    let pause = name(&both, "Pausar Mensagem de voz");
    both.bench.click(&pause);
    assert_eq!(
        *player.state.lock().unwrap(),
        PlayerState::Paused(Duration::from_secs(5))
    );
    // By the arrow keys, then again from there.
    let track = name(&both, "Posição em Mensagem de voz");
    both.bench.played.harness.get_by_label(&track).focus();
    both.bench.settle();
    both.bench.press(Modifiers::NONE, Key::ArrowRight);
    both.bench.press(Modifiers::NONE, Key::ArrowRight);
    both.bench.click(&play);
    let from = player.played.lock().unwrap().last().unwrap().1;
    assert_eq!(from, Duration::from_secs(11));
    // By a click in the middle of the track.
    let middle = both.bench.rect(&track).center();
    both.bench.played.harness.drag_at(middle);
    both.bench.played.harness.drop_at(middle);
    both.bench.settle();
    let from = player.played.lock().unwrap().last().unwrap().1;
    assert!((6..=8).contains(&from.as_secs()), "{from:?}");
    // And where there is no sound, that is said.
    player.set(PlayerState::Failed(PlayError::NoSoundDevice(String::new())));
    both.bench.settle();
    assert!(
        both.bench.tells("Nenhum dispositivo de som"),
        "{:#?}",
        both.bench.texts()
    );
    both.bench.open(1);
    assert!(!both.bench.tells("Nenhum dispositivo de som"));
}

#[test]
fn a_picture_opens_large_and_the_keys_lead_through_all() {
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |folder| {
            let mut entries = lines(4);
            for (minutes, name) in [(9, "um.png"), (8, "dois.png"), (7, "tres.png")] {
                entries.push(incoming(picture(folder, minutes, name, (1_600, 1_000), "")));
            }
            entries
        },
    );
    let name = format!("Ampliar Foto, {}", clock(both.entries().last().unwrap()));
    both.bench.played.harness.get_by_label(&name).focus();
    both.bench.settle();
    both.bench.press(Modifiers::NONE, Key::Enter);
    assert!(
        both.bench.shows("Imagem ampliada") && both.bench.tells("3 de 3"),
        "{:#?}",
        both.bench.texts()
    );
    both.bench.press(Modifiers::NONE, Key::ArrowRight);
    assert!(both.bench.tells("3 de 3"), "there is none after the last");
    both.bench.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(both.bench.tells("2 de 3") && both.bench.tells("dois.png"));
    both.bench.press(Modifiers::NONE, Key::Plus);
    both.bench.press(Modifiers::NONE, Key::Plus);
    assert!(both.bench.tells("156%"), "{:#?}", both.bench.texts());
    both.bench.press(Modifiers::NONE, Key::Minus);
    assert!(both.bench.tells("125%"));
    // Closer, the arrows move the picture.
    both.bench.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(both.bench.tells("2 de 3"));
    both.bench.press(Modifiers::NONE, Key::Num0);
    assert!(both.bench.tells("100%"));
    both.bench.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(both.bench.tells("1 de 3"));
    // Pressed again, as a person does, if a busy machine has not heard it.
    both.until(|both| {
        both.bench.tells("Copiado") || {
            both.bench.click("Copiar imagem");
            false
        }
    });
    let target = both.folder.path().join("salva.png");
    *both.bench.played.system.save_to.lock().unwrap() = Some(target.clone());
    both.until(|both| {
        !both.bench.played.system.asked.lock().unwrap().is_empty() || {
            both.bench.click("Salvar imagem como…");
            false
        }
    });
    both.until(|both| both.bench.tells("salva.png") && !both.bench.tells("Salvar um.png"));
    assert!(image::open(&target).is_ok(), "the whole picture was saved");
    both.bench.press(Modifiers::NONE, Key::Escape);
    assert!(!both.bench.shows("Imagem ampliada"));
    assert_eq!(both.bench.played.harness.state().screen(), Screen::Conversations);
    assert!(
        both.bench.value("Mensagem").is_empty(),
        "no key went into the composer"
    );
}

#[test]
fn a_picture_is_drawn_when_it_is_decoded_and_nothing_moves() {
    let mut both = BothSides::usual();
    let name = format!("Ampliar Foto, {}", clock(&both.entries()[2]));
    both.find(&name);
    let before = both.rect(&name).unwrap();
    let pixel = |both: &mut BothSides| {
        let rect = both.rect(&name).unwrap();
        let (x, y) = (rect.center().x as u32, rect.bottom() as u32 - 12);
        *both.bench.played.picture().get_pixel(x, y)
    };
    // The hills are green.
    both.until(|both| {
        let [red, green, blue, _] = pixel(both).0;
        green > red.saturating_add(20) && green > blue
    });
    assert_eq!(both.rect(&name).unwrap(), before);
}

#[test]
fn a_file_that_comes_later_takes_the_place_of_the_word() {
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |_| vec![incoming(came(3, IncomingKind::Document, ""))],
    );
    assert!(both.sees("O arquivo ainda não chegou, há 3 min") || both.bench.tells("ainda não chegou"));
    let folder = both.folder.path().to_path_buf();
    let stored = super::both_sides::file(&folder, "nota.pdf", "application/pdf", b"%PDF");
    let entries = both.entries();
    let ThreadEntry::Incoming(message) = &mut entries[0] else {
        panic!("incoming")
    };
    message.media.as_mut().unwrap().file = Some(stored);
    let told = Event::Messages {
        ids: vec![message.id],
        conversations: vec![both.id()],
    };
    both.bench.tell(told);
    assert!(both.sees("Abrir nota.pdf") && !both.bench.tells("ainda não chegou"));
}

#[test]
fn a_place_is_opened_on_the_map_and_copied() {
    let mut both = BothSides::usual();
    both.find("Abrir mapa");
    assert!(both.bench.tells("23,55052° S · 46,63331° O") || both.sees("Localização"));
    both.bench.click("Abrir mapa");
    assert!(
        both.bench.tells("https://www.openstreetmap.org/?mlat=-23.550520"),
        "{:#?}",
        both.bench.texts()
    );
}

#[test]
fn a_card_leads_to_the_conversation_or_to_a_new_message() {
    let mut both = BothSides::usual();
    both.find("Escrever para João Pereira, +55 11 90000-0021");
    both.bench.click("Escrever para João Pereira, +55 11 90000-0099");
    assert_eq!(both.bench.played.harness.state().screen(), Screen::NewMessage);
    assert!(
        both.sees("Tirar João Pereira") || both.bench.tells("João Pereira"),
        "{:#?}",
        both.bench.texts()
    );

    let mut both = BothSides::usual();
    both.find("Escrever para João Pereira, +55 11 90000-0021");
    both.bench.click("Escrever para João Pereira, +55 11 90000-0021");
    assert!(
        both.bench.tells("Combinado, até amanhã!"),
        "his own conversation is open"
    );
}

#[test]
fn that_it_was_seen_is_told_once_and_only_to_somebody() {
    let mut both = BothSides::new([1_280.0, 800.0], 2, |_| {}, |_| lines(6));
    let newest = both.entries().last().unwrap().id();
    assert_eq!(seen(&mut both), [newest]);
    both.bench.settle();
    assert_eq!(seen(&mut both), []);
    both.bench.stored.rows[0].unread = 0;
    // Nobody looks.
    both.bench.played.harness.input_mut().focused = false;
    both.come(came(0, IncomingKind::Text, "alguém aí?"));
    assert_eq!(seen(&mut both), []);
    both.bench.played.harness.input_mut().focused = true;
    both.bench.settle();
    let newest = both.entries().last().unwrap().id();
    assert_eq!(seen(&mut both), [newest]);
}

#[test]
fn what_is_marked_as_unread_stays_so() {
    let mut both = BothSides::new([1_280.0, 800.0], 0, |_| {}, |_| lines(6));
    let id = both.id();
    let rect = both.rect("linha 5 ").unwrap();
    let harness = &mut both.bench.played.harness;
    harness.hover_at(rect.center());
    for pressed in [true, false] {
        harness.event(egui::Event::PointerButton {
            pos: rect.center(),
            button: egui::PointerButton::Secondary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    both.bench.settle();
    both.bench.click("Marcar como não lida");
    assert!(
        both.bench
            .taken()
            .iter()
            .any(|command| matches!(command, Command::Inbox(InboxCommand::Unseen(of)) if *of == id))
    );
    both.bench.stored.rows[0].unread = 1;
    both.bench.tell(Event::Messages {
        ids: Vec::new(),
        conversations: vec![id],
    });
    assert_eq!(seen(&mut both), []);
}

#[test]
fn the_menu_opens_by_keyboard() {
    let mut both = BothSides::usual();
    let name = both
        .bench
        .texts()
        .into_iter()
        .find(|text| text.starts_with("Perfeito, muito obrigada! 🙏 "))
        .unwrap();
    both.bench.played.harness.get_by_label(&name).focus();
    both.bench.settle();
    both.bench.press(Modifiers::NONE, Key::Enter);
    assert!(
        both.bench.shows("Copiar número") && both.bench.shows("Copiar texto"),
        "{:#?}",
        both.bench.texts()
    );
}

#[test]
fn it_opens_where_reading_was_left() {
    let mut both = BothSides::new([1_280.0, 800.0], 40, |_| {}, |_| lines(90));
    let line = both.rect("Novas mensagens").unwrap();
    assert!(line.top() < 260.0, "{line}");
    assert_eq!(seen(&mut both), [], "the newest is not in sight");
    assert!(
        both.bench.shows("Ir para o fim, 40 novas"),
        "{:#?}",
        both.bench.texts()
    );
    both.bench.click("Ir para o fim, 40 novas");
    assert!(both.sees("linha 89 "));
    assert_eq!(seen(&mut both).len(), 1);
    both.bench.stored.rows[0].unread = 0;
    let id = both.id();
    both.bench.tell(Event::Messages {
        ids: Vec::new(),
        conversations: vec![id],
    });
    assert!(!both.bench.tells("Ir para o fim"));
}

#[test]
fn a_click_on_what_is_answered_leads_there() {
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |_| {
            let mut entries = lines(400);
            let answered = entries[40].id();
            entries.push(incoming(IncomingMessage {
                reply_to: Some(answered),
                ..came(0, IncomingKind::Text, "sim")
            }));
            entries
        },
    );
    both.bench
        .click("Ir à mensagem respondida: Resposta: a uma mensagem anterior");
    for _ in 0..20 {
        both.bench.settle();
    }
    let found = both.rect("linha 40 ").unwrap();
    assert!((150.0..650.0).contains(&found.top()), "{found}");
}

#[test]
fn ten_thousand_entries_draw_what_is_in_sight() {
    let mut both = BothSides::new([1_280.0, 800.0], 0, |_| {}, |_| lines(10_000));
    let laid_out = |both: &mut BothSides| {
        let before = LAID_OUT.with(std::cell::Cell::get);
        both.bench.played.harness.run_steps(1);
        LAID_OUT.with(std::cell::Cell::get) - before
    };
    assert!((1..30).contains(&laid_out(&mut both)));
    let mut rounds = 0;
    while !both.sees("linha 0 ") {
        both.scroll(6_000.0);
        rounds += 1;
        assert!(rounds < 400, "the beginning is never reached");
    }
    both.bench.played.harness.run_steps(30);
    assert!((1..30).contains(&laid_out(&mut both)));
    let kept = both.bench.played.harness.state().kept_entries(both.id());
    assert!(kept <= (PAGES_KEPT + 1) * 100, "{kept}");
    // One question leads back to the end.
    both.bench.asked.clear();
    both.bench.click("Ir para o fim");
    both.bench.settle();
    assert!(both.sees("linha 9999 "), "{:#?}", both.bench.texts());
    let pages = both
        .bench
        .asked
        .iter()
        .filter(|question| matches!(question, Question::Thread { .. }))
        .count();
    assert!(pages <= 3, "{pages}");
}

#[test]
fn the_reader_stays_when_new_ones_come_and_when_pages_go() {
    let mut both = BothSides::new([1_280.0, 800.0], 0, |_| {}, |_| lines(5_000));
    for _ in 0..6 {
        both.scroll(500.0);
    }
    let text = both
        .bench
        .texts()
        .into_iter()
        .filter(|text| text.starts_with("linha "))
        .nth(4)
        .unwrap();
    let before = both.rect(&text).unwrap();
    for index in 0..4 {
        both.come(came(0, IncomingKind::Text, &format!("nova {index}")));
    }
    assert_eq!(both.rect(&text), Some(before));
    assert!(
        both.bench.shows("Ir para o fim, 4 novas"),
        "{:#?}",
        both.bench.texts()
    );
    // Up by more than is kept, page by page: whenever one comes or goes, what is read stays.
    for _ in 0..120 {
        both.scroll(2_000.0);
    }
    let text = both
        .bench
        .texts()
        .into_iter()
        .filter(|text| text.starts_with("linha "))
        .nth(4)
        .unwrap();
    let before = both.rect(&text).unwrap();
    both.come(came(0, IncomingKind::Text, "mais uma"));
    both.bench.settle();
    assert_eq!(both.rect(&text), Some(before));
    // And down again to the end, without a gap.
    let mut last = None;
    for _ in 0..600 {
        both.scroll(-1_500.0);
        let numbers: Vec<u32> = both
            .bench
            .texts()
            .iter()
            .filter_map(|text| text.strip_prefix("linha ")?.split(' ').next()?.parse().ok())
            .collect();
        for pair in numbers.windows(2) {
            assert_eq!(pair[1], pair[0] + 1, "a gap: {numbers:?}");
        }
        last = numbers.last().copied().or(last);
        if both.sees("mais uma ") {
            break;
        }
    }
    assert_eq!(last, Some(4_999));
    assert!(both.sees("mais uma "));
}

#[test]
fn a_page_that_cannot_be_read_is_said_and_tried_again() {
    let mut both = BothSides::new([1_280.0, 800.0], 0, |_| {}, |_| lines(300));
    both.bench.silent = true;
    for _ in 0..40 {
        both.scroll(500.0);
    }
    let older = |question: &Question| matches!(question, Question::Thread { before: Some(_), .. });
    let ticket = both.bench.waiting(older);
    both.bench
        .tell(Event::Answer(ticket, Answer::Failed("disk full".into())));
    assert!(
        both.bench.tells("As mensagens anteriores não puderam ser lidas."),
        "{:#?}",
        both.bench.texts()
    );
    let asked = both.bench.asked.len();
    both.bench.settle();
    assert_eq!(
        both.bench.asked.len(),
        asked,
        "it is not asked for again by itself"
    );
    both.bench.silent = false;
    both.bench.click("Tentar de novo");
    both.bench.settle();
    assert!(!both.bench.tells("não puderam ser lidas"));
    assert!(both.bench.asked.len() > asked);
}
