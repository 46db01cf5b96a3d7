//! A recipient that can be taken away: the cross stays with its words where rows wrap.

use crate::ui::theme::{Theme, Tone, Type, Weight, icons, radius, space};
use crate::ui::widgets;
use crate::ui::widgets::text::{layout, paint_icon};
use egui::{CornerRadius, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

const HEIGHT: f32 = 28.0;
const PADDING: f32 = 8.0;
const ICON: f32 = 14.0;
const GAP: f32 = 6.0;

/// What a chip says.
pub(in crate::ui::screens) struct Chip<'a> {
    /// How it stands.
    pub(in crate::ui::screens) tone: Tone,
    /// Its sign.
    pub(in crate::ui::screens) icon: &'static str,
    /// Its words.
    pub(in crate::ui::screens) text: String,
    /// What the cross at its end does.
    pub(in crate::ui::screens) remove: &'a str,
}

impl Chip<'_> {
    /// Draws it; answers the response of its words, and whether it is to be taken away.
    pub(in crate::ui::screens) fn show(&self, ui: &mut Ui, theme: &Theme) -> (Response, bool) {
        let (color, ground) = theme.tone(self.tone);
        let fixed = PADDING + ICON + GAP + HEIGHT;
        let room = (widgets::room(ui) - fixed).max(24.0);
        let (kind, weight) = (Type::Hint, Weight::Medium);
        let galley = layout(ui, self.text.as_str(), kind, weight, color, room, 1);
        let size = vec2(fixed + galley.size().x, HEIGHT);
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &self.text));
        let end = Rect::from_min_max(pos2(rect.right() - HEIGHT, rect.top()), rect.max);
        let cross = ui.interact(end, response.id.with("remove"), Sense::click());
        cross.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), self.remove));
        if ui.is_rect_visible(rect) {
            let round = CornerRadius::same(radius::PILL);
            let middle = rect.center().y;
            ui.painter().rect_filled(rect, round, ground);
            if cross.hovered() {
                let under = theme.hovered(ground);
                ui.painter().rect_filled(end.shrink(space::XS), round, under);
            }
            let sign = pos2(rect.left() + PADDING + ICON / 2.0, middle);
            paint_icon(ui, sign, self.icon, ICON, color);
            let at = pos2(rect.left() + PADDING + ICON + GAP, middle - galley.size().y / 2.0);
            ui.painter().galley(at, galley, color);
            paint_icon(ui, end.center(), icons::X, ICON, color);
        }
        widgets::focus_ring(ui, theme, &cross, radius::PILL);
        let removed = cross.on_hover_text(self.remove).clicked();
        (response, removed)
    }
}
