//! Settings. Every change holds at once; there is nothing to save.

mod archive;
mod hosted;
#[cfg(test)]
mod hosted_tests;
mod listening;
mod notifications;
mod parts;
mod quick_replies;
#[cfg(test)]
mod tests;

use crate::domain::settings::{SendKey, Settings, ThemeChoice};
use crate::engine::{Command, SecretsCommand};
use crate::secrets::{SecretPlace, SecretStatus};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::text::Language;
use crate::ui::theme::{Tone, Type, Weight, icons, size, space};
use crate::ui::widgets::{self, Button};
use archive::ArchiveCards;
use egui::{Ui, vec2};
use hosted::HostedCard;
use listening::ListeningCard;
use parts::{control, row, section};
use quick_replies::QuickRepliesCard;
use std::time::Duration;

const WIDTH: f32 = 760.0;
const SCALES: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];
const INTERVALS_SECS: [u32; 8] = [10, 15, 30, 60, 120, 300, 900, 3_600];
/// Folder of the logs inside the data folder.
pub const LOGS: &str = "logs";

/// The settings screen.
#[derive(Default)]
pub struct SettingsScreen {
    listening: ListeningCard,
    hosted: HostedCard,
    archive: ArchiveCards,
    quick_replies: QuickRepliesCard,
    licences: bool,
}

impl SettingsScreen {
    /// Draws it.
    pub fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let theme = ctx.theme;
        widgets::screen_frame(ui, theme, |ui| {
            let mut place = ui.available_rect_before_wrap();
            place.set_width(place.width().min(WIDTH));
            ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
                self.contents_ui(ui, ctx)
            });
        });
    }

    fn contents_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let theme = ctx.theme;
        widgets::screen_header(
            ui,
            theme,
            t!(ctx, "screen-settings"),
            t!(ctx, "settings-subtitle"),
            |_| (),
        );
        let mut settings = Settings::clone(&ctx.live.settings);
        section(ui, ctx, "settings-looks", |ui| looks_ui(ui, ctx, &mut settings));
        section(ui, ctx, "settings-behaviour", |ui| {
            behaviour_ui(ui, ctx, &mut settings)
        });
        section(ui, ctx, "settings-notifications", |ui| {
            notifications::ui(ui, ctx, &mut settings)
        });
        section(ui, ctx, "settings-quick-replies", |ui| {
            self.quick_replies.ui(ui, ctx, &mut settings)
        });
        section(ui, ctx, "settings-listening", |ui| {
            self.listening.ui(ui, ctx, &mut settings)
        });
        section(ui, ctx, "hosted-title", |ui| self.hosted.ui(ui, ctx));
        section(ui, ctx, "settings-secrets", |ui| secrets_ui(ui, ctx));
        section(ui, ctx, "settings-backups", |ui| {
            self.archive.backups_ui(ui, ctx, &mut settings)
        });
        section(ui, ctx, "settings-export", |ui| self.archive.export_ui(ui, ctx));
        section(ui, ctx, "settings-data", |ui| data_ui(ui, ctx));
        section(ui, ctx, "settings-about", |ui| self.about_ui(ui, ctx));
        if settings != *ctx.live.settings {
            ctx.send(Command::Settings(Box::new(settings)));
        }
    }

    fn about_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let theme = ctx.theme;
        let version = t!(ctx, "settings-version", version = env!("CARGO_PKG_VERSION"));
        row(ui, ctx, "Recado", &version, |ui| {
            let words = ctx.text.get(if self.licences {
                "settings-licences-hide"
            } else {
                "settings-licences-show"
            });
            if Button::secondary(words).small().show(ui, theme).clicked() {
                self.licences = !self.licences;
            }
        });
        if self.licences {
            for (name, licence) in LICENCES {
                widgets::divider(ui, theme);
                row(ui, ctx, name, licence, |_| ());
            }
        }
    }
}

/// What others made that is shipped inside the program and seen in its window.
const LICENCES: [(&str, &str); 5] = [
    ("Recado", "MIT / Apache-2.0"),
    ("Inter", "SIL Open Font License 1.1"),
    ("Lucide", "ISC"),
    ("Twemoji", "CC-BY 4.0"),
    ("egui, eframe", "MIT / Apache-2.0"),
];

fn looks_ui(ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
    let theme = ctx.theme;
    let mut languages = vec![(None, t!(ctx, "settings-language-system"))];
    languages.extend(
        Language::ALL
            .iter()
            .map(|language| (Some(language.key().to_owned()), language.name().to_owned())),
    );
    let title = t!(ctx, "settings-language");
    row(ui, ctx, &title, "", |ui| {
        control(ui, 220.0, |ui| {
            widgets::choice::select_bare(
                ui,
                theme,
                title.clone(),
                &mut settings.language,
                &languages,
                220.0,
            );
        });
    });
    let themes = [
        (ThemeChoice::System, t!(ctx, "settings-theme-system")),
        (ThemeChoice::Light, t!(ctx, "settings-theme-light")),
        (ThemeChoice::Dark, t!(ctx, "settings-theme-dark")),
    ];
    let title = t!(ctx, "settings-theme");
    row(ui, ctx, &title, "", |ui| {
        widgets::segmented(ui, theme, title.clone(), &mut settings.theme, &themes);
    });
    let scales: Vec<(u16, String)> = SCALES
        .iter()
        .copied()
        .chain((!SCALES.contains(&settings.scale_percent)).then_some(settings.scale_percent))
        .map(|percent| (percent, ctx.text.percent(f64::from(percent) / 100.0, 0)))
        .collect();
    let title = t!(ctx, "settings-scale");
    row(ui, ctx, &title, &t!(ctx, "settings-scale-help"), |ui| {
        control(ui, 220.0, |ui| {
            widgets::choice::select_bare(
                ui,
                theme,
                title.clone(),
                &mut settings.scale_percent,
                &scales,
                220.0,
            );
        });
    });
}

fn behaviour_ui(ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
    let theme = ctx.theme;
    let keys = [
        (SendKey::Enter, t!(ctx, "settings-send-enter")),
        (SendKey::CtrlEnter, t!(ctx, "settings-send-ctrl-enter")),
    ];
    let title = t!(ctx, "settings-send-key");
    row(ui, ctx, &title, &t!(ctx, "settings-send-key-help"), |ui| {
        widgets::segmented(ui, theme, title.clone(), &mut settings.send_key, &keys);
    });
    let intervals: Vec<(u32, String)> = INTERVALS_SECS
        .iter()
        .copied()
        .chain(
            (!INTERVALS_SECS.contains(&settings.health_interval_secs))
                .then_some(settings.health_interval_secs),
        )
        .map(|secs| (secs, ctx.text.duration(Duration::from_secs(secs.into()))))
        .collect();
    let title = t!(ctx, "settings-interval");
    row(ui, ctx, &title, &t!(ctx, "settings-interval-help"), |ui| {
        control(ui, 220.0, |ui| {
            widgets::choice::select_bare(
                ui,
                theme,
                title.clone(),
                &mut settings.health_interval_secs,
                &intervals,
                220.0,
            );
        });
    });
}

fn secrets_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let theme = ctx.theme;
    let (tone, icon, words, help) = match &ctx.live.secrets {
        SecretStatus::Checking => (
            Tone::Neutral,
            icons::TIMER,
            t!(ctx, "settings-secrets-checking"),
            String::new(),
        ),
        SecretStatus::Ready { place, name } => {
            let key = match place {
                SecretPlace::Keyring => "settings-secrets-keyring",
                SecretPlace::Vault => "settings-secrets-vault",
                SecretPlace::Session => "settings-secrets-session",
            };
            let tone = if *place == SecretPlace::Session {
                Tone::Warn
            } else {
                Tone::Ok
            };
            (tone, icons::SHIELD_CHECK, name.clone(), ctx.text.get(key))
        }
        SecretStatus::Locked => (
            Tone::Warn,
            icons::LOCK,
            t!(ctx, "banner-keyring-locked"),
            t!(ctx, "banner-keyring-locked-body"),
        ),
        SecretStatus::Absent { words } => (
            Tone::Warn,
            icons::LOCK,
            t!(ctx, "banner-keyring-absent"),
            t!(ctx, "their-words", words = words.as_str()),
        ),
        SecretStatus::VaultClosed => (
            Tone::Warn,
            icons::LOCK,
            t!(ctx, "banner-vault-closed"),
            t!(ctx, "banner-vault-closed-body"),
        ),
    };
    ui.horizontal(|ui| {
        widgets::icon(ui, theme, icon, size::ICON_BUTTON, theme.tone(tone).0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let words = theme.rich(words, Type::Body, Weight::Medium, theme.colors.text);
            ui.add(egui::Label::new(words).wrap());
            if !help.is_empty() {
                widgets::hint(ui, theme, help);
            }
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        let place = match &ctx.live.secrets {
            SecretStatus::Ready { place, .. } => Some(*place),
            _ => None,
        };
        let button = |ui: &mut Ui, key: &str| {
            Button::secondary(ctx.text.get(key))
                .small()
                .show(ui, theme)
                .clicked()
        };
        if place != Some(SecretPlace::Keyring) && button(ui, "settings-use-keyring") {
            ctx.send(Command::Secrets(SecretsCommand::TryAgain));
        }
        if place != Some(SecretPlace::Vault) && button(ui, "settings-use-vault") {
            ctx.ask_frame(crate::ui::app::FrameAction::OpenVault);
        }
        if place != Some(SecretPlace::Session) && button(ui, "banner-use-session") {
            ctx.send(Command::Secrets(SecretsCommand::UseSession));
        }
    });
}

fn data_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let theme = ctx.theme;
    let folders = [
        ("settings-folder", ctx.live.folder.clone()),
        ("settings-logs", ctx.live.folder.join(LOGS)),
    ];
    for (key, folder) in folders {
        let path = folder.display().to_string();
        let name = ctx.text.get(key);
        row(ui, ctx, &name, &path, |ui| {
            let open = t!(ctx, "settings-open-folder", folder = name.as_str());
            if Button::secondary(t!(ctx, "open"))
                .icon(icons::FOLDER)
                .small()
                .name(open)
                .show(ui, theme)
                .clicked()
            {
                ctx.act(UiAction::OpenFolder(folder.clone()));
            }
            let copy = t!(ctx, "settings-copy-folder", folder = name.as_str());
            if widgets::icon_button(ui, theme, icons::COPY, copy).clicked() {
                ctx.act(UiAction::CopyText(path.clone()));
            }
        });
    }
    widgets::hint(ui, theme, t!(ctx, "settings-logs-help"));
}
