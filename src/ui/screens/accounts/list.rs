//! The list of accounts, and at its foot where the secrets are kept.

use super::form::AccountForm;
use super::{Target, store_note};
use crate::domain::Connection;
use crate::domain::text::shown_name;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Tone, Type, Weight, icons, radius, size, space};
use crate::ui::widgets::text::layout as lay_out;
use crate::ui::widgets::{Button, avatar, focus_ring, initials, label, pill, skeleton};
use crate::ui::words;
use egui::{
    Align, CornerRadius, CursorIcon, Layout, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

/// Left and right of the rows, in points.
const MARGIN: f32 = 12.0;
/// The circle with the initials, in points.
const AVATAR: f32 = 40.0;

/// The tone and the icon of how an account stands.
pub(super) fn tone(connection: Connection) -> (Tone, &'static str) {
    match connection {
        Connection::NotChecked => (Tone::Neutral, icons::CLOCK),
        Connection::Ready | Connection::Answers => (Tone::Ok, icons::CIRCLE_CHECK),
        Connection::PhoneOffline => (Tone::Warn, icons::WIFI_OFF),
        Connection::MustPair => (Tone::Warn, icons::QR),
        Connection::GatewayUnreachable => (Tone::Warn, icons::UNPLUG),
        Connection::CredentialsRefused => (Tone::Bad, icons::CIRCLE_X),
        Connection::CredentialsMissing => (Tone::Bad, icons::LOCK),
    }
}

/// Draws the pane. Returns where the operator wants to go.
pub(super) fn list_ui(ui: &mut Ui, ctx: &UiContext<'_>, form: Option<&AccountForm>) -> Option<Target> {
    let colors = &ctx.theme.colors;
    let full = ui.available_rect_before_wrap();
    ui.painter().rect_filled(full, CornerRadius::ZERO, colors.panel);
    if !ctx.narrow {
        let line = Stroke::new(1.0, colors.line);
        ui.painter().vline(full.right() - 0.5, full.y_range(), line);
    }
    let mut target = None;
    let inside = full.shrink2(vec2(MARGIN, 0.0));
    let head = Rect::from_min_size(inside.min, vec2(inside.width(), 58.0));
    ui.scope_builder(UiBuilder::new().max_rect(head), |ui| {
        if head_ui(ui, ctx).clicked() {
            target = Some(Target::New);
        }
    });
    let note = store_note::note_height(ui, ctx, inside.width());
    let foot = Rect::from_min_max(pos2(inside.left(), full.bottom() - note), inside.max);
    let rows = Rect::from_min_max(head.left_bottom(), pos2(inside.right(), foot.top()));
    ui.scope_builder(UiBuilder::new().max_rect(rows), |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            rows_ui(ui, ctx, form, &mut target);
        });
    });
    ui.scope_builder(UiBuilder::new().max_rect(foot), |ui| store_note::note_ui(ui, ctx));
    target
}

fn head_ui(ui: &mut Ui, ctx: &UiContext<'_>) -> Response {
    let color = ctx.theme.colors.text;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.add_space(space::XS);
        let add = Button::primary(t!(ctx, "accounts-add"))
            .icon(icons::PLUS)
            .small()
            .show(ui, ctx.theme);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add_space(space::XS);
            let words = t!(ctx, "accounts-title");
            label(ui, ctx.theme, words, Type::PaneTitle, Weight::Semibold, color);
        });
        add
    })
    .inner
}

fn rows_ui(ui: &mut Ui, ctx: &UiContext<'_>, form: Option<&AccountForm>, target: &mut Option<Target>) {
    if !ctx.live.loaded {
        for _ in 0..3 {
            skeleton(ui, ctx.theme, vec2(ui.available_width(), size::ROW_TALL));
        }
        return;
    }
    let selected = form.map(|form| form.id);
    for view in &ctx.live.accounts {
        let is_selected = selected == Some(Some(view.account.id)) && (!ctx.narrow || ctx.account.is_some());
        if row_ui(ui, ctx, view, is_selected).clicked() {
            *target = Some(Target::Account(view.account.id));
        }
    }
    if selected == Some(None) && new_row_ui(ui, ctx).clicked() {
        *target = Some(Target::New);
    }
    if ctx.live.accounts.is_empty() && selected.is_none() {
        ui.add_space(space::S);
        ui.horizontal(|ui| {
            ui.add_space(space::XS);
            let color = ctx.theme.colors.faint;
            let words = t!(ctx, "accounts-list-empty");
            label(ui, ctx.theme, words, Type::Secondary, Weight::Regular, color);
        });
    }
}

fn ground(ui: &Ui, ctx: &UiContext<'_>, response: &Response, selected: bool) {
    let colors = &ctx.theme.colors;
    let fill = if selected {
        Some(colors.accent_soft)
    } else if response.hovered() {
        Some(ctx.theme.hovered(colors.panel))
    } else {
        None
    };
    if let Some(fill) = fill {
        ui.painter()
            .rect_filled(response.rect, CornerRadius::same(radius::ROW), fill);
    }
}

fn avatar_ui(ui: &mut Ui, ctx: &UiContext<'_>, row: Rect, letters: &str) {
    let layout = Layout::left_to_right(Align::Center);
    let mut child = ui.new_child(UiBuilder::new().max_rect(row).layout(layout));
    avatar(&mut child, ctx.theme, letters, AVATAR);
}

fn row_ui(ui: &mut Ui, ctx: &UiContext<'_>, view: &AccountView, selected: bool) -> Response {
    let colors = &ctx.theme.colors;
    let name = shown_name(&view.account.name);
    let vendor = view.capabilities.vendor;
    let connection = view.health.connection;
    let (tone, state) = if view.account.paused {
        (Tone::Warn, t!(ctx, "accounts-paused"))
    } else {
        (tone(connection).0, words::connection(ctx.text, connection))
    };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW_TALL), Sense::click());
    let spoken = format!("{name}, {vendor}, {state}");
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, &spoken));
    // Who answers stands beside it.
    let short = connection == Connection::Answers && !view.account.paused;
    let state = if short { t!(ctx, "accounts-answers") } else { state };
    if ui.is_rect_visible(rect) {
        ground(ui, ctx, &response, selected);
        let inside = rect.shrink2(vec2(MARGIN, 0.0));
        avatar_ui(ui, ctx, inside, &initials(&name));
        let left = inside.left() + AVATAR + MARGIN;
        let whole = inside.right() - left;
        let lines = |width: f32, below: f32| {
            let below = below.max(24.0);
            (
                lay_out(
                    ui,
                    name.as_str(),
                    Type::Body,
                    Weight::Semibold,
                    colors.text,
                    width,
                    1,
                ),
                lay_out(ui, vendor, Type::Secondary, Weight::Regular, colors.dim, below, 1),
            )
        };
        let state_width = lay_out(
            ui,
            state.as_str(),
            Type::Hint,
            Weight::Medium,
            colors.text,
            whole,
            1,
        )
        .size()
        .x + 2.0 * space::S;
        let beside = whole - state_width - space::S;
        let (mut first, mut second) = lines(beside.max(24.0), beside);
        // A name is worth more than the place of its pill: where it does not fit beside it, it has its line alone.
        let crowded = first.elided;
        if crowded {
            (first, second) = lines(whole, beside);
        }
        let top = rect.center().y - (first.size().y + second.size().y) / 2.0;
        let below = top + first.size().y;
        let middle = below + second.size().y / 2.0;
        let state_at = if crowded { middle + 2.0 } else { rect.center().y };
        ui.painter().galley(pos2(left, top), first, colors.text);
        ui.painter().galley(pos2(left, below), second, colors.dim);
        let corner = pos2(inside.right() - state_width, state_at - 11.0);
        let place = Rect::from_min_size(corner, vec2(state_width + 1.0, 22.0));
        pill(
            &mut ui.new_child(UiBuilder::new().max_rect(place)),
            ctx.theme,
            tone,
            None,
            state,
        );
    }
    focus_ring(ui, ctx.theme, &response, radius::ROW);
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The account that is being added, at the end of the list.
fn new_row_ui(ui: &mut Ui, ctx: &UiContext<'_>) -> Response {
    let colors = &ctx.theme.colors;
    let words = t!(ctx, "accounts-new");
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW_TALL), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, true, &words));
    ground(ui, ctx, &response, true);
    avatar_ui(ui, ctx, rect.shrink2(vec2(MARGIN, 0.0)), "+");
    let left = rect.left() + MARGIN + AVATAR + MARGIN;
    let width = rect.right() - MARGIN - left;
    let galley = lay_out(ui, words, Type::Body, Weight::Semibold, colors.text, width, 1);
    let at = pos2(left, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colors.text);
    focus_ring(ui, ctx.theme, &response, radius::ROW);
    response
}
