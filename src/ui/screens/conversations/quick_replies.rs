//! The operator's quick replies, chosen from the composer: a list that is filtered by typing.

use crate::domain::settings::QuickReply;
use crate::domain::text::one_line;
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::fuzzy;
use crate::ui::screens::Screen;
use crate::ui::theme::{Type, Weight, radius, space};
use crate::ui::widgets;
use egui::{
    CornerRadius, EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, RectAlign, Response, Role,
    ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};

const WIDTH: f32 = 340.0;
const ROW: f32 = 48.0;
/// Letters of the text that are shown below the title, at most.
pub(super) const BEGINNING: usize = 90;

/// The list with what is searched for.
#[derive(Default)]
pub(super) struct QuickReplyPicker {
    search: String,
    chosen: usize,
    was_open: bool,
}

impl QuickReplyPicker {
    /// Draws it above its button while it is open; answers the text that was chosen.
    pub(super) fn ui(&mut self, ui: &Ui, ctx: &UiContext<'_>, button: &Response) -> Option<String> {
        let id = Popup::default_response_id(button);
        let opened = !self.was_open;
        self.was_open = false;
        let mut taken = None;
        Popup::from_toggle_button_response(button)
            .align(RectAlign::TOP_START)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .frame(widgets::menu::menu_frame(ctx.theme))
            .show(|ui| {
                self.was_open = true;
                ui.set_width(WIDTH.min(ui.ctx().content_rect().width() - 48.0));
                ui.spacing_mut().item_spacing.y = space::XS;
                if ctx.live.settings.quick_replies.is_empty() {
                    none_ui(ui, ctx);
                } else {
                    taken = self.list_ui(ui, ctx, opened);
                }
            });
        if taken.is_some() {
            Popup::close_id(ui.ctx(), id);
        }
        taken
    }

    fn list_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, opened: bool) -> Option<String> {
        let id = Id::unique("quick reply search");
        if opened {
            self.search.clear();
            self.chosen = 0;
        }
        let found = found(&ctx.live.settings.quick_replies, &self.search);
        let entered = list_keys(ui, id, found.len(), &mut self.chosen);
        let (name, hint) = (
            t!(ctx, "quick-replies-search"),
            t!(ctx, "quick-replies-search-hint"),
        );
        let field = widgets::search_field(ui, ctx.theme, id, name, hint, &mut self.search);
        if opened {
            field.request_focus();
        }
        if field.has_focus() {
            // The arrows move in the list, not out of the field.
            let filter = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        if field.changed() {
            self.chosen = 0;
        }
        if found.is_empty() {
            widgets::hint(ui, ctx.theme, t!(ctx, "quick-replies-nothing-found"));
        }
        let mut taken = entered.then(|| found.get(self.chosen)).flatten();
        ScrollArea::vertical()
            .max_height(5.5 * ROW)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, reply) in found.iter().enumerate() {
                    let text = one_line(&reply.text, BEGINNING);
                    let row = row_ui(ui, ctx, (&reply.title, text), index == self.chosen);
                    if row.clicked() {
                        taken = Some(reply);
                    }
                    if index == self.chosen
                        && !row.rect.is_negative()
                        && !ui.clip_rect().contains_rect(row.rect)
                    {
                        row.scroll_to_me(None);
                    }
                }
            });
        taken.map(|reply| reply.text.clone())
    }
}

/// Takes the keys that move in a list below a search field; answers whether Enter was pressed.
pub(super) fn list_keys(ui: &Ui, id: Id, count: usize, chosen: &mut usize) -> bool {
    let focused = ui.memory(|memory| memory.has_focus(id));
    *chosen = (*chosen).min(count.saturating_sub(1));
    if !focused || count == 0 {
        return false;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        *chosen = (*chosen + 1) % count;
    } else if pressed(Key::ArrowUp) {
        *chosen = (*chosen + count - 1) % count;
    }
    pressed(Key::Enter)
}

/// Those that fit what is searched for: by title first, then by text.
fn found<'a>(replies: &'a [QuickReply], search: &str) -> Vec<&'a QuickReply> {
    let search = fuzzy::folded(search.trim());
    if search.is_empty() {
        return replies.iter().collect();
    }
    let by_title = |reply: &&QuickReply| fuzzy::folded(&reply.title).contains(&search);
    let by_text = |reply: &&QuickReply| !by_title(reply) && fuzzy::folded(&reply.text).contains(&search);
    let mut found: Vec<&QuickReply> = replies.iter().filter(by_title).collect();
    found.extend(replies.iter().filter(by_text));
    found
}

fn none_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let theme = ctx.theme;
    let color = theme.colors.text;
    widgets::label(
        ui,
        theme,
        t!(ctx, "quick-replies-none"),
        Type::Body,
        Weight::Semibold,
        color,
    );
    widgets::hint(ui, theme, t!(ctx, "quick-replies-none-body"));
    if widgets::link(ui, theme, t!(ctx, "quick-replies-settings")).clicked() {
        ctx.act(UiAction::Go(Screen::Settings));
        ui.close();
    }
}

/// A row of a list to choose from: a title, and the beginning of a text below it.
pub(super) fn row_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    (title, text): (&str, String),
    chosen: bool,
) -> Response {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, format!("{title}: {text}")));
    if ui.is_rect_visible(rect) {
        if chosen || response.hovered() {
            let fill = if chosen { colors.accent_soft } else { colors.sunk };
            ui.painter()
                .rect_filled(rect, CornerRadius::same(radius::PILL), fill);
        }
        let width = rect.width() - 20.0;
        let line = |words: &str, kind, weight, color| {
            widgets::text::layout(ui, words, kind, weight, color, width, 1)
        };
        let title = line(title, Type::Body, Weight::Medium, colors.text);
        let text = line(&text, Type::Hint, Weight::Regular, colors.dim);
        let left = rect.left() + 10.0;
        ui.painter()
            .galley(pos2(left, rect.top() + 5.0), title, colors.text);
        ui.painter()
            .galley(pos2(left, rect.top() + 26.0), text, colors.dim);
    }
    widgets::focus_ring(ui, theme, &response, radius::PILL);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(title: &str, text: &str) -> QuickReply {
        QuickReply {
            title: title.into(),
            text: text.into(),
        }
    }

    #[test]
    fn titles_come_before_texts_and_accents_do_not_count() {
        let replies = [
            reply("Endereço", "Rua das Flores, 120"),
            reply("Saudação", "Bom dia, {name}!"),
            reply("Flores", "Temos rosas"),
        ];
        let titles = |search: &str| -> Vec<String> {
            found(&replies, search)
                .iter()
                .map(|reply| reply.title.clone())
                .collect()
        };
        assert_eq!(titles("flores"), ["Flores", "Endereço"]);
        assert_eq!(titles(" SAUDACAO "), ["Saudação"]);
        assert_eq!(titles("").len(), 3);
        assert!(titles("xyz").is_empty());
    }
}
