//! The keys that work everywhere, and the list of them.

use super::context::UiContext;
use super::screens::Screen;
use super::theme::{Type, Weight, radius, space};
use super::widgets;
use crate::t;
use egui::os::OperatingSystem;
use egui::{CornerRadius, Key, Modifiers, vec2};

/// What a key that works everywhere asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Opens or closes the palette.
    Palette,
    /// Composes a new message.
    NewMessage,
    /// Opens a screen.
    Screen(Screen),
    /// Searches on the screen that is shown.
    Search,
    /// Reads the account now.
    Refresh,
    /// Shows the list of keys.
    Help,
    /// Everything larger.
    Larger,
    /// Everything smaller.
    Smaller,
    /// Everything in its usual size.
    UsualSize,
}

const DIGITS: [Key; 7] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
];

/// Takes the keys of this frame that work everywhere.
pub fn take(egui: &egui::Context) -> Vec<Shortcut> {
    let typing = egui.text_edit_focused();
    egui.input_mut(|input| {
        let mut taken = Vec::new();
        let mut take = |modifiers, key, shortcut| {
            if input.consume_key(modifiers, key) {
                taken.push(shortcut);
            }
        };
        take(Modifiers::COMMAND, Key::K, Shortcut::Palette);
        take(Modifiers::COMMAND, Key::N, Shortcut::NewMessage);
        take(Modifiers::COMMAND, Key::F, Shortcut::Search);
        for (key, screen) in DIGITS.into_iter().zip(Screen::ALL) {
            take(Modifiers::COMMAND, key, Shortcut::Screen(*screen));
        }
        take(Modifiers::NONE, Key::F5, Shortcut::Refresh);
        take(Modifiers::NONE, Key::F1, Shortcut::Help);
        if !typing {
            take(Modifiers::NONE, Key::Questionmark, Shortcut::Help);
        }
        take(Modifiers::COMMAND, Key::Plus, Shortcut::Larger);
        take(Modifiers::COMMAND, Key::Equals, Shortcut::Larger);
        take(Modifiers::COMMAND, Key::Minus, Shortcut::Smaller);
        take(Modifiers::COMMAND, Key::Num0, Shortcut::UsualSize);
        taken
    })
}

/// A key together with the one that goes with it on this system: `Ctrl K`, on macOS `⌘ K`.
#[must_use]
pub fn with_command(egui: &egui::Context, key: &str) -> String {
    match egui.os() {
        OperatingSystem::Mac | OperatingSystem::IOS => format!("⌘ {key}"),
        _ => format!("Ctrl {key}"),
    }
}

/// The dialog that lists the keys. Whether it should close.
pub fn list_ui(egui: &egui::Context, ctx: &UiContext<'_>) -> bool {
    let theme = ctx.theme;
    let command = |key: &str| with_command(egui, key);
    let rows = [
        (command("K"), t!(ctx, "shortcut-palette")),
        (command("N"), t!(ctx, "shortcut-new-message")),
        (command("1 … 7"), t!(ctx, "shortcut-screens")),
        (command("F"), t!(ctx, "shortcut-search")),
        ("F5".to_owned(), t!(ctx, "shortcut-refresh")),
        ("Esc".to_owned(), t!(ctx, "shortcut-back")),
        (command("+"), t!(ctx, "shortcut-larger")),
        (command("-"), t!(ctx, "shortcut-smaller")),
        (command("0"), t!(ctx, "shortcut-usual-size")),
        ("F1".to_owned(), t!(ctx, "shortcut-help")),
    ];
    let shown = widgets::dialog(egui, theme, "shortcuts", t!(ctx, "shortcuts-title"), |ui| {
        ui.set_width(380.0);
        ui.spacing_mut().item_spacing.y = space::XS;
        for (keys, words) in rows {
            ui.horizontal(|ui| {
                ui.set_min_height(28.0);
                widgets::label(ui, theme, words, Type::Body, Weight::Regular, theme.colors.text);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    key_ui(ui, ctx, &keys);
                });
            });
        }
    });
    shown.should_close
}

/// A key, drawn like one.
pub fn key_ui(ui: &mut egui::Ui, ctx: &UiContext<'_>, keys: &str) {
    let theme = ctx.theme;
    let galley = widgets::text::layout(
        ui,
        keys,
        Type::Hint,
        Weight::Medium,
        theme.colors.dim,
        f32::INFINITY,
        1,
    );
    let (rect, response) =
        ui.allocate_exact_size(vec2(galley.size().x + 2.0 * space::S, 22.0), egui::Sense::hover());
    ui.painter()
        .rect_filled(rect, CornerRadius::same(radius::PILL), theme.colors.sunk);
    ui.painter()
        .galley(rect.center() - galley.size() / 2.0, galley, theme.colors.dim);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, keys));
}
