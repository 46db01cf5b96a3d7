//! Pairing in the frame: where it is offered, and where a pairing that goes on is marked.

use super::*;
use crate::domain::settings::ThemeChoice;
use crate::ui::testing::{self, Played, change_account};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

const WIDE: [f32; 2] = [1_280.0, 800.0];

/// Two accounts: the first pairs a phone, the second has no phone.
fn one_that_pairs() -> Played {
    let mut live = testing::live(2);
    change_account(&mut live, 1, |view| {
        view.capabilities = &crate::gateway::devino::CAPABILITIES;
    });
    let mut played = Played::new(live, WIDE, 64);
    played.settle();
    played
}

fn choose(played: &mut Played, from: &str, to: &str) {
    played.click(&format!("Conta: {from}"));
    played.click(to);
    played.settle();
}

fn pairing_goes_on(live: &mut Live) {
    change_account(live, 0, |view| {
        view.pairing = Arc::new(crate::domain::Pairing::starting(testing::NOW));
    });
}

#[test]
fn pairing_is_offered_only_where_a_phone_is_paired() {
    use egui::accesskit::Role;
    let mut played = one_that_pairs();
    let rect = |played: &Played, name: &str| {
        let item = played.harness.get_by_role_and_label(Role::Button, name);
        item.rect()
    };
    let before = rect(&played, "Painel");
    played.press(Modifiers::COMMAND, Key::Num3);
    assert_eq!(played.harness.state().screen(), Screen::Pairing);
    choose(&mut played, "Loja Centro", "Clínica Aurora");
    assert_eq!(
        played.harness.state().screen(),
        Screen::Dashboard,
        "where the account has no such screen"
    );
    assert_eq!(rect(&played, "Painel"), before, "nothing jumps");
    {
        use egui_kittest::kittest::NodeT as _;
        let item = played.harness.get_by_role_and_label(Role::Button, "Parear");
        assert!(item.accesskit_node().is_disabled());
    }
    played
        .harness
        .get_by_role_and_label(Role::Button, "Parear")
        .click();
    played.settle();
    assert_eq!(played.harness.state().screen(), Screen::Dashboard);
    played.press(Modifiers::COMMAND, Key::Num3);
    assert_eq!(played.harness.state().screen(), Screen::Dashboard);
    assert!(played.shows("Devino envia sem um telefone seu: não há código a ler."));
    played.press(Modifiers::COMMAND, Key::Num5);
    assert_eq!(played.harness.state().screen(), Screen::Queue, "the numbers stay");
    // The way back leads past it.
    played.press(Modifiers::NONE, Key::Escape);
    played.press(Modifiers::NONE, Key::Escape);
    assert_eq!(played.harness.state().screen(), Screen::Conversations);
    played.press(Modifiers::COMMAND, Key::K);
    played.type_text("parear");
    assert!(!played.shows("Parear telefone"));
}

#[test]
fn a_pairing_that_goes_on_is_marked_and_reached_from_another_account() {
    let mut played = one_that_pairs();
    choose(&mut played, "Loja Centro", "Clínica Aurora");
    played.engine.change(pairing_goes_on);
    played.settle();
    let marked = "Parear, pareamento em andamento (Loja Centro)";
    played.click(marked);
    played.settle();
    assert_eq!(played.harness.state().screen(), Screen::Pairing);
    assert!(played.shows("Conta: Loja Centro"));
    assert!(played.shows("Parear, pareamento em andamento"));
    choose(&mut played, "Loja Centro", "Clínica Aurora");
    assert_eq!(played.harness.state().screen(), Screen::Dashboard);
    assert!(played.shows(marked), "it stays marked");
}

#[test]
fn where_no_account_pairs_a_phone_the_rail_does_not_speak_of_it() {
    let mut live = testing::live(2);
    for index in 0..2 {
        change_account(&mut live, index, |view| {
            view.capabilities = &crate::gateway::devino::CAPABILITIES;
        });
    }
    let mut played = Played::new(live, WIDE, 64);
    played.settle();
    assert!(!played.shows("Parear") && played.shows("Painel"));
    played.press(Modifiers::COMMAND, Key::Num4);
    assert_eq!(
        played.harness.state().screen(),
        Screen::Dashboard,
        "the numbers stay"
    );
}

#[test]
fn the_rail_is_drawn_where_pairing_is_closed() {
    let Ok(folder) = std::env::var("RECADO_PICTURES") else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    for (name, dark, size, scale) in [
        ("light", false, WIDE, 1.0),
        ("dark", true, WIDE, 1.0),
        ("small", false, [900.0, 600.0], 1.0),
        ("scaled", true, WIDE, 1.5),
    ] {
        let mut live = testing::live(2);
        change_account(&mut live, 1, |view| {
            view.capabilities = &crate::gateway::devino::CAPABILITIES;
        });
        let theme = if dark {
            ThemeChoice::Dark
        } else {
            ThemeChoice::Light
        };
        live.settings = Arc::new(Settings {
            theme,
            ..Settings::clone(&live.settings)
        });
        let mut played = Played::new(live, size, 64);
        played.harness.set_pixels_per_point(scale);
        played.settle();
        choose(&mut played, "Loja Centro", "Clínica Aurora");
        played.press(Modifiers::COMMAND, Key::Num3);
        played
            .picture()
            .save(format!("{folder}/rail-closed-{name}.png"))
            .unwrap();
        played.engine.change(pairing_goes_on);
        played.settle();
        played
            .picture()
            .save(format!("{folder}/rail-elsewhere-{name}.png"))
            .unwrap();
    }
}
