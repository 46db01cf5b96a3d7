//! The frame's own dialogs: an address before it is opened, where to save a file, the passphrase of the vault.

use super::context::{ToastKind, UiAction, UiContext};
use super::outside::{Outcome, Outside, SaveError, SaveSource};
use super::theme::{Type, Weight, icons, space};
use super::widgets::{self, Button, Field};
use crate::domain::Secret;
use crate::engine::{Command, SecretsCommand};
use crate::secrets::{SecretPlace, SecretStatus};
use crate::t;
use egui::Context;
use std::path::PathBuf;
use zeroize::Zeroize as _;

/// The dialogs that are open.
#[derive(Default)]
pub struct Dialogs {
    address: Option<String>,
    save: Option<SaveDialog>,
    vault: Option<VaultDialog>,
    /// The list of keys.
    pub shortcuts: bool,
}

struct SaveDialog {
    name: String,
    source: SaveSource,
    path: String,
    error: Option<String>,
    writing: bool,
}

#[derive(Default)]
struct VaultDialog {
    passphrase: String,
    again: String,
    error: Option<String>,
    busy: bool,
    /// Whether it has been drawn and its first field has the keyboard.
    begun: bool,
}

impl Drop for VaultDialog {
    fn drop(&mut self) {
        self.passphrase.zeroize();
        self.again.zeroize();
    }
}

impl Dialogs {
    /// Whether any is open.
    #[must_use]
    pub fn any_open(&self) -> bool {
        self.address.is_some() || self.save.is_some() || self.vault.is_some() || self.shortcuts
    }

    /// Shows an address whole and asks whether to open it. Only addresses of the web are opened; whether it is one.
    #[must_use]
    pub fn ask_about_address(&mut self, address: &str) -> bool {
        let web = url::Url::parse(address)
            .is_ok_and(|url| matches!(url.scheme(), "https" | "http") && url.host_str().is_some());
        if web {
            self.address = Some(address.to_owned());
        }
        web
    }

    /// Asks where to save: the system's dialog, and until it answers a field in which a path can be typed.
    pub fn ask_where_to_save(&mut self, egui: &Context, outside: &Outside, name: &str, source: SaveSource) {
        let name = crate::domain::text::shown_name(name);
        self.save = Some(SaveDialog {
            path: suggested_path(&name).to_string_lossy().into_owned(),
            source,
            name: name.clone(),
            error: None,
            writing: false,
        });
        outside.ask_where_to_save(egui, name);
    }

    /// Asks for the passphrase of the vault.
    pub fn ask_for_passphrase(&mut self) {
        self.vault = Some(VaultDialog::default());
    }

    /// A command failed; whether an open dialog shows that already.
    pub fn failed(&mut self, words: &str) -> bool {
        match self.vault.as_mut().filter(|vault| vault.busy) {
            Some(vault) => {
                vault.busy = false;
                vault.error = Some(words.to_owned());
                true
            }
            None => false,
        }
    }

    /// Takes what came from outside.
    pub fn take(&mut self, egui: &Context, ctx: &UiContext<'_>, outside: &Outside) {
        while let Some(outcome) = outside.next() {
            match outcome {
                Outcome::PathChosen(path) => {
                    if let Some(save) = &mut self.save {
                        save.writing = true;
                        outside.save(egui, path, save.source.clone(), true);
                    }
                }
                Outcome::Dismissed => self.save = None,
                // The field for a path is open already.
                Outcome::NoDialog => {}
                Outcome::Saved(path, Ok(())) => {
                    self.save = None;
                    let words = t!(ctx, "save-done", path = path.display().to_string());
                    ctx.act(UiAction::Toast(ToastKind::Done, words));
                }
                Outcome::Saved(_, Err(error)) => {
                    let words = match error {
                        SaveError::Exists => t!(ctx, "save-exists"),
                        SaveError::Failed(words) => t!(ctx, "save-failed", words = words),
                    };
                    match &mut self.save {
                        Some(save) => {
                            save.writing = false;
                            save.error = Some(words);
                        }
                        None => ctx.act(UiAction::Toast(ToastKind::Problem, words)),
                    }
                }
                Outcome::MayRun(name) => {
                    let words = t!(ctx, "open-may-run", name = name);
                    ctx.act(UiAction::Toast(ToastKind::Problem, words));
                }
                Outcome::NotOpened(words) => {
                    ctx.act(UiAction::Toast(
                        ToastKind::Problem,
                        t!(ctx, "open-failed", words = words),
                    ));
                }
            }
        }
    }

    /// Draws the dialogs that are open.
    pub fn ui(&mut self, egui: &Context, ctx: &UiContext<'_>, outside: &Outside) {
        self.address_ui(egui, ctx, outside);
        self.save_ui(egui, ctx, outside);
        self.vault_ui(egui, ctx);
        if self.shortcuts && super::shortcuts::list_ui(egui, ctx) {
            self.shortcuts = false;
        }
    }

    fn address_ui(&mut self, egui: &Context, ctx: &UiContext<'_>, outside: &Outside) {
        let Some(address) = self.address.clone() else {
            return;
        };
        let theme = ctx.theme;
        let mut close = false;
        let shown = widgets::dialog(egui, theme, "open-address", t!(ctx, "address-title"), |ui| {
            widgets::hint(ui, theme, t!(ctx, "address-body"));
            let words = theme.rich(address.as_str(), Type::Body, Weight::Medium, theme.colors.text);
            ui.add(egui::Label::new(words).wrap());
            buttons(ui, |ui| {
                if Button::primary(t!(ctx, "address-open"))
                    .icon(icons::EXTERNAL_LINK)
                    .show(ui, theme)
                    .clicked()
                {
                    outside.open(egui, address.clone().into());
                    close = true;
                }
                if Button::secondary(t!(ctx, "address-copy"))
                    .show(ui, theme)
                    .clicked()
                {
                    ctx.act(UiAction::CopyText(address.clone()));
                    close = true;
                }
                close |= Button::ghost(t!(ctx, "cancel")).show(ui, theme).clicked();
            });
        });
        if close || shown.should_close {
            self.address = None;
        }
    }

    fn save_ui(&mut self, egui: &Context, ctx: &UiContext<'_>, outside: &Outside) {
        let Some(save) = &mut self.save else {
            return;
        };
        let theme = ctx.theme;
        let mut close = false;
        let title = t!(ctx, "save-title", name = save.name.as_str());
        let shown = widgets::dialog(egui, theme, "save-file", title, |ui| {
            let response = Field::new(t!(ctx, "save-path"), &mut save.path)
                .help(Some(t!(ctx, "save-help")))
                .error(save.error.clone())
                .show(ui, theme);
            if response.changed() {
                save.error = None;
            }
            buttons(ui, |ui| {
                let ready = !save.path.trim().is_empty();
                if Button::primary(t!(ctx, "save"))
                    .enabled(ready && !save.writing)
                    .busy(save.writing)
                    .show(ui, theme)
                    .clicked()
                {
                    save.writing = true;
                    outside.save(egui, PathBuf::from(save.path.trim()), save.source.clone(), false);
                }
                close |= Button::ghost(t!(ctx, "cancel")).show(ui, theme).clicked();
            });
        });
        if close || shown.should_close {
            self.save = None;
        }
    }

    fn vault_ui(&mut self, egui: &Context, ctx: &UiContext<'_>) {
        let Some(vault) = &mut self.vault else {
            return;
        };
        let in_vault = matches!(
            ctx.live.secrets,
            SecretStatus::Ready {
                place: SecretPlace::Vault,
                ..
            }
        );
        if vault.busy && in_vault {
            self.vault = None;
            return;
        }
        let theme = ctx.theme;
        let exists = ctx.live.secrets == SecretStatus::VaultClosed;
        let mut close = false;
        let title = ctx.text.get(if exists {
            "vault-open-title"
        } else {
            "vault-make-title"
        });
        let shown = widgets::dialog(egui, theme, "vault", title, |ui| {
            widgets::hint(
                ui,
                theme,
                ctx.text.get(if exists {
                    "vault-open-body"
                } else {
                    "vault-make-body"
                }),
            );
            let first = Field::new(t!(ctx, "vault-passphrase"), &mut vault.passphrase)
                .password(true)
                .error(vault.error.clone())
                .show(ui, theme);
            if !std::mem::replace(&mut vault.begun, true) {
                first.request_focus();
            }
            let mut changed = first.changed();
            let fits = exists || vault.passphrase == vault.again;
            if !exists {
                let wrong = (!fits && !vault.again.is_empty()).then(|| t!(ctx, "vault-different"));
                changed |= Field::new(t!(ctx, "vault-again"), &mut vault.again)
                    .password(true)
                    .error(wrong)
                    .show(ui, theme)
                    .changed();
            }
            if changed {
                vault.error = None;
            }
            let ready = !vault.passphrase.is_empty() && fits && !vault.busy;
            let enter = ready && ui.input(|input| input.key_pressed(egui::Key::Enter));
            buttons(ui, |ui| {
                let words = ctx.text.get(if exists { "vault-open" } else { "vault-make" });
                let clicked = Button::primary(words)
                    .enabled(ready)
                    .busy(vault.busy)
                    .show(ui, theme)
                    .clicked();
                if clicked || enter {
                    vault.busy = true;
                    let secret = Secret::new(vault.passphrase.clone());
                    ctx.send(Command::Secrets(SecretsCommand::UseVault(secret)));
                }
                close |= Button::ghost(t!(ctx, "cancel")).show(ui, theme).clicked();
            });
        });
        if close || shown.should_close {
            self.vault = None;
        }
    }
}

/// The row of buttons under a dialog.
fn buttons(ui: &mut egui::Ui, add: impl FnOnce(&mut egui::Ui)) {
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        add(ui);
    });
}

fn suggested_path(name: &str) -> PathBuf {
    let folder = directories::UserDirs::new().map(|user| {
        user.download_dir()
            .unwrap_or_else(|| user.home_dir())
            .to_path_buf()
    });
    folder.unwrap_or_default().join(name)
}
