//! How the window looks and in which language it speaks: what the settings say.

use super::{AppOptions, RecadoApp};
use crate::domain::settings::{Settings, ThemeChoice};
use crate::ui::text::{Language, Localizer};
use crate::ui::theme::{self, Theme};
use egui::Context;
use std::sync::Arc;

impl RecadoApp {
    /// Brings language, theme and scale to what the settings say.
    pub(super) fn apply_looks(&mut self, egui: &Context) {
        let settings = &self.live.settings;
        let language = Language::of_setting(settings.language.as_deref());
        if language != self.text.language() {
            self.text = localizer(settings, &self.options);
        }
        let dark = match settings.theme {
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            ThemeChoice::System => egui.system_theme() == Some(egui::Theme::Dark),
        };
        let wanted = (dark, settings.scale_percent);
        let before = self.applied.replace(wanted);
        if before.map(|(dark, _)| dark) != Some(dark) {
            self.theme = Theme {
                reduced_motion: self.options.reduced_motion,
                ..Theme::new(dark)
            };
            theme::apply(egui, &self.theme);
        }
        if before.is_none() {
            // The keys for the scale change the setting; egui's own would change it behind its back.
            egui.options_mut(|options| options.zoom_with_keyboard = false);
            let waker = egui.clone();
            self.options
                .player
                .begin(Arc::new(move || waker.request_repaint()));
        }
        if before.map(|(_, scale)| scale) != Some(settings.scale_percent) {
            egui.set_zoom_factor(f32::from(settings.scale_percent) / 100.0);
        }
    }
}

pub(super) fn localizer(settings: &Settings, options: &AppOptions) -> Localizer {
    let language = Language::of_setting(settings.language.as_deref());
    if options.pseudo_words {
        Localizer::pseudo(language)
    } else {
        Localizer::new(language)
    }
}
