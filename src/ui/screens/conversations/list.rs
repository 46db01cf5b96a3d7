//! The list of conversations.

use super::bubble::tick;
use crate::domain::ConversationId;
use crate::domain::conversation::{ConversationRow, LastLine};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::read_model::{FilterKey, Want};
use crate::ui::theme::{Theme, Type, Weight, icons, radius, size, space};
use crate::ui::widgets::text::layout;
use crate::ui::widgets::{self, Button, pill::paint_badge};
use egui::{CornerRadius, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

/// Draws the list; answers the conversation that was chosen.
pub(super) fn list_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    filter: &FilterKey,
    search: &mut String,
    problems_only: &mut bool,
    open: Option<ConversationId>,
) -> Option<ConversationId> {
    let theme = ctx.theme;
    ctx.want(Want::Conversations(filter.clone()));
    let mut frame = egui::Frame::new()
        .inner_margin(egui::Margin {
            left: 12,
            right: 12,
            top: 12,
            bottom: 0,
        })
        .begin(ui);
    {
        let ui = &mut frame.content_ui;
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        head_ui(ui, ctx);
        ui.add_space(space::S);
        let id = ui.make_persistent_id("conversation search");
        let (name, hint) = (
            t!(ctx, "conversations-search"),
            t!(ctx, "conversations-search-hint"),
        );
        let field = widgets::search_field(ui, theme, id, name, hint, search);
        if ctx.take_focus_search() {
            field.request_focus();
        }
        ui.add_space(space::S);
        let problems = ctx
            .account
            .map_or(0, |view| view.outbox.rejected + view.outbox.unknown);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            if widgets::filter_pill(ui, theme, t!(ctx, "conversations-all"), !*problems_only).clicked() {
                *problems_only = false;
            }
            let words = t!(ctx, "conversations-problems", count = problems);
            if widgets::filter_pill(ui, theme, words, *problems_only).clicked() {
                *problems_only = true;
            }
        });
        ui.add_space(space::S);
    }
    frame.end(ui);
    rows_ui(ui, ctx, filter, open)
}

fn head_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        let color = ctx.theme.colors.text;
        ui.add_space(space::XS);
        widgets::label(
            ui,
            ctx.theme,
            t!(ctx, "screen-conversations"),
            Type::PaneTitle,
            Weight::Semibold,
            color,
        );
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if Button::primary(t!(ctx, "conversations-new-short"))
                .icon(icons::PLUS)
                .name(t!(ctx, "conversations-new"))
                .show(ui, ctx.theme)
                .clicked()
            {
                ctx.act(UiAction::NewMessage);
            }
        });
    });
}

fn rows_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    filter: &FilterKey,
    open: Option<ConversationId>,
) -> Option<ConversationId> {
    let theme = ctx.theme;
    let list = ctx.model.conversations(filter)?;
    let Some(value) = &list.value else {
        if let Some(words) = &list.error {
            widgets::banner(
                ui,
                theme,
                crate::ui::theme::Tone::Bad,
                icons::ALERT,
                t!(ctx, "conversations-unreadable"),
                words,
                |_| {},
            );
        } else {
            skeleton_ui(ui, theme);
        }
        return None;
    };
    if value.rows.is_empty() {
        let searching = !filter.search.is_empty() || filter.problems_only;
        let (icon, title, body) = if searching {
            (
                icons::SEARCH,
                t!(ctx, "conversations-nothing-found"),
                t!(ctx, "conversations-nothing-found-body"),
            )
        } else {
            (
                icons::MESSAGES,
                t!(ctx, "conversations-empty"),
                t!(ctx, "conversations-empty-body"),
            )
        };
        widgets::empty_state(ui, theme, icon, title, body, None);
        return None;
    }
    let mut chosen = None;
    ui.spacing_mut().item_spacing.y = space::XS;
    ScrollArea::vertical()
        .id_salt("conversation rows")
        .auto_shrink(false)
        .show_rows(ui, size::ROW_TALL, value.rows.len(), |ui, range| {
            if range.end == value.rows.len() && value.has_more {
                ctx.want(Want::MoreConversations(filter.clone()));
            }
            for row in &value.rows[range] {
                if row_ui(ui, ctx, row, open == Some(row.conversation.id)).clicked() {
                    chosen = Some(row.conversation.id);
                }
            }
        });
    chosen
}

fn skeleton_ui(ui: &mut Ui, theme: &Theme) {
    for _ in 0..6 {
        ui.horizontal(|ui| {
            ui.add_space(space::XL);
            widgets::skeleton(ui, theme, vec2(40.0, 40.0));
            ui.vertical(|ui| {
                widgets::skeleton(ui, theme, vec2(140.0, 14.0));
                widgets::skeleton(ui, theme, vec2(200.0, 12.0));
            });
        });
        ui.add_space(space::M);
    }
}

/// What a person is called: the name that was given, else the number.
pub(super) fn display_name(conversation: &crate::domain::Conversation) -> String {
    conversation
        .name
        .clone()
        .filter(|name| !name.trim().is_empty())
        .unwrap_or_else(|| conversation.phone.to_string())
}

fn row_ui(ui: &mut Ui, ctx: &UiContext<'_>, row: &ConversationRow, selected: bool) -> Response {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let (outer, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::ROW_TALL), Sense::click());
    let name = display_name(&row.conversation);
    let line = last_line(ctx, row);
    let when = row
        .last_at
        .map(|at| ctx.text.moment(at, ctx.now))
        .unwrap_or_default();
    response.widget_info(|| {
        WidgetInfo::selected(Role::Button, true, selected, format!("{name}, {line}, {when}"))
    });
    if !ui.is_rect_visible(outer) {
        return response;
    }
    let rect = outer.shrink2(vec2(12.0, 0.0));
    if selected || response.hovered() {
        let fill = if selected {
            colors.accent_soft
        } else {
            theme.hovered(colors.panel)
        };
        ui.painter()
            .rect_filled(rect, CornerRadius::same(radius::ROW), fill);
    }
    widgets::focus_ring(ui, theme, &response, radius::ROW);
    let avatar = Rect::from_center_size(pos2(rect.left() + 32.0, rect.center().y), vec2(40.0, 40.0));
    // A child of its own: a scope would move the place of the next row.
    let mut circle = ui.new_child(UiBuilder::new().max_rect(avatar));
    widgets::avatar(&mut circle, theme, &widgets::initials(&name), 40.0);
    let left = rect.left() + 64.0;
    let right = rect.right() - 12.0;
    let when = layout(ui, when, Type::Hint, Weight::Regular, colors.faint, 110.0, 1);
    let name_width = right - left - when.size().x - space::S;
    let name = layout(ui, name, Type::Body, Weight::Semibold, colors.text, name_width, 1);
    let top = rect.top() + 10.0;
    ui.painter()
        .galley(pos2(right - when.size().x, top + 2.0), when, colors.faint);
    ui.painter().galley(pos2(left, top), name, colors.text);
    let second = top + 21.0;
    let mut from = left;
    if row.draft.is_some() {
        let word = layout(
            ui,
            t!(ctx, "conversations-draft"),
            Type::Secondary,
            Weight::Medium,
            colors.warn,
            90.0,
            1,
        );
        let width = word.size().x;
        ui.painter().galley(pos2(from, second), word, colors.warn);
        from += width + space::XS;
    } else if let Some(LastLine::Outgoing(state)) = row.last {
        let (icon, color) = tick(theme, state);
        widgets::text::paint_icon(ui, pos2(from + 7.0, second + 9.0), icon, 14.0, color);
        from += 18.0;
    }
    let room = right - from - if row.problems > 0 { 28.0 } else { 0.0 };
    let line = layout(ui, line, Type::Secondary, Weight::Regular, colors.dim, room, 1);
    ui.painter().galley(pos2(from, second), line, colors.dim);
    if row.problems > 0 {
        paint_badge(ui, theme, pos2(right - 9.0, second + 9.0), row.problems as usize);
    }
    response
}

fn last_line(ctx: &UiContext<'_>, row: &ConversationRow) -> String {
    if let Some(draft) = &row.draft {
        return crate::domain::text::one_line(draft, 60);
    }
    if row.last_text.is_empty() {
        return row
            .last_attachment
            .clone()
            .unwrap_or_else(|| t!(ctx, "conversations-attachment"));
    }
    // The list shows the words without the marks of their formatting.
    super::formatting::spans(&row.last_text)
        .into_iter()
        .map(|span| span.text)
        .collect()
}
