//! *Save as…*: the system's dialog, and until it answers, or where there is none, a field in which a path can be typed.

use super::context::{ToastKind, UiAction, UiContext};
use super::dialogs::{buttons, remember};
use super::outside::{DialogAnswer, Outside, SaveError, SaveSource, downloads_folder, file_name};
use super::widgets::{self, Button, Field};
use crate::t;
use egui::Context;
use std::path::{Path, PathBuf};

/// A file that is being saved, if there is one.
#[derive(Default)]
pub struct Saving {
    dialog: Option<SaveDialog>,
    /// How many dialogs there were. An answer of one that was given up must not become that of the next.
    asked: u64,
}

struct SaveDialog {
    name: String,
    source: SaveSource,
    /// Where a path that does not begin at the root begins.
    folder: PathBuf,
    path: String,
    error: Option<String>,
    writing: bool,
}

impl Saving {
    /// Whether a file is being saved.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.dialog.is_some()
    }

    /// Asks where to save, beginning in `folder`, or where the system keeps what is saved.
    pub fn ask(
        &mut self,
        egui: &Context,
        outside: &Outside,
        folder: Option<PathBuf>,
        name: &str,
        source: SaveSource,
    ) {
        self.asked += 1;
        let suggested = file_name(name);
        let start = folder.clone().or_else(downloads_folder).unwrap_or_default();
        self.dialog = Some(SaveDialog {
            path: start.join(&suggested).to_string_lossy().into_owned(),
            folder: start,
            source,
            name: crate::domain::text::shown_name(name),
            error: None,
            writing: false,
        });
        outside.ask_where_to_save(egui, self.asked, folder, suggested);
    }

    /// The system's dialog has answered.
    pub(super) fn chosen(
        &mut self,
        egui: &Context,
        outside: &Outside,
        number: u64,
        answer: DialogAnswer<PathBuf>,
    ) {
        let Some(dialog) = self.dialog.as_mut().filter(|_| number == self.asked) else {
            return;
        };
        match answer {
            // A path may have been typed in the meantime.
            DialogAnswer::Chosen(_) if dialog.writing => {}
            DialogAnswer::Chosen(path) => {
                dialog.writing = true;
                outside.save(egui, number, path, dialog.source.clone(), true);
            }
            DialogAnswer::Dismissed if dialog.writing => {}
            DialogAnswer::Dismissed => self.dialog = None,
            // The field for a path is open already.
            DialogAnswer::NoDialog => {}
        }
    }

    /// A file was written, or not.
    pub(super) fn saved(
        &mut self,
        ctx: &UiContext<'_>,
        number: u64,
        path: &Path,
        result: Result<(), SaveError>,
    ) {
        // It may have been given up while it was written, and another be open.
        let dialog = self.dialog.take_if(|_| number == self.asked);
        let words = match result {
            Ok(()) => {
                let words = t!(ctx, "save-done", path = path.display().to_string());
                ctx.act(UiAction::Toast(ToastKind::Done, words));
                if let Some(folder) = path.parent() {
                    remember(ctx, folder, |settings| &mut settings.downloads_folder);
                }
                return;
            }
            Err(SaveError::Exists) => t!(ctx, "save-exists"),
            Err(SaveError::Failed(words)) => t!(ctx, "save-failed", words = words),
        };
        match dialog {
            Some(dialog) => {
                self.dialog = Some(SaveDialog {
                    writing: false,
                    error: Some(words),
                    ..dialog
                });
            }
            None => ctx.act(UiAction::Toast(ToastKind::Problem, words)),
        }
    }

    /// Draws the dialog, if it is open.
    pub(super) fn ui(&mut self, egui: &Context, ctx: &UiContext<'_>, outside: &Outside) {
        let Some(dialog) = &mut self.dialog else {
            return;
        };
        let (theme, number) = (ctx.theme, self.asked);
        let mut close = false;
        let title = t!(ctx, "save-title", name = dialog.name.as_str());
        let shown = widgets::dialog(egui, theme, "save-file", title, |ui| {
            let response = Field::new(t!(ctx, "save-path"), &mut dialog.path)
                .help(Some(t!(ctx, "save-help")))
                .error(dialog.error.clone())
                .show(ui, theme);
            if response.changed() {
                dialog.error = None;
            }
            buttons(ui, |ui| {
                let ready = !dialog.path.trim().is_empty();
                if Button::primary(t!(ctx, "save"))
                    .enabled(ready && !dialog.writing)
                    .busy(dialog.writing)
                    .show(ui, theme)
                    .clicked()
                {
                    dialog.writing = true;
                    outside.save(egui, number, dialog.typed(), dialog.source.clone(), false);
                }
                close |= Button::ghost(t!(ctx, "cancel")).show(ui, theme).clicked();
            });
        });
        if close || shown.should_close {
            self.dialog = None;
        }
    }
}

impl SaveDialog {
    /// The path that was typed: `~` is the operator's own folder, and what begins nowhere begins in the suggested one.
    fn typed(&self) -> PathBuf {
        let typed = Path::new(self.path.trim());
        match typed.strip_prefix("~") {
            Ok(rest) => directories::UserDirs::new()
                .map_or_else(|| typed.to_path_buf(), |user| user.home_dir().join(rest)),
            Err(_) => self.folder.join(typed),
        }
    }
}
