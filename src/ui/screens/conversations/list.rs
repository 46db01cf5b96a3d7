//! The list of conversations.

use super::bubble::tick;
use crate::domain::conversation::{ConversationRow, LastLine, SearchHit};
use crate::domain::{AccountId, Conversation, ConversationId, IncomingKind, MessageId};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::read_model::{FilterKey, Want};
use crate::ui::theme::{Theme, Type, Weight, font, icons, radius, size, space};
use crate::ui::widgets::text::layout;
use crate::ui::widgets::{self, Button, pill::paint_badge};
use crate::ui::words;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{
    Color32, CornerRadius, Galley, Popup, Pos2, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// Which conversations are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Show {
    /// Every one.
    #[default]
    All,
    /// Those with messages nobody has looked at.
    Unread,
    /// Those with a message that needs the operator.
    Problems,
}

/// What the operator has set in the list's head.
#[derive(Debug, Default)]
pub(super) struct ListState {
    pub(super) search: String,
    pub(super) show: Show,
    /// Those of every account, not only of the chosen one.
    pub(super) all_accounts: bool,
}

impl ListState {
    /// What is to be read for it.
    pub(super) fn filter(&self, account: AccountId) -> FilterKey {
        FilterKey {
            account: (!self.all_accounts).then_some(account),
            search: self.search.trim().to_owned(),
            problems_only: self.show == Show::Problems,
            unread_only: self.show == Show::Unread,
        }
    }
}

/// What the operator chose in the list.
pub(super) enum ListWish {
    /// To open a conversation.
    Open(ConversationId),
    /// To open it at the message that was found in it.
    Find(ConversationId, MessageId),
    /// To count it as not looked at.
    MarkUnread(ConversationId),
    /// To export it.
    Export(Box<Conversation>),
}

/// Draws the list; answers what was chosen.
pub(super) fn list_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    filter: &FilterKey,
    state: &mut ListState,
    open: Option<ConversationId>,
) -> Option<ListWish> {
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
        let field = widgets::search_field(ui, theme, id, name, hint, &mut state.search);
        if ctx.take_focus_search() {
            field.request_focus();
        }
        ui.add_space(space::S);
        filters_ui(ui, ctx, state);
        ui.add_space(space::S);
    }
    frame.end(ui);
    rows_ui(ui, ctx, filter, open)
}

fn filters_ui(ui: &mut Ui, ctx: &UiContext<'_>, state: &mut ListState) {
    let several = ctx.live.accounts.len() > 1;
    state.all_accounts &= several;
    let chosen = ctx.account.map(|view| view.account.id);
    let counted = || {
        let all = state.all_accounts;
        let accounts = ctx.live.accounts.iter();
        accounts.filter(move |view| all || Some(view.account.id) == chosen)
    };
    let unread: u64 = counted().map(|view| view.inbox.unread).sum();
    let problems: u64 = counted()
        .map(|view| view.outbox.rejected + view.outbox.unknown)
        .sum();
    let pills = [
        (Show::All, t!(ctx, "conversations-all")),
        (Show::Unread, t!(ctx, "conversations-unread", count = unread)),
        (
            Show::Problems,
            t!(ctx, "conversations-problems", count = problems),
        ),
    ];
    ui.scope(|ui| {
        ui.spacing_mut().interact_size.y = 22.0;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
            for (show, words) in pills {
                if widgets::filter_pill(ui, ctx.theme, words, state.show == show).clicked() {
                    state.show = show;
                }
            }
            let words = t!(ctx, "conversations-all-accounts");
            if several && widgets::filter_pill(ui, ctx.theme, words, state.all_accounts).clicked() {
                state.all_accounts = !state.all_accounts;
            }
        });
    });
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
) -> Option<ListWish> {
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
        let searching = !filter.search.is_empty() || filter.problems_only || filter.unread_only;
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
                let selected = open == Some(row.conversation.id);
                let response = row_ui(ui, ctx, row, selected, filter.account.is_none());
                if response.clicked() {
                    let id = row.conversation.id;
                    chosen = Some(match &row.hit {
                        Some(hit) => ListWish::Find(id, hit.message),
                        None => ListWish::Open(id),
                    });
                } else if let Some(wish) = row_menu_ui(ctx, row, &response) {
                    chosen = Some(wish);
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

/// What a person is called: the name that was given, else its own, else the number.
pub(super) fn display_name(conversation: &Conversation) -> String {
    conversation
        .shown_name()
        .filter(|name| !name.trim().is_empty())
        .map_or_else(|| conversation.phone.to_string(), str::to_owned)
}

/// What can be done with a conversation without opening it.
fn row_menu_ui(ctx: &UiContext<'_>, row: &ConversationRow, response: &Response) -> Option<ListWish> {
    let theme = ctx.theme;
    Popup::context_menu(response)
        .accessible_name(t!(ctx, "conversations-menu"))
        .frame(widgets::menu_frame(theme))
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.set_min_width(180.0);
            let id = row.conversation.id;
            let unread = t!(ctx, "conversations-mark-unread");
            if row.unread == 0 && widgets::menu_item(ui, theme, icons::INBOX, unread).clicked() {
                return Some(ListWish::MarkUnread(id));
            }
            let export = t!(ctx, "conversations-export");
            widgets::menu_item(ui, theme, icons::DOWNLOAD, export)
                .clicked()
                .then(|| ListWish::Export(Box::new(row.conversation.clone())))
        })
        .and_then(|shown| shown.inner)
}

fn row_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    row: &ConversationRow,
    selected: bool,
    with_account: bool,
) -> Response {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let (outer, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), size::ROW_TALL), Sense::click());
    let name = display_name(&row.conversation);
    let mut line = last_line(ctx, row);
    if with_account && let Some(view) = ctx.live.account(row.conversation.account) {
        let account = view.account.name.as_str();
        line = t!(ctx, "conversations-of-account", account = account, line = line);
    }
    let when = row
        .last_at
        .map(|at| ctx.text.moment(at, ctx.now))
        .unwrap_or_default();
    response.widget_info(|| {
        let draft = match row.draft {
            Some(_) => format!("{} ", t!(ctx, "conversations-draft")),
            None => String::new(),
        };
        let mut words = format!("{name}, {draft}{line}, {when}");
        if row.unread > 0 {
            words = format!(
                "{words}, {}",
                t!(ctx, "conversations-unread-count", count = row.unread)
            );
        }
        WidgetInfo::selected(Role::Button, true, selected, words)
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
    words_ui(ui, ctx, row, rect, (name, line, when));
    response
}

/// The words of a row: who, when, and the last line with what stands before and after it.
fn words_ui(
    ui: &mut Ui,
    ctx: &UiContext<'_>,
    row: &ConversationRow,
    rect: Rect,
    (name, line, when): (String, String, String),
) {
    let theme = ctx.theme;
    let colors = &theme.colors;
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
    } else if let Some((icon, color)) = sign(theme, row.last).filter(|_| row.hit.is_none()) {
        widgets::text::paint_icon(ui, pos2(from + 7.0, second + 9.0), icon, 14.0, color);
        from += 18.0;
    }
    let end = marks_ui(ui, theme, row, pos2(right, second + 9.0));
    let (weight, color) = if row.unread > 0 {
        (Weight::Semibold, colors.text)
    } else {
        (Weight::Regular, colors.dim)
    };
    let line = match found(row) {
        Some(hit) => found_line(ui, theme, hit, end - from),
        None => layout(ui, line, Type::Secondary, weight, color, end - from, 1),
    };
    ui.painter().galley(pos2(from, second), line, color);
}

/// What stands before the last line: how far ours is, or what came.
fn sign(theme: &Theme, last: Option<LastLine>) -> Option<(&'static str, Color32)> {
    match last? {
        LastLine::Outgoing(state) => Some(tick(theme, state)),
        LastLine::Incoming(kind) => incoming_icon(kind).map(|icon| (icon, theme.colors.faint)),
    }
}

fn incoming_icon(kind: IncomingKind) -> Option<&'static str> {
    Some(match kind {
        IncomingKind::Text => return None,
        IncomingKind::Image => icons::IMAGE,
        IncomingKind::Voice => icons::MIC,
        IncomingKind::Audio => icons::MUSIC,
        IncomingKind::Video => icons::VIDEO,
        IncomingKind::Document => icons::FILE_TEXT,
        IncomingKind::Place => icons::MAP_PIN,
        IncomingKind::ContactCard => icons::CONTACT,
        IncomingKind::Revoked => icons::BAN,
        IncomingKind::Unknown => icons::QUESTION,
    })
}

/// The marks at the end of the last line, from the right: how many are unread, and that something needs the operator.
/// Answers where they begin.
fn marks_ui(ui: &Ui, theme: &Theme, row: &ConversationRow, end: Pos2) -> f32 {
    let mut left = end.x;
    if row.unread > 0 {
        paint_badge(ui, theme, pos2(left - 9.0, end.y), row.unread as usize);
        left -= if row.unread > 99 { 36.0 } else { 26.0 };
    }
    // The sign before the line tells of the last message itself.
    let told =
        row.draft.is_none() && matches!(row.last, Some(LastLine::Outgoing(state)) if state.is_problem());
    if row.problems > u32::from(told) {
        let center = pos2(left - 8.0, end.y);
        widgets::text::paint_icon(ui, center, icons::ALERT, 16.0, theme.colors.bad);
        left -= 22.0;
    }
    if row.conversation.do_not_write {
        let center = pos2(left - 8.0, end.y);
        widgets::text::paint_icon(ui, center, icons::BAN, 14.0, theme.colors.faint);
        left -= 20.0;
    }
    left
}

/// What was searched for and found in a message, unless an unsent draft has to be seen.
fn found(row: &ConversationRow) -> Option<&SearchHit> {
    row.hit.as_ref().filter(|_| row.draft.is_none())
}

/// The place where it was found, with what was looked for in colour.
fn found_line(ui: &Ui, theme: &Theme, hit: &SearchHit, width: f32) -> Arc<Galley> {
    let colors = &theme.colors;
    let mut job = LayoutJob {
        wrap: TextWrapping::truncate_at_width(width),
        ..LayoutJob::default()
    };
    let mut append = |text: Option<&str>, weight, color| {
        let format = TextFormat {
            line_height: Some(Type::Secondary.line_height()),
            ..TextFormat::simple(font(Type::Secondary, weight), color)
        };
        job.append(text.unwrap_or_default(), 0.0, format);
    };
    let mut at = 0;
    for mark in &hit.marks {
        append(hit.snippet.get(at..mark.start), Weight::Regular, colors.dim);
        append(hit.snippet.get(mark.clone()), Weight::Semibold, colors.accent);
        at = mark.end;
    }
    append(hit.snippet.get(at..), Weight::Regular, colors.dim);
    ui.painter().layout_job(job)
}

fn last_line(ctx: &UiContext<'_>, row: &ConversationRow) -> String {
    if let Some(hit) = found(row) {
        return hit.snippet.clone();
    }
    if let Some(draft) = &row.draft {
        return crate::domain::text::one_line(draft, 60);
    }
    // The list shows the words without the marks of their formatting.
    let plain = || super::formatting::plain(&row.last_text);
    if let Some(LastLine::Incoming(kind)) = row.last {
        let file = row
            .last_attachment
            .as_deref()
            .filter(|_| kind == IncomingKind::Document);
        let text = if row.last_text.is_empty() {
            file.unwrap_or_default().to_owned()
        } else {
            plain()
        };
        return words::incoming_line(ctx.text, kind, &text);
    }
    if row.last_text.is_empty() {
        return row
            .last_attachment
            .clone()
            .unwrap_or_else(|| t!(ctx, "conversations-attachment"));
    }
    plain()
}
