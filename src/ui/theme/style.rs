//! egui's own style, told to look like ours: for what is drawn by egui itself (text cursors, scrollbars, menus).

use super::{Palette, Theme, Type, Weight, faded, font, radius, shadow, size, space};
use egui::style::{ScrollStyle, Selection, WidgetVisuals, Widgets};
use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, Style, TextStyle, Visuals, vec2};

/// Sets egui's own style to the theme; to be called when the theme changes.
pub fn apply(context: &egui::Context, theme: &Theme) {
    context.set_theme(if theme.dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    });
    context.set_style_of(egui::Theme::Light, style(theme, false));
    context.set_style_of(egui::Theme::Dark, style(theme, true));
}

fn style(theme: &Theme, dark: bool) -> Style {
    let egui_theme = if dark {
        egui::Theme::Dark
    } else {
        egui::Theme::Light
    };
    let themed = Theme {
        reduced_motion: theme.reduced_motion,
        ..Theme::new(dark)
    };
    let mut style = egui_theme.default_style();
    style.text_styles = [
        (TextStyle::Small, font(Type::Hint, Weight::Regular)),
        (TextStyle::Body, font(Type::Body, Weight::Regular)),
        (TextStyle::Button, font(Type::Body, Weight::Medium)),
        (TextStyle::Heading, font(Type::ScreenTitle, Weight::Semibold)),
        (
            TextStyle::Monospace,
            FontId::new(Type::Secondary.size(), FontFamily::Monospace),
        ),
    ]
    .into();
    style.animation_time = themed.motion_secs();
    style.explanation_tooltips = false;
    style.spacing.item_spacing = vec2(space::S, space::S);
    style.spacing.button_padding = vec2(space::M, space::S);
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(20);
    style.spacing.interact_size = vec2(size::CONTROL, size::CONTROL);
    style.spacing.text_edit_width = 280.0;
    style.spacing.tooltip_width = 360.0;
    style.spacing.menu_spacing = space::XS;
    style.spacing.scroll = ScrollStyle {
        bar_width: 8.0,
        handle_min_length: 32.0,
        floating_width: 4.0,
        foreground_color: true,
        dormant_handle_opacity: 0.25,
        active_handle_opacity: 0.4,
        interact_handle_opacity: 0.6,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        ..ScrollStyle::floating()
    };
    style.interaction.tooltip_delay = 0.4;
    style.interaction.selectable_labels = false;
    style.visuals = visuals(&themed);
    style
}

fn visuals(theme: &Theme) -> Visuals {
    let colors = &theme.colors;
    let mut visuals = if theme.dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    visuals.widgets = widgets(colors, theme);
    visuals.selection = Selection {
        bg_fill: faded(colors.accent, if theme.dark { 0.40 } else { 0.25 }),
        stroke: Stroke::new(2.0, colors.accent),
    };
    visuals.hyperlink_color = colors.accent;
    visuals.faint_bg_color = colors.sunk;
    visuals.extreme_bg_color = colors.panel;
    visuals.text_edit_bg_color = Some(colors.panel);
    visuals.code_bg_color = colors.sunk;
    visuals.warn_fg_color = colors.warn;
    visuals.error_fg_color = colors.bad;
    visuals.weak_text_color = Some(colors.faint);
    visuals.panel_fill = colors.bg;
    visuals.window_fill = colors.panel;
    visuals.window_stroke = Stroke::new(1.0, colors.line);
    visuals.window_corner_radius = CornerRadius::same(radius::CARD);
    visuals.menu_corner_radius = CornerRadius::same(radius::ROW);
    visuals.window_shadow = shadow(theme.dark);
    visuals.popup_shadow = shadow(theme.dark);
    visuals.resize_corner_size = 0.0;
    visuals.text_cursor.stroke = Stroke::new(2.0, colors.accent);
    visuals.text_cursor.blink = !theme.reduced_motion;
    visuals.indent_has_left_vline = false;
    visuals.slider_trailing_fill = true;
    visuals.interact_cursor = None;
    visuals.image_loading_spinners = false;
    visuals.disabled_alpha = 0.75;
    visuals
}

fn widgets(colors: &Palette, theme: &Theme) -> Widgets {
    let of = |fill: Color32, line: Color32, width: f32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(width, line),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: of(colors.panel, colors.line, 1.0, colors.text),
        inactive: of(colors.panel, colors.line, 1.0, colors.text),
        hovered: of(theme.hovered(colors.panel), colors.line, 1.0, colors.text),
        active: of(theme.pressed(colors.panel), colors.accent, 2.0, colors.text),
        open: of(theme.hovered(colors.panel), colors.line, 1.0, colors.text),
    }
}
