//! A place: where it is in numbers, and the way to a map.

use super::actions::Action;
use super::picture::paint_texture;
use super::tile::{Tile, TileWords};
use super::{Part, Tools};
use crate::domain::incoming::Place;
use crate::domain::{IncomingMessage, MessageId};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::pictures::{PictureKey, Shown, Source, size_of};
use crate::ui::theme::{self, icons, radius, space};
use egui::{Color32, CornerRadius, Rect, Ui, Vec2, vec2};
use std::sync::Arc;

/// Largest width and height of the small map that may come along.
const MAP: Vec2 = Vec2::new(280.0, 150.0);

/// The place of a message; with the small map, if one came along.
pub(super) struct PlacePart {
    id: MessageId,
    map: Option<(Arc<[u8]>, Vec2)>,
    tile: Tile,
}

impl PlacePart {
    /// `None` if no place was told.
    pub(super) fn new(ui: &Ui, ctx: &UiContext<'_>, message: &IncomingMessage, width: f32) -> Option<Self> {
        let tile = place_tile(ui, ctx, message.place?, width);
        let thumbnail = message.media.as_ref().and_then(|media| media.thumbnail.clone());
        let map = thumbnail.and_then(|bytes| {
            let [across, down] = size_of(&bytes)?.map(|side| side as f32);
            let room = vec2(MAP.x.min(width), MAP.y);
            let scale = (room.x / across).min(room.y / down);
            Some((bytes, vec2(across, down) * scale))
        });
        Some(Self {
            id: message.id,
            map,
            tile,
        })
    }
}

impl Part for PlacePart {
    fn size(&self) -> Vec2 {
        let tile = self.tile.size();
        match &self.map {
            Some((_, map)) => vec2(tile.x.max(map.x), tile.y + map.y + space::S),
            None => tile,
        }
    }

    fn last_row(&self) -> Option<f32> {
        self.tile.last_row()
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, rect: Rect) {
        let mut rest = rect;
        if let Some((bytes, size)) = &self.map {
            let place = Rect::from_min_size(rect.min, *size);
            let corners = CornerRadius::same(radius::CONTROL);
            ui.painter()
                .rect_filled(place, corners, theme::faded(ctx.theme.colors.text, 0.05));
            let key = PictureKey::Thumbnail(self.id);
            let bytes = bytes.clone();
            if let Shown::Ready(texture, _) = tools.pictures.get(ui.ctx(), &key, || Source::Memory(bytes)) {
                paint_texture(ui, texture, place, corners, Color32::WHITE);
            }
            rest.min.y += size.y + space::S;
        }
        self.tile.show(ui, ctx, tools, rest);
    }
}

fn place_tile(ui: &Ui, ctx: &UiContext<'_>, place: Place, width: f32) -> Tile {
    let title = if place.live {
        t!(ctx, "thread-place-live")
    } else {
        t!(ctx, "incoming-place")
    };
    let words = TileWords {
        icon: icons::MAP_PIN,
        color: ctx.theme.colors.accent,
        title,
        subtitle: coordinates(ctx, place),
    };
    let plain = format!("{:.6}, {:.6}", place.latitude, place.longitude);
    let address = format!(
        "https://www.openstreetmap.org/?mlat={0:.6}&mlon={1:.6}#map=17/{0:.6}/{1:.6}",
        place.latitude, place.longitude
    );
    let actions = vec![
        Action {
            word: t!(ctx, "thread-open-map"),
            name: t!(ctx, "thread-open-map"),
            icon: icons::EXTERNAL_LINK,
            make: Box::new(move || UiAction::OpenUrl(address.clone())),
        },
        Action {
            word: t!(ctx, "copy"),
            name: t!(ctx, "thread-copy-place"),
            icon: icons::COPY,
            make: Box::new(move || UiAction::CopyText(plain.clone())),
        },
    ];
    Tile::new(ui, ctx, width, words, actions)
}

/// The coordinates as the language writes them: `23,55052° S, 46,63331° O`.
fn coordinates(ctx: &UiContext<'_>, place: Place) -> String {
    let degrees = |value: f64| ctx.text.decimal(value.abs(), 5);
    let (latitude, longitude) = (degrees(place.latitude), degrees(place.longitude));
    let latitude = if place.latitude < 0.0 {
        t!(ctx, "thread-place-south", degrees = latitude)
    } else {
        t!(ctx, "thread-place-north", degrees = latitude)
    };
    let longitude = if place.longitude < 0.0 {
        t!(ctx, "thread-place-west", degrees = longitude)
    } else {
        t!(ctx, "thread-place-east", degrees = longitude)
    };
    t!(
        ctx,
        "thread-place-both",
        latitude = latitude,
        longitude = longitude
    )
}
