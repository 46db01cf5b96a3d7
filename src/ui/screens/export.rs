//! The dialog that exports: what, in which form, to which file.

use crate::engine::{Answer, ArchiveCommand, Command, ExportFormat, ExportScope, Ticket};
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::theme::icons;
use crate::ui::widgets::{self, Button, Field};
use crate::ui::words;
use egui::Ui;
use std::path::PathBuf;

/// The dialog.
#[derive(Default)]
pub(super) struct ExportDialog {
    form: Option<Form>,
}

struct Form {
    scope: ExportScope,
    title: String,
    format: ExportFormat,
    to: String,
    error: Option<String>,
    running: Option<Ticket>,
}

impl ExportDialog {
    /// Opens it. The file is called after `name`.
    pub(super) fn open(&mut self, ctx: &UiContext<'_>, scope: ExportScope, name: &str, title: String) {
        self.form = Some(Form {
            scope,
            to: suggested(ctx, name).display().to_string(),
            title,
            format: ExportFormat::Csv,
            error: None,
            running: None,
        });
    }

    /// Draws it while it is open.
    pub(super) fn ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(form) = &mut self.form else { return };
        if form.take_answer(ctx) {
            self.form = None;
            return;
        }
        let title = form.title.clone();
        let shown = widgets::dialog(ui.ctx(), ctx.theme, "export", title, |ui| form.ui(ui, ctx));
        let (export, cancel) = shown.inner.unwrap_or_default();
        if export && form.running.is_none() {
            form.export(ctx);
        }
        if cancel || shown.should_close {
            self.form = None;
        }
    }
}

impl Form {
    /// Whether it is to be exported, and whether it is to be given up.
    fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> (bool, bool) {
        let theme = ctx.theme;
        widgets::hint(ui, theme, t!(ctx, "settings-export-help"));
        let formats = [
            (ExportFormat::Csv, t!(ctx, "settings-export-csv")),
            (ExportFormat::Json, t!(ctx, "settings-export-json")),
        ];
        let name = t!(ctx, "settings-export-format");
        if widgets::segmented(ui, theme, name, &mut self.format, &formats) {
            let path = PathBuf::from(self.to.trim()).with_extension(extension(self.format));
            self.to = path.display().to_string();
        }
        widgets::hint(ui, theme, t!(ctx, "settings-export-format-help"));
        let field = Field::new(t!(ctx, "settings-export-to"), &mut self.to)
            .error(self.error.clone())
            .max_chars(1_000)
            .show(ui, theme);
        if field.changed() {
            self.error = None;
        }
        ui.horizontal(|ui| {
            let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
            let export = Button::primary(t!(ctx, "settings-export-go"))
                .icon(icons::DOWNLOAD)
                .busy(self.running.is_some())
                .show(ui, theme)
                .clicked();
            (export, cancel)
        })
        .inner
    }

    fn export(&mut self, ctx: &UiContext<'_>) {
        let to = PathBuf::from(self.to.trim());
        if !to.is_absolute() {
            self.error = Some(t!(ctx, "settings-path-not-whole"));
            return;
        }
        self.error = None;
        let ticket = ctx.ticket();
        self.running = Some(ticket);
        ctx.send(Command::Archive(ArchiveCommand::Export {
            ticket,
            scope: self.scope,
            format: self.format,
            to,
        }));
    }

    /// Takes what the engine has answered; whether all is done.
    fn take_answer(&mut self, ctx: &UiContext<'_>) -> bool {
        let Some(answer) = self.running.and_then(|ticket| ctx.take_answer(ticket)) else {
            return false;
        };
        self.running = None;
        match answer {
            Answer::Exported(Ok(count)) => {
                let words = t!(ctx, "settings-exported", count = count, path = self.to.trim());
                ctx.act(UiAction::Toast(ToastKind::Done, words));
                true
            }
            Answer::Exported(Err(said)) | Answer::Failed(said) => {
                self.error = Some(words::their_words(ctx.text, &said));
                false
            }
            _ => false,
        }
    }
}

fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Json => "json",
    }
}

/// A file of today among the operator's documents.
pub(super) fn suggested(ctx: &UiContext<'_>, name: &str) -> PathBuf {
    let folder = crate::platform::folders::documents().unwrap_or_else(|| ctx.live.folder.clone());
    let day = ctx.now.local().date();
    let name = in_a_path(name);
    let dash = if name.is_empty() { "" } else { "-" };
    folder.join(format!("recado{dash}{name}-{day}.csv"))
}

/// The letters and digits of a name, with dashes between its words: nothing a file system could take amiss.
fn in_a_path(name: &str) -> String {
    let words: Vec<String> = name
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join("-").chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_part_of_a_file_name() {
        assert_eq!(in_a_path("Clínica Aurora / filial"), "clínica-aurora-filial");
        assert_eq!(in_a_path("../../etc"), "etc");
        assert_eq!(in_a_path("+55 11 90000-0012"), "55-11-90000-0012");
        assert_eq!(in_a_path("🙏"), "");
    }
}
