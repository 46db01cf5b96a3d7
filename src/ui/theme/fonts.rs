//! The fonts Recado carries: Inter in three weights, the icons, and egui's own as a fallback.

use super::{ICONS, MEDIUM, SEMIBOLD};
use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

const INTER_REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.ttf");
const INTER_MEDIUM: &[u8] = include_bytes!("../../../assets/fonts/Inter-Medium.ttf");
const INTER_SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf");
const LUCIDE: &[u8] = include_bytes!("../../../assets/icons/lucide.ttf");

/// Installs fonts, icons and emoji once, when the window is made.
pub fn install(context: &egui::Context) {
    context.set_fonts(definitions());
    crate::ui::emoji::install(context);
}

/// The families of [`super::font`], the icons, and egui's monospace. egui's own fonts come last everywhere: they hold
/// a few signs that Inter has not.
fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let fallback = fonts
        .families
        .get(&FontFamily::Proportional)
        .cloned()
        .unwrap_or_default();
    for (family, name, bytes) in [
        (FontFamily::Proportional, "inter", INTER_REGULAR),
        (FontFamily::Name(MEDIUM.into()), "inter-medium", INTER_MEDIUM),
        (
            FontFamily::Name(SEMIBOLD.into()),
            "inter-semibold",
            INTER_SEMIBOLD,
        ),
        (FontFamily::Name(ICONS.into()), "lucide", LUCIDE),
    ] {
        let mut data = FontData::from_static(bytes);
        if name == "lucide" {
            // Hinting would bend the strokes of the icons.
            data.tweak.hinting = Some(false);
        }
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        let mut chain = vec![name.to_owned()];
        chain.extend(fallback.iter().cloned());
        fonts.families.insert(family, chain);
    }
    fonts
}
