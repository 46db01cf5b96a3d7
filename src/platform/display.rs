//! Whether a window can be opened at all, asked before a toolkit fails with words nobody understands.

use std::ffi::OsString;

/// The Fluent key of what to say when there is no display.
pub const NO_DISPLAY_KEY: &str = "no-display";

/// Whether there is a display server to open a window on. Windows and macOS always have one.
#[must_use]
pub fn is_there() -> bool {
    named_by(|name| std::env::var_os(name))
}

fn named_by(variable: impl Fn(&str) -> Option<OsString>) -> bool {
    if cfg!(not(unix)) || cfg!(target_os = "macos") {
        return true;
    }
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"]
        .iter()
        .any(|name| variable(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(all(unix, not(target_os = "macos")))]
    fn a_display_is_named_by_either_kind_of_server() {
        let with = |wanted: &'static str, value: &'static str| {
            named_by(move |name| (name == wanted).then(|| OsString::from(value)))
        };
        assert!(with("DISPLAY", ":0"));
        assert!(with("WAYLAND_DISPLAY", "wayland-0"));
        assert!(!with("DISPLAY", ""));
        assert!(!with("OTHER", ":0"));
    }
}
