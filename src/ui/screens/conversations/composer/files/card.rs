//! One file: what it looks like, its name, type and size, and what can be done with it.

use super::{Slot, SlotSaid, State};
use crate::domain::opening::extension;
use crate::domain::outgoing::{FileProblem, PictureChange};
use crate::domain::{MediaKind, OutgoingFile};
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::file_words;
use crate::ui::pictures::{PictureKey, Pictures, Shown, Source};
use crate::ui::screens::conversations::bubble;
use crate::ui::theme::{self, Type, Weight, icons, radius, size, space};
use crate::ui::widgets::{self, Button, text::paint_icon};
use egui::epaint::RectShape;
use egui::{Align, Color32, CornerRadius, Frame, Label, Layout, Margin, Rect, Sense, Ui, Vec2, pos2, vec2};

/// Side of the small picture, in points.
const PREVIEW: f32 = 40.0;

/// What the operator wants done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Act {
    Remove,
    Earlier,
    Later,
    Smaller,
    Undo,
    Change(PictureChange),
}

impl Slot {
    /// Draws it; `place` is which of how many it is.
    pub(super) fn ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        account: &AccountView,
        place: (usize, usize),
        locked: bool,
    ) -> Option<Act> {
        let colors = &ctx.theme.colors;
        let width = ui.available_width();
        let ground = match self.state {
            State::Problem(_) => colors.bad_soft,
            _ => colors.sunk,
        };
        let mut act = None;
        Frame::new()
            .fill(ground)
            .corner_radius(CornerRadius::same(radius::ROW))
            .inner_margin(Margin::same(6))
            .show(ui, |ui| {
                ui.set_width(width - 12.0);
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing = vec2(space::S, 2.0);
                    self.preview_ui(ui, ctx, pictures);
                    let buttons = if place.1 > 1 { 3.0 } else { 1.0 };
                    let words = ui.available_width() - buttons * (size::CONTROL + space::XS) - space::S;
                    ui.allocate_ui_with_layout(vec2(words, 0.0), Layout::top_down(Align::Min), |ui| {
                        ui.set_width(words.max(80.0));
                        act = self.words_ui(ui, ctx, account, locked);
                    });
                    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                        ui.spacing_mut().item_spacing.x = space::XS;
                        act = self.buttons_ui(ui, ctx, place, locked).or(act);
                    });
                });
            });
        act
    }

    fn shown_name(&self, ctx: &UiContext<'_>) -> String {
        if self.name.trim().is_empty() {
            t!(ctx, "composer-file-nameless")
        } else {
            self.name.clone()
        }
    }

    fn buttons_ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        (index, count): (usize, usize),
        locked: bool,
    ) -> Option<Act> {
        let name = self.shown_name(ctx);
        let button = |ui: &mut Ui, icon: &str, words: String, enabled: bool| {
            widgets::icon_button_enabled(ui, ctx.theme, icon, words, enabled && !locked).clicked()
        };
        let mut act = None;
        let words = t!(ctx, "composer-file-remove", name = name.as_str());
        if button(ui, icons::X, words, true) {
            act = Some(Act::Remove);
        }
        if count > 1 {
            let words = t!(ctx, "composer-file-later", name = name.as_str());
            if button(ui, icons::CHEVRON_DOWN, words, index + 1 < count) {
                act = Some(Act::Later);
            }
            let words = t!(ctx, "composer-file-earlier", name = name.as_str());
            if button(ui, icons::CHEVRON_UP, words, index > 0) {
                act = Some(Act::Earlier);
            }
        }
        act
    }

    fn words_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView, locked: bool) -> Option<Act> {
        let theme = ctx.theme;
        let colors = &theme.colors;
        let (name, width) = (self.shown_name(ctx), ui.available_width());
        widgets::fading_line(ui, theme, name, Type::Body, Weight::Medium, colors.text, width);
        match &self.state {
            State::Reading(_) | State::TakingIn { .. } => {
                let words = match &self.state {
                    State::TakingIn { kept: Some(_), .. } => t!(ctx, "composer-file-making-smaller"),
                    _ => t!(ctx, "composer-file-taking-in"),
                };
                widgets::hint(ui, theme, words);
                None
            }
            State::Problem(problem) => self.problem_ui(ui, ctx, problem, locked),
            State::Here(file) => self.here_ui(ui, ctx, account, file, locked),
        }
    }

    fn problem_ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        problem: &FileProblem,
        locked: bool,
    ) -> Option<Act> {
        let words = file_words::file_problem(ctx.text, problem);
        let color = ctx.theme.colors.bad;
        let words = ctx.theme.rich(words, Type::Hint, Weight::Regular, color);
        ui.add(Label::new(words).wrap());
        let change = problem.way_out().filter(|_| self.source.is_some())?;
        let (words, icon) = match change {
            PictureChange::Smaller => (t!(ctx, "composer-file-make-smaller"), icons::COLLAPSE),
            PictureChange::Convert | PictureChange::Keep => {
                (t!(ctx, "composer-file-convert"), icons::REFRESH)
            }
        };
        self.action_ui(ui, ctx, icon, words, locked)
            .then_some(Act::Change(change))
    }

    fn here_ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        account: &AccountView,
        file: &OutgoingFile,
        locked: bool,
    ) -> Option<Act> {
        let theme = ctx.theme;
        let line = self.details(ctx, file);
        let words = theme.rich(line, Type::Hint, Weight::Regular, theme.colors.dim);
        ui.add(Label::new(words).wrap());
        if let Some(words) = warning(ctx, account, file) {
            let words = theme.rich(words, Type::Hint, Weight::Regular, theme.colors.warn);
            ui.add(Label::new(words).wrap());
        }
        match &self.said {
            Some(SlotSaid::NoSmaller) => {
                widgets::hint(ui, theme, t!(ctx, "composer-file-no-smaller"));
            }
            Some(SlotSaid::Failed(problem)) => {
                widgets::hint(ui, theme, file_words::file_problem(ctx.text, problem));
            }
            None => {}
        }
        if self.before.is_some() {
            let words = t!(ctx, "composer-file-undo");
            return self
                .action_ui(ui, ctx, icons::UNDO, words, locked)
                .then_some(Act::Undo);
        }
        if file.is_large_picture() && self.said.is_none() {
            let words = t!(ctx, "composer-file-make-smaller");
            return self
                .action_ui(ui, ctx, icons::COLLAPSE, words, locked)
                .then_some(Act::Smaller);
        }
        None
    }

    /// A quiet button below the words; its name for who does not see says which file it is about.
    fn action_ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        icon: &'static str,
        words: String,
        locked: bool,
    ) -> bool {
        let name = self.shown_name(ctx);
        let spoken = t!(
            ctx,
            "composer-file-action",
            action = words.as_str(),
            name = name.as_str()
        );
        Button::secondary(words)
            .name(spoken)
            .icon(icon)
            .small()
            .enabled(!locked)
            .show(ui, ctx.theme)
            .clicked()
    }

    /// Type, size (before and after, if it was made smaller) and pixels.
    fn details(&self, ctx: &UiContext<'_>, file: &OutgoingFile) -> String {
        let size = ctx.text.file_size(file.file.bytes);
        let size = match &self.before {
            Some(before) => t!(
                ctx,
                "composer-file-sizes",
                before = ctx.text.file_size(before.file.bytes),
                after = size
            ),
            None => size,
        };
        let kind = extension(&file.file.name).to_uppercase();
        match file.pixels {
            Some((width, height)) => t!(
                ctx,
                "composer-file-picture-line",
                kind = kind,
                size = size,
                width = width.to_string(),
                height = height.to_string()
            ),
            None => t!(ctx, "composer-file-line", kind = kind, size = size),
        }
    }

    fn preview_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, pictures: &mut Pictures) {
        let colors = &ctx.theme.colors;
        let side = Vec2::splat(PREVIEW);
        let (icon, color) = match &self.state {
            State::Reading(_) | State::TakingIn { .. } => {
                widgets::skeleton(ui, ctx.theme, side);
                return;
            }
            State::Problem(_) => (icons::ALERT, colors.bad),
            State::Here(file) if file.kind == MediaKind::Image => {
                picture_ui(ui, ctx, pictures, file);
                return;
            }
            State::Here(file) if extension(&file.file.name) == "pdf" => (icons::FILE_TEXT, colors.bad),
            State::Here(file) => (bubble::media_icon(file.kind), colors.accent),
        };
        let (rect, _) = ui.allocate_exact_size(side, Sense::hover());
        let corners = CornerRadius::same(radius::CONTROL);
        ui.painter().rect_filled(rect, corners, theme::faded(color, 0.10));
        paint_icon(ui, rect.center(), icon, 22.0, color);
    }
}

/// The middle of a picture, in a square.
fn picture_ui(ui: &mut Ui, ctx: &UiContext<'_>, pictures: &mut Pictures, file: &OutgoingFile) {
    let colors = &ctx.theme.colors;
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(PREVIEW), Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let corners = CornerRadius::same(radius::CONTROL);
    ui.painter()
        .rect_filled(rect, corners, theme::faded(colors.text, 0.05));
    let key = PictureKey::Inline(file.file.stored_name.clone());
    let path = file.file.path(&ctx.live.folder.join("media"));
    match pictures.get(ui.ctx(), &key, || Source::File(path)) {
        Shown::Ready(texture, size) => {
            let shape = RectShape::filled(rect, corners, Color32::WHITE);
            ui.painter().add(shape.with_texture(texture, middle_square(size)));
        }
        Shown::Loading => paint_icon(ui, rect.center(), icons::IMAGE, 20.0, colors.faint),
        Shown::Broken => paint_icon(ui, rect.center(), icons::IMAGE, 20.0, colors.accent),
    }
}

/// The largest square in the middle of a picture, in shares of its sides.
fn middle_square([width, height]: [u32; 2]) -> Rect {
    let (width, height) = (width.max(1) as f32, height.max(1) as f32);
    let side = width.min(height);
    Rect::from_center_size(pos2(0.5, 0.5), vec2(side / width, side / height))
}

/// That the vendor may not take a file of this size after all.
fn warning(ctx: &UiContext<'_>, account: &AccountView, file: &OutgoingFile) -> Option<String> {
    let extension = extension(&file.file.name);
    let rules = account.capabilities.media.iter();
    let mut fitting = rules.filter(|rule| rule.extension == extension);
    let from = fitting
        .next()?
        .warn_bytes
        .filter(|from| file.file.bytes >= *from)?;
    let vendor = account.capabilities.vendor;
    Some(t!(
        ctx,
        "composer-file-warn-size",
        vendor = vendor,
        from = ctx.text.file_size(from)
    ))
}

#[cfg(test)]
mod card_tests {
    use super::*;

    #[test]
    fn the_middle_of_every_picture_is_a_square() {
        for size in [[400, 100], [100, 400], [7, 7], [0, 9]] {
            let part = middle_square(size);
            let pixels = vec2(
                part.width() * size[0].max(1) as f32,
                part.height() * size[1].max(1) as f32,
            );
            assert!((pixels.x - pixels.y).abs() < 0.01, "{size:?}");
            assert_eq!(part.center(), pos2(0.5, 0.5));
        }
    }
}
