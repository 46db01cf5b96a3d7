//! Files of our own disk in the thread: what we sent, and what is being put where the gateway can fetch it.

use super::bench::{dark, message, outgoing};
use super::both_sides::{BothSides, file, incoming, landscape, picture};
use crate::domain::hosting::PreparingStep;
use crate::domain::incoming::StoredFile;
use crate::domain::message::{Message, MessageState, Reason, ReasonKind};
use crate::domain::{Attachment, MediaKind, OutgoingFile, OutgoingFileId, ThreadEntry};
use crate::engine::{Command, Event, Live, OutboxCommand, Question};
use crate::ui::testing::NOW;
use egui::Key;
use egui::Modifiers;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// A file as it was taken in.
fn taken_in(file: StoredFile, kind: MediaKind, pixels: Option<(u32, u32)>) -> OutgoingFile {
    OutgoingFile {
        id: OutgoingFileId::new(),
        account: crate::domain::AccountId::new(),
        file,
        kind,
        pixels,
        created_at: NOW,
    }
}

/// A message of ours with this file, so many minutes ago.
fn with(file: &OutgoingFile, minutes: u64, state: MessageState, text: &str) -> Message {
    Message {
        attachment: Some(Attachment::from_file(file)),
        ..message(minutes, state, text)
    }
}

fn preparing(file: &OutgoingFile, reason: Option<ReasonKind>) -> Message {
    Message {
        reason: reason.map(Reason::new),
        attempts: 0,
        ..with(file, 1, MessageState::Preparing, "Veja a foto")
    }
}

fn photo(folder: &Path) -> OutgoingFile {
    let size = (900, 600);
    let stored = file(folder, "vitrine.png", "image/png", &landscape(size.0, size.1, 90));
    taken_in(stored, MediaKind::Image, Some(size))
}

/// A window over a thread of these, which it can ask about.
fn shown(
    size: [f32; 2],
    change: impl FnOnce(&mut Live),
    make: impl FnOnce(&Path) -> (Vec<OutgoingFile>, Vec<ThreadEntry>),
) -> BothSides {
    let mut files = Vec::new();
    let mut both = BothSides::new(size, 0, change, |folder| {
        let (made, entries) = make(folder);
        files = made;
        entries
    });
    // The questions of the first frames were answered before the files were there.
    both.bench.stored.sent_files = files;
    both.bench.tell(Event::Overflow);
    both.bench.taken();
    both
}

const USUAL: [f32; 2] = [1_280.0, 800.0];

/// Every kind, the newest last.
fn every_file(folder: &Path) -> (Vec<OutgoingFile>, Vec<ThreadEntry>) {
    let pdf = file(folder, "orcamento-1842.pdf", "application/pdf", &[2; 184_000]);
    let pdf = taken_in(pdf, MediaKind::Document, None);
    let voice = file(folder, "recado.ogg", "audio/ogg", &[1; 24_000]);
    let voice = taken_in(voice, MediaKind::Audio, None);
    let song = file(folder, "jingle.mp3", "audio/mpeg", &[3; 900_000]);
    let song = taken_in(song, MediaKind::Audio, None);
    let photo = photo(folder);
    let read = MessageState::Read;
    let entries = vec![
        outgoing(with(&photo, 40, read, "Chegou a *linha nova* ✨")),
        outgoing(with(&pdf, 30, read, "Segue o orçamento")),
        outgoing(with(&voice, 20, MessageState::Delivered, "")),
        outgoing(with(&song, 10, MessageState::Sent, "")),
    ];
    (vec![photo, pdf, voice, song], entries)
}

fn named(both: &BothSides, words: &str) -> String {
    let texts = both.bench.texts();
    let found = texts.iter().find(|text| text.starts_with(words));
    found.unwrap_or_else(|| panic!("{words}: {texts:#?}")).clone()
}

#[test]
fn what_we_sent_is_shown_played_and_opened() {
    let mut both = shown([1_280.0, 1_400.0], |_| {}, every_file);
    for words in [
        "Ampliar Imagem, ",
        "orcamento-1842.pdf, PDF · 180 KB",
        "Abrir orcamento-1842.pdf",
        "Salvar orcamento-1842.pdf como…",
        "Ouvir Áudio, ",
        "jingle.mp3, MP3 · 879 KB",
    ] {
        assert!(both.bench.tells(words), "{words}: {:#?}", both.bench.texts());
    }
    let play = named(&both, "Ouvir Áudio");
    both.bench.click(&play);
    assert_eq!(both.bench.played.player.played.lock().unwrap().len(), 1);
    both.bench.click("Abrir orcamento-1842.pdf");
    both.until(|both| !both.bench.played.system.opened.lock().unwrap().is_empty());
    let opened = both.bench.played.system.opened.lock().unwrap()[0].clone();
    assert_eq!(std::fs::metadata(&opened).unwrap().len(), 184_000);
    let target = both.folder.path().join("salvo.mp3");
    *both.bench.played.system.save_to.lock().unwrap() = Some(target.clone());
    both.bench.click("Salvar jingle.mp3 como…");
    both.until(|_| std::fs::metadata(&target).is_ok_and(|saved| saved.len() == 900_000));
}

#[test]
fn a_file_is_asked_for_once_and_kept() {
    let mut both = shown(USUAL, |_| {}, every_file);
    both.bench.asked.clear();
    both.scroll(400.0);
    both.scroll(-400.0);
    both.bench.tell(Event::Messages {
        ids: Vec::new(),
        conversations: vec![both.id()],
    });
    let asked = both.bench.asked.iter();
    assert_eq!(
        asked
            .filter(|asked| matches!(asked, Question::OutgoingFile(_)))
            .count(),
        0
    );
}

#[test]
fn nothing_moves_when_a_file_has_been_read_about() {
    // The picture stands above what the reader looks at, and its size is told late.
    let mut files = Vec::new();
    let mut both =
        BothSides::new(
            [1_280.0, 900.0],
            0,
            |_| {},
            |folder| {
                let stored = file(folder, "alta.png", "image/png", &landscape(200, 900, 10));
                let photo = taken_in(stored, MediaKind::Image, Some((200, 900)));
                let mut entries = vec![outgoing(with(&photo, 90, MessageState::Read, ""))];
                entries.extend((0..12).map(|index| {
                    outgoing(message(60 - index, MessageState::Read, &format!("linha {index}")))
                }));
                files = vec![photo];
                entries
            },
        );
    let before = both.rect("linha 11 ").unwrap();
    both.bench.stored.sent_files = files;
    both.bench.tell(Event::Overflow);
    assert!((both.rect("linha 11 ").unwrap().top() - before.top()).abs() < 0.5);
}

#[test]
fn a_thread_that_opens_at_its_end_stays_there_when_its_files_are_read_about() {
    let mut files = Vec::new();
    let mut both = BothSides::new(
        [1_280.0, 800.0],
        0,
        |_| {},
        |folder| {
            let stored = file(folder, "alta.png", "image/png", &landscape(300, 330, 10));
            let photo = taken_in(stored, MediaKind::Image, Some((300, 330)));
            let mut entries: Vec<_> = (0..30)
                .map(|index| outgoing(message(90 - index, MessageState::Read, &format!("linha {index}"))))
                .collect();
            entries.push(outgoing(with(&photo, 20, MessageState::Read, "")));
            entries.push(outgoing(message(10, MessageState::Read, "a última")));
            files = vec![photo];
            entries
        },
    );
    both.bench.open(1);
    both.bench.stored.sent_files = files;
    both.bench.tell(Event::Overflow);
    both.bench.open(0);
    let last = both.rect("a última ").unwrap();
    let composer = both.bench.rect("Mensagem");
    let between = composer.top() - last.bottom();
    assert!((0.0..60.0).contains(&between), "{between}");
}

#[test]
fn the_viewer_shows_pictures_of_both_sides() {
    let mut both = shown(
        USUAL,
        |_| {},
        |folder| {
            let photo = photo(folder);
            let theirs = picture(folder, 30, "deles.png", (600, 400), "");
            let entries = vec![
                incoming(theirs),
                outgoing(with(&photo, 20, MessageState::Read, "")),
            ];
            (vec![photo], entries)
        },
    );
    let name = named(&both, "Ampliar Imagem");
    both.bench.click(&name);
    assert!(
        both.bench.tells("2 de 2") && both.bench.tells("vitrine.png"),
        "{:#?}",
        both.bench.texts()
    );
    both.bench.press(Modifiers::NONE, Key::ArrowLeft);
    assert!(both.bench.tells("1 de 2") && both.bench.tells("deles.png"));
}

#[test]
fn what_is_no_longer_on_this_disk_says_so() {
    let mut both = shown(
        [1_280.0, 1_400.0],
        |_| {},
        |folder| {
            let (files, entries) = every_file(folder);
            for one in &files {
                std::fs::remove_file(one.file.path(&folder.join("media"))).unwrap();
            }
            (files, entries)
        },
    );
    let gone = "Este arquivo não está mais neste computador.";
    // The picture, the document and the song.
    both.until(|both| {
        let texts = both.bench.texts();
        texts.iter().filter(|text| text.contains(gone)).count() == 3
    });
    assert!(!both.sees("Abrir orcamento-1842.pdf") && !both.sees("Ampliar Imagem"));
}

#[test]
fn a_file_that_cannot_be_read_about_still_has_its_name() {
    let both = BothSides::new([1_280.0, 1_400.0], 0, |_| {}, |folder| every_file(folder).1);
    for words in [
        "vitrine.png, Imagem",
        "orcamento-1842.pdf, Documento",
        "jingle.mp3, Áudio",
    ] {
        assert!(both.bench.tells(words), "{words}: {:#?}", both.bench.texts());
    }
}

/// Puts a step into the picture of the engine.
fn step(both: &mut BothSides, file: &OutgoingFile, step: Option<PreparingStep>) {
    let (id, account) = (file.id, file.account);
    both.bench.played.engine.change(|live| {
        let preparing = Arc::make_mut(&mut live.preparing);
        match step {
            Some(step) => preparing.insert(id, (account, step)),
            None => preparing.remove(&id),
        };
    });
    both.bench.settle();
}

#[test]
fn a_file_that_is_put_in_its_place_tells_how_far_it_is() {
    let mut both = shown(
        USUAL,
        |_| {},
        |folder| {
            let photo = photo(folder);
            let entries = vec![outgoing(preparing(&photo, None))];
            (vec![photo], entries)
        },
    );
    let photo = both.bench.stored.sent_files[0].clone();
    assert!(both.bench.tells("O arquivo espera a vez de ser preparado."));
    let total = 1_000;
    for (now, words) in [
        (
            PreparingStep::Uploading { done: 429, total },
            "Colocando o arquivo no lugar, 42%",
        ),
        (
            PreparingStep::Uploading { done: 999, total },
            "Colocando o arquivo no lugar, 99%",
        ),
        (
            PreparingStep::Checking { done: 0, total: 0 },
            "Conferindo o arquivo, 0%",
        ),
        (
            PreparingStep::Checking { done: total, total },
            "Conferindo o arquivo, 100%",
        ),
    ] {
        step(&mut both, &photo, Some(now));
        assert!(both.bench.tells(words), "{words}: {:#?}", both.bench.texts());
        assert!(!both.bench.shows("Tentar agora"), "it is being tried");
    }
    let rest = both.bench.played.harness.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(
        rest > Duration::from_millis(500),
        "nothing moves by itself: {rest:?}"
    );
    both.bench.click("Cancelar envio");
    assert!(matches!(
        both.bench.taken()[..],
        [Command::Outbox(OutboxCommand::Cancel(_))]
    ));
}

#[test]
fn why_a_file_waits_is_told_with_the_ways_out() {
    for kind in ReasonKind::ALL {
        let mut both = shown(
            USUAL,
            |_| {},
            |folder| {
                let photo = photo(folder);
                let entries = vec![outgoing(preparing(&photo, Some(*kind)))];
                (vec![photo], entries)
            },
        );
        let text = crate::ui::text::Localizer::new(crate::ui::text::Language::Portuguese);
        let sentence = text.get(&format!("reason-{}", kind.key()));
        // The sentence is painted: the picture of the screen reader has it in the queue and the history.
        assert!(both.bench.shows("Cancelar envio"), "{sentence}");
        let again = *kind != ReasonKind::Scheduled;
        assert_eq!(both.bench.shows("Tentar agora"), again, "{sentence}");
        if again {
            both.bench.click("Tentar agora");
            assert!(matches!(
                both.bench.taken()[..],
                [Command::Outbox(OutboxCommand::Retry(_))]
            ));
        }
    }
}

#[test]
fn files_of_ours_are_drawn() {
    let for_the_eye = std::env::var_os("RECADO_PICTURES").is_some();
    let looks = [
        ("light", false, 1.0, USUAL),
        ("dark", true, 1.0, USUAL),
        ("small", true, 1.0, [560.0, 720.0]),
        ("scaled", false, 1.5, [854.0, 534.0]),
    ];
    let count = if for_the_eye { looks.len() } else { 1 };
    for (look, is_dark, scale, size) in looks.into_iter().take(count) {
        let change = |live: &mut Live| {
            if is_dark {
                dark(live);
            }
        };
        let mut both = shown(size, change, |folder| {
            let (mut files, mut entries) = every_file(folder);
            entries.truncate(2);
            let waiting = photo(folder);
            entries.push(outgoing(preparing(
                &waiting,
                Some(ReasonKind::AttachmentUnreachable),
            )));
            let now = file(folder, "catalogo-2026.pdf", "application/pdf", &[5; 4_200_000]);
            let now = taken_in(now, MediaKind::Document, None);
            entries.push(outgoing(preparing(&now, None)));
            files.extend([waiting, now]);
            (files, entries)
        });
        both.bench.played.harness.set_pixels_per_point(scale);
        let last = both.bench.stored.sent_files.last().unwrap().clone();
        let half = PreparingStep::Uploading {
            done: 1_764_000,
            total: 4_200_000,
        };
        step(&mut both, &last, Some(half));
        for page in 0..if for_the_eye { 3 } else { 1 } {
            // For the eye: what is being decoded is waited for.
            for _ in 0..if for_the_eye { 60 } else { 1 } {
                both.bench.settle();
                std::thread::yield_now();
            }
            let picture = both.bench.picture(&format!("own-files-{page}-{look}"));
            let first = *picture.get_pixel(0, 0);
            assert!(picture.pixels().any(|pixel| *pixel != first));
            both.scroll(size[1] - 260.0);
        }
    }
}
