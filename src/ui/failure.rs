//! The screen that stands in the place of the program when it cannot begin: what happened, what it means, what to do.

use super::text::Localizer;
use super::theme::{Theme, Type, Weight, icons, size, space};
use super::widgets::{self, Button};
use super::words::{self, FailureWords};
use crate::store::StoreError;
use egui::{CentralPanel, Frame, Margin, Ui};

/// Why the program cannot begin.
#[derive(Debug)]
pub enum StartFailure {
    /// The database cannot be opened.
    Store(StoreError),
    /// Another copy uses the same data folder.
    SecondCopy,
}

impl StartFailure {
    /// In a person's words.
    #[must_use]
    pub fn words(&self, text: &Localizer) -> FailureWords {
        match self {
            Self::Store(error) => words::store_failure(text, error),
            Self::SecondCopy => words::second_copy(text),
        }
    }
}

/// What the operator chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureAnswer {
    /// Try again.
    TryAgain,
    /// Open the data folder.
    OpenFolder,
    /// Close the window.
    Quit,
}

/// Draws the screen; what was chosen in it.
pub fn ui(ui: &mut Ui, theme: &Theme, text: &Localizer, failure: &FailureWords) -> Option<FailureAnswer> {
    let colors = &theme.colors;
    let mut answer = None;
    CentralPanel::no_frame()
        .frame(Frame::new().fill(colors.bg).inner_margin(Margin::same(32)))
        .show(ui, |ui| {
            ui.add_space((ui.available_height() * 0.18).min(140.0));
            let width = ui.available_width().min(560.0);
            let left = (ui.available_width() - width) / 2.0;
            ui.horizontal_top(|ui| {
                ui.add_space(left);
                widgets::card_sized(ui, theme, width, 0.0, |ui| {
                    ui.spacing_mut().item_spacing.y = space::M;
                    widgets::icon(ui, theme, icons::WARNING, 2.0 * size::ICON_RAIL, colors.bad);
                    widgets::title(ui, theme, failure.title.as_str());
                    for words in [&failure.means, &failure.advice] {
                        let words = theme.rich(words, Type::Body, Weight::Regular, colors.text);
                        ui.add(egui::Label::new(words).wrap());
                    }
                    if let Some(said) = &failure.words {
                        widgets::hint(ui, theme, words::their_words(text, said));
                    }
                    ui.add_space(space::S);
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing.x = space::S;
                        let choices = [
                            (Button::primary(text.get("try-again")), FailureAnswer::TryAgain),
                            (
                                Button::secondary(text.get("failure-open-folder")),
                                FailureAnswer::OpenFolder,
                            ),
                            (Button::ghost(text.get("failure-quit")), FailureAnswer::Quit),
                        ];
                        for (button, choice) in choices {
                            if button.show(ui, theme).clicked() {
                                answer = Some(choice);
                            }
                        }
                    });
                });
            });
        });
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    #[test]
    fn it_says_what_happened_and_lets_choose() {
        let text = Localizer::new(Language::English);
        let failure = StartFailure::Store(StoreError::Newer { found: 9, known: 1 }).words(&text);
        let title = failure.title.clone();
        let mut harness = Harness::builder()
            .with_context_setup(crate::ui::theme::install)
            .build_ui_state(
                move |view, answer: &mut Option<FailureAnswer>| {
                    let theme = Theme::new(false);
                    *answer = ui(view, &theme, &text, &failure).or(*answer);
                },
                None,
            );
        harness.step();
        harness.get_by_label(&title);
        harness.get_by_label("Try again").click();
        harness.step();
        harness.step();
        assert_eq!(*harness.state(), Some(FailureAnswer::TryAgain));
    }
}
