//! The path of a file, typed: where the system has no dialog for it, or it does not answer.

use super::Composer;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::icons;
use crate::ui::widgets::{self, Button, Field};
use egui::{Key, Ui};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

/// What is typed.
pub(super) struct PathDialog {
    typed: String,
    /// Why it is open, where the operator has not asked for it.
    why: Option<String>,
    error: Option<String>,
}

impl Composer {
    /// Opens the dialog; `why` says it where it opens by itself.
    pub(super) fn open_path(&mut self, ctx: &UiContext<'_>, why: Option<String>) {
        let folder = ctx.live.settings.pick_folder.as_ref();
        let typed = folder.map(|folder| format!("{}{MAIN_SEPARATOR}", folder.display()));
        self.path = Some(PathDialog {
            typed: typed.unwrap_or_default(),
            why,
            error: None,
        });
    }

    /// Draws the dialog while it is open.
    pub(super) fn path_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>, account: &AccountView) {
        let Some(dialog) = &mut self.path else { return };
        let theme = ctx.theme;
        let title = t!(ctx, "composer-path-title");
        let shown = widgets::dialog(ui.ctx(), theme, "attach-path", title, |ui| {
            if let Some(why) = &dialog.why {
                widgets::hint(ui, theme, why.as_str());
            }
            let field = Field::new(t!(ctx, "composer-path"), &mut dialog.typed)
                .help(Some(t!(ctx, "composer-path-help")))
                .error(dialog.error.clone())
                .max_chars(4_096)
                .show(ui, theme);
            if field.changed() {
                dialog.error = None;
            }
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.horizontal(|ui| {
                let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
                let attach = Button::primary(t!(ctx, "composer-path-attach"))
                    .icon(icons::PAPERCLIP)
                    .show(ui, theme)
                    .clicked();
                (cancel, attach || entered)
            })
            .inner
        });
        let (cancel, attach) = shown.inner.unwrap_or_default();
        let mut close = cancel || shown.should_close;
        let mut chosen = None;
        if attach && !close {
            chosen = whole_path(&dialog.typed);
            match chosen {
                Some(_) => close = true,
                None => dialog.error = Some(t!(ctx, "composer-path-not-whole")),
            }
        }
        if close {
            self.path = None;
        }
        if let Some(path) = chosen {
            self.add_paths(ctx, account.account.id, vec![path]);
        }
    }
}

/// The whole path that was typed or pasted: with or without quotation marks, as an address of a file, or from the home
/// folder on.
pub(super) fn whole_path(typed: &str) -> Option<PathBuf> {
    let typed = typed.trim();
    let quoted = |mark: char| typed.strip_prefix(mark)?.strip_suffix(mark);
    let typed = quoted('"').or_else(|| quoted('\'')).unwrap_or(typed);
    if let Some(path) = file_address(typed) {
        return Some(path);
    }
    if let Some(rest) = typed.strip_prefix("~/") {
        return std::env::home_dir().map(|home| home.join(rest));
    }
    let path = Path::new(typed);
    path.is_absolute().then(|| path.to_path_buf())
}

/// The path of a `file://` address of this machine.
pub(super) fn file_address(text: &str) -> Option<PathBuf> {
    let text = text.trim();
    if !text.get(..7)?.eq_ignore_ascii_case("file://") {
        return None;
    }
    let path = url::Url::parse(text).ok()?.to_file_path().ok()?;
    path.file_name().is_some().then_some(path)
}

#[cfg(test)]
mod path_tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_people_paste_them() {
        let path = Some(PathBuf::from("/home/ana/Nota fiscal.pdf"));
        for typed in [
            "/home/ana/Nota fiscal.pdf",
            "  \"/home/ana/Nota fiscal.pdf\" ",
            "'/home/ana/Nota fiscal.pdf'",
            "file:///home/ana/Nota%20fiscal.pdf",
        ] {
            assert_eq!(whole_path(typed), path, "{typed}");
        }
        for typed in [
            "",
            "nota.pdf",
            "./nota.pdf",
            "file://server/nota.pdf",
            "file://",
            "é",
        ] {
            assert_eq!(whole_path(typed), None, "{typed}");
        }
        assert!(whole_path("~/nota.pdf").is_none_or(|path| path.is_absolute()));
    }
}
