//! The emoji picker: groups, a search, a grid of which only the visible rows are drawn.

use crate::t;
use crate::ui::context::UiContext;
use crate::ui::emoji::{self, Emoji, Group};
use crate::ui::theme::{Type, Weight, font, radius, space};
use crate::ui::widgets;
use egui::{
    CornerRadius, Id, Popup, PopupCloseBehavior, RectAlign, Response, Role, ScrollArea, Sense, Ui,
    WidgetInfo, vec2,
};

const COLUMNS: usize = 9;
const CELL: f32 = 34.0;

/// The picker with what is searched for.
#[derive(Default)]
pub(super) struct EmojiPicker {
    search: String,
    group: Option<Group>,
}

impl EmojiPicker {
    /// Draws it above its button while it is open; answers the emoji that was chosen.
    pub(super) fn ui(&mut self, ui: &Ui, ctx: &UiContext<'_>, button: &Response) -> Option<&'static str> {
        let mut chosen = None;
        Popup::from_toggle_button_response(button)
            .align(RectAlign::TOP_START)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .frame(widgets::menu::menu_frame(ctx.theme))
            .show(|ui| {
                ui.set_width(COLUMNS as f32 * CELL + 12.0);
                ui.spacing_mut().item_spacing.y = space::S;
                let id = Id::unique("emoji search");
                let (name, hint) = (t!(ctx, "emoji-search"), t!(ctx, "emoji-search-hint"));
                widgets::search_field(ui, ctx.theme, id, name, hint, &mut self.search);
                if self.search.trim().is_empty() {
                    self.groups_ui(ui, ctx);
                }
                let shown = self.shown(ctx);
                if shown.is_empty() {
                    widgets::hint(ui, ctx.theme, t!(ctx, "emoji-none"));
                }
                chosen = grid_ui(ui, ctx, &shown);
            });
        if chosen.is_some() {
            self.search.clear();
            Popup::close_id(ui.ctx(), Popup::default_response_id(button));
        }
        chosen
    }

    fn shown(&self, ctx: &UiContext<'_>) -> Vec<&'static Emoji> {
        let search = self.search.trim();
        if search.is_empty() {
            emoji::in_group(self.group.unwrap_or(Group::ALL[0])).collect()
        } else {
            emoji::find(search, ctx.text.language())
        }
    }

    fn groups_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let theme = ctx.theme;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for group in Group::ALL {
                let Some(first) = emoji::in_group(group).next() else {
                    continue;
                };
                let selected = self.group.unwrap_or(Group::ALL[0]) == group;
                let name = ctx.text.get(&format!("emoji-group-{}", group.key()));
                if cell_ui(ui, ctx, first.text, &name, selected).clicked() {
                    self.group = Some(group);
                }
            }
        });
        widgets::divider(ui, theme);
    }
}

fn grid_ui(ui: &mut Ui, ctx: &UiContext<'_>, shown: &[&'static Emoji]) -> Option<&'static str> {
    let mut chosen = None;
    let rows = shown.len().div_ceil(COLUMNS);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    ScrollArea::vertical()
        .max_height(220.0)
        .auto_shrink([false, true])
        .show_rows(ui, CELL, rows, |ui, range| {
            for row in range {
                ui.horizontal(|ui| {
                    for emoji in shown.iter().skip(row * COLUMNS).take(COLUMNS) {
                        let name = emoji.name(ctx.text.language());
                        if cell_ui(ui, ctx, emoji.text, &name, false)
                            .on_hover_text(&name)
                            .clicked()
                        {
                            chosen = Some(emoji.text);
                        }
                    }
                });
            }
        });
    chosen
}

fn cell_ui(ui: &mut Ui, ctx: &UiContext<'_>, text: &str, name: &str, selected: bool) -> Response {
    let theme = ctx.theme;
    let (rect, response) = ui.allocate_exact_size(vec2(CELL, CELL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name));
    if ui.is_rect_visible(rect) {
        if selected || response.hovered() {
            let fill = if selected {
                theme.colors.accent_soft
            } else {
                theme.colors.sunk
            };
            ui.painter()
                .rect_filled(rect.shrink(1.0), CornerRadius::same(radius::PILL), fill);
        }
        let font = font(Type::ScreenTitle, Weight::Regular);
        ui.painter().text(
            rect.center(),
            egui::Align2::CENTER_CENTER,
            text,
            font,
            theme.colors.text,
        );
    }
    widgets::focus_ring(ui, theme, &response, radius::PILL);
    response
}
