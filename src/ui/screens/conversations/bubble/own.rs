//! Files of our own disk, in what we wrote: pictures inline, voice notes that play, tiles for everything else.

use super::document::{attachment_look, attachment_tile, file_actions};
use super::picture::{Picture, PictureFacts};
use super::tile::{Tile, TileWords};
use super::{Part, Tools, voice};
use crate::domain::message::Message;
use crate::domain::opening::extension;
use crate::domain::{Attachment, MediaKind, OutgoingFile};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Want;
use crate::ui::words;
use egui::{Rect, Ui, Vec2};
use std::path::PathBuf;

/// What a message of ours holds besides words.
pub(super) fn part(ui: &Ui, ctx: &UiContext<'_>, message: &Message, width: f32) -> Option<Box<dyn Part>> {
    let attachment = message.attachment.as_ref()?;
    let Some(id) = attachment.file else {
        return Some(Box::new(attachment_tile(ui, ctx, attachment, width)));
    };
    ctx.want(Want::OutgoingFile(id));
    let known = ctx.model.outgoing_file(id);
    let file = known.and_then(|file| file.value.as_ref());
    let name = spoken(ctx, attachment, message);
    Some(match (attachment.kind, file) {
        (MediaKind::Image, file) if file.is_some() || known.is_none_or(|known| known.error.is_none()) => {
            Box::new(Picture::new(ctx, picture(message, file, name), width))
        }
        (_, None) => Box::new(attachment_tile(ui, ctx, attachment, width)),
        (MediaKind::Audio, Some(file)) if super::is_voice(&file.file.mime) => {
            let path = file.file.path(&super::media_folder(ctx));
            Box::new(voice::Voice::new(message.id, path, name, width))
        }
        (_, Some(file)) => Box::new(OwnFile::new(ui, ctx, attachment, file, width)),
    })
}

/// What it is and when it was written, for names of its controls.
fn spoken(ctx: &UiContext<'_>, attachment: &Attachment, message: &Message) -> String {
    let kind = words::media_kind(ctx.text, attachment.kind);
    let time = ctx.text.time(message.created_at);
    t!(ctx, "thread-kind-and-time", kind = kind, time = time)
}

fn picture(message: &Message, file: Option<&OutgoingFile>, name: String) -> PictureFacts {
    PictureFacts {
        id: message.id,
        file: file.map(|file| file.file.clone()),
        pixels: file.and_then(|file| file.pixels),
        thumbnail: None,
        missing: None,
        name,
        is_ours: true,
    }
}

/// A tile of a file that was taken in. It has the same room whether the file is there or not, so that nothing moves
/// when it has been looked up.
struct OwnFile {
    path: PathBuf,
    there: Tile,
    gone: Tile,
}

impl OwnFile {
    fn new(ui: &Ui, ctx: &UiContext<'_>, attachment: &Attachment, file: &OutgoingFile, width: f32) -> Self {
        let (icon, color) = attachment_look(&ctx.theme.colors, attachment);
        let kind = extension(&file.file.name).to_uppercase();
        let size = ctx.text.file_size(file.file.bytes);
        let words = |subtitle| TileWords {
            icon,
            color,
            title: file.file.name.clone(),
            subtitle,
        };
        let line = t!(ctx, "thread-file-line", kind = kind, size = size);
        let mut faint = words(t!(ctx, "thread-own-file-gone"));
        faint.color = ctx.theme.colors.faint;
        Self {
            path: file.file.path(&super::media_folder(ctx)),
            there: Tile::new(ui, ctx, width, words(line), file_actions(ctx, &file.file)),
            gone: Tile::new(ui, ctx, width, faint, Vec::new()),
        }
    }
}

impl Part for OwnFile {
    fn size(&self) -> Vec2 {
        self.there.size().max(self.gone.size())
    }

    fn last_row(&self) -> Option<f32> {
        self.there.last_row()
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, rect: Rect) {
        let there = tools.presence.is_there(ui.ctx(), &self.path, ctx.now);
        let tile = if there == Some(false) {
            &self.gone
        } else {
            &self.there
        };
        tile.show(ui, ctx, tools, rect);
    }
}
