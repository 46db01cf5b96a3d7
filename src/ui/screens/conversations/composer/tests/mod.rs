//! Attachments in the composer, driven by names and keys over a played engine.

mod drafts;
mod flows;
mod hostile;
mod limits;
mod looks;
mod others;
mod templates;
mod windows;

use crate::domain::incoming::StoredFile;
use crate::domain::outgoing::{FileProblem, FileSource, PictureChange};
use crate::domain::{Attachment, MediaKind, OutgoingFile, OutgoingFileId};
use crate::engine::{Answer, AttachmentCommand, Command, Event, OutboxCommand, Ticket};
use crate::ui::screens::conversations::bench::Bench;
use crate::ui::testing::NOW;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const TEXT: &str = "Mensagem";

/// A file that is dropped.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        panic!("the window reads no files")
    }
}

fn drop_files(bench: &mut Bench, paths: &[&str]) {
    let input = bench.played.harness.input_mut();
    for path in paths {
        input.dropped_files.push(Arc::new(Dropped(path.into())));
    }
    bench.settle();
}

fn hover_files(bench: &mut Bench, count: usize) {
    let hovered = egui::HoveredFile {
        path: Some("/home/ana/foto.jpg".into()),
        ..Default::default()
    };
    bench.played.harness.input_mut().hovered_files = vec![hovered; count];
    bench.settle();
}

fn paste_picture(bench: &mut Bench) {
    let image = Arc::new(egui::ColorImage::filled([3, 2], egui::Color32::WHITE));
    bench.played.harness.event(egui::Event::PasteImage(image));
    bench.settle();
}

/// What was asked to be taken in: tickets, sources and changes.
fn asked(commands: Vec<AttachmentCommand>) -> Vec<(Ticket, FileSource, PictureChange)> {
    let one = |command| match command {
        AttachmentCommand::TakeIn {
            ticket,
            source,
            change,
            ..
        } => Some((ticket, source, change)),
        _ => None,
    };
    commands.into_iter().filter_map(one).collect()
}

fn discarded(commands: &[AttachmentCommand]) -> Vec<OutgoingFileId> {
    let one = |command: &AttachmentCommand| match command {
        AttachmentCommand::Discard(id) => Some(*id),
        _ => None,
    };
    commands.iter().filter_map(one).collect()
}

/// The only file that was asked to be taken in.
fn one_asked(bench: &mut Bench) -> (Ticket, FileSource, PictureChange) {
    let mut all = asked(bench.about_files());
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

/// A file as the engine has it. The digest is that of the name, for these tests.
fn file(bench: &Bench, name: &str, bytes: u64) -> OutgoingFile {
    let mut sha256 = [0; 32];
    for (byte, letter) in sha256.iter_mut().zip(name.bytes()) {
        *byte = letter;
    }
    let is_picture = name.ends_with(".jpg") || name.ends_with(".png");
    OutgoingFile {
        id: OutgoingFileId::new(),
        account: bench.account(),
        file: StoredFile {
            stored_name: format!("stored-{name}"),
            name: name.into(),
            bytes,
            mime: if is_picture {
                "image/jpeg"
            } else {
                "application/pdf"
            }
            .into(),
            sha256,
        },
        kind: if is_picture {
            MediaKind::Image
        } else {
            MediaKind::Document
        },
        pixels: is_picture.then_some((1_200, 800)),
        created_at: NOW,
    }
}

fn answer(bench: &mut Bench, ticket: Ticket, answer: Result<OutgoingFile, FileProblem>) {
    bench.tell(Event::Answer(ticket, Answer::TakenIn(answer)));
}

/// Drops a file and has it taken in.
fn with_file(bench: &mut Bench, name: &str, bytes: u64) -> OutgoingFile {
    drop_files(bench, &[&format!("/home/ana/{name}")]);
    let (ticket, ..) = one_asked(bench);
    let file = file(bench, name, bytes);
    answer(bench, ticket, Ok(file.clone()));
    file
}

/// The only send: its ticket, text and attachments.
fn one_send(bench: &mut Bench) -> (Ticket, String, Vec<Attachment>) {
    let commands = bench.taken().into_iter();
    let mut sends = commands.filter_map(|command| match command {
        Command::Outbox(OutboxCommand::Send {
            ticket,
            text,
            attachments,
            ..
        }) => Some((ticket, text, attachments)),
        _ => None,
    });
    let first = sends.next().unwrap();
    assert!(sends.next().is_none());
    first
}

/// Listening under a public address: nothing stands in the way of files.
fn reachable(live: &mut crate::engine::Live) {
    live.listener.state = crate::engine::ListenerState::Listening(([127, 0, 0, 1], 4_100).into());
    live.settings = Arc::new(crate::domain::settings::Settings {
        public_url: Some("https://recado.example".into()),
        ..crate::domain::settings::Settings::clone(&live.settings)
    });
}
