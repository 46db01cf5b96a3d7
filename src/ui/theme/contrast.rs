//! Every text can be read on every ground on which it stands (WCAG 2.2, AA: 4.5 to 1; lines of controls: see below).

use super::{DARK, LIGHT, Palette, Theme, Tone};
use egui::Color32;

fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

fn contrast(one: Color32, other: Color32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn grounds(colors: &Palette) -> Vec<(&'static str, Color32)> {
    vec![
        ("bg", colors.bg),
        ("panel", colors.panel),
        ("sunk", colors.sunk),
        ("accent_soft", colors.accent_soft),
        ("bubble_out", colors.bubble_out),
        ("bubble_in", colors.bubble_in),
    ]
}

fn readable(failures: &mut Vec<String>, what: String, text: Color32, ground: Color32) {
    let contrast = contrast(text, ground);
    if contrast < 4.5 {
        failures.push(format!("{what}: {contrast:.2}"));
    }
}

#[test]
fn every_text_is_readable_on_every_ground() {
    let mut failures = Vec::new();
    for (theme, colors) in [("light", LIGHT), ("dark", DARK)] {
        for (ground, ground_color) in grounds(&colors) {
            for (text, color) in [
                ("text", colors.text),
                ("dim", colors.dim),
                ("faint", colors.faint),
                ("accent", colors.accent),
                ("ok", colors.ok),
                ("warn", colors.warn),
                ("bad", colors.bad),
                ("info", colors.info),
            ] {
                readable(
                    &mut failures,
                    format!("{theme} {text} on {ground}"),
                    color,
                    ground_color,
                );
            }
        }
        readable(
            &mut failures,
            format!("{theme} accent_on on accent"),
            colors.accent_on,
            colors.accent,
        );
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn tones_are_readable_on_their_soft_grounds() {
    let mut failures = Vec::new();
    for dark in [false, true] {
        let theme = Theme::new(dark);
        for tone in Tone::ALL {
            let (color, ground) = theme.tone(tone);
            readable(&mut failures, format!("{tone:?} dark={dark}"), color, ground);
            readable(
                &mut failures,
                format!("text on {tone:?} dark={dark}"),
                theme.colors.text,
                ground,
            );
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn what_shows_the_focus_stands_out() {
    for colors in [LIGHT, DARK] {
        for ground in [colors.bg, colors.panel, colors.sunk] {
            assert!(contrast(colors.accent, ground) >= 3.0);
        }
    }
}
