//! Buttons and links.

use super::text::{layout, paint_icon};
use super::{focus_ring, room};
use crate::ui::theme::{Theme, Type, Weight, faded, icons, mix, radius, size};
use egui::{
    Color32, CornerRadius, CursorIcon, Galley, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Primary,
    Secondary,
    Danger,
    Ghost,
}

/// A button with a word. There is one primary button on a screen.
#[must_use = "a button does nothing until it is shown"]
#[derive(Debug, Clone)]
pub struct Button {
    kind: Kind,
    text: String,
    icon: Option<&'static str>,
    shortcut: Option<String>,
    name: Option<String>,
    enabled: bool,
    busy: bool,
    small: bool,
    full_width: bool,
    color: Option<Color32>,
}

/// The colours of a button as it is now.
struct Look {
    fill: Color32,
    line: Color32,
    text: Color32,
    shortcut: Color32,
}

impl Button {
    fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self {
            kind,
            text: text.into(),
            icon: None,
            shortcut: None,
            name: None,
            enabled: true,
            busy: false,
            small: false,
            full_width: false,
            color: None,
        }
    }

    /// The one main action of a screen.
    pub fn primary(text: impl Into<String>) -> Self {
        Self::new(Kind::Primary, text)
    }

    /// Any other action.
    pub fn secondary(text: impl Into<String>) -> Self {
        Self::new(Kind::Secondary, text)
    }

    /// An action that destroys something.
    pub fn danger(text: impl Into<String>) -> Self {
        Self::new(Kind::Danger, text)
    }

    /// A quiet action, without a border.
    pub fn ghost(text: impl Into<String>) -> Self {
        Self::new(Kind::Ghost, text)
    }

    /// An icon before the word.
    pub fn icon(mut self, icon: &'static str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// A key shown after the word. It has to be handled elsewhere.
    pub fn shortcut(mut self, shortcut: impl Into<String>) -> Self {
        self.shortcut = Some(shortcut.into());
        self
    }

    /// Whether it can be pressed.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// Whether what it does is under way: it turns and cannot be pressed.
    pub fn busy(mut self, busy: bool) -> Self {
        self.busy = busy;
        self
    }

    /// A little lower, for pane headers.
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }

    /// Its accessible name, if other than its word.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// As wide as there is room.
    pub fn full_width(mut self) -> Self {
        self.full_width = true;
        self
    }

    /// Text and border in this colour, for buttons on a banner.
    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    fn look(&self, theme: &Theme, active: bool, response: &Response) -> Look {
        let colors = &theme.colors;
        if !active && !self.busy {
            let bare = self.kind == Kind::Ghost;
            return Look {
                fill: if bare { Color32::TRANSPARENT } else { colors.sunk },
                line: if bare { Color32::TRANSPARENT } else { colors.line },
                text: colors.faint,
                shortcut: colors.faint,
            };
        }
        let pressed = response.is_pointer_button_down_on();
        let shade = |color: Color32, deep: f32| {
            if !active {
                color
            } else if pressed {
                mix(color, colors.text, deep * 2.0)
            } else if response.hovered() {
                mix(color, colors.text, deep)
            } else {
                color
            }
        };
        match self.kind {
            Kind::Primary => Look {
                fill: shade(colors.accent, 0.12),
                line: Color32::TRANSPARENT,
                text: colors.accent_on,
                shortcut: faded(colors.accent_on, 0.86),
            },
            Kind::Ghost => Look {
                fill: if pressed {
                    faded(colors.text, 0.10)
                } else if response.hovered() {
                    faded(colors.text, 0.05)
                } else {
                    Color32::TRANSPARENT
                },
                line: Color32::TRANSPARENT,
                text: self.color.unwrap_or(colors.dim),
                shortcut: colors.faint,
            },
            Kind::Secondary | Kind::Danger => {
                let text = if self.kind == Kind::Danger {
                    colors.bad
                } else {
                    self.color.unwrap_or(colors.text)
                };
                let ground = if self.color.is_some() {
                    Color32::TRANSPARENT
                } else {
                    shade(colors.panel, 0.045)
                };
                Look {
                    fill: ground,
                    line: self.color.unwrap_or(colors.line),
                    text,
                    shortcut: colors.faint,
                }
            }
        }
    }

    /// Puts it there.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> Response {
        let active = self.enabled && !self.busy && ui.is_enabled();
        let padding = if self.small { 12.0 } else { 15.0 };
        let height = if self.small { 30.0 } else { size::CONTROL };
        let room = room(ui);
        let contents = self.lay_out(ui, room - 2.0 * padding);
        let width = if self.full_width {
            room
        } else {
            contents.width + 2.0 * padding
        };
        let elided = contents.text.elided;

        let sense = if active { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
        let name = self.name.as_ref().unwrap_or(&self.text);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, active, name));
        if ui.is_rect_visible(rect) {
            let look = self.look(theme, active, &response);
            self.paint(ui, theme, rect, contents, &look);
        }
        focus_ring(ui, theme, &response, radius::CONTROL);
        let response = if active {
            response.on_hover_cursor(CursorIcon::PointingHand)
        } else {
            response
        };
        if elided {
            response.on_hover_text(self.text)
        } else {
            response
        }
    }

    /// Lays icon, word and shortcut out in at most `room` points; the word gives way.
    fn lay_out(&self, ui: &Ui, room: f32) -> Contents {
        let lay = |text: &str, kind, weight, room: f32| {
            layout(ui, text, kind, weight, Color32::PLACEHOLDER, room.max(8.0), 1)
        };
        let icon = if self.busy { Some(icons::LOADER) } else { self.icon };
        let icon_width = icon.map_or(0.0, |_| size::ICON_TEXT + GAP);
        let room = room - icon_width;
        let shortcut = self
            .shortcut
            .as_ref()
            .map(|shortcut| lay(shortcut, Type::Hint, Weight::Regular, room));
        let shortcut_width = shortcut.as_ref().map_or(0.0, |galley| galley.size().x + GAP);
        let text = lay(&self.text, Type::Body, Weight::Medium, room - shortcut_width);
        Contents {
            width: icon_width + text.size().x + shortcut_width,
            icon,
            text,
            shortcut,
        }
    }

    fn paint(&self, ui: &Ui, theme: &Theme, rect: Rect, contents: Contents, look: &Look) {
        let line = Stroke::new(1.0, look.line);
        ui.painter().rect(
            rect,
            CornerRadius::same(radius::CONTROL),
            look.fill,
            line,
            StrokeKind::Inside,
        );
        let middle = rect.center();
        let mut x = middle.x - contents.width / 2.0;
        if let Some(icon) = contents.icon {
            let center = pos2(x + size::ICON_TEXT / 2.0, middle.y);
            if self.busy {
                super::state::paint_spinner(ui, theme, center, size::ICON_TEXT, look.text);
            } else {
                paint_icon(ui, center, icon, size::ICON_TEXT, look.text);
            }
            x += size::ICON_TEXT + GAP;
        }
        for (galley, color) in [
            (Some(contents.text), look.text),
            (contents.shortcut, look.shortcut),
        ] {
            let Some(galley) = galley else { continue };
            let size = galley.size();
            ui.painter()
                .galley(pos2(x, middle.y - size.y / 2.0), galley, color);
            x += size.x + GAP;
        }
    }
}

/// Between icon, word and shortcut, in points.
const GAP: f32 = 8.0;

/// What stands in a button, laid out.
struct Contents {
    icon: Option<&'static str>,
    text: Arc<Galley>,
    shortcut: Option<Arc<Galley>>,
    width: f32,
}

/// A button that is only an icon. Its name shows under the pointer.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: &str, name: impl Into<String>) -> Response {
    icon_button_enabled(ui, theme, icon, name, true)
}

/// A button that is only an icon, and can be out of use.
pub fn icon_button_enabled(
    ui: &mut Ui,
    theme: &Theme,
    icon: &str,
    name: impl Into<String>,
    enabled: bool,
) -> Response {
    let name = name.into();
    let active = enabled && ui.is_enabled();
    let sense = if active { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(size::CONTROL, size::CONTROL), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, active, &name));
    if ui.is_rect_visible(rect) {
        let colors = &theme.colors;
        let ground = if !active {
            0.0
        } else if response.is_pointer_button_down_on() {
            0.11
        } else if response.hovered() {
            0.06
        } else {
            0.0
        };
        if ground > 0.0 {
            ui.painter().rect_filled(
                rect,
                CornerRadius::same(radius::CONTROL),
                faded(colors.text, ground),
            );
        }
        let color = if !active {
            mix(colors.faint, colors.panel, 0.35)
        } else if response.hovered() {
            colors.text
        } else {
            colors.dim
        };
        paint_icon(ui, rect.center(), icon, size::ICON_BUTTON, color);
    }
    focus_ring(ui, theme, &response, radius::CONTROL);
    let response = response.on_hover_text(name);
    if active {
        response.on_hover_cursor(CursorIcon::PointingHand)
    } else {
        response
    }
}

/// A word that leads somewhere.
pub fn link(ui: &mut Ui, theme: &Theme, text: impl Into<String>) -> Response {
    let text = text.into();
    let color = theme.colors.accent;
    let galley = layout(
        ui,
        text.clone(),
        Type::Secondary,
        Weight::Medium,
        color,
        room(ui),
        1,
    );
    let elided = galley.elided;
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), &text));
    if ui.is_rect_visible(rect) {
        ui.painter().galley(rect.min, galley, color);
        if response.hovered() {
            ui.painter()
                .hline(rect.x_range(), rect.bottom() - 1.5, Stroke::new(1.0, color));
        }
    }
    focus_ring(ui, theme, &response, 3);
    let response = response.on_hover_cursor(CursorIcon::PointingHand);
    if elided {
        response.on_hover_text(text)
    } else {
        response
    }
}
