//! A picture in a bubble. Its room is that of the size that was told (or of the small picture that came along), so that
//! nothing moves when the pixels are there.

use super::document::missing_words;
use super::{Part, Tools, Wish};
use crate::domain::incoming::{IncomingMedia, StoredFile};
use crate::domain::{IncomingMessage, MessageId, Timestamp};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::pictures::{PictureKey, Shown, Source, size_of};
use crate::ui::theme::{self, Type, Weight, icons, radius};
use crate::ui::widgets;
use crate::ui::widgets::text::paint_icon;
use egui::epaint::RectShape;
use egui::{
    Align, Color32, CornerRadius, CursorIcon, Key, Layout, Modifiers, Rect, Role, Sense, TextureId, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use std::path::PathBuf;
use std::sync::Arc;

/// Largest width and height in a bubble.
const WIDEST: f32 = 330.0;
const HIGHEST: f32 = 330.0;
/// Smallest, so that there is something to click.
const SMALLEST: f32 = 96.0;
/// The room for a picture of which no size is known.
const UNKNOWN: [u32; 2] = [320, 240];
/// Least width for a picture that is not shown, for the words in its place.
const WORDS: f32 = 220.0;

/// What a picture is shown by.
pub(super) struct PictureFacts {
    /// The message it is in.
    pub(super) id: MessageId,
    /// The file, if it is here.
    pub(super) file: Option<StoredFile>,
    /// Width and height in pixels, as far as they are known.
    pub(super) pixels: Option<(u32, u32)>,
    /// A small picture (encoded).
    pub(super) thumbnail: Option<Arc<[u8]>>,
    /// That it has not come.
    pub(super) missing: Option<String>,
    /// What it is and when it was written, for names of its controls.
    pub(super) name: String,
    /// Whether we sent it.
    pub(super) is_ours: bool,
}

pub(super) struct Picture {
    facts: PictureFacts,
    path: PathBuf,
    size: Vec2,
}

/// What is known of a picture that came.
pub(super) fn incoming(
    ctx: &UiContext<'_>,
    message: &IncomingMessage,
    media: &IncomingMedia,
    name: String,
) -> PictureFacts {
    PictureFacts {
        id: message.id,
        file: media.file.clone(),
        pixels: media.width.zip(media.height),
        thumbnail: media.thumbnail.clone(),
        missing: media.file.is_none().then(|| missing_words(ctx, message)),
        name,
        is_ours: false,
    }
}

impl Picture {
    pub(super) fn new(ctx: &UiContext<'_>, facts: PictureFacts, width: f32) -> Self {
        let told = facts
            .pixels
            .filter(|(width, height)| *width > 0 && *height > 0)
            .map(|(width, height)| [width, height]);
        let thumbnail = || facts.thumbnail.as_deref().and_then(size_of);
        let pixels = told.or_else(thumbnail).unwrap_or(UNKNOWN);
        let path = facts
            .file
            .as_ref()
            .map(|file| file.path(&super::media_folder(ctx)))
            .unwrap_or_default();
        let mut size = fitted(pixels, vec2(width.min(WIDEST), HIGHEST));
        if facts.missing.is_some() {
            size.x = size.x.max(WORDS.min(width));
        }
        Self { facts, path, size }
    }

    /// That it cannot be shown. One of ours was looked at when it was taken in: then the file has gone since.
    fn broken_words(
        &self,
        ui: &Ui,
        ctx: &UiContext<'_>,
        tools: &mut Tools<'_>,
        now: Timestamp,
    ) -> (String, bool) {
        let gone = self.facts.is_ours && tools.presence.is_there(ui.ctx(), &self.path, now) == Some(false);
        if gone {
            (t!(ctx, "thread-own-file-gone"), true)
        } else {
            (t!(ctx, "thread-picture-broken"), false)
        }
    }

    /// What can be drawn: the file if it is there, else the small picture.
    fn texture(&self, ui: &Ui, tools: &mut Tools<'_>) -> (Option<(TextureId, [u32; 2])>, bool) {
        let mut broken = false;
        if let Some(file) = &self.facts.file {
            let key = PictureKey::Inline(file.stored_name.clone());
            match tools
                .pictures
                .get(ui.ctx(), &key, || Source::File(self.path.clone()))
            {
                Shown::Ready(texture, size) => return (Some((texture, size)), false),
                Shown::Broken => broken = true,
                Shown::Loading => {}
            }
        }
        let Some(thumbnail) = self.facts.thumbnail.clone().filter(|_| !broken) else {
            return (None, broken);
        };
        let key = PictureKey::Thumbnail(self.facts.id);
        match tools.pictures.get(ui.ctx(), &key, || Source::Memory(thumbnail)) {
            Shown::Ready(texture, size) => (Some((texture, size)), broken),
            Shown::Loading | Shown::Broken => (None, broken),
        }
    }

    /// That it is not shown, and what can be done.
    fn words_ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        tools: &mut Tools<'_>,
        (rect, broken): (Rect, bool),
    ) {
        let colors = &ctx.theme.colors;
        let (words, gone) = match (&self.facts.missing, broken) {
            (Some(words), _) => (words.clone(), false),
            (None, true) => self.broken_words(ui, ctx, tools, ctx.now),
            (None, false) => return,
        };
        let saved = broken && !gone;
        let inside = rect.shrink(8.0);
        let height = if saved { 86.0 } else { 56.0 };
        if self.facts.thumbnail.is_some() && !broken {
            // The words stand on what can be seen of the picture.
            let ground = Rect::from_center_size(inside.center(), vec2(inside.width(), height + 12.0));
            let corners = CornerRadius::same(radius::CONTROL);
            ui.painter()
                .rect_filled(ground, corners, theme::faded(colors.bubble_in, 0.86));
        }
        let builder = UiBuilder::new()
            .id_salt("not shown")
            .max_rect(inside)
            .layout(Layout::top_down(Align::Center));
        ui.scope_builder(builder, |ui| {
            ui.add_space(((inside.height() - height) / 2.0).max(0.0));
            let icon = if broken { icons::WARNING } else { icons::CLOCK };
            widgets::icon(ui, ctx.theme, icon, 20.0, colors.dim);
            ui.add_space(4.0);
            widgets::label(ui, ctx.theme, words, Type::Hint, Weight::Regular, colors.dim);
            let Some(file) = self.facts.file.as_ref().filter(|_| saved) else {
                return;
            };
            ui.add_space(4.0);
            let save = widgets::Button::ghost(t!(ctx, "thread-save-as"))
                .name(t!(ctx, "thread-save-file", name = file.name.as_str()))
                .icon(icons::DOWNLOAD)
                .color(colors.accent)
                .small();
            if save.show(ui, ctx.theme).clicked() {
                ctx.act(UiAction::SaveStoredFile {
                    path: self.path.clone(),
                    name: file.name.clone(),
                });
            }
        });
    }
}

impl Part for Picture {
    fn size(&self) -> Vec2 {
        self.size
    }

    fn bleeds(&self) -> bool {
        true
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, rect: Rect) {
        let colors = &ctx.theme.colors;
        let corners = CornerRadius::same(radius::CONTROL);
        ui.painter()
            .rect_filled(rect, corners, theme::faded(colors.text, 0.05));
        let (texture, broken) = self.texture(ui, tools);
        if let Some((texture, size)) = texture {
            // A thumbnail of a few pixels fills the room like what it stands for.
            let place = Rect::from_center_size(rect.center(), within(size, rect.size()));
            let place = if (place.size() - rect.size()).abs().max_elem() < 3.0 {
                rect
            } else {
                place
            };
            paint_texture(ui, texture, place, corners, Color32::WHITE);
        } else if !broken && self.facts.missing.is_none() {
            paint_icon(ui, rect.center(), icons::IMAGE, 24.0, colors.faint);
        }
        self.words_ui(ui, ctx, tools, (rect, broken));
        if self.facts.file.is_none() || broken {
            return;
        }
        let response = ui.interact(rect, ui.scope_id().with("picture"), Sense::click());
        response.widget_info(|| {
            let name = t!(ctx, "thread-picture-open", name = self.facts.name.as_str());
            WidgetInfo::labeled(Role::Button, true, name)
        });
        widgets::focus_ring(ui, ctx.theme, &response, radius::CONTROL);
        let enter =
            response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if response.on_hover_cursor(CursorIcon::ZoomIn).clicked() || enter {
            tools.wishes.push(Wish::View(self.facts.id));
        }
    }
}

/// Paints a texture with round corners.
pub(super) fn paint_texture(ui: &Ui, texture: TextureId, place: Rect, corners: CornerRadius, tint: Color32) {
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    let shape = RectShape::filled(place, corners, tint).with_texture(texture, whole);
    ui.painter().add(shape);
}

/// The largest size of these proportions within `room`; small pictures are not made larger than they are, but never
/// smaller than a finger's width.
fn fitted(pixels: [u32; 2], room: Vec2) -> Vec2 {
    let own = vec2(pixels[0] as f32, pixels[1] as f32);
    let size = within(pixels, room.min(own));
    vec2(size.x.max(SMALLEST.min(room.x)), size.y.max(SMALLEST.min(room.y))).round()
}

/// The largest size of these proportions within `room`.
fn within(pixels: [u32; 2], room: Vec2) -> Vec2 {
    let pixels = vec2(pixels[0] as f32, pixels[1] as f32);
    pixels * (room.x / pixels.x).min(room.y / pixels.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_finds_its_room() {
        let room = vec2(330.0, 330.0);
        assert_eq!(fitted([1_320, 660], room), vec2(330.0, 165.0));
        assert_eq!(fitted([200, 150], room), vec2(200.0, 150.0));
        assert_eq!(fitted([8_000, 10], room), vec2(330.0, 96.0));
        assert_eq!(fitted([1, 1], vec2(60.0, 330.0)), vec2(60.0, 96.0));
    }
}
