//! The dashboard, read by accessible names.

use super::*;
use crate::domain::health::{ConnectionChange, Expiry, ReadFailure};
use crate::domain::{Connection, Health};
use crate::engine::Live;
use crate::gateway::{Capabilities, solutek};
use crate::ui::context::UiAction;
use crate::ui::screens::Screen;
use crate::ui::screens::stage::{self, Stage, Stored};
use crate::ui::testing::{self, NOW};
use std::sync::Arc;

fn stored() -> Stored {
    Stored {
        dashboard: Some(stage::dashboard()),
        ..Stored::default()
    }
}

fn health(live: &mut Live, change: impl FnOnce(&mut Health)) {
    testing::change_account(live, 0, |account| change(Arc::make_mut(&mut account.health)));
}

fn staged(live: Live, stored: Stored) -> Stage {
    let mut screen = DashboardScreen::default();
    Stage::new(live, stored, [1_196.0, 1_100.0], move |ui, ctx| {
        screen.ui(ui, ctx);
    })
}

fn with(change: impl FnOnce(&mut Health)) -> Stage {
    let mut live = testing::live(1);
    health(&mut live, change);
    staged(live, stored())
}

#[test]
fn the_cards_tell_values_and_forecasts() {
    let mut stage = staged(testing::live(1), stored());
    for words in [
        "Tudo lido há 10 s, a cada 30 s",
        "Pronto",
        "há 6 h 12 min · Recepção",
        "+55 11 90000-0012",
        "68%",
        "−2% por hora · até ≈",
        "1.177",
        "restam de 2.000 · acaba ≈",
        "≈ 1 min 10 s com espera de 5 s",
        "Telefone voltou à internet",
        "Telefone sem internet, por 4 min",
        "Pareado: Recepção",
        "Enviadas",
        "97,7%",
        "Mensagens: 429 enviadas",
    ] {
        assert!(stage.tells(words), "{words} is not in {:#?}", stage.texts());
    }
    // It shows an age, so it wants to be drawn again when the age changes, and not before.
    assert_eq!(stage.around().wake_at, Some(NOW.plus(Duration::from_secs(3))));
}

#[test]
fn a_failed_reading_keeps_the_value_with_its_age_and_the_reason() {
    let stage = with(|health| {
        let read_at = NOW.minus(Duration::from_secs(240));
        health.connection = Connection::GatewayUnreachable;
        for at in [
            health.phone.as_mut().map(|read| &mut read.at),
            health.limits.as_mut().map(|read| &mut read.at),
            health.queue_length.as_mut().map(|read| &mut read.at),
        ]
        .into_iter()
        .flatten()
        {
            *at = read_at;
        }
        health.failure = Some(ReadFailure {
            at: NOW.minus(Duration::from_secs(20)),
            connection: Connection::GatewayUnreachable,
            words: "connection refused".into(),
        });
    });
    for words in [
        "68%",
        "1.177",
        "14",
        "lido há 4 min · Gateway fora de alcance",
        "A leitura falhou há 20 s; tenta de novo a cada 30 s",
        "O gateway não responde.",
    ] {
        assert!(stage.tells(words), "{words} is not in {:#?}", stage.texts());
    }
    assert!(!stage.tells("acaba ≈"), "a forecast from an old value");
}

#[test]
fn every_connection_has_words_and_a_next_step() {
    for connection in Connection::ALL {
        let mut stage = with(|health| health.connection = *connection);
        let text = crate::ui::text::Localizer::new(crate::ui::text::Language::Portuguese);
        assert!(stage.tells(&crate::ui::words::connection(&text, *connection)));
        let (button, expected) = match connection {
            Connection::Ready | Connection::Answers => continue,
            Connection::MustPair => ("Parear telefone", Some(Screen::Pairing)),
            Connection::CredentialsRefused | Connection::CredentialsMissing => {
                ("Abrir contas", Some(Screen::Accounts))
            }
            _ => ("Verificar agora", None),
        };
        stage.acted();
        stage.click(button);
        let acted = stage.acted();
        let matches = match (acted.as_slice(), expected) {
            ([UiAction::Go(screen)], Some(expected)) => *screen == expected,
            ([UiAction::Command(Command::Health(HealthCommand::Refresh(_)))], None) => true,
            _ => false,
        };
        assert!(matches, "{connection:?}: {acted:?}");
    }
}

#[test]
fn the_button_and_the_key_read_now() {
    let mut stage = staged(testing::live(1), stored());
    stage.acted();
    stage.click("Ler agora (F5)");
    assert!(matches!(
        stage.sent()[..],
        [Command::Health(HealthCommand::Refresh(_))]
    ));
    stage.harness.key_press(Key::F5);
    stage.settle();
    assert!(matches!(
        stage.sent()[..],
        [Command::Health(HealthCommand::Refresh(_))]
    ));
}

static WITHOUT_STATUS: Capabilities = Capabilities {
    status: false,
    pairing: false,
    ..solutek::CAPABILITIES
};
static ONLY_STATUS: Capabilities = Capabilities {
    limits: false,
    queue: false,
    delay: false,
    ..solutek::CAPABILITIES
};

#[test]
fn what_the_gateway_cannot_tell_has_no_card() {
    let cards = ["Conexão", "Bateria", "Limite de hoje", "Fila do gateway"];
    let expected: [(&'static Capabilities, [bool; 4]); 3] = [
        (&solutek::CAPABILITIES, [true; 4]),
        (&WITHOUT_STATUS, [true, false, true, true]),
        (&ONLY_STATUS, [true, true, false, false]),
    ];
    for (capabilities, expected) in expected {
        let mut live = testing::live(1);
        live.accounts[0].capabilities = capabilities;
        let stage = staged(live, stored());
        assert_eq!(cards.map(|card| stage.shows(card)), expected);
        assert!(stage.shows("O que mudou"));
        assert!(stage.shows("Nossos envios"));
    }
}

/// A gateway that tells nothing of phone, limits or queue, of an account that sends.
fn silent(change: impl FnOnce(&mut AccountView)) -> Stage {
    silent_with(test_calls(), change)
}

/// What the calls came to that only try whether such a gateway answers, newest first.
fn test_calls() -> Vec<ConnectionChange> {
    use Connection as C;
    [
        (2, C::Answers),
        (8, C::GatewayUnreachable),
        (40, C::Answers),
        (41, C::CredentialsRefused),
        (90, C::Answers),
    ]
    .into_iter()
    .map(|(minutes, connection)| ConnectionChange {
        at: NOW.minus(Duration::from_secs(minutes * 60)),
        connection,
        phone_name: None,
    })
    .collect()
}

fn silent_with(changes: Vec<ConnectionChange>, change: impl FnOnce(&mut AccountView)) -> Stage {
    let mut live = testing::live(1);
    testing::change_account(&mut live, 0, |view| {
        view.capabilities = &crate::gateway::decision_telecom::CAPABILITIES;
        let read_at = NOW.minus(Duration::from_secs(130));
        view.health = Arc::new(Health {
            connection: Connection::Answers,
            read_at: Some(read_at),
            interval_secs: 900,
            ..Health::default()
        });
        change(view);
    });
    staged(live, with_changes(changes))
}

fn with_changes(changes: Vec<ConnectionChange>) -> Stored {
    let stored = stored();
    let dashboard = stored.dashboard.map(|data| DashboardData { changes, ..data });
    Stored { dashboard, ..stored }
}

#[test]
fn what_we_know_ourselves_stands_where_the_gateway_tells_nothing() {
    let stage = silent(|view| {
        view.figures = crate::domain::health::DeliveryFigures {
            accepted_at: Some(NOW.minus(Duration::from_secs(240))),
            reported_at: Some(NOW.minus(Duration::from_secs(200))),
            problems_today: 3,
            median_delivery_ms: Some(8_400),
        };
    });
    for words in [
        "DecisionTelecom respondeu há 2 min; perguntado a cada 15 min",
        "Gateway responde",
        "Último aceite",
        "há 4 min",
        "último aviso há 3 min",
        "Problemas hoje",
        "recusadas ou incertas",
        "Tempo até a entrega",
        "8 s",
    ] {
        assert!(stage.tells(words), "{words} is not in {:#?}", stage.texts());
    }
    for words in ["Bateria", "Limite de hoje", "Fila do gateway", "Verificar agora"] {
        assert!(!stage.tells(words), "{words}");
    }
    let new = silent(|_| ());
    for words in ["nenhum aviso chegou ainda", "nada recusado", "nenhuma entregue"] {
        assert!(new.tells(words), "{words} is not in {:#?}", new.texts());
    }
}

#[test]
fn a_silent_gateway_looks_so() {
    if !stage::for_the_eye() {
        return;
    }
    for (name, dark, scale, size) in stage::looks() {
        let mut live = testing::live(1);
        testing::change_account(&mut live, 0, |view| {
            view.capabilities = &crate::gateway::devino::CAPABILITIES;
            view.health = Arc::new(Health {
                connection: Connection::Answers,
                read_at: Some(NOW.minus(Duration::from_secs(130))),
                interval_secs: 900,
                ..Health::default()
            });
            view.figures = crate::domain::health::DeliveryFigures {
                accepted_at: Some(NOW.minus(Duration::from_secs(240))),
                reported_at: Some(NOW.minus(Duration::from_secs(200))),
                problems_today: 3,
                median_delivery_ms: Some(8_400),
            };
        });
        let name = format!("dashboard-silent-{name}");
        stage::picture(
            &name,
            Screen::Dashboard,
            live,
            &with_changes(test_calls()),
            (dark, scale, size),
            &[],
        );
    }
}

#[test]
fn the_end_of_the_plan_is_told_and_warned_of() {
    let expires = |expiry| {
        with(|health| {
            if let Some(limits) = &mut health.limits {
                limits.value.expires = Some(expiry);
            }
        })
    };
    let far = expires(Expiry::Date(jiff::civil::date(2026, 12, 18)));
    assert!(far.shows("18/12/2026") && !far.tells("vence em"));
    let near = expires(Expiry::Date(jiff::civil::date(2026, 11, 23)));
    assert!(near.shows("23/11/2026") && near.tells("vence em 2 dias"));
    assert!(expires(Expiry::Date(jiff::civil::date(2026, 11, 20))).tells("já venceu"));
    assert!(expires(Expiry::Text("em breve".into())).shows("em breve"));
}

#[test]
fn thresholds_are_told_in_words() {
    let low = with(|health| {
        if let Some(phone) = &mut health.phone {
            phone.value.battery_percent = Some(9);
        }
        if let Some(limits) = &mut health.limits {
            limits.value.left = Some(0);
            limits.value.used = Some(2_000);
        }
        if let Some(queue) = &mut health.queue_length {
            queue.value = 0;
        }
    });
    for words in [
        "fraca: ligue na tomada",
        "acabou: as próximas esperam até amanhã",
        "vazia: nada espera lá",
    ] {
        assert!(low.tells(words), "{words}");
    }
    let untold = with(|health| {
        if let Some(phone) = &mut health.phone {
            phone.value.battery_percent = None;
        }
        if let Some(limits) = &mut health.limits {
            limits.value = crate::domain::health::Limits::default();
        }
    });
    assert!(
        untold.shows("O gateway não informou a bateria.") && untold.shows("O gateway não informou o limite.")
    );
}

#[test]
fn a_range_asks_for_its_own_hours_and_an_empty_one_says_so() {
    let mut stage = staged(
        testing::live(1),
        Stored {
            dashboard: Some(DashboardData::default()),
            ..Stored::default()
        },
    );
    assert!(stage.shows("Nada enviado nestas 24 horas"));
    assert!(stage.shows("Nenhuma leitura neste período"));
    assert!(stage.shows("A conexão não mudou neste período."));
    stage.click("30 dias");
    assert!(stage.shows("Nada enviado nestes 30 dias") && stage.shows("Mensagens por dia"));
    stage.click("Escrever mensagem");
    assert!(matches!(stage.acted()[..], [UiAction::NewMessage]));
}

#[test]
fn what_is_under_the_pointer_is_told() {
    use egui_kittest::kittest::Queryable as _;
    let mut stage = staged(testing::live(1), stored());
    let over = |stage: &mut Stage, name: &str, share: f32| {
        let rect = stage.harness.get_by_label_contains(name).rect();
        stage
            .harness
            .hover_at(egui::pos2(rect.left() + rect.width() * share, rect.center().y));
        stage.harness.run_steps(10);
    };
    // The bar of an hour with 41 delivered and 13 read.
    over(&mut stage, "Mensagens: 429 enviadas", 19.5 / 24.0);
    for words in ["41 entregues", "13 lidas", "0 com problema"] {
        assert!(stage.tells(words), "{words} is not in {:#?}", stage.texts());
    }
    over(&mut stage, "Fila do gateway: de", 0.5);
    assert!(
        stage
            .texts()
            .iter()
            .any(|text| text.contains(" · ontem, ") || text.contains(" · 0"))
    );
}

#[test]
fn changes_are_told_by_what_was_before() {
    let change = |minutes: u64, connection, name: Option<&str>| ConnectionChange {
        at: NOW.minus(Duration::from_secs(minutes * 60)),
        connection,
        phone_name: name.map(str::to_owned),
    };
    let stage = staged(
        testing::live(1),
        Stored {
            dashboard: Some(DashboardData {
                changes: vec![
                    change(1, Connection::Ready, None),
                    change(3, Connection::CredentialsRefused, None),
                    change(9, Connection::Ready, None),
                    change(10, Connection::GatewayUnreachable, None),
                    change(20, Connection::Ready, Some("Recepção")),
                ],
                ..DashboardData::default()
            }),
            ..Stored::default()
        },
    );
    for words in [
        "Credenciais aceitas de novo",
        "Credenciais recusadas, por 2 min",
        "Gateway voltou a responder",
        "Gateway fora de alcance, por 1 min",
        "Pronto: Recepção",
    ] {
        assert!(stage.tells(words), "{words}: {:#?}", stage.texts());
    }
}

#[test]
fn a_gateway_that_tells_nothing_has_its_test_calls_for_changes() {
    let stage = silent(|_| ());
    for words in [
        "O que mudou",
        "Gateway voltou a responder",
        "Gateway fora de alcance, por 6 min",
        "Credenciais aceitas de novo",
        "Credenciais recusadas, por 1 min",
    ] {
        assert!(stage.tells(words), "{words}: {:#?}", stage.texts());
    }
    let texts = stage.texts();
    let answers = texts.iter().filter(|text| *text == "Gateway responde");
    assert!(answers.count() > 1, "in its card and in the list: {texts:#?}");
}

#[test]
fn without_an_account_it_leads_to_the_accounts() {
    let mut stage = staged(testing::live(0), stored());
    stage.click("Adicionar conta");
    assert!(matches!(stage.acted()[..], [UiAction::Go(Screen::Accounts)]));
    let mut live = testing::live(0);
    live.loaded = false;
    assert!(!staged(live, stored()).shows("Adicionar conta"));
}

#[test]
fn nothing_is_cut_at_any_width() {
    for width in [320.0, 476.0, 640.0, 816.0, 916.0, 1_196.0] {
        let mut screen = DashboardScreen::default();
        let stage = Stage::new(testing::live(1), stored(), [width, 2_400.0], move |ui, ctx| {
            screen.ui(ui, ctx);
        });
        use egui_kittest::kittest::Queryable as _;
        for words in [
            "Conexão",
            "Bateria",
            "Limite de hoje",
            "Nossos envios",
            "O que mudou",
            "Abrir a fila",
        ] {
            for node in stage.harness.query_all_by_label(words) {
                let rect = node.rect();
                assert!(
                    rect.right() <= width - 16.0,
                    "{words} ends at {} of {width}",
                    rect.right()
                );
            }
        }
    }
}

/// The pictures are for the eye (`RECADO_PICTURES` keeps them); the test is that every look can be drawn.
#[test]
fn every_look_is_drawn() {
    for (name, dark, scale, size) in stage::looks() {
        let mut live = testing::live(2);
        health(&mut live, |health| {
            if let Some(limits) = &mut health.limits {
                limits.value.expires = Some(Expiry::Date(jiff::civil::date(2026, 12, 18)));
            }
        });
        live.accounts[0].outbox.delivered = 506;
        live.accounts[0].outbox.read = 301;
        let look = (dark, scale, size);
        let name = format!("dashboard-{name}");
        let picture = stage::picture(&name, Screen::Dashboard, live, &stored(), look, &[]);
        assert_eq!(picture.width(), (size.x * scale).round() as u32);
    }
    if !stage::for_the_eye() {
        return;
    }
    for (name, connection) in [
        ("must-pair", Connection::MustPair),
        ("unreachable", Connection::GatewayUnreachable),
    ] {
        let mut live = testing::live(1);
        health(&mut live, |health| {
            health.connection = connection;
            health.since = Some(NOW.minus(Duration::from_secs(90)));
            if connection == Connection::GatewayUnreachable {
                health.failure = Some(ReadFailure {
                    at: NOW.minus(Duration::from_secs(5)),
                    connection,
                    words: "connection refused".into(),
                });
            }
            if let Some(limits) = &mut health.limits {
                limits.value.expires = Some(Expiry::Date(jiff::civil::date(2026, 11, 23)));
            }
        });
        let look = (
            connection == Connection::GatewayUnreachable,
            1.0,
            vec2(1_280.0, 800.0),
        );
        let name = format!("dashboard-{name}");
        let data = Stored {
            dashboard: (connection == Connection::MustPair).then(DashboardData::default),
            ..Stored::default()
        };
        let picture = stage::picture(&name, Screen::Dashboard, live, &data, look, &[]);
        assert_eq!(picture.width(), 1_280);
    }
    let clicks = [
        ("hover", vec![egui::pos2(715.0, 400.0)]),
        ("line", vec![egui::pos2(400.0, 700.0)]),
        ("month", vec![egui::pos2(1_175.0, 100.0)]),
    ];
    for (name, clicks) in clicks {
        let mut live = testing::live(1);
        if name == "month" {
            Arc::make_mut(&mut live.settings).language = Some("en".into());
        }
        let name = format!("dashboard-{name}");
        let look = (false, 1.0, vec2(1_280.0, 800.0));
        let picture = stage::picture(&name, Screen::Dashboard, live, &stored(), look, &clicks);
        assert_eq!(picture.width(), 1_280);
    }
}
