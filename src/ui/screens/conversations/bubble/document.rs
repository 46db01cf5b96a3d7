//! Files: documents and films with what can be done with them, and files that have not come yet.

use super::actions::Action;
use super::tile::{Tile, TileWords};
use crate::domain::incoming::{IncomingMedia, StoredFile};
use crate::domain::opening::extension;
use crate::domain::{Attachment, IncomingKind, IncomingMessage, MediaKind};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::theme::{Palette, icons};
use crate::ui::words;
use egui::{Color32, Ui};

/// A file that came.
pub(super) fn file_tile(
    ui: &Ui,
    ctx: &UiContext<'_>,
    message: &IncomingMessage,
    file: &StoredFile,
    width: f32,
) -> Tile {
    let (icon, color) = look(&ctx.theme.colors, message.kind, &file.name);
    let extension = extension(&file.name).to_uppercase();
    let size = ctx.text.file_size(file.bytes);
    let kind = if extension.is_empty() {
        words::incoming_kind(ctx.text, message.kind)
    } else {
        extension
    };
    let words = TileWords {
        icon,
        color,
        title: file.name.clone(),
        subtitle: t!(ctx, "thread-file-line", kind = kind, size = size),
    };
    Tile::new(ui, ctx, width, words, file_actions(ctx, file))
}

/// *Open*, for kinds that run nothing, and *Save as…*.
pub(super) fn file_actions(ctx: &UiContext<'_>, file: &StoredFile) -> Vec<Action> {
    let mut actions = Vec::new();
    let path = file.path(&super::media_folder(ctx));
    if file.may_be_opened() {
        let (path, name) = (path.clone(), file.name.clone());
        actions.push(Action {
            word: t!(ctx, "open"),
            name: t!(ctx, "thread-open-file", name = file.name.as_str()),
            icon: icons::EXTERNAL_LINK,
            make: Box::new(move || UiAction::OpenFile {
                path: path.clone(),
                name: name.clone(),
            }),
        });
    }
    let name = file.name.clone();
    actions.push(Action {
        word: t!(ctx, "thread-save-as"),
        name: t!(ctx, "thread-save-file", name = file.name.as_str()),
        icon: icons::DOWNLOAD,
        make: Box::new(move || UiAction::SaveStoredFile {
            path: path.clone(),
            name: name.clone(),
        }),
    });
    actions
}

/// A file that has not come, with how long it is awaited.
pub(super) fn missing_tile(
    ui: &Ui,
    ctx: &UiContext<'_>,
    message: &IncomingMessage,
    media: &IncomingMedia,
    width: f32,
) -> Tile {
    let (icon, _) = look(&ctx.theme.colors, message.kind, "");
    let kind = words::incoming_kind(ctx.text, message.kind);
    let title = match media.told_bytes {
        Some(bytes) => t!(
            ctx,
            "thread-file-line",
            kind = kind,
            size = ctx.text.file_size(bytes)
        ),
        None => kind,
    };
    let words = TileWords {
        icon,
        color: ctx.theme.colors.faint,
        title,
        subtitle: missing_words(ctx, message),
    };
    Tile::new(ui, ctx, width, words, Vec::new())
}

/// That a file has not come, and since when it is awaited.
pub(super) fn missing_words(ctx: &UiContext<'_>, message: &IncomingMessage) -> String {
    let minute = std::time::Duration::from_secs(60);
    let waited = ctx.now.since(message.received_at);
    if waited < std::time::Duration::from_secs(3_600) {
        ctx.wake_at(ctx.now.plus(minute));
    }
    let age = ctx.text.ago(message.received_at, ctx.now);
    t!(ctx, "thread-file-not-here", age = age)
}

/// An attachment of ours of which nothing more is known: an address, or a file that is still being read about.
pub(super) fn attachment_tile(ui: &Ui, ctx: &UiContext<'_>, attachment: &Attachment, width: f32) -> Tile {
    let (icon, color) = attachment_look(&ctx.theme.colors, attachment);
    let words = TileWords {
        icon,
        color,
        title: attachment.name.clone(),
        subtitle: words::media_kind(ctx.text, attachment.kind),
    };
    Tile::new(ui, ctx, width, words, Vec::new())
}

/// The icon and the colour of an attachment of ours.
pub(super) fn attachment_look(colors: &Palette, attachment: &Attachment) -> (&'static str, Color32) {
    let is_pdf = extension(&attachment.name) == "pdf";
    let color = if is_pdf { colors.bad } else { colors.accent };
    (media_icon(attachment.kind), color)
}

/// The icon of a kind of file.
pub(in super::super) fn media_icon(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Image => icons::IMAGE,
        MediaKind::Document => icons::FILE_TEXT,
        MediaKind::Audio => icons::MUSIC,
        MediaKind::Video => icons::VIDEO,
    }
}

pub(super) fn look(colors: &Palette, kind: IncomingKind, name: &str) -> (&'static str, Color32) {
    match (kind, extension(name).as_str()) {
        (IncomingKind::Image, _) => (icons::IMAGE, colors.accent),
        (IncomingKind::Voice, _) => (icons::MIC, colors.accent),
        (IncomingKind::Audio, _) => (icons::MUSIC, colors.accent),
        (IncomingKind::Video, _) => (icons::VIDEO, colors.accent),
        (_, "pdf") => (icons::FILE_TEXT, colors.bad),
        (_, "doc" | "docx" | "odt" | "txt" | "rtf") => (icons::FILE_TEXT, colors.info),
        (_, "xls" | "xlsx" | "ods" | "csv") => (icons::FILE_TEXT, colors.ok),
        (_, "ppt" | "pptx" | "odp") => (icons::FILE_TEXT, colors.warn),
        _ => (icons::FILE, colors.dim),
    }
}
