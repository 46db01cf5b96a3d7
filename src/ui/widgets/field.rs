//! Fields in which something is typed.

use super::text::{label, layout, paint_icon};
use crate::ui::theme::{Theme, Type, Weight, font, icons, radius, size, space};
use egui::{
    Align, Align2, CornerRadius, Frame, Id, Layout, Margin, Response, Role, Sense, Stroke, StrokeKind,
    TextEdit, Ui, UiBuilder, pos2, vec2,
};

/// What stands at the end of a field.
type Trailing<'a> = Box<dyn FnOnce(&mut Ui) + 'a>;

/// A field with a visible label above, which is also its accessible name, and room below for help or an error.
#[must_use = "a field does nothing until it is shown"]
pub struct Field<'a> {
    label: String,
    text: &'a mut String,
    hint: String,
    error: Option<String>,
    help: Option<String>,
    password: bool,
    max_chars: usize,
    rows: usize,
    width: Option<f32>,
    enabled: bool,
    id: Option<Id>,
    trailing: Option<Trailing<'a>>,
}

impl<'a> Field<'a> {
    /// A field for one line.
    pub fn new(label: impl Into<String>, text: &'a mut String) -> Self {
        Self {
            label: label.into(),
            text,
            hint: String::new(),
            error: None,
            help: None,
            password: false,
            max_chars: usize::MAX,
            rows: 1,
            width: None,
            enabled: true,
            id: None,
            trailing: None,
        }
    }

    /// Shown while it is empty.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// What is wrong with what was typed. Stands in the place of the help.
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    /// What to type, and where to find it.
    pub fn help(mut self, help: Option<String>) -> Self {
        self.help = help;
        self
    }

    /// Whether dots are shown in the place of the letters.
    pub fn password(mut self, password: bool) -> Self {
        self.password = password;
        self
    }

    /// How many characters fit.
    pub fn max_chars(mut self, max_chars: usize) -> Self {
        self.max_chars = max_chars;
        self
    }

    /// Makes it a field of several lines.
    pub fn multiline(mut self, rows: usize) -> Self {
        self.rows = rows.max(2);
        self
    }

    /// How wide it is, in points; else as wide as there is room.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Whether it can be changed.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// The id of the text edit, for asking it to take the keyboard.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// Something at its end: a button that shows the secret, or copies.
    pub fn trailing(mut self, add: impl FnOnce(&mut Ui) + 'a) -> Self {
        self.trailing = Some(Box::new(add));
        self
    }

    /// Puts it there. The answer is that of the text edit.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> Response {
        let width = self.width.unwrap_or_else(|| ui.available_width());
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = space::XS;
            self.contents_ui(ui, theme)
        })
        .inner
    }

    fn contents_ui(self, ui: &mut Ui, theme: &Theme) -> Response {
        let Self {
            label: words,
            text,
            hint,
            error,
            help,
            password,
            max_chars,
            rows,
            enabled,
            id,
            trailing,
            ..
        } = self;
        let colors = &theme.colors;
        let named = label(ui, theme, words, Type::Secondary, Weight::Medium, colors.text);
        let edit = Edit {
            text,
            hint,
            password,
            max_chars,
            rows,
            enabled: enabled && ui.is_enabled(),
            wrong: error.is_some(),
            id,
            icon: None,
            ground: if enabled { colors.panel } else { colors.sunk },
            line: colors.line,
            trailing,
        };
        let response = edit.show(ui, theme).labelled_by(named.id);
        if let Some(error) = error {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::XS;
                let (rect, _) = ui.allocate_exact_size(vec2(14.0, 16.0), Sense::hover());
                paint_icon(ui, rect.center(), icons::ALERT, 14.0, colors.bad);
                let error = theme.rich(error, Type::Hint, Weight::Regular, colors.bad);
                ui.add(egui::Label::new(error).wrap());
            });
        } else if let Some(help) = help {
            super::hint(ui, theme, help);
        }
        response
    }
}

/// The box around a text edit: ground, border, focus ring, something before and after.
struct Edit<'a> {
    text: &'a mut String,
    hint: String,
    password: bool,
    max_chars: usize,
    rows: usize,
    enabled: bool,
    wrong: bool,
    id: Option<Id>,
    icon: Option<&'static str>,
    ground: egui::Color32,
    line: egui::Color32,
    trailing: Option<Trailing<'a>>,
}

impl Edit<'_> {
    fn show(self, ui: &mut Ui, theme: &Theme) -> Response {
        let colors = &theme.colors;
        let width = ui.available_width();
        let id = self.id.unwrap_or_else(|| ui.next_auto_id().with("edit"));
        let line_height = ui.fonts_mut(|fonts| fonts.row_height(&font(Type::Body, Weight::Regular)));
        let height = if self.rows > 1 {
            line_height * self.rows as f32 + 18.0
        } else {
            36.0
        };
        let background = ui.painter().add(egui::Shape::Noop);
        let outer = ui.available_rect_before_wrap();
        let rect = egui::Rect::from_min_size(outer.min, vec2(width, height));

        let mut text_rect = rect;
        text_rect.min.x += 12.0;
        text_rect.max.x -= 12.0;
        if let Some(icon) = self.icon {
            let center = pos2(rect.left() + 20.0, rect.center().y);
            paint_icon(ui, center, icon, size::ICON_TEXT, colors.faint);
            text_rect.min.x = rect.left() + 36.0;
        }
        if let Some(trailing) = self.trailing {
            let mut end = rect;
            end.max.x -= 4.0;
            end.min.x = rect.right() - rect.width() / 2.0;
            let mut child = ui.new_child(
                UiBuilder::new()
                    .max_rect(end)
                    .layout(Layout::right_to_left(Align::Center)),
            );
            child.spacing_mut().item_spacing.x = 0.0;
            trailing(&mut child);
            text_rect.max.x = child.min_rect().left() - 4.0;
        }

        let edit = if self.rows > 1 {
            TextEdit::multiline(self.text).desired_rows(self.rows)
        } else {
            TextEdit::singleline(self.text).vertical_center()
        };
        let color = if self.enabled { colors.text } else { colors.dim };
        let edit = edit
            .id(id)
            .password(self.password)
            .char_limit(self.max_chars)
            .interactive(self.enabled)
            .font(font(Type::Body, Weight::Regular))
            .text_color(color)
            .hint_text(theme.rich(&self.hint, Type::Body, Weight::Regular, colors.faint))
            .margin(Margin::symmetric(0, 8))
            .frame(Frame::NONE.inner_margin(Margin::symmetric(0, 8)))
            .desired_width(text_rect.width())
            .min_size(vec2(text_rect.width(), 0.0));
        let mut child = ui.new_child(
            UiBuilder::new()
                .max_rect(text_rect)
                .layout(Layout::top_down(Align::Min)),
        );
        let response = child.add(edit);
        let mut rect = rect;
        rect.max.y = rect.max.y.max(response.rect.bottom());
        ui.allocate_rect(rect, Sense::hover());

        let (stroke, kind) = border(theme, response.has_focus(), self.wrong, self.line);
        ui.painter().set(
            background,
            egui::epaint::RectShape::new(
                rect,
                CornerRadius::same(radius::CONTROL),
                self.ground,
                stroke,
                kind,
            ),
        );
        response
    }
}

/// The line around a text edit: the ring of who has the keyboard, or that something is wrong.
fn border(theme: &Theme, focused: bool, wrong: bool, line: egui::Color32) -> (Stroke, StrokeKind) {
    if focused {
        (Stroke::new(2.0, theme.colors.accent), StrokeKind::Middle)
    } else if wrong {
        (Stroke::new(1.0, theme.colors.bad), StrokeKind::Inside)
    } else {
        (Stroke::new(1.0, line), StrokeKind::Inside)
    }
}

trait VerticalCenter {
    fn vertical_center(self) -> Self;
}

impl VerticalCenter for TextEdit<'_> {
    fn vertical_center(self) -> Self {
        self.align(Align2::LEFT_CENTER)
    }
}

/// A field in which to search, with a button that empties it.
pub fn search_field(
    ui: &mut Ui,
    theme: &Theme,
    id: Id,
    name: impl Into<String>,
    hint: impl Into<String>,
    text: &mut String,
) -> Response {
    let name = name.into();
    let colors = &theme.colors;
    let filled = !text.is_empty();
    let mut clear = false;
    let mut response = Edit {
        text,
        hint: hint.into(),
        password: false,
        max_chars: 200,
        rows: 1,
        enabled: ui.is_enabled(),
        wrong: false,
        id: Some(id),
        icon: Some(icons::SEARCH),
        ground: colors.sunk,
        line: egui::Color32::TRANSPARENT,
        trailing: filled.then(|| {
            Box::new(|ui: &mut Ui| {
                clear = clear_button_ui(ui, theme).clicked();
            }) as Trailing<'_>
        }),
    }
    .show(ui, theme)
    .accessible_name(name);
    let escape = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape));
    if clear || (escape && !text.is_empty()) {
        text.clear();
        response.mark_changed();
        response.request_focus();
    }
    response
}

/// The small cross in a search field. Esc does the same, so the keyboard does not stop at it.
fn clear_button_ui(ui: &mut Ui, theme: &Theme) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::CLICK);
    let color = if response.hovered() {
        theme.colors.text
    } else {
        theme.colors.faint
    };
    paint_icon(ui, rect.center(), icons::X, 14.0, color);
    response
}

/// What a field shows that cannot be changed: same box, same label, with something at its end.
pub fn read_only_field(
    ui: &mut Ui,
    theme: &Theme,
    words: impl Into<String>,
    value: impl Into<String>,
    trailing: impl FnOnce(&mut Ui),
) -> Response {
    let (words, value) = (words.into(), value.into());
    let colors = &theme.colors;
    ui.spacing_mut().item_spacing.y = space::XS;
    label(ui, theme, &words, Type::Secondary, Weight::Medium, colors.text);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 36.0), Sense::hover());
    ui.painter().rect(
        rect,
        CornerRadius::same(radius::CONTROL),
        colors.panel,
        Stroke::new(1.0, colors.line),
        StrokeKind::Inside,
    );
    let mut end = rect;
    end.max.x -= 4.0;
    let mut child = ui.new_child(
        UiBuilder::new()
            .max_rect(end)
            .layout(Layout::right_to_left(Align::Center)),
    );
    child.spacing_mut().item_spacing.x = 0.0;
    trailing(&mut child);
    let room = child.min_rect().left().min(rect.right() - 12.0) - rect.left() - 12.0;
    let galley = layout(
        ui,
        value.clone(),
        Type::Body,
        Weight::Regular,
        colors.text,
        room,
        1,
    );
    let elided = galley.elided;
    let at = pos2(rect.left() + 12.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, colors.text);
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::labeled(Role::TextInput, true, &words);
        info.current_text_value = Some(value.clone());
        info
    });
    if elided {
        response.on_hover_text(value)
    } else {
        response
    }
}
