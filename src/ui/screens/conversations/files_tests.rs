//! Files that came: what is opened, what is only saved, and what has not come.

use super::both_sides::{BothSides, came, file, incoming, landscape, picture, with_file};
use crate::domain::IncomingKind;
use crate::domain::incoming::StoredFile;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A thread with one file in it.
fn with_one(kind: IncomingKind, stored: impl FnOnce(&Path) -> StoredFile) -> BothSides {
    BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |folder| {
            vec![incoming(with_file(
                came(3, kind, ""),
                stored(folder),
                Some((640, 400)),
            ))]
        },
    )
}

/// What was handed to the system's programs.
fn opened(both: &BothSides) -> Vec<PathBuf> {
    let opened = both.bench.played.system.opened.lock().unwrap();
    opened.iter().map(PathBuf::from).collect()
}

/// Opens the menu of the only message.
fn open_menu(both: &mut BothSides, words: &str) {
    let name = both
        .bench
        .texts()
        .into_iter()
        .find(|text| text.contains(words) && text.contains("recebida"))
        .unwrap_or_else(|| panic!("{words}: {:#?}", both.bench.texts()));
    both.bench.played.harness.get_by_label(&name).focus();
    both.bench.settle();
    both.bench.press(Modifiers::SHIFT, Key::F10);
    if !both.bench.shows("Copiar número") {
        both.bench.press(Modifiers::NONE, Key::Enter);
    }
    assert!(both.bench.shows("Copiar número"), "{:#?}", both.bench.texts());
}

#[test]
fn a_picture_is_opened_from_the_large_view_and_from_the_menu() {
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |folder| vec![incoming(picture(folder, 3, "vitrine.png", (640, 400), "Olha"))],
    );
    let name = both
        .bench
        .texts()
        .into_iter()
        .find(|text| text.starts_with("Ampliar Foto"))
        .unwrap();
    both.bench.click(&name);
    both.bench.click("Abrir imagem com o programa do sistema");
    both.until(|both| opened(both).len() == 1);
    both.bench.press(Modifiers::NONE, Key::Escape);
    assert!(!both.bench.shows("Imagem ampliada"));
    open_menu(&mut both, "Olha");
    both.bench.click("Abrir");
    both.until(|both| opened(both).len() == 2);
    for copy in opened(&both) {
        assert!(copy.ends_with("vitrine.png") && image::open(&copy).is_ok());
        assert!(
            !copy.starts_with(both.folder.path()),
            "what came stays as it came"
        );
    }
}

#[test]
fn what_may_run_something_is_saved_and_never_opened() {
    for (name, mime) in [
        ("instalar.exe", "application/vnd.microsoft.portable-executable"),
        ("fatura.pdf", "application/x-executable"),
        ("fatura.pdf", "application/octet-stream"),
        ("macros.xlsm", "application/zip"),
        ("pagina.html", "text/html"),
        ("sem extensao", "application/pdf"),
    ] {
        let mut both = with_one(IncomingKind::Document, |folder| file(folder, name, mime, b"MZ"));
        assert!(both.bench.shows(&format!("Salvar {name} como…")), "{name}");
        assert!(
            !both.sees("Abrir "),
            "{name} as {mime}: {:#?}",
            both.bench.texts()
        );
        open_menu(&mut both, "");
        assert!(
            both.bench.shows("Salvar como…") && !both.bench.shows("Abrir"),
            "{name}"
        );
    }
    // One that only calls itself a picture.
    let mut both = with_one(IncomingKind::Image, |folder| {
        file(folder, "foto.jpg.exe", "image/png", &landscape(64, 40, 0))
    });
    let name = both
        .bench
        .texts()
        .into_iter()
        .find(|text| text.starts_with("Ampliar Foto"));
    both.bench.click(&name.unwrap());
    assert!(both.bench.shows("Salvar imagem como…"));
    assert!(!both.bench.shows("Abrir imagem com o programa do sistema"));
    assert!(opened(&both).is_empty());
}

#[test]
fn a_name_that_leads_elsewhere_is_saved_in_the_folder_for_what_is_saved() {
    let mut both = with_one(IncomingKind::Document, |folder| {
        file(
            folder,
            "../../.config/autostart/x.pdf",
            "application/pdf",
            b"%PDF",
        )
    });
    let name = both
        .bench
        .texts()
        .into_iter()
        .find(|text| text.starts_with("Salvar "));
    both.bench.click(&name.unwrap());
    both.until(|both| !both.bench.played.system.asked.lock().unwrap().is_empty());
    let suggested = both.bench.played.system.asked.lock().unwrap()[0].1.clone();
    assert_eq!(suggested, "_.._.config_autostart_x.pdf");
    assert!(both.bench.value("Caminho do arquivo").ends_with(&suggested));
}

#[test]
fn a_file_that_never_came_says_so_and_since_when() {
    for kind in [
        IncomingKind::Document,
        IncomingKind::Image,
        IncomingKind::Voice,
        IncomingKind::Video,
    ] {
        let mut both = BothSides::new([1_280.0, 800.0], 0, |_| {}, |_| vec![incoming(came(3, kind, ""))]);
        assert!(
            both.sees("O arquivo ainda não chegou, há 3\u{a0}min"),
            "{kind:?}: {:#?}",
            both.bench.texts()
        );
        assert!(!both.sees("Abrir ") && !both.sees("Salvar "));
        both.bench.wait(Duration::from_secs(3_600));
        assert!(
            both.sees("O arquivo ainda não chegou, há 1\u{a0}h"),
            "{kind:?}: {:#?}",
            both.bench.texts()
        );
        both.bench.wait(Duration::from_secs(3 * 86_400));
        assert!(
            both.sees("O arquivo ainda não chegou, há 3\u{a0}d"),
            "{kind:?}: {:#?}",
            both.bench.texts()
        );
    }
}

#[test]
fn a_file_that_is_gone_from_the_disk_is_said() {
    let mut both = with_one(IncomingKind::Document, |folder| {
        file(folder, "nota.pdf", "application/pdf", b"%PDF")
    });
    std::fs::remove_dir_all(both.folder.path().join("media")).unwrap();
    both.bench.click("Abrir nota.pdf");
    both.until(|both| both.bench.tells("O sistema não conseguiu abrir"));
    let target = both.folder.path().join("salva.pdf");
    *both.bench.played.system.save_to.lock().unwrap() = Some(target.clone());
    both.bench.click("Salvar nota.pdf como…");
    both.until(|both| both.bench.tells("O arquivo não foi salvo"));
    assert!(!target.exists() && opened(&both).is_empty());
}
