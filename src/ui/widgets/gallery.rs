//! Every widget on one page, to be looked at and to be tested.

use super::*;
use crate::ui::theme::{Tone, Type, Weight, icons, space};
use egui::{Id, Ui, vec2};

/// Draws every widget once or more.
pub(crate) fn gallery_ui(ui: &mut Ui, theme: &Theme) {
    screen_frame(ui, theme, |ui| {
        screen_header(ui, theme, "Galeria", "Tudo lido há 12 s, a cada 30 s", |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            Button::danger("Remover…").icon(icons::TRASH).show(ui, theme);
            Button::secondary("Testar conexão")
                .icon(icons::PLUG)
                .show(ui, theme);
            Button::primary("Salvar").show(ui, theme);
        });
        buttons_ui(ui, theme);
        let width = (ui.available_width() - 2.0 * space::L) / 3.0;
        ui.horizontal_top(|ui| {
            card_sized(ui, theme, width, 330.0, |ui| fields_ui(ui, theme));
            card_sized(ui, theme, width, 330.0, |ui| choices_ui(ui, theme));
            card_sized(ui, theme, width, 330.0, |ui| states_ui(ui, theme));
        });
        banners_ui(ui, theme);
        type_ui(ui, theme);
    });
}

fn buttons_ui(ui: &mut Ui, theme: &Theme) {
    card(ui, theme, |ui| {
        ui.spacing_mut().item_spacing = vec2(space::S, space::S);
        ui.horizontal_wrapped(|ui| {
            Button::primary("Enviar")
                .icon(icons::SEND)
                .shortcut("Enter")
                .show(ui, theme);
            Button::primary("Nova").icon(icons::PLUS).small().show(ui, theme);
            Button::primary("Enviar")
                .icon(icons::SEND)
                .enabled(false)
                .show(ui, theme);
            Button::primary("Salvar").busy(true).show(ui, theme);
            Button::secondary("Pausar envios")
                .icon(icons::PAUSE)
                .show(ui, theme);
            Button::secondary("Cancelar")
                .icon(icons::X)
                .enabled(false)
                .show(ui, theme);
            Button::danger("Limpar 14…").icon(icons::TRASH).show(ui, theme);
            Button::ghost("Trocar endereço…")
                .icon(icons::HISTORY)
                .show(ui, theme);
            icon_button(ui, theme, icons::SEARCH, "Buscar");
            icon_button(ui, theme, icons::PANEL_RIGHT, "Detalhes");
            icon_button_enabled(ui, theme, icons::COPY, "Copiar", false);
            menu_button(ui, theme, icons::MORE, "Mais", |ui| {
                menu_item(ui, theme, icons::COPY, "Copiar");
                menu_item_danger(ui, theme, icons::TRASH, "Apagar…");
            });
            link(ui, theme, "Ver a fila");
        });
        ui.horizontal_wrapped(|ui| {
            pill(ui, theme, Tone::Warn, Some(icons::QUESTION), "Incerta");
            pill(ui, theme, Tone::Accent, Some(icons::LOADER), "Enviando");
            pill(ui, theme, Tone::Neutral, Some(icons::CLOCK), "Espera");
            pill(ui, theme, Tone::Bad, Some(icons::CIRCLE_X), "Recusada");
            pill(ui, theme, Tone::Ok, Some(icons::CHECK), "Entregue");
            pill(ui, theme, Tone::Info, Some(icons::INFO), "Lida");
            ui.add_space(space::L);
            filter_pill(ui, theme, "Todas", true);
            filter_pill(ui, theme, "Não lidas 3", false);
            filter_pill(ui, theme, "Com problema 1", false);
            ui.add_space(space::L);
            dot(ui, theme, Tone::Ok);
            label(
                ui,
                theme,
                "Pronto",
                Type::Body,
                Weight::Semibold,
                theme.colors.text,
            );
            badge(ui, theme, 3);
            badge(ui, theme, 128);
            avatar(ui, theme, &initials("Marina Souza"), 40.0);
            avatar(ui, theme, &initials("+55 11 90000-0012"), 40.0);
            avatar(ui, theme, "", 32.0);
        });
    });
}

fn fields_ui(ui: &mut Ui, theme: &Theme) {
    ui.spacing_mut().item_spacing.y = space::M;
    label(
        ui,
        theme,
        "Credenciais",
        Type::Body,
        Weight::Semibold,
        theme.colors.text,
    );
    let mut text = "Loja Centro".to_owned();
    Field::new("Nome da conta", &mut text)
        .id(Id::unique("gallery name"))
        .show(ui, theme);
    let mut secret = "12345678901234567890".to_owned();
    Field::new("Token", &mut secret)
        .password(true)
        .help(Some("Painel do Solutek, página Credenciais".to_owned()))
        .trailing(|ui| {
            icon_button(ui, theme, icons::EYE, "Mostrar o token");
        })
        .show(ui, theme);
    let mut empty = String::new();
    Field::new("ID da aplicação", &mut empty)
        .hint("48213")
        .error(Some("Só algarismos".to_owned()))
        .show(ui, theme);
}

fn choices_ui(ui: &mut Ui, theme: &Theme) {
    ui.spacing_mut().item_spacing.y = space::M;
    let mut query = String::new();
    search_field(
        ui,
        theme,
        Id::unique("gallery search"),
        "Buscar",
        "Nome, número ou texto",
        &mut query,
    );
    let mut filled = "Marina".to_owned();
    search_field(
        ui,
        theme,
        Id::unique("gallery search 2"),
        "Buscar",
        "",
        &mut filled,
    );
    let mut language = 1;
    let languages = [(1, "Português (Brasil)".to_owned()), (2, "English".to_owned())];
    select(ui, theme, "Idioma", &mut language, &languages);
    let mut seconds = 5;
    slider(ui, theme, "Espera entre mensagens", &mut seconds, 1..=20, "s");
    let mut on = true;
    let mut off = false;
    ui.horizontal(|ui| {
        toggle(ui, theme, "Avisar", &mut on);
        label(
            ui,
            theme,
            "Avisar",
            Type::Body,
            Weight::Regular,
            theme.colors.text,
        );
        toggle(ui, theme, "Som", &mut off);
        label(ui, theme, "Som", Type::Body, Weight::Regular, theme.colors.text);
    });
    let mut size = 2;
    let sizes = [
        (1, "Claro".to_owned()),
        (2, "Escuro".to_owned()),
        (3, "Sistema".to_owned()),
    ];
    segmented(ui, theme, "Aparência", &mut size, &sizes);
}

fn states_ui(ui: &mut Ui, theme: &Theme) {
    ui.horizontal(|ui| {
        ring(ui, theme, 0.7, 26.0, theme.colors.accent);
        spinner(ui, theme, 18.0);
        icon(ui, theme, icons::CIRCLE_CHECK, 18.0, theme.colors.ok);
        icon(ui, theme, icons::CIRCLE, 18.0, theme.colors.faint);
        skeleton(ui, theme, vec2(120.0, 14.0));
    });
    progress(ui, theme, 0.41, theme.colors.accent);
    divider(ui, theme);
    empty_state(
        ui,
        theme,
        icons::MESSAGES,
        "Nenhuma conversa ainda",
        "Quando alguém escrever, a conversa aparece aqui. Você também pode começar uma.",
        Some("Nova mensagem"),
    );
}

fn banners_ui(ui: &mut Ui, theme: &Theme) {
    banner(
        ui,
        theme,
        Tone::Warn,
        icons::QUESTION,
        "1 mensagem incerta.",
        "Confira no telefone se chegou a Rafael Lima: enviar de novo pode duplicar.",
        |ui| {
            let color = theme.colors.warn;
            Button::secondary("Chegou").color(color).show(ui, theme);
            Button::secondary("Enviar de novo").color(color).show(ui, theme);
        },
    );
    banner(
        ui,
        theme,
        Tone::Bad,
        icons::WARNING,
        "A chave foi recusada",
        "Nada é enviado até a chave ser trocada. As 14 mensagens da fila esperam e serão enviadas na ordem em que \
         foram escritas, uma de cada vez, com a espera de sempre entre elas.",
        |_| {},
    );
}

fn type_ui(ui: &mut Ui, theme: &Theme) {
    let colors = &theme.colors;
    ui.horizontal(|ui| {
        for (kind, weight, words) in [
            (Type::Figure, Weight::Semibold, "1.177"),
            (Type::ScreenTitle, Weight::Semibold, "Parear telefone"),
            (Type::PaneTitle, Weight::Semibold, "Conversas"),
            (
                Type::Body,
                Weight::Regular,
                "Perfeito, muito obrigada! 🙏 😀 👨‍👩‍👧 🇧🇷 👍🏽 1️⃣ ❤️",
            ),
            (Type::Secondary, Weight::Regular, "09:41 11:11 08:08"),
            (Type::Hint, Weight::Regular, "há 12 s · ≈ 1 min 10 s → ação © №"),
        ] {
            label(ui, theme, words, kind, weight, colors.text);
        }
    });
    fading_line(
        ui,
        theme,
        "Uma linha longa demais para o lugar que tem, que termina em reticências",
        Type::Body,
        Weight::Regular,
        colors.dim,
        260.0,
    );
    hint(
        ui,
        theme,
        "Você pode abrir outra tela: o pareamento continua e avisa quando terminar.",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::widgets::text::paint_icon;
    use crate::ui::{offscreen, theme};
    use egui::{Event, Key, Modifiers, Rect, pos2};

    /// Draws a few frames of `add` and returns the last one.
    pub(crate) fn picture(
        theme: &Theme,
        scale: f32,
        size: egui::Vec2,
        events: &[Event],
        mut add: impl FnMut(&mut Ui),
    ) -> image::RgbaImage {
        let context = egui::Context::default();
        theme::install(&context);
        theme::apply(&context, theme);
        let mut textures = offscreen::Textures::default();
        let mut picture = image::RgbaImage::default();
        let mut steps: Vec<Vec<Event>> = vec![Vec::new(), Vec::new()];
        steps.extend(events.iter().map(|event| vec![event.clone()]));
        steps.push(Vec::new());
        let last = steps.len() - 1;
        for (frame, events) in steps.into_iter().enumerate() {
            let mut input = egui::RawInput {
                screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), size)),
                time: Some(frame as f64 * 0.25),
                events,
                focused: true,
                ..Default::default()
            };
            if let Some(viewport) = input.viewports.get_mut(&egui::ViewportId::ROOT) {
                viewport.native_pixels_per_point = Some(scale);
            }
            let mut output = context.run_ui(input, |ui| add(ui));
            if frame < last {
                textures.apply(&output.textures_delta);
                output.textures_delta.clear();
            } else {
                picture = offscreen::render(&context, output, size, scale, &mut textures);
            }
        }
        picture
    }

    fn key(key: Key) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn keep(name: &str, picture: &image::RgbaImage) {
        if let Ok(folder) = std::env::var("RECADO_PICTURES") {
            std::fs::create_dir_all(&folder).unwrap();
            picture.save(format!("{folder}/{name}.png")).unwrap();
        }
    }

    #[test]
    fn the_gallery_draws_in_both_themes_and_two_scales() {
        for (name, dark, scale) in [
            ("gallery-light", false, 1.0),
            ("gallery-dark", true, 1.0),
            ("gallery-light-150", false, 1.5),
            ("gallery-dark-150", true, 1.5),
        ] {
            let theme = Theme::new(dark);
            let picture = picture(&theme, scale, vec2(1196.0, 860.0), &[], |ui| {
                gallery_ui(ui, &theme)
            });
            keep(name, &picture);
            let count = |color: egui::Color32| {
                picture
                    .pixels()
                    .filter(|pixel| pixel.0 == color.to_array())
                    .count()
            };
            let colors = &theme.colors;
            for (what, color) in [
                ("accent", colors.accent),
                ("panel", colors.panel),
                ("text", colors.text),
                ("banner", colors.warn_soft),
                ("line", colors.line),
            ] {
                assert!(
                    count(color) > 200,
                    "{name} has hardly any {what}: {}",
                    count(color)
                );
            }
        }
    }

    #[test]
    fn focus_dialog_and_menu_show() {
        for dark in [false, true] {
            let theme = Theme::new(dark);
            let suffix = if dark { "dark" } else { "light" };
            let size = vec2(1196.0, 860.0);
            let tabs = vec![key(Key::Tab); 16];
            let focused = picture(&theme, 1.0, size, &tabs, |ui| gallery_ui(ui, &theme));
            keep(&format!("focus-{suffix}"), &focused);
            let shown = picture(&theme, 1.0, size, &[], |ui| {
                gallery_ui(ui, &theme);
                dialog(
                    ui.ctx(),
                    &theme,
                    "gallery",
                    "Apagar 14 mensagens da fila?",
                    |ui| {
                        let words = "Elas ainda não saíram do gateway. O que já foi enviado não volta.";
                        label(ui, &theme, words, Type::Body, Weight::Regular, theme.colors.dim);
                        ui.horizontal(|ui| {
                            Button::danger("Apagar 14 mensagens")
                                .icon(icons::TRASH)
                                .show(ui, &theme);
                            Button::secondary("Ficar com elas").show(ui, &theme);
                        });
                    },
                );
            });
            keep(&format!("dialog-{suffix}"), &shown);
            let mut opened = vec![key(Key::Tab); 11];
            opened.push(key(Key::Enter));
            let menu = picture(&theme, 1.0, size, &opened, |ui| gallery_ui(ui, &theme));
            keep(&format!("menu-{suffix}"), &menu);
        }
    }

    #[test]
    fn a_narrow_banner_puts_its_buttons_below() {
        let theme = Theme::new(false);
        let picture = picture(&theme, 1.0, vec2(420.0, 220.0), &[], |ui| {
            egui::Frame::new().inner_margin(12.0).show(ui, |ui| {
                banners_ui(ui, &theme);
            });
        });
        keep("banner-narrow", &picture);
        let (words, buttons) = (picture.get_pixel(14, 30), picture.get_pixel(406, 90));
        assert_eq!(words.0, theme.colors.warn_soft.to_array());
        assert_eq!(buttons.0, theme.colors.warn_soft.to_array());
    }

    #[test]
    fn icons_stand_in_the_middle() {
        let theme = Theme::new(false);
        for scale in [1.0_f32, 1.5, 2.0] {
            for size in [14.0_f32, 16.0, 18.0, 20.0, 22.0] {
                let picture = picture(&theme, scale, vec2(64.0, 64.0), &[], |ui| {
                    paint_icon(ui, pos2(32.0, 32.0), icons::CIRCLE, size, theme.colors.text);
                });
                let ground = theme.colors.bg.to_array();
                let (mut left, mut top, mut right, mut bottom) = (u32::MAX, u32::MAX, 0, 0);
                for (x, y, pixel) in picture.enumerate_pixels() {
                    if pixel.0[0].abs_diff(ground[0]) > 40 {
                        (left, top) = (left.min(x), top.min(y));
                        (right, bottom) = (right.max(x + 1), bottom.max(y + 1));
                    }
                }
                let off = |from: u32, to: u32| ((from + to) as f32 / 2.0 - 32.0 * scale).abs();
                let off = (off(left, right), off(top, bottom));
                assert!(off.0 <= 1.0 && off.1 <= 1.0, "{size} at {scale}: {off:?}");
            }
        }
    }
}
