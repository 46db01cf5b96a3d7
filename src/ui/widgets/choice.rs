//! Choosing one of several, a number, or yes and no.

use super::focus_ring;
use super::menu::{MENU_GAP, menu_frame, option_item};
use super::text::{label, layout, paint_icon};
use crate::ui::theme::{Theme, Tone, Type, Weight, icons, mix, radius, size, space};
use egui::{
    Align, CornerRadius, CursorIcon, Event, EventFilter, Key, Layout, Modifiers, Popup, Response, Role,
    Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use std::ops::RangeInclusive;

/// A track with a handle. The number and its unit stand behind it when `suffix` is not empty. The arrow keys change
/// it by one, Page Up and Page Down by a tenth of the range, Home and End go to its ends.
pub fn slider(
    ui: &mut Ui,
    theme: &Theme,
    name: impl Into<String>,
    value: &mut u32,
    range: RangeInclusive<u32>,
    suffix: &str,
) -> Response {
    if suffix.is_empty() {
        return track(ui, theme, name.into(), value, range);
    }
    ui.horizontal(|ui| {
        let words = format!("{} {suffix}", range.end());
        let widest = layout(
            ui,
            words,
            Type::Body,
            Weight::Medium,
            theme.colors.text,
            f32::INFINITY,
            1,
        )
        .size()
        .x;
        let width = (ui.available_width() - widest - space::M).clamp(80.0, 320.0);
        let response = ui
            .allocate_ui_with_layout(
                vec2(width, size::CONTROL),
                Layout::left_to_right(Align::Center),
                |ui| track(ui, theme, name.into(), value, range),
            )
            .inner;
        ui.add_space(space::XS);
        let shown = format!("{value} {suffix}");
        label(ui, theme, shown, Type::Body, Weight::Medium, theme.colors.text);
        response
    })
    .inner
}

fn track(ui: &mut Ui, theme: &Theme, name: String, value: &mut u32, range: RangeInclusive<u32>) -> Response {
    const HANDLE: f32 = 9.0;
    let (first, last) = (*range.start(), (*range.end()).max(*range.start()));
    let (rect, mut response) = ui.allocate_exact_size(
        vec2(ui.available_width().clamp(60.0, 320.0), 24.0),
        Sense::click_and_drag(),
    );
    let before = *value;
    let rail = rect.x_range().shrink(HANDLE);
    if let Some(pointer) = response.interact_pointer_pos()
        && response.is_pointer_button_down_on()
    {
        let share = ((pointer.x - rail.min) / rail.span().max(1.0)).clamp(0.0, 1.0);
        *value = first + (share * (last - first) as f32).round() as u32;
        response.request_focus();
    }
    if response.has_focus() {
        step_with_keys(ui, &response, value, first, last);
    }
    *value = (*value).clamp(first, last);
    if *value != before {
        response.mark_changed();
    }
    let now = *value;
    response.widget_info(|| WidgetInfo::slider(ui.is_enabled(), f64::from(now), &name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_min_numeric_value(f64::from(first));
        node.set_max_numeric_value(f64::from(last));
        node.set_numeric_value_step(1.0);
        node.add_action(egui::accesskit::Action::Increment);
        node.add_action(egui::accesskit::Action::Decrement);
    });

    if ui.is_rect_visible(rect) {
        let colors = &theme.colors;
        let share = (now - first) as f32 / (last - first).max(1) as f32;
        let x = rail.min + rail.span() * share;
        let y = rect.center().y;
        let bar = |from: f32, to: f32| egui::Rect::from_min_max(pos2(from, y - 2.0), pos2(to, y + 2.0));
        let painter = ui.painter();
        painter.rect_filled(
            bar(rect.left(), rect.right()),
            CornerRadius::same(2),
            track_color(theme),
        );
        painter.rect_filled(bar(rect.left(), x), CornerRadius::same(2), colors.accent);
        let color = if response.dragged() || response.hovered() {
            mix(colors.accent, colors.text, 0.12)
        } else {
            colors.accent
        };
        painter.circle_filled(pos2(x, y), HANDLE, color);
        if response.has_focus() {
            painter.circle_stroke(pos2(x, y), HANDLE + 3.0, Stroke::new(2.0, colors.accent));
        }
    }
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The ground of tracks: sliders, progress, toggles that are off.
pub(crate) fn track_color(theme: &Theme) -> egui::Color32 {
    if theme.dark {
        theme.colors.sunk
    } else {
        mix(theme.colors.sunk, theme.colors.line, 0.45)
    }
}

fn step_with_keys(ui: &Ui, response: &Response, value: &mut u32, first: u32, last: u32) {
    ui.memory_mut(|memory| {
        memory.set_focus_lock_filter(
            response.id,
            EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            },
        );
    });
    let page = ((last - first) / 10).max(1);
    ui.input_mut(|input| {
        for (keys, amount) in [
            ([Key::ArrowLeft, Key::ArrowDown], 1),
            ([Key::PageDown, Key::PageDown], page),
        ] {
            for key in keys {
                let times = u32::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
                *value = value.saturating_sub(times.saturating_mul(amount)).max(first);
            }
        }
        for (keys, amount) in [
            ([Key::ArrowRight, Key::ArrowUp], 1),
            ([Key::PageUp, Key::PageUp], page),
        ] {
            for key in keys {
                let times = u32::try_from(input.count_and_consume_key(Modifiers::NONE, key)).unwrap_or(0);
                *value = value.saturating_add(times.saturating_mul(amount)).min(last);
            }
        }
        if input.consume_key(Modifiers::NONE, Key::Home) {
            *value = first;
        }
        if input.consume_key(Modifiers::NONE, Key::End) {
            *value = last;
        }
        for event in &input.events {
            if let Event::AccessKitActionRequest(request) = event
                && request.target_node == response.id.accesskit_id()
            {
                match request.action {
                    egui::accesskit::Action::Increment => *value = value.saturating_add(1).min(last),
                    egui::accesskit::Action::Decrement => *value = value.saturating_sub(1).max(first),
                    _ => {}
                }
            }
        }
    });
}

/// A switch. Its word stands beside it, drawn by the screen; `name` is what a screen reader says.
pub fn toggle(ui: &mut Ui, theme: &Theme, name: impl Into<String>, on: &mut bool) -> Response {
    let name = name.into();
    let enabled = ui.is_enabled();
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, mut response) = ui.allocate_exact_size(vec2(36.0, 20.0), sense);
    if response.clicked() {
        *on = !*on;
        response.mark_changed();
    }
    let now = *on;
    response.widget_info(|| WidgetInfo::selected(Role::Switch, enabled, now, &name));
    if ui.is_rect_visible(rect) {
        let colors = &theme.colors;
        let share = ui
            .ctx()
            .animate_bool_with_time(response.id, now, theme.motion_secs());
        let off = mix(theme.colors.line, theme.colors.faint, 0.55);
        let mut ground = mix(off, colors.accent, share);
        if !enabled {
            ground = mix(ground, colors.panel, 0.5);
        } else if response.hovered() {
            ground = theme.hovered(ground);
        }
        let knob = mix(colors.panel, colors.accent_on, share);
        ui.painter().rect_filled(rect, CornerRadius::same(10), ground);
        let x = egui::lerp(rect.left() + 10.0..=rect.right() - 10.0, share);
        ui.painter().circle_filled(pos2(x, rect.center().y), 7.0, knob);
    }
    focus_ring(ui, theme, &response, 10);
    if enabled {
        response.on_hover_cursor(CursorIcon::PointingHand)
    } else {
        response
    }
}

/// A switch with its word beside it, and below that what it means where `help` says so. A click on the word turns it too.
pub fn toggle_row(
    ui: &mut Ui,
    theme: &Theme,
    words: impl Into<String>,
    help: &str,
    on: &mut bool,
) -> Response {
    let words = words.into();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::M;
        let mut switch = toggle(ui, theme, words.as_str(), on);
        let told = ui
            .vertical(|ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                let color = theme.colors.text;
                label(ui, theme, words, Type::Body, Weight::Regular, color);
                if !help.is_empty() {
                    super::hint(ui, theme, help);
                }
            })
            .response;
        // The keyboard and a screen reader have the switch itself.
        let pressed = ui.interact(told.rect, switch.id.with("word"), Sense::CLICK);
        if ui.is_enabled() && pressed.clicked() {
            *on = !*on;
            switch.mark_changed();
        }
        switch
    })
    .inner
}

/// One of several in a menu, with a visible label above; as wide as there is room.
pub fn select<T: Clone + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    words: impl Into<String>,
    value: &mut T,
    options: &[(T, String)],
) -> Response {
    let words = words.into();
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let named = label(
            ui,
            theme,
            &words,
            Type::Secondary,
            Weight::Medium,
            theme.colors.text,
        );
        let width = ui.available_width().max(96.0);
        select_bare(ui, theme, words, value, options, width).labelled_by(named.id)
    })
    .inner
}

/// One of several in a menu, `width` points wide; its word stands beside it, drawn by the screen.
pub fn select_bare<T: Clone + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    name: impl Into<String>,
    value: &mut T,
    options: &[(T, String)],
    width: f32,
) -> Response {
    let name = name.into();
    let enabled = ui.is_enabled();
    let shown = options
        .iter()
        .find(|(option, _)| option == value)
        .map_or_else(String::new, |(_, words)| words.clone());
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, mut response) = ui.allocate_exact_size(vec2(width, 36.0), sense);
    paint_select(ui, theme, rect, &response, &shown, enabled);
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, enabled, &name);
        info.current_text_value = Some(shown.clone());
        info
    });
    focus_ring(ui, theme, &response, radius::CONTROL);
    if let Some(chosen) = options_menu(theme, &response, name, value, options)
        && chosen != *value
    {
        *value = chosen;
        response.mark_changed();
    }
    if enabled {
        response.on_hover_cursor(CursorIcon::PointingHand)
    } else {
        response
    }
}

/// The menu under a select, as wide as it. Returns what was chosen in it.
fn options_menu<T: Clone + PartialEq>(
    theme: &Theme,
    response: &Response,
    name: String,
    value: &T,
    options: &[(T, String)],
) -> Option<T> {
    let width = response.rect.width();
    let mut chosen = None;
    Popup::menu(response)
        .accessible_name(name)
        .gap(MENU_GAP)
        .width(width)
        .frame(menu_frame(theme))
        .show(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            ui.set_min_width(width - 14.0);
            egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for (option, words) in options {
                    if option_item(ui, theme, words, option == value).clicked() {
                        chosen = Some(option.clone());
                    }
                }
            });
        });
    chosen
}

fn paint_select(ui: &Ui, theme: &Theme, rect: egui::Rect, response: &Response, shown: &str, enabled: bool) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let colors = &theme.colors;
    let ground = if !enabled {
        colors.sunk
    } else if response.hovered() {
        theme.hovered(colors.panel)
    } else {
        colors.panel
    };
    ui.painter().rect(
        rect,
        CornerRadius::same(radius::CONTROL),
        ground,
        Stroke::new(1.0, colors.line),
        StrokeKind::Inside,
    );
    let color = if enabled { colors.text } else { colors.dim };
    let galley = layout(
        ui,
        shown,
        Type::Body,
        Weight::Regular,
        color,
        (rect.width() - 44.0).max(8.0),
        1,
    );
    let at = pos2(rect.left() + 12.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
    let center = pos2(rect.right() - 20.0, rect.center().y);
    paint_icon(ui, center, icons::CHEVRONS_UP_DOWN, 14.0, colors.faint);
}

/// One of a few, side by side. Returns whether another one was chosen.
pub fn segmented<T: Clone + PartialEq>(
    ui: &mut Ui,
    theme: &Theme,
    name: impl Into<String>,
    value: &mut T,
    options: &[(T, String)],
) -> bool {
    let name = name.into();
    let mut changed = false;
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XS, space::XS);
        for (option, words) in options {
            let selected = option == value;
            if segment(ui, theme, words, selected).clicked() && !selected {
                *value = option.clone();
                changed = true;
            }
        }
    });
    ui.ctx().accesskit_node_builder(row.response.id, |node| {
        node.set_role(Role::RadioGroup);
        node.set_label(name);
    });
    changed
}

fn segment(ui: &mut Ui, theme: &Theme, words: &str, selected: bool) -> Response {
    let (color, ground) = theme.tone(if selected { Tone::Accent } else { Tone::Neutral });
    let galley = layout(
        ui,
        words,
        Type::Secondary,
        Weight::Medium,
        color,
        super::room(ui) - 2.0 * space::M,
        1,
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 2.0 * space::M, 30.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), selected, words));
    if ui.is_rect_visible(rect) {
        let ground = if response.hovered() && !selected {
            theme.hovered(ground)
        } else {
            ground
        };
        ui.painter()
            .rect_filled(rect, CornerRadius::same(radius::CONTROL), ground);
        let at = rect.center() - galley.size() / 2.0;
        ui.painter().galley(at, galley, color);
    }
    focus_ring(ui, theme, &response, radius::CONTROL);
    response.on_hover_cursor(CursorIcon::PointingHand)
}
