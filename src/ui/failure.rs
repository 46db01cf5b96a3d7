//! The screen that stands in the place of the program when it cannot begin: what happened, what it means, what to do.

use super::text::Localizer;
use super::theme::{Theme, Type, Weight, icons, size, space};
use super::widgets::{self, Button};
use super::words::{self, FailureWords};
use crate::domain::Timestamp;
use crate::engine::Backup;
use crate::store::StoreError;
use egui::{CentralPanel, Frame, Margin, Ui};

/// Why the program cannot begin.
#[derive(Debug)]
pub enum StartFailure {
    /// The database cannot be opened.
    Store(StoreError),
    /// The database is damaged, and this is the newest backup that is whole.
    Damaged {
        /// What the database said.
        words: String,
        /// The backup.
        backup: Backup,
    },
    /// The backup could not be put in the place of the damaged database.
    NotRestored {
        /// Why not.
        words: String,
        /// The backup.
        backup: Backup,
    },
    /// Another copy uses the same data folder.
    SecondCopy,
}

impl StartFailure {
    /// The backup that may take the place of the database.
    #[must_use]
    pub fn backup(&self) -> Option<&Backup> {
        match self {
            Self::Damaged { backup, .. } | Self::NotRestored { backup, .. } => Some(backup),
            Self::Store(_) | Self::SecondCopy => None,
        }
    }

    /// In a person's words.
    #[must_use]
    pub fn words(&self, text: &Localizer) -> FailureWords {
        match self {
            Self::Store(error) => words::store_failure(text, error),
            Self::Damaged { words, .. } => words::store_failure(text, &StoreError::Damaged(words.clone())),
            Self::NotRestored { words, .. } => words::not_restored(text, words.clone()),
            Self::SecondCopy => words::second_copy(text),
        }
    }
}

/// What the operator chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailureAnswer {
    /// Put the backup in the place of the database.
    Restore,
    /// Try again.
    TryAgain,
    /// Open the data folder.
    OpenFolder,
    /// Close the window.
    Quit,
}

/// What the screen shows.
#[derive(Debug)]
pub struct FailureScreen {
    words: FailureWords,
    /// The backup that is offered, and the sentence that says so.
    offer: Option<(Backup, String)>,
}

impl FailureScreen {
    /// The screen of a failure.
    #[must_use]
    pub fn new(text: &Localizer, failure: &StartFailure) -> Self {
        let offer = failure.backup().map(|backup| {
            let values = [
                ("when", text.day_and_time(backup.made_at, Timestamp::now()).into()),
                ("size", text.file_size(backup.bytes).into()),
            ];
            (backup.clone(), text.with("failure-offer", &values))
        });
        Self {
            words: failure.words(text),
            offer,
        }
    }

    /// The backup that is offered.
    #[must_use]
    pub fn backup(&self) -> Option<&Backup> {
        self.offer.as_ref().map(|(backup, _)| backup)
    }
}

/// Draws the screen; what was chosen in it.
pub fn ui(ui: &mut Ui, theme: &Theme, text: &Localizer, screen: &FailureScreen) -> Option<FailureAnswer> {
    let failure = &screen.words;
    let offer = screen.offer.as_ref().map(|(_, sentence)| sentence);
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
                    for words in [&failure.means, offer.unwrap_or(&failure.advice)] {
                        let words = theme.rich(words, Type::Body, Weight::Regular, colors.text);
                        ui.add(egui::Label::new(words).wrap());
                    }
                    if let Some(said) = &failure.words {
                        widgets::hint(ui, theme, words::their_words(text, said));
                    }
                    ui.add_space(space::S);
                    ui.horizontal_wrapped(|ui| {
                        ui.spacing_mut().item_spacing.x = space::S;
                        for choice in choices(offer.is_some()) {
                            if button(text, *choice).show(ui, theme).clicked() {
                                answer = Some(*choice);
                            }
                        }
                    });
                });
            });
        });
    answer
}

/// What can be chosen, the likeliest first.
fn choices(offers_backup: bool) -> &'static [FailureAnswer] {
    use FailureAnswer::{OpenFolder, Quit, Restore, TryAgain};
    if offers_backup {
        &[Restore, TryAgain, OpenFolder, Quit]
    } else {
        &[TryAgain, OpenFolder, Quit]
    }
}

fn button(text: &Localizer, choice: FailureAnswer) -> Button {
    match choice {
        FailureAnswer::Restore => Button::primary(text.get("failure-restore")),
        FailureAnswer::TryAgain => Button::secondary(text.get("try-again")),
        FailureAnswer::OpenFolder => Button::secondary(text.get("failure-open-folder")),
        FailureAnswer::Quit => Button::ghost(text.get("failure-quit")),
    }
}

/// Draws what stands there while a backup is put back.
pub fn restoring_ui(ui: &mut Ui, theme: &Theme, text: &Localizer) {
    CentralPanel::no_frame()
        .frame(Frame::new().fill(theme.colors.bg).inner_margin(Margin::same(32)))
        .show(ui, |ui| {
            ui.centered_and_justified(|ui| {
                widgets::hint(ui, theme, text.get("failure-restoring"));
            });
        });
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
        let failure = StartFailure::Store(StoreError::Newer { found: 9, known: 1 });
        let title = failure.words(&text).title;
        let failure = FailureScreen::new(&text, &failure);
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

    #[test]
    fn a_damaged_database_is_offered_its_backup() {
        let text = Localizer::new(Language::English);
        let failure = StartFailure::Damaged {
            words: "page 4".to_owned(),
            backup: Backup {
                folder: "/backups/recado-1".into(),
                made_at: Timestamp(1_700_000_000_000),
                bytes: 2_500_000,
            },
        };
        let title = failure.words(&text).title;
        let screen = FailureScreen::new(&text, &failure);
        let sentence = screen.offer.as_ref().unwrap().1.clone();
        let mut harness = Harness::builder()
            .with_context_setup(crate::ui::theme::install)
            .build_ui_state(
                move |view, answer: &mut Option<FailureAnswer>| {
                    let theme = Theme::new(false);
                    *answer = ui(view, &theme, &text, &screen).or(*answer);
                },
                None,
            );
        harness.step();
        harness.get_by_label(&title);
        harness.get_by_label(&sentence);
        assert!(
            sentence.contains("2023") && sentence.contains("2.4"),
            "{sentence}"
        );
        harness.get_by_label("Restore the backup").click();
        harness.step();
        harness.step();
        assert_eq!(*harness.state(), Some(FailureAnswer::Restore));
    }
}
