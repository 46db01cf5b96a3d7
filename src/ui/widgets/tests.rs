//! The widgets as a keyboard and a screen reader meet them.

use super::*;
use crate::ui::theme::{self, Tone, icons};
use egui::accesskit::Toggled;
use egui::{Id, Key, Role};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

#[derive(Debug, Default)]
struct State {
    pressed: Vec<&'static str>,
    text: String,
    on: bool,
    filtered: bool,
    seconds: u32,
    choice: u8,
    dialog: bool,
}

fn harness(
    state: State,
    mut add: impl FnMut(&mut egui::Ui, &Theme, &mut State) + 'static,
) -> Harness<'static, State> {
    let light = Theme::new(false);
    let mut installed = false;
    let mut harness = Harness::builder()
        .with_size(egui::vec2(640.0, 480.0))
        .build_ui_state(
            move |ui, state| {
                if !installed {
                    theme::install(ui.ctx());
                    theme::apply(ui.ctx(), &light);
                    installed = true;
                }
                if ui.ctx().cumulative_pass_nr() > 0 {
                    add(ui, &light, state);
                }
            },
            state,
        );
    harness.step();
    harness.step();
    harness
}

fn press(harness: &mut Harness<'_, State>, key: Key) {
    harness.key_press(key);
    harness.step();
    harness.step();
}

#[test]
fn buttons_are_reached_by_tab_and_pressed_by_enter_and_space() {
    let mut harness = harness(State::default(), |ui, theme, state| {
        if Button::primary("Enviar")
            .icon(icons::SEND)
            .show(ui, theme)
            .clicked()
        {
            state.pressed.push("send");
        }
        if Button::secondary("Fora").enabled(false).show(ui, theme).clicked() {
            state.pressed.push("disabled");
        }
        if Button::secondary("Espera").busy(true).show(ui, theme).clicked() {
            state.pressed.push("busy");
        }
        if icon_button(ui, theme, icons::SEARCH, "Buscar").clicked() {
            state.pressed.push("search");
        }
        if link(ui, theme, "Ver a fila").clicked() {
            state.pressed.push("link");
        }
    });
    assert!(
        harness
            .get_by_role_and_label(Role::Button, "Fora")
            .accesskit_node()
            .is_disabled()
    );
    assert!(
        harness
            .get_by_role_and_label(Role::Button, "Espera")
            .accesskit_node()
            .is_disabled()
    );
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Space);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().pressed, ["send", "search", "link"]);
    harness.get_by_role_and_label(Role::Link, "Ver a fila").click();
    harness.step();
    assert_eq!(harness.state().pressed.len(), 4);
}

#[test]
fn toggles_and_filters_say_whether_they_are_on() {
    let mut harness = harness(State::default(), |ui, theme, state| {
        toggle(ui, theme, "Avisar", &mut state.on);
        if filter_pill(ui, theme, "Não lidas 3", state.filtered).clicked() {
            state.filtered = !state.filtered;
        }
        pill(ui, theme, Tone::Warn, Some(icons::QUESTION), "Incerta");
    });
    let toggled =
        |harness: &Harness<'_, State>, name: &str| harness.get_by_label(name).accesskit_node().toggled();
    assert_eq!(toggled(&harness, "Avisar"), Some(Toggled::False));
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Space);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    assert!(harness.state().on && harness.state().filtered);
    assert_eq!(toggled(&harness, "Avisar"), Some(Toggled::True));
    assert_eq!(toggled(&harness, "Não lidas 3"), Some(Toggled::True));
    harness.get_by_label("Incerta");
}

#[test]
fn a_slider_follows_the_keys_and_stays_in_its_range() {
    let mut harness = harness(
        State {
            seconds: 5,
            ..State::default()
        },
        |ui, theme, state| {
            slider(ui, theme, "Espera", &mut state.seconds, 1..=21, "s");
        },
    );
    let node = harness.get_by_role_and_label(Role::Slider, "Espera");
    assert_eq!(node.accesskit_node().numeric_value(), Some(5.0));
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::ArrowRight);
    assert_eq!(harness.state().seconds, 6);
    press(&mut harness, Key::ArrowDown);
    assert_eq!(harness.state().seconds, 5);
    press(&mut harness, Key::PageUp);
    assert_eq!(harness.state().seconds, 7);
    press(&mut harness, Key::End);
    press(&mut harness, Key::ArrowRight);
    assert_eq!(harness.state().seconds, 21);
    press(&mut harness, Key::Home);
    press(&mut harness, Key::ArrowLeft);
    assert_eq!(harness.state().seconds, 1);
}

#[test]
fn fields_are_named_by_their_labels() {
    let mut harness = harness(State::default(), |ui, theme, state| {
        Field::new("Nome da conta", &mut state.text)
            .error(Some("Falta o nome".to_owned()))
            .max_chars(5)
            .show(ui, theme);
    });
    harness.get_by_label("Falta o nome");
    harness
        .get_by_role_and_label(Role::TextInput, "Nome da conta")
        .focus();
    harness.step();
    harness
        .get_by_role_and_label(Role::TextInput, "Nome da conta")
        .type_text("Centro");
    harness.step();
    assert_eq!(harness.state().text, "Centr");
}

#[test]
fn escape_empties_a_search() {
    let mut harness = harness(
        State {
            text: "Marina".to_owned(),
            ..State::default()
        },
        |ui, theme, state| {
            search_field(ui, theme, Id::unique("search"), "Buscar", "Nome", &mut state.text);
        },
    );
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().text, "");
}

#[test]
fn one_of_several_is_chosen_by_keyboard() {
    let mut harness = harness(State::default(), |ui, theme, state| {
        let options = [
            (0, "Português".to_owned()),
            (1, "Español".to_owned()),
            (2, "English".to_owned()),
        ];
        select(ui, theme, "Idioma", &mut state.choice, &options);
    });
    harness.get_by_role_and_label(Role::ComboBox, "Idioma");
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    harness.step();
    harness.get_by_label("Español");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().choice, 1);
    harness.step();
    assert!(
        harness
            .query_by_role_and_label(Role::MenuItemRadio, "Español")
            .is_none()
    );
}

#[test]
fn segments_are_radio_buttons() {
    let mut harness = harness(State::default(), |ui, theme, state| {
        let options = [(0, "24 h".to_owned()), (1, "7 dias".to_owned())];
        if segmented(ui, theme, "Período", &mut state.choice, &options) {
            state.pressed.push("changed");
        }
    });
    harness.get_by_role_and_label(Role::RadioButton, "7 dias").click();
    harness.step();
    assert_eq!(harness.state().choice, 1);
    harness.get_by_role_and_label(Role::RadioButton, "7 dias").click();
    harness.step();
    assert_eq!(harness.state().pressed, ["changed"]);
}

#[test]
fn a_dialog_keeps_the_keyboard_inside_and_escape_closes_it() {
    let mut harness = harness(State::default(), |ui, theme, state| {
        if Button::primary("Apagar…").show(ui, theme).clicked() {
            state.dialog = true;
        }
        if !state.dialog {
            return;
        }
        let shown = dialog(ui.ctx(), theme, "delete", "Apagar?", |ui| {
            Button::danger("Apagar 14 mensagens").show(ui, theme).clicked()
        });
        if shown.inner == Some(true) {
            state.pressed.push("deleted");
        }
        if shown.should_close {
            state.dialog = false;
        }
    });
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    harness.get_by_role_and_label(Role::Dialog, "Apagar?");
    assert!(harness.state().pressed.is_empty());
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().pressed, ["deleted"]);
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    assert_eq!(
        harness.state().pressed,
        ["deleted", "deleted"],
        "the keyboard stays inside"
    );
    press(&mut harness, Key::Escape);
    assert!(!harness.state().dialog);
    harness.step();
    assert!(
        harness
            .get_by_role_and_label(Role::Button, "Apagar…")
            .accesskit_node()
            .is_focused()
    );
}

#[test]
fn a_menu_opens_acts_and_closes_by_keyboard() {
    let mut harness = harness(State::default(), |ui, theme, state| {
        menu_button(ui, theme, icons::MORE, "Mais", |ui| {
            if menu_item(ui, theme, icons::COPY, "Copiar").clicked() {
                state.pressed.push("copy");
            }
            if menu_item_danger(ui, theme, icons::TRASH, "Apagar…").clicked() {
                state.pressed.push("delete");
            }
        });
    });
    press(&mut harness, Key::Tab);
    press(&mut harness, Key::Enter);
    harness.step();
    harness.get_by_role_and_label(Role::MenuItem, "Copiar");
    press(&mut harness, Key::ArrowDown);
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().pressed.len(), 1);
    harness.step();
    assert!(harness.query_by_label("Copiar").is_none());
}

#[test]
fn long_words_are_elided_instead_of_leaving_their_place() {
    let mut harness = harness(State::default(), |ui, theme, _| {
        ui.set_max_width(160.0);
        let long = "Uma ação com um nome comprido demais para este lugar";
        for response in [
            Button::primary(long)
                .icon(icons::SEND)
                .shortcut("Enter")
                .show(ui, theme),
            pill(ui, theme, Tone::Bad, Some(icons::CIRCLE_X), long),
            filter_pill(ui, theme, long, true),
            link(ui, theme, long),
            skeleton(ui, theme, egui::vec2(900.0, 14.0)),
        ] {
            assert!(response.rect.width() <= 160.5, "{}", response.rect.width());
        }
    });
    harness.step();
}

#[test]
fn initials_stand_for_names_and_numbers() {
    for (name, expected) in [
        ("Marina Souza", "MS"),
        ("Campanhas", "CA"),
        ("João da Silva Pereira", "JP"),
        ("Ágata", "ÁG"),
        ("+55 21 90000-0031", "+55"),
        ("", ""),
        ("  ", ""),
        ("😀", "😀"),
    ] {
        assert_eq!(initials(name), expected, "{name}");
    }
}

#[test]
fn every_icon_has_a_glyph() {
    let context = egui::Context::default();
    theme::install(&context);
    let mut missing = Vec::new();
    let output = context.run_ui(egui::RawInput::default(), |ui| {
        let font = egui::FontId::new(16.0, egui::FontFamily::Name(theme::ICONS.into()));
        missing = ui.fonts_mut(|fonts| {
            let known = fonts.characters(&font.family);
            icons::ALL
                .iter()
                .filter(|icon| {
                    let mut characters = icon.chars();
                    let only = characters.next().zip(characters.next()).is_none();
                    !only
                        || !icon.chars().all(|character| {
                            known
                                .get(&character)
                                .is_some_and(|names| names.iter().any(|name| name == "lucide"))
                        })
                })
                .copied()
                .collect::<Vec<_>>()
        });
    });
    output.drop_without_applying_deltas();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(icons::ALL.len() > 100);
}

#[test]
fn figures_are_equally_wide() {
    let context = egui::Context::default();
    theme::install(&context);
    let output = context.run_ui(egui::RawInput::default(), |ui| {
        for weight in [
            theme::Weight::Regular,
            theme::Weight::Medium,
            theme::Weight::Semibold,
        ] {
            let font = theme::font(theme::Type::Body, weight);
            let widths: Vec<f32> = "0123456789"
                .chars()
                .map(|digit| ui.fonts_mut(|fonts| fonts.glyph_width(&font, digit)))
                .collect();
            assert!(
                widths.iter().all(|width| (width - widths[0]).abs() < 0.01),
                "{weight:?}: {widths:?}"
            );
        }
    });
    output.drop_without_applying_deltas();
}
