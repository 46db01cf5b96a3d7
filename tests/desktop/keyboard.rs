//! The program without a pointer, and left alone.

use crate::window::{Desk, Program};
use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

/// More controls than any screen has.
const TABS_AT_MOST: usize = 120;

/// Waits until a screen's place on the rail is marked.
fn is_on(program: &Program<'_>, screen: &str) {
    let name = program.desk.words(&format!("rail-{screen}"));
    program.see_where(&name, "as the screen that is shown", |element| {
        element.is("pressed") || element.is("checked") || element.is("selected")
    });
}

#[test]
fn every_screen_is_a_key_away() {
    let Some(desk) = Desk::start() else { return };
    let program = desk.open(&desk.data_folder());
    is_on(&program, "accounts");
    let screens = [
        "conversations",
        "new-message",
        "pairing",
        "dashboard",
        "queue",
        "accounts",
        "settings",
    ];
    for (index, screen) in screens.iter().enumerate() {
        program.keys(&[&format!("ctrl+{}", index + 1)]);
        is_on(&program, screen);
    }
    program.keys(&["ctrl+n"]);
    is_on(&program, "new-message");
    program.keys(&["Escape"]);
    is_on(&program, "settings");

    program.keys(&["F1"]);
    program.see(&desk.words("shortcuts-title"));
    program.keys(&["Escape"]);
    program.gone(&desk.words("shortcuts-title"));

    program.keys(&["ctrl+k"]);
    let palette = desk.words("palette-name");
    program.see_where(&palette, "with the keyboard", |element| {
        element.editable && element.is("focused")
    });
    desk.type_text("dashb");
    program.holds(&palette, "dashb");
    program.keys(&["Return"]);
    is_on(&program, "dashboard");
    assert!(program.close().success());
}

#[test]
fn tab_reaches_everything_and_space_works_it() {
    let Some(desk) = Desk::start() else { return };
    let program = desk.open(&desk.data_folder());
    is_on(&program, "accounts");
    program.keys(&["ctrl+7"]);
    is_on(&program, "settings");
    let mut wanted: BTreeSet<String> = [
        "rail-conversations",
        "rail-accounts",
        "rail-settings",
        "strip-search",
        "settings-language",
        "settings-theme-dark",
        "settings-scale",
        "settings-notifications-show",
        "settings-send-ctrl-enter",
        "settings-interval",
        "settings-licences-show",
    ]
    .iter()
    .map(|key| desk.words(key))
    .collect();
    for _ in 0..TABS_AT_MOST {
        let before = program.focused().map(|element| element.place);
        program.keys(&["Tab"]);
        let focused = program.until("the focus to move", || {
            program.focused().filter(|element| Some(element.place) != before)
        });
        wanted.remove(&focused.name);
        if wanted.is_empty() {
            break;
        }
    }
    assert!(wanted.is_empty(), "not reached: {wanted:?}");

    // It is the last one that was reached.
    let licences = desk.words("settings-licences-show");
    program.see_where(&licences, "with the keyboard", |element| element.is("focused"));
    program.keys(&["space"]);
    program.see(&desk.words("settings-licences-hide"));
    assert!(program.close().success());
}

#[test]
fn nothing_is_drawn_while_nothing_changes() {
    let Some(desk) = Desk::start() else { return };
    let mut command = desk.command();
    command
        .env("RECADO_LOG", "recado::frames=trace")
        .arg("--data-dir")
        .arg(desk.data_folder());
    let program = desk.run(command);
    is_on(&program, "accounts");
    let log = desk.data_folder().join("logs/recado.log");
    let frames = || fs::read_to_string(&log).unwrap().lines().count();
    assert!(frames() > 0, "no frame was noted");
    let mut last = (frames(), Instant::now());
    program.until("five seconds without a frame", || {
        let now = frames();
        if now != last.0 {
            last = (now, Instant::now());
        }
        (last.1.elapsed() > Duration::from_secs(5)).then_some(())
    });
    program.keys(&["ctrl+7"]);
    is_on(&program, "settings");
    assert!(frames() > last.0);
    assert!(program.close().success());
}
