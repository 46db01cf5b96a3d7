//! A template as the person will see it.

use crate::domain::Template;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::screens::conversations::bubble::text::formatted;
use crate::ui::theme::{Type, Weight, icons, radius, size, space};
use crate::ui::widgets::{icon, label};
use egui::{Align, Frame, Layout, Margin, Stroke, Ui, vec2};

/// Widest the bubble becomes, in points.
const WIDTH_MAX: f32 = 320.0;
/// Height of what stands for the picture, in points.
const PICTURE: f32 = 96.0;

/// Draws it with the samples in the places of the parameters; a parameter without a sample shows its name. The picture above
/// its text only where the gateway has any (`with_picture`).
pub(super) fn preview_ui(ui: &mut Ui, ctx: &UiContext<'_>, template: &Template, with_picture: bool) {
    let theme = ctx.theme;
    let colors = &theme.colors;
    let text = filled(template);
    let words = t!(ctx, "templates-preview");
    label(ui, theme, words, Type::Secondary, Weight::Medium, colors.text);
    Frame::new()
        .fill(colors.bubble_out)
        .stroke(Stroke::new(1.0, colors.line))
        .corner_radius(radius::CARD)
        .inner_margin(Margin::symmetric(12, 8))
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width().min(WIDTH_MAX));
            ui.spacing_mut().item_spacing.y = space::S;
            if template.header_image && with_picture {
                picture_ui(ui, ctx);
            }
            if text.trim().is_empty() {
                let words = t!(ctx, "templates-preview-empty");
                label(ui, theme, words, Type::Body, Weight::Regular, colors.faint);
            } else {
                ui.label(formatted(theme, &text, ui.available_width(), colors.text));
            }
        });
}

/// The wording with the samples in it.
fn filled(template: &Template) -> String {
    template.shown(|position| {
        let parameter = template.parameters.get(position)?;
        [&parameter.sample, &parameter.name]
            .into_iter()
            .map(|words| words.trim())
            .find(|words| !words.is_empty())
    })
}

/// The place of the picture above the text.
fn picture_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let theme = ctx.theme;
    Frame::new()
        .fill(theme.colors.sunk)
        .corner_radius(radius::CONTROL)
        .show(ui, |ui| {
            let size = vec2(ui.available_width(), PICTURE);
            ui.allocate_ui_with_layout(size, Layout::top_down(Align::Center), |ui| {
                ui.set_min_size(size);
                ui.add_space(PICTURE / 2.0 - size::ICON_RAIL);
                icon(ui, theme, icons::IMAGE, size::ICON_RAIL, theme.colors.faint);
                let words = t!(ctx, "templates-preview-picture");
                label(ui, theme, words, Type::Hint, Weight::Regular, theme.colors.faint);
            });
        });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::template::TemplateParameter;
    use crate::domain::{AccountId, TemplateId, Timestamp};

    #[test]
    fn samples_names_and_places_stand_in_that_order() {
        let parameter = |name: &str, sample: &str| TemplateParameter {
            name: name.into(),
            sample: sample.into(),
        };
        let template = Template {
            id: TemplateId::new(),
            account: AccountId::new(),
            key: "k".into(),
            language: "en".into(),
            text: "{{1}} {{2}} {{3}}".into(),
            parameters: vec![parameter("name", "Ana"), parameter("order", " ")],
            header_image: false,
            updated_at: Timestamp(0),
        };
        assert_eq!(filled(&template), "Ana order {{3}}");
    }
}
