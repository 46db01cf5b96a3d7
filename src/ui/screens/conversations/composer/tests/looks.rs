//! What attachments look like, for the eye: drawn only where `RECADO_PICTURES` names a folder, but for one.

use super::*;
use crate::domain::settings::Settings;
use crate::ui::screens::Screen;
use crate::ui::screens::conversations::bench::{dark, people};
use crate::ui::testing;

/// Name, dark, language, scale, size in points.
const LOOKS: [(&str, bool, &str, f32, [f32; 2]); 5] = [
    ("light", false, "pt-BR", 1.0, [1_280.0, 800.0]),
    ("dark", true, "es", 1.0, [1_280.0, 800.0]),
    ("narrow", false, "en", 1.0, [900.0, 600.0]),
    ("small", true, "pt-BR", 1.0, [560.0, 720.0]),
    ("scaled", false, "es", 1.5, [1_280.0, 800.0]),
];

fn photo(folder: &Path, stored_name: &str) {
    let media = folder.join("media");
    std::fs::create_dir_all(&media).unwrap();
    let picture = image::RgbImage::from_fn(300, 200, |x, y| image::Rgb([(x / 2) as u8, (y + 40) as u8, 180]));
    let path = media.join(stored_name);
    picture.save_with_format(path, image::ImageFormat::Png).unwrap();
}

fn filled(bench: &mut Bench) {
    let names = [
        "vitrine.jpg",
        "orçamento-1842.pdf",
        "figura.gif",
        "contrato com um nome que não acaba mais e ainda continua por aqui até o fim da linha e além dela.pdf",
    ];
    for name in names {
        drop_files(bench, &[&format!("/home/ana/{name}")]);
    }
    let all = asked(bench.about_files());
    let large = file(bench, "vitrine.jpg", 5_100_000);
    answer(bench, all[0].0, Ok(large));
    let quote = file(bench, "orçamento-1842.pdf", 184_000);
    answer(bench, all[1].0, Ok(quote));
    let unsupported = FileProblem::Unsupported {
        found: "gif".into(),
        allowed: vec!["jpg", "png", "pdf", "mp3"],
        convertible: true,
    };
    answer(bench, all[2].0, Err(unsupported));
}

fn drawn(bench: &mut Bench, name: &str) {
    let picture = bench.picture(name);
    let first = *picture.get_pixel(0, 0);
    assert!(picture.pixels().any(|pixel| *pixel != first), "{name} is empty");
}

#[test]
fn attachments_are_drawn() {
    let for_the_eye = std::env::var_os("RECADO_PICTURES").is_some();
    let count = if for_the_eye { LOOKS.len() } else { 1 };
    let folder = tempfile::tempdir().unwrap();
    photo(folder.path(), "stored-vitrine.jpg");
    for (look, is_dark, language, scale, size) in LOOKS.into_iter().take(count) {
        let mut live = testing::live(1);
        live.folder = folder.path().to_path_buf();
        if is_dark {
            dark(&mut live);
        }
        if look != "dark" {
            reachable(&mut live);
        }
        live.settings = Arc::new(Settings {
            language: Some(language.into()),
            ..Settings::clone(&live.settings)
        });
        let stored = people(live.accounts[0].account.id);
        let mut bench = Bench::new(live, stored, size);
        bench.played.harness.set_pixels_per_point(scale);
        bench.settle();
        bench.open(0);
        filled(&mut bench);
        for _ in 0..if for_the_eye { 60 } else { 1 } {
            bench.settle();
            std::thread::yield_now();
        }
        drawn(&mut bench, &format!("attachments-{look}"));
        if !for_the_eye {
            continue;
        }
        hover_files(&mut bench, 1);
        drawn(&mut bench, &format!("attachments-drop-{look}"));
        hover_files(&mut bench, 0);
        let menu = ["Anexar", "Adjuntar", "Attach"]
            .into_iter()
            .find(|name| bench.shows(name));
        bench.click(menu.unwrap());
        drawn(&mut bench, &format!("attachments-menu-{look}"));
        bench.press(egui::Modifiers::NONE, egui::Key::Escape);
        bench.played.harness.state_mut().go(Screen::NewMessage);
        bench.settle();
        filled(&mut bench);
        for _ in 0..20 {
            bench.settle();
        }
        drawn(&mut bench, &format!("attachments-new-message-{look}"));
    }
}
