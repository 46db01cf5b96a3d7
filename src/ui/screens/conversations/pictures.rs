//! What the screens for writing look like, for the eye: drawn only where `RECADO_PICTURES` names a folder, but for one.

use super::bench::{Bench, dark, people};
use super::both_sides::{BothSides, every_kind, incoming, picture};
use crate::ui::screens::Screen;
use crate::ui::testing;
use egui_kittest::kittest::Queryable as _;

/// Name, dark, scale, size in points.
const LOOKS: [(&str, bool, f32, [f32; 2]); 5] = [
    ("light", false, 1.0, [1_280.0, 800.0]),
    ("dark", true, 1.0, [1_280.0, 800.0]),
    ("narrow", false, 1.0, [900.0, 600.0]),
    ("small", true, 1.0, [560.0, 720.0]),
    ("scaled", true, 1.5, [854.0, 534.0]),
];

fn benches() -> impl Iterator<Item = (&'static str, Bench)> {
    let for_the_eye = std::env::var_os("RECADO_PICTURES").is_some();
    let count = if for_the_eye { LOOKS.len() } else { 1 };
    LOOKS.into_iter().take(count).map(|(name, is_dark, scale, size)| {
        let mut live = testing::live(1);
        if is_dark {
            dark(&mut live);
        }
        let stored = people(live.accounts[0].account.id);
        let mut bench = Bench::new(live, stored, size);
        bench.played.harness.set_pixels_per_point(scale);
        bench.settle();
        (name, bench)
    })
}

fn drawn(bench: &mut Bench, name: &str) {
    let picture = bench.picture(name);
    let first = *picture.get_pixel(0, 0);
    assert!(picture.pixels().any(|pixel| *pixel != first), "{name} is empty");
}

#[test]
fn a_thread_is_drawn() {
    for (look, mut bench) in benches() {
        drawn(&mut bench, &format!("conversations-list-{look}"));
        bench.open(0);
        bench.focus("Mensagem");
        bench.type_text("Temos também a linha nova, veja a foto ✨");
        drawn(&mut bench, &format!("conversations-{look}"));
        bench.attach("Um endereço https…");
        bench.type_text("https://files.example/vitrine.jpg");
        bench.focus("Mensagem");
        drawn(&mut bench, &format!("conversations-attachment-{look}"));
        bench.click("Emoji");
        drawn(&mut bench, &format!("conversations-emoji-{look}"));
    }
}

#[test]
fn a_new_message_is_drawn() {
    for (look, mut bench) in benches() {
        bench.played.harness.state_mut().go(Screen::NewMessage);
        bench.settle();
        drawn(&mut bench, &format!("new-message-empty-{look}"));
        bench.focus("Para");
        bench.paste("Marina <+55 11 90000-0044>, 11 90000-0021, 11 8888-0031, +55 11 90000-0063, quem?, 11 90000-0021,");
        bench.focus("Mensagem");
        bench.type_text("Bom dia! Amanhã abrimos às 9h.");
        drawn(&mut bench, &format!("new-message-{look}"));
        bench.click("Tirar quem?");
        bench.stored.strangers = 4;
        bench.focus("Para");
        bench.type_text("mar");
        drawn(&mut bench, &format!("new-message-offers-{look}"));
        bench.press(egui::Modifiers::COMMAND, egui::Key::A);
        bench.press(egui::Modifiers::NONE, egui::Key::Delete);
        bench.click("Enviar 4 mensagens");
        drawn(&mut bench, &format!("new-message-summary-{look}"));
    }
}

#[test]
fn both_sides_are_drawn() {
    let for_the_eye = std::env::var_os("RECADO_PICTURES").is_some();
    let count = if for_the_eye { LOOKS.len() } else { 1 };
    for (look, is_dark, scale, size) in LOOKS.into_iter().take(count) {
        let change = |live: &mut crate::engine::Live| {
            if is_dark {
                dark(live);
            }
        };
        let mut both = BothSides::new(size, 3, change, every_kind);
        both.bench.played.harness.set_pixels_per_point(scale);
        both.until(|both| {
            both.sees("Salvar quebrada.jpg como…")
                || both.bench.played.harness.ctx.content_rect().height() < 640.0
        });
        drawn(&mut both.bench, &format!("thread-end-{look}"));
        if !for_the_eye {
            continue;
        }
        for page in 1..7 {
            both.scroll(size[1] - 260.0);
            // For the eye: what is being decoded is waited for.
            for _ in 0..40 {
                both.bench.settle();
                std::thread::yield_now();
            }
            drawn(&mut both.bench, &format!("thread-{page}-{look}"));
        }
    }
}

#[test]
fn the_viewer_is_drawn() {
    let for_the_eye = std::env::var_os("RECADO_PICTURES").is_some();
    let count = if for_the_eye { LOOKS.len() } else { 1 };
    for (look, is_dark, scale, size) in LOOKS.into_iter().take(count) {
        let change = |live: &mut crate::engine::Live| {
            if is_dark {
                dark(live);
            }
        };
        let mut both = BothSides::new(size, 0, change, |folder| {
            (0..3)
                .map(|at| {
                    incoming(picture(
                        folder,
                        30 - at,
                        &format!("vitrine-{at}.png"),
                        (1_600, 1_000),
                        "",
                    ))
                })
                .collect()
        });
        both.bench.played.harness.set_pixels_per_point(scale);
        let name = both
            .bench
            .texts()
            .into_iter()
            .rfind(|text| text.starts_with("Ampliar Foto"))
            .unwrap();
        both.bench.played.harness.get_by_label(&name).focus();
        both.bench.settle();
        both.bench.press(egui::Modifiers::NONE, egui::Key::Enter);
        both.bench.press(egui::Modifiers::NONE, egui::Key::ArrowLeft);
        // Green hills at the bottom of the picture.
        both.until(|both| {
            let picture = both.bench.played.picture();
            let (width, height) = picture.dimensions();
            let [red, green, blue, _] = picture.get_pixel(width / 2, height / 2 + height / 6).0;
            green > red.saturating_add(20) && green > blue
        });
        drawn(&mut both.bench, &format!("viewer-{look}"));
    }
}

#[test]
fn what_helps_in_writing_is_drawn() {
    for (look, mut bench) in benches() {
        bench.played.engine.change(super::composer_tests::replies);
        super::composer_tests::unread(&mut bench);
        bench.open(0);
        bench.stored.rows[0].conversation.note = "Prefere receber à tarde\nPaga no dia 10".into();
        bench.tell(crate::engine::Event::Overflow);
        bench.focus("Mensagem");
        bench.type_text("Temos também a linha nova");
        bench.click("Respostas rápidas");
        drawn(&mut bench, &format!("quick-replies-{look}"));
        bench.press(egui::Modifiers::NONE, egui::Key::Escape);
        bench.click("Enviar mais tarde");
        drawn(&mut bench, &format!("schedule-{look}"));
        bench.click("Usar este horário");
        drawn(&mut bench, &format!("scheduled-{look}"));
        bench.click("Nome e nota");
        drawn(&mut bench, &format!("person-{look}"));
        bench.press(egui::Modifiers::NONE, egui::Key::Escape);
        bench.stored.rows[0].conversation.do_not_write = true;
        bench.tell(crate::engine::Event::Overflow);
        bench.click("Mais sobre esta conversa");
        drawn(&mut bench, &format!("do-not-write-{look}"));
        bench.click("Exportar conversa…");
        drawn(&mut bench, &format!("export-one-{look}"));
    }
}

#[test]
fn a_message_with_names_is_drawn() {
    for (look, mut bench) in benches() {
        bench.stored.rows[0].conversation.do_not_write = true;
        bench.played.harness.state_mut().go(Screen::NewMessage);
        bench.settle();
        bench.focus("Para");
        bench.paste("+55 11 90000-0044, 11 90000-0021, 11 90000-0057,");
        bench.focus("Mensagem");
        bench.type_text("Bom dia, {name}! Amanhã abrimos às 9h.");
        drawn(&mut bench, &format!("new-message-names-{look}"));
        bench.click("Enviar mais tarde");
        if !bench.shows("Usar este horário") {
            // The window is so low that the button has to be scrolled to.
            continue;
        }
        bench.click("Usar este horário");
        let button = bench.texts().into_iter().find(|text| text.starts_with("Agendar"));
        bench.click(&button.unwrap());
        drawn(&mut bench, &format!("new-message-names-summary-{look}"));
    }
}
