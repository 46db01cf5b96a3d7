//! A file that came as an address only: what it is, from where it would be fetched, and the button that fetches it. Nothing
//! is fetched without it: whoever owns that address learns from where it was asked for.

use super::super::fetches::{Fetch, Fetches, error_words};
use super::actions::INDENT;
use super::document::look;
use super::tile::{Tile, TileWords};
use super::{Part, Tools, Wish};
use crate::domain::incoming::IncomingMedia;
use crate::domain::text::shown_name;
use crate::domain::{IncomingMessage, MessageId};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::text::layout;
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::{Align, Galley, Layout, Rect, Ui, UiBuilder, Vec2, pos2, vec2};
use std::sync::Arc;

/// Height of the row with the button, with the room above it.
const ROW: f32 = 34.0;
/// Room for how far a file is, in points: side of the ring, and the words beside it.
const RING: f32 = 16.0;
const STEP_WORDS: f32 = 132.0;
/// What a button is wider than its word: margins, icon, and the gap between.
const AROUND_WORD: f32 = 2.0 * 12.0 + 16.0 + 8.0;

pub(super) struct Remote {
    id: MessageId,
    tile: Tile,
    problem: Option<Arc<Galley>>,
    under_way: bool,
    /// How large it is said to be, in bytes.
    told_bytes: Option<u64>,
    /// On the button, and its accessible name.
    words: (String, String),
    /// Width of the row with the button.
    row: f32,
    size: Vec2,
}

impl Remote {
    /// The tile for a message whose file is at an address; `None` if it is at none.
    pub(super) fn new(
        ui: &Ui,
        ctx: &UiContext<'_>,
        message: &IncomingMessage,
        media: &IncomingMedia,
        (fetches, width): (&Fetches, f32),
    ) -> Option<Self> {
        let address = media.content_url.as_deref().filter(|_| media.file.is_none())?;
        let name = media.content_name.as_deref().map(shown_name).unwrap_or_default();
        let (icon, color) = look(&ctx.theme.colors, message.kind, &name);
        let kind = words::incoming_kind(ctx.text, message.kind);
        let title = if name.is_empty() { kind } else { name };
        let host = host(address);
        let subtitle = match media.told_bytes {
            Some(bytes) => {
                let size = ctx.text.file_size(bytes);
                t!(ctx, "thread-remote-size", host = host.as_str(), size = size)
            }
            None => t!(ctx, "thread-remote", host = host.as_str()),
        };
        let fetch = fetches.of(message.id);
        let under_way = matches!(fetch, Some(Fetch::Under(_)));
        let problem = match fetch {
            Some(Fetch::Failed(error)) => {
                let words = error_words(ctx.text, error);
                let color = ctx.theme.colors.bad;
                Some(layout(ui, words, Type::Hint, Weight::Regular, color, width, 5))
            }
            _ => None,
        };
        let (word, full) = button_words(ctx, (under_way, problem.is_some()), &title, &host);
        let words = TileWords {
            icon,
            color,
            title,
            subtitle,
        };
        let tile = Tile::new(ui, ctx, width, words, Vec::new());
        let galley = layout(
            ui,
            word.as_str(),
            Type::Body,
            Weight::Medium,
            ctx.theme.colors.text,
            400.0,
            1,
        );
        let beside = if under_way { RING + STEP_WORDS } else { 0.0 };
        let row = beside + galley.size().x + AROUND_WORD;
        let said = problem.as_ref().map_or(Vec2::ZERO, |problem| {
            vec2(problem.size().x, problem.size().y + space::XS)
        });
        let widest = tile.size().x.max(row).max(said.x).min(width);
        Some(Self {
            id: message.id,
            size: vec2(widest, tile.size().y + said.y + ROW),
            tile,
            problem,
            under_way,
            told_bytes: media.told_bytes,
            words: (word, full),
            row,
        })
    }

    /// How far the file is, and the way to stop it.
    fn under_way_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>) {
        let step = ctx.live.fetching.get(&self.id).copied().unwrap_or_default();
        // What was said before counts where the answer itself says nothing.
        let total = step.total.or(self.told_bytes).filter(|total| *total >= step.done);
        let share = total.filter(|total| *total > 0).map(|total| {
            #[allow(clippy::cast_precision_loss, reason = "a share needs no 53 bits")]
            let share = step.done as f64 / total as f64;
            share
        });
        let words = match (share, step.done) {
            (Some(share), 1..) => {
                // Whole only when it is kept.
                let share = ctx.text.percent((share * 100.0).floor() / 100.0, 0);
                t!(ctx, "thread-fetching-share", share = share)
            }
            (None, 1..) => t!(ctx, "thread-fetching-size", size = ctx.text.file_size(step.done)),
            (_, 0) => t!(ctx, "thread-fetching"),
        };
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add_space(INDENT);
        let colors = &ctx.theme.colors;
        match share {
            Some(share) => widgets::ring(ui, ctx.theme, share as f32, RING, colors.accent),
            None => widgets::icon(ui, ctx.theme, icons::DOWNLOAD, 14.0, colors.faint),
        };
        widgets::fading_line(
            ui,
            ctx.theme,
            words,
            Type::Hint,
            Weight::Regular,
            colors.dim,
            STEP_WORDS - 2.0 * space::S - INDENT,
        );
        let stop = Button::ghost(self.words.0.as_str())
            .icon(icons::X)
            .name(self.words.1.as_str())
            .small();
        if stop.show(ui, ctx.theme).clicked() {
            tools.wishes.push(Wish::StopFetching(self.id));
        }
    }
}

/// What is on the button, and its accessible name.
fn button_words(
    ctx: &UiContext<'_>,
    (under_way, failed): (bool, bool),
    title: &str,
    host: &str,
) -> (String, String) {
    if under_way {
        let named = t!(ctx, "thread-fetch-stop-named", name = title);
        return (t!(ctx, "thread-fetch-stop"), named);
    }
    let word = if failed {
        t!(ctx, "thread-fetch-again")
    } else {
        t!(ctx, "thread-fetch")
    };
    (word, t!(ctx, "thread-fetch-from", name = title, host = host))
}

impl Part for Remote {
    fn size(&self) -> Vec2 {
        self.size
    }

    fn last_row(&self) -> Option<f32> {
        Some(self.row - INDENT)
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, tools: &mut Tools<'_>, rect: Rect) {
        let below = rect.top() + self.tile.size().y;
        let tile = Rect::from_min_max(rect.min, pos2(rect.right(), below));
        self.tile.show(ui, ctx, tools, tile);
        if let Some(problem) = &self.problem {
            let at = pos2(rect.left(), below + space::XS);
            ui.painter().galley(at, Arc::clone(problem), ctx.theme.colors.bad);
        }
        let row = Rect::from_min_max(pos2(rect.left() - INDENT, rect.bottom() - ROW), rect.max);
        let builder = UiBuilder::new()
            .id_salt("fetch")
            .max_rect(row)
            .layout(Layout::left_to_right(if self.under_way {
                Align::Center
            } else {
                Align::Max
            }));
        ui.scope_builder(builder, |ui| {
            if self.under_way {
                return self.under_way_ui(ui, ctx, tools);
            }
            let fetch = Button::ghost(self.words.0.as_str())
                .icon(icons::DOWNLOAD)
                .name(self.words.1.as_str())
                .color(ctx.theme.colors.accent)
                .small();
            if fetch.show(ui, ctx.theme).clicked() {
                tools.wishes.push(Wish::Fetch(self.id));
            }
        });
    }
}

/// Whose machine an address leads to, as it is written there: letters of other alphabets that look alike do not deceive.
fn host(address: &str) -> String {
    url::Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| address.chars().take(60).collect())
}
