//! The floors of the house: no room may mention one above it, and nothing outside `ui/` (and the room that puts all
//! together) may mention egui. The map is in `src/lib.rs`.

// The helpers of a test may fail like the test itself; clippy allows that only within the test functions.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms of this crate it may know.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("gateway", &["domain"]),
    ("store", &["domain"]),
    ("secrets", &["domain"]),
    ("platform", &["domain"]),
    ("audio", &["domain"]),
    ("simulator", &["domain", "gateway"]),
    ("listener", &["domain", "gateway"]),
    ("hosting", &["domain", "gateway"]),
    ("media", &["domain"]),
    (
        "engine",
        &[
            "domain", "gateway", "store", "secrets", "platform", "listener", "hosting", "media",
        ],
    ),
    (
        "ui",
        &[
            "domain", "audio", "engine", "gateway", "store", "secrets", "platform",
        ],
    ),
    (
        "launch",
        &[
            "domain",
            "audio",
            "engine",
            "gateway",
            "store",
            "secrets",
            "platform",
            "simulator",
            "ui",
        ],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The code of a file without its comments, line by line. Tests may use what they like.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default().to_owned()))
        .filter(|(_, line)| !line.trim().is_empty())
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn is_test_file(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| {
        let stem = stem.to_string_lossy();
        stem.ends_with("_tests") || matches!(&*stem, "tests" | "testing" | "test_server")
    })
}

fn room_of(path: &Path) -> Option<String> {
    let inside = path.strip_prefix(root()).ok()?;
    (inside.components().count() > 1).then(|| {
        inside
            .components()
            .next()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
    })?
}

#[test]
fn every_room_is_on_the_map() {
    let mut rooms: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    rooms.sort();
    let mut known: Vec<String> = MAY_KNOW.iter().map(|(room, _)| (*room).to_owned()).collect();
    known.sort();
    assert_eq!(rooms, known);
    let map = fs::read_to_string(root().join("lib.rs")).unwrap();
    for room in rooms {
        assert!(
            map.contains(&format!("pub mod {room};")) && map.contains(&format!("| `{room}`")),
            "{room} is not in lib.rs"
        );
    }
}

#[test]
fn no_room_knows_one_above_it() {
    let mut found = Vec::new();
    sources(&root(), &mut found);
    let mut faults = Vec::new();
    for path in found {
        let Some(room) = room_of(&path).filter(|_| !is_test_file(&path)) else {
            continue;
        };
        let may = MAY_KNOW
            .iter()
            .find(|(name, _)| *name == room)
            .map(|(_, may)| *may)
            .unwrap();
        for (line, text) in code(&path) {
            for (other, _) in MAY_KNOW
                .iter()
                .filter(|(other, _)| *other != room && !may.contains(other))
            {
                let mentions = [
                    format!("crate::{other}::"),
                    format!("crate::{other};"),
                    format!("recado::{other}"),
                ];
                if mentions.iter().any(|mention| text.contains(mention.as_str())) {
                    faults.push(format!("{}:{line}: {room} mentions {other}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_window_knows_egui() {
    let mut found = Vec::new();
    sources(&root(), &mut found);
    let mut faults = Vec::new();
    for path in found {
        let room = room_of(&path).unwrap_or_default();
        if matches!(room.as_str(), "ui" | "launch") {
            continue;
        }
        for (line, text) in code(&path) {
            if ["egui::", "eframe::", "epaint::", "egui_plot::", "winit::"]
                .iter()
                .any(|word| text.contains(word))
            {
                faults.push(format!("{}:{line}: {}", path.display(), text.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_vendors_words_stay_with_the_vendor() {
    const WORDS: &[&str] = &[
        "idmsg",
        "idlog",
        "bateria",
        "obter_fila",
        "limpar",
        "qrcode_update",
        "sobre_o_erro",
    ];
    let mut found = Vec::new();
    sources(&root(), &mut found);
    let mut faults = Vec::new();
    for path in found {
        let room = room_of(&path).unwrap_or_default();
        if matches!(room.as_str(), "gateway" | "simulator") || is_test_file(&path) {
            continue;
        }
        for (line, text) in code(&path) {
            for word in WORDS.iter().filter(|word| text.contains(**word)) {
                faults.push(format!("{}:{line}: {word}", path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
