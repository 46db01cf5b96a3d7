//! The frame's own dialogs: an address before it is opened, where to save a file, the passphrase of the vault.

use super::context::{ToastKind, UiAction, UiContext};
use super::outside::{DialogAnswer, Outcome, Outside};
use super::saving::Saving;
use super::theme::{Type, Weight, icons, space};
use super::widgets::{self, Button, Field};
use crate::domain::Secret;
use crate::domain::settings::Settings;
use crate::engine::{Command, SecretsCommand, Ticket};
use crate::secrets::{SecretPlace, SecretStatus};
use crate::t;
use egui::Context;
use std::path::{Path, PathBuf};
use zeroize::Zeroize as _;

/// The dialogs that are open.
#[derive(Default)]
pub struct Dialogs {
    address: Option<String>,
    /// Where to save a file.
    pub saving: Saving,
    vault: Option<VaultDialog>,
    /// The list of keys.
    pub shortcuts: bool,
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
        self.address.is_some() || self.saving.is_open() || self.vault.is_some() || self.shortcuts
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
                Outcome::PathChosen(number, answer) => self.saving.chosen(egui, outside, number, answer),
                Outcome::Saved(number, path, result) => self.saving.saved(ctx, number, &path, result),
                Outcome::FilesChosen(ticket, answer) => picked(ctx, ticket, answer),
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
        self.saving.ui(egui, ctx, outside);
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
pub(super) fn buttons(ui: &mut egui::Ui, add: impl FnOnce(&mut egui::Ui)) {
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        add(ui);
    });
}

/// Hands on what the operator chose to attach, and remembers from where.
fn picked(ctx: &UiContext<'_>, ticket: Ticket, answer: DialogAnswer<Vec<PathBuf>>) {
    if let DialogAnswer::Chosen(paths) = &answer
        && let Some(folder) = paths.first().and_then(|path| path.parent())
    {
        remember(ctx, folder, |settings| &mut settings.pick_folder);
    }
    ctx.keep_picked(ticket, answer);
}

/// Remembers a folder in the settings, if it is another.
pub(super) fn remember(
    ctx: &UiContext<'_>,
    folder: &Path,
    field: impl FnOnce(&mut Settings) -> &mut Option<PathBuf>,
) {
    if !folder.is_absolute() {
        return;
    }
    let mut settings = Settings::clone(&ctx.live.settings);
    *field(&mut settings) = Some(folder.to_path_buf());
    if settings != *ctx.live.settings {
        ctx.send(Command::Settings(Box::new(settings)));
    }
}
