//! How everything looks: colours, type, spacing, radii, icons. A colour literal anywhere else is refused by clippy.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place where colours are made"
)]

#[cfg(test)]
mod contrast;
mod fonts;
pub mod icons;
mod style;

pub use fonts::install;
pub use style::apply;

use egui::{Color32, FontFamily, FontId};

/// The colours of one theme, by what they are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub bg: Color32,
    /// Rail, strip, lists, cards.
    pub panel: Color32,
    /// Search fields, pills, tracks.
    pub sunk: Color32,
    /// One-pixel borders.
    pub line: Color32,
    /// Main text.
    pub text: Color32,
    /// Secondary text.
    pub dim: Color32,
    /// Times and hints.
    pub faint: Color32,
    /// The one primary action, selection.
    pub accent: Color32,
    /// Behind what is selected.
    pub accent_soft: Color32,
    /// Text on the accent.
    pub accent_on: Color32,
    /// Good.
    pub ok: Color32,
    /// Needs attention.
    pub warn: Color32,
    /// Wrong.
    pub bad: Color32,
    /// To know.
    pub info: Color32,
    /// Behind a warning.
    pub warn_soft: Color32,
    /// Behind an error.
    pub bad_soft: Color32,
    /// Behind something to know.
    pub info_soft: Color32,
    /// Messages of ours.
    pub bubble_out: Color32,
    /// Messages of others.
    pub bubble_in: Color32,
}

const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    bg: hex(0x00F6_F7F6),
    panel: hex(0x00FF_FFFF),
    sunk: hex(0x00EE_F1EF),
    line: hex(0x00DF_E4E1),
    text: hex(0x0017_211D),
    dim: hex(0x0050_5D57),
    faint: hex(0x0060_6D67),
    accent: hex(0x000A_7764),
    accent_soft: hex(0x00DC_F0EA),
    accent_on: hex(0x00FF_FFFF),
    ok: hex(0x0018_784A),
    warn: hex(0x009A_5B00),
    bad: hex(0x00B4_2318),
    info: hex(0x001F_5FBF),
    warn_soft: hex(0x00FF_F3DC),
    bad_soft: hex(0x00FD_E8E6),
    info_soft: hex(0x00E6_EEFB),
    bubble_out: hex(0x00DD_F2EB),
    bubble_in: hex(0x00FF_FFFF),
};

/// The dark theme.
pub const DARK: Palette = Palette {
    bg: hex(0x0011_1715),
    panel: hex(0x0018_201D),
    sunk: hex(0x000D_1210),
    line: hex(0x002A_3531),
    text: hex(0x00E7_EEEA),
    dim: hex(0x00AE_BBB5),
    faint: hex(0x0095_A39D),
    accent: hex(0x003C_C3A4),
    accent_soft: hex(0x0017_3A32),
    accent_on: hex(0x0006_231C),
    ok: hex(0x0056_CF8E),
    warn: hex(0x00F0_B455),
    bad: hex(0x00FF_8A7A),
    info: hex(0x008A_B6FF),
    warn_soft: hex(0x003A_2E17),
    bad_soft: hex(0x0042_211D),
    info_soft: hex(0x001B_2C46),
    bubble_out: hex(0x0015_3D33),
    bubble_in: hex(0x0021_2B27),
};

/// Spacing, in points.
pub mod space {
    /// Between an icon and its word.
    pub const XS: f32 = 4.0;
    /// Between things that belong together.
    pub const S: f32 = 8.0;
    /// Inside controls and between rows.
    pub const M: f32 = 12.0;
    /// Inside cards.
    pub const L: f32 = 16.0;
    /// Between groups.
    pub const XL: f32 = 24.0;
    /// Around a screen.
    pub const XXL: f32 = 32.0;
}

/// Corner radii, in points.
pub mod radius {
    /// Pills.
    pub const PILL: u8 = 6;
    /// Buttons and fields.
    pub const CONTROL: u8 = 8;
    /// List rows.
    pub const ROW: u8 = 10;
    /// Cards and bubbles.
    pub const CARD: u8 = 12;
}

/// Heights and widths, in points.
pub mod size {
    /// Buttons and fields.
    pub const CONTROL: f32 = 34.0;
    /// Table rows.
    pub const ROW: f32 = 44.0;
    /// List rows with two lines.
    pub const ROW_TALL: f32 = 60.0;
    /// The rail.
    pub const RAIL: f32 = 84.0;
    /// The list pane.
    pub const LIST: f32 = 320.0;
    /// The account strip.
    pub const STRIP: f32 = 52.0;
    /// Icons in text.
    pub const ICON_TEXT: f32 = 16.0;
    /// Icons in buttons.
    pub const ICON_BUTTON: f32 = 18.0;
    /// Icons in the rail.
    pub const ICON_RAIL: f32 = 20.0;
}

/// How heavy a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// 400.
    #[default]
    Regular,
    /// 500.
    Medium,
    /// 600.
    Semibold,
}

/// The type scale: size / line height in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Type {
    /// 12 / 16.
    Hint,
    /// 13 / 18.
    Secondary,
    /// 14 / 20.
    #[default]
    Body,
    /// 16 / 22.
    PaneTitle,
    /// 20 / 28.
    ScreenTitle,
    /// 28 / 34.
    Figure,
}

impl Type {
    /// Size in points.
    #[must_use]
    pub const fn size(self) -> f32 {
        match self {
            Self::Hint => 12.0,
            Self::Secondary => 13.0,
            Self::Body => 14.0,
            Self::PaneTitle => 16.0,
            Self::ScreenTitle => 20.0,
            Self::Figure => 28.0,
        }
    }

    /// Line height in points.
    #[must_use]
    pub const fn line_height(self) -> f32 {
        match self {
            Self::Hint => 16.0,
            Self::Secondary => 18.0,
            Self::Body => 20.0,
            Self::PaneTitle => 22.0,
            Self::ScreenTitle => 28.0,
            Self::Figure => 34.0,
        }
    }
}

/// Name of the font family of the medium weight.
pub const MEDIUM: &str = "medium";
/// Name of the font family of the semibold weight.
pub const SEMIBOLD: &str = "semibold";
/// Name of the font family of the icons.
pub const ICONS: &str = "icons";

/// A font of the scale.
#[must_use]
pub fn font(kind: Type, weight: Weight) -> FontId {
    let family = match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name(MEDIUM.into()),
        Weight::Semibold => FontFamily::Name(SEMIBOLD.into()),
    };
    FontId::new(kind.size(), family)
}

/// Everything a screen needs to know of how it looks.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Whether it is the dark one.
    pub dark: bool,
    /// The colours.
    pub colors: Palette,
    /// Whether the system asks for less motion.
    pub reduced_motion: bool,
}

impl Theme {
    /// The light or the dark theme.
    #[must_use]
    pub fn new(dark: bool) -> Self {
        Self {
            dark,
            colors: if dark { DARK } else { LIGHT },
            reduced_motion: false,
        }
    }

    /// The text colour of a tone, and the soft ground it stands on.
    #[must_use]
    pub fn tone(&self, tone: Tone) -> (Color32, Color32) {
        let colors = &self.colors;
        match tone {
            Tone::Neutral => (colors.dim, colors.sunk),
            Tone::Accent => (colors.accent, colors.accent_soft),
            Tone::Ok => (colors.ok, colors.accent_soft),
            Tone::Warn => (colors.warn, colors.warn_soft),
            Tone::Bad => (colors.bad, colors.bad_soft),
            Tone::Info => (colors.info, colors.info_soft),
        }
    }

    /// Text in a font of the scale, with its line height.
    #[must_use]
    pub fn rich(
        &self,
        text: impl Into<String>,
        kind: Type,
        weight: Weight,
        color: Color32,
    ) -> egui::RichText {
        egui::RichText::new(text)
            .font(font(kind, weight))
            .line_height(Some(kind.line_height()))
            .color(color)
    }

    /// The colour over which a pointer rests: `color` with a little of the text colour in it.
    #[must_use]
    pub fn hovered(&self, color: Color32) -> Color32 {
        mix(color, self.colors.text, if self.dark { 0.07 } else { 0.045 })
    }

    /// The colour while it is being pressed.
    #[must_use]
    pub fn pressed(&self, color: Color32) -> Color32 {
        mix(color, self.colors.text, if self.dark { 0.13 } else { 0.09 })
    }

    /// How long a change of state takes to show, in seconds: none when the system asks for less motion.
    #[must_use]
    pub fn motion_secs(&self) -> f32 {
        if self.reduced_motion { 0.0 } else { MOTION_SECS }
    }
}

/// How long a change of state takes to show, in seconds.
pub const MOTION_SECS: f32 = 0.12;

/// What a coloured thing means. Never said by colour alone: an icon and a word go with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// Nothing in particular.
    #[default]
    Neutral,
    /// Chosen, or under way.
    Accent,
    /// Good.
    Ok,
    /// Needs attention.
    Warn,
    /// Wrong.
    Bad,
    /// To know.
    Info,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Self; 6] = [
        Self::Neutral,
        Self::Accent,
        Self::Ok,
        Self::Warn,
        Self::Bad,
        Self::Info,
    ];
}

/// `share` of `other` in `color`, both opaque.
#[must_use]
pub fn mix(color: Color32, other: Color32, share: f32) -> Color32 {
    let channel = |from: u8, to: u8| {
        let value = f32::from(from) + (f32::from(to) - f32::from(from)) * share.clamp(0.0, 1.0);
        value.round().clamp(0.0, 255.0) as u8
    };
    Color32::from_rgb(
        channel(color.r(), other.r()),
        channel(color.g(), other.g()),
        channel(color.b(), other.b()),
    )
}

/// `color` at `share` of its opacity.
#[must_use]
pub fn faded(color: Color32, share: f32) -> Color32 {
    color.gamma_multiply(share)
}

/// The shadow under menus and dialogs, and nowhere else.
#[must_use]
pub fn shadow(dark: bool) -> egui::Shadow {
    egui::Shadow {
        offset: [0, 6],
        blur: 24,
        spread: 0,
        color: Color32::from_black_alpha(if dark { 120 } else { 34 }),
    }
}

/// What lies over the window behind a dialog.
#[must_use]
pub fn backdrop(dark: bool) -> Color32 {
    Color32::from_black_alpha(if dark { 150 } else { 90 })
}
