//! An icon with two lines beside it, and what can be done with it below: documents, films, places, files that have not
//! come.

use super::actions::{self, Action, INDENT};
use super::{Part, Tools};
use crate::ui::context::UiContext;
use crate::ui::theme::{self, Type, Weight, radius};
use crate::ui::widgets::text::{layout, paint_icon};
use egui::{Color32, CornerRadius, Galley, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};
use std::sync::Arc;

/// Side of the icon's ground.
const ICON: f32 = 40.0;
/// From the left edge to the words.
const WORDS: f32 = ICON + 12.0;

/// What stands on a tile.
pub(super) struct TileWords {
    pub(super) icon: &'static str,
    pub(super) color: Color32,
    pub(super) title: String,
    pub(super) subtitle: String,
}

pub(super) struct Tile {
    icon: &'static str,
    color: Color32,
    title: Arc<Galley>,
    subtitle: Arc<Galley>,
    actions: Vec<Action>,
    /// Width of their row.
    actions_width: f32,
    /// Both lines, to somebody who does not see them.
    spoken: String,
    size: Vec2,
}

impl Tile {
    pub(super) fn new(
        ui: &Ui,
        ctx: &UiContext<'_>,
        width: f32,
        words: TileWords,
        actions: Vec<Action>,
    ) -> Self {
        let colors = &ctx.theme.colors;
        let room = (width - WORDS).max(40.0);
        let spoken = format!("{}, {}", words.title, words.subtitle);
        let title = layout(ui, words.title, Type::Body, Weight::Medium, colors.text, room, 1);
        let subtitle = layout(
            ui,
            words.subtitle,
            Type::Hint,
            Weight::Regular,
            colors.dim,
            room,
            1,
        );
        let below = actions::size(ui, &actions);
        let beside = WORDS + title.size().x.max(subtitle.size().x);
        Self {
            icon: words.icon,
            color: words.color,
            size: vec2(beside.max(below.x).min(width), ICON + below.y),
            title,
            subtitle,
            actions,
            actions_width: below.x - INDENT,
            spoken,
        }
    }
}

impl Part for Tile {
    fn size(&self) -> Vec2 {
        self.size
    }

    fn last_row(&self) -> Option<f32> {
        (!self.actions.is_empty()).then_some(self.actions_width)
    }

    fn show(&self, ui: &mut Ui, ctx: &UiContext<'_>, _: &mut Tools<'_>, rect: Rect) {
        let colors = &ctx.theme.colors;
        let ground = Rect::from_min_size(rect.min, Vec2::splat(ICON));
        ui.painter().rect_filled(
            ground,
            CornerRadius::same(radius::CONTROL),
            theme::faded(self.color, 0.10),
        );
        paint_icon(ui, ground.center(), self.icon, 22.0, self.color);
        let top = ground.center().y - (self.title.size().y + self.subtitle.size().y) / 2.0;
        let left = rect.left() + WORDS;
        ui.painter()
            .galley(pos2(left, top), Arc::clone(&self.title), colors.text);
        ui.painter().galley(
            pos2(left, top + self.title.size().y),
            Arc::clone(&self.subtitle),
            colors.dim,
        );
        let head = Rect::from_min_max(rect.min, pos2(rect.right(), ground.bottom()));
        let response = ui.interact(head, ui.scope_id().with("tile"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &self.spoken));
        let row = Rect::from_min_max(pos2(rect.left() - INDENT, ground.bottom()), rect.max);
        actions::show(ui, ctx, &self.actions, row);
    }
}
