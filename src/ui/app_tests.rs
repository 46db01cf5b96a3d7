//! The frame, driven by accessible names and keys against a played engine.

use super::*;
use crate::domain::message::{Reason, ReasonKind};
use crate::domain::settings::ThemeChoice;
use crate::engine::{AccountCommand, Answer, Question, SecretsCommand};
use crate::secrets::{SecretPlace, SecretStatus};
use crate::ui::context::UiAction;
use crate::ui::testing::{self, Played, change_account};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

const WIDE: [f32; 2] = [1_280.0, 800.0];

fn played(accounts: usize) -> Played {
    let mut played = Played::new(testing::live(accounts), WIDE, 64);
    played.settle();
    played
}

fn command(key: Key) -> (Modifiers, Key) {
    (Modifiers::COMMAND, key)
}

fn press(played: &mut Played, (modifiers, key): (Modifiers, Key)) {
    played.press(modifiers, key);
}

#[test]
fn the_rail_and_the_digits_open_every_screen() {
    let mut played = played(1);
    let words = [
        ("Conversas", Key::Num1),
        ("Enviar", Key::Num2),
        ("Parear", Key::Num3),
        ("Painel", Key::Num4),
        ("Fila, 2 com problema", Key::Num5),
        ("Contas", Key::Num6),
        ("Ajustes", Key::Num7),
    ];
    for ((word, key), screen) in words.into_iter().zip(Screen::ALL) {
        let item = |played: &Played| {
            let found: Vec<_> = played
                .harness
                .query_all_by_role_and_label(egui::accesskit::Role::Button, word)
                .map(|node| node.rect())
                .collect();
            assert_eq!(found.len(), 1, "{word}");
        };
        item(&played);
        played
            .harness
            .get_by_role_and_label(egui::accesskit::Role::Button, word)
            .click();
        played.settle();
        assert_eq!(played.harness.state().screen(), *screen);
        press(&mut played, command(Key::Num1));
        press(&mut played, command(key));
        assert_eq!(played.harness.state().screen(), *screen);
    }
}

#[test]
fn escape_goes_the_way_back() {
    let mut played = played(1);
    press(&mut played, command(Key::Num4));
    press(&mut played, command(Key::Num5));
    for expected in [Screen::Dashboard, Screen::Conversations, Screen::Conversations] {
        press(&mut played, (Modifiers::NONE, Key::Escape));
        assert_eq!(played.harness.state().screen(), expected);
    }
}

#[test]
fn without_an_account_the_accounts_screen_is_opened_once() {
    let mut played = played(0);
    assert_eq!(played.harness.state().screen(), Screen::Accounts);
    press(&mut played, command(Key::Num4));
    assert_eq!(played.harness.state().screen(), Screen::Dashboard);
}

#[test]
fn the_strip_tells_how_the_account_stands() {
    let played = played(1);
    for words in [
        "Conta: Loja Centro",
        "Pronto",
        "Recepção · +55 11 90000-0012",
        "68%",
        "Hoje",
        "823 de 2.000",
        "2 aqui · 14 lá",
        "há\u{a0}10\u{a0}s",
    ] {
        assert!(
            played.shows(words) || played.shows(&words.replace("há\u{a0}", "há ")),
            "{words} is not there"
        );
    }
}

#[test]
fn a_narrow_strip_drops_its_last_parts_and_nothing_overlaps() {
    let order = [
        "Recepção · +55 11 90000-0012",
        "68%",
        "823 de 2.000",
        "2 aqui · 14 lá",
    ];
    for width in [1_280.0, 1_050.0, 950.0, 850.0, 750.0, 640.0] {
        let mut played = Played::new(testing::live(1), [width, 600.0], 64);
        played.settle();
        let there: Vec<bool> = order.iter().map(|words| played.shows(words)).collect();
        let count = there.iter().filter(|there| **there).count();
        assert!(
            there.is_sorted_by(|a, b| a >= b),
            "a part in the middle went first at {width}"
        );
        assert_eq!(count == order.len(), width >= 1_280.0, "{count} at {width}");
        assert!(
            played.shows("Pronto") && played.shows("Buscar ou agir"),
            "{width}"
        );

        let mut rects: Vec<egui::Rect> = order
            .iter()
            .chain(&[
                "Conta: Loja Centro",
                "Pronto",
                "Hoje",
                "Atualizar agora",
                "Buscar ou agir",
            ])
            .filter_map(|words| played.harness.query_by_label(words))
            .map(|node| node.rect())
            .collect();
        rects.sort_by(|a, b| a.left().total_cmp(&b.left()));
        for pair in rects.windows(2) {
            assert!(pair[0].right() <= pair[1].left() + 0.5, "{width}: {pair:?}");
        }
        assert!(rects.iter().all(|rect| rect.right() <= width), "{width}");
    }
}

#[test]
fn the_chooser_changes_the_account_and_remembers_it() {
    let mut played = played(3);
    let ids: Vec<_> = played
        .engine
        .live
        .borrow()
        .accounts
        .iter()
        .map(|view| view.account.id)
        .collect();
    assert_eq!(played.harness.state().account(), Some(ids[0]));
    played.click("Conta: Loja Centro");
    played.click("Oficina Norte");
    assert_eq!(played.harness.state().account(), Some(ids[2]));
    assert!(played.shows("Conta: Oficina Norte"));
    let kept = played
        .engine
        .sent()
        .into_iter()
        .find_map(|command| match command {
            Command::Settings(settings) => settings.last_account,
            _ => None,
        });
    assert_eq!(kept, Some(ids[2].to_string()));
    // An account that goes is not shown any more.
    played.engine.change(|live| {
        live.accounts.pop();
    });
    played.settle();
    assert_eq!(played.harness.state().account(), Some(ids[0]));
}

#[test]
fn the_palette_finds_without_accents_and_executes() {
    let mut played = played(2);
    press(&mut played, command(Key::K));
    played.type_text("clinica");
    press(&mut played, (Modifiers::NONE, Key::Enter));
    assert!(played.shows("Conta: Clínica Aurora"));

    press(&mut played, command(Key::K));
    assert!(played.shows("Escrever nova mensagem"));
    press(&mut played, (Modifiers::NONE, Key::ArrowDown));
    press(&mut played, (Modifiers::NONE, Key::Enter));
    let sent = played.engine.sent();
    assert!(
        sent.iter()
            .any(|command| matches!(command, Command::Health(HealthCommand::Refresh(_)))),
        "{sent:?}"
    );

    press(&mut played, command(Key::K));
    played.type_text("escuro");
    press(&mut played, (Modifiers::NONE, Key::Enter));
    let sent = played.engine.sent();
    assert!(
        matches!(sent.as_slice(), [Command::Settings(settings)] if settings.theme == ThemeChoice::Dark),
        "{sent:?}"
    );

    press(&mut played, command(Key::K));
    assert!(played.shows("Escrever nova mensagem"));
    press(&mut played, (Modifiers::NONE, Key::Escape));
    assert!(!played.shows("Escrever nova mensagem"));
}

#[test]
fn the_palette_finds_conversations() {
    let mut played = played(1);
    played.engine.sent();
    press(&mut played, command(Key::K));
    played.type_text("marina");
    let (ticket, _) = played
        .engine
        .asked()
        .into_iter()
        .find(|(_, question)| {
            matches!(question, Question::Conversations { filter, .. } if filter.search == "marina")
        })
        .unwrap();
    let account = played.harness.state().account().unwrap();
    let row = crate::domain::ConversationRow {
        conversation: crate::domain::Conversation {
            last_wrote_at: None,
            id: crate::domain::ConversationId::new(),
            account,
            phone: crate::domain::PhoneNumber::from_digits("5511900000044").unwrap(),
            name: Some("Marina Souza".into()),
            told_name: None,
            note: String::new(),
            do_not_write: false,
        },
        last_text: String::new(),
        last_attachment: None,
        last: None,
        unread: 0,
        last_at: None,
        problems: 0,
        draft: None,
        hit: None,
    };
    played
        .engine
        .events
        .try_send(Event::Answer(ticket, Answer::Conversations(vec![row])))
        .unwrap();
    played.settle();
    press(&mut played, command(Key::Num4));
    played.click("Marina Souza");
    assert_eq!(played.harness.state().screen(), Screen::Conversations);
}

#[test]
fn banners_say_what_goes_on_and_their_buttons_act() {
    let mut live = testing::live(1);
    live.secrets = SecretStatus::Locked;
    change_account(&mut live, 0, |view| {
        view.held = Some(Reason::new(ReasonKind::CredentialsMissing));
    });
    let mut played = Played::new(live, WIDE, 64);
    played.settle();
    played.click("Tentar de novo");
    played.click("Usar só desta vez");
    let sent: Vec<_> = played
        .engine
        .sent()
        .into_iter()
        .filter_map(|command| match command {
            Command::Secrets(command) => Some(command),
            _ => None,
        })
        .collect();
    assert!(
        matches!(
            sent.as_slice(),
            [SecretsCommand::TryAgain, SecretsCommand::UseSession]
        ),
        "{sent:?}"
    );
    played.click("Ver contas");
    assert_eq!(played.harness.state().screen(), Screen::Accounts);

    played.engine.change(|live| {
        live.secrets = SecretStatus::Ready {
            place: SecretPlace::Session,
            name: String::new(),
        };
        change_account(live, 0, |view| {
            view.held = None;
            let mut account = crate::domain::Account::clone(&view.account);
            account.paused = true;
            view.account = Arc::new(account);
        });
    });
    played.settle();
    assert!(!played.shows("Tentar de novo"));
    played.click("Retomar envio");
    let sent = played.engine.sent();
    assert!(
        matches!(
            sent.as_slice(),
            [Command::Account(AccountCommand::SetPaused { paused: false, .. })]
        ),
        "{sent:?}"
    );
}

#[test]
fn a_vault_is_made_with_a_passphrase_typed_twice() {
    let mut live = testing::live(1);
    live.secrets = SecretStatus::Absent {
        words: "no bus".into(),
    };
    let mut played = Played::new(live, WIDE, 64);
    played.settle();
    played.click("Criar cofre…");
    played.focus_field("Senha do cofre");
    played.type_text("correct horse");
    played.focus_field("Repita a senha");
    played.type_text("correct hors");
    assert!(played.shows("As duas senhas são diferentes."));
    played.type_text("e");
    played.click("Criar cofre");
    let sent = played.engine.sent();
    assert!(
        matches!(sent.as_slice(), [Command::Secrets(SecretsCommand::UseVault(secret))] if secret.reveal() == "correct horse"),
        "{sent:?}"
    );
    played
        .engine
        .events
        .try_send(Event::Notice(Notice::Failed("disk full".into())))
        .unwrap();
    played.settle();
    assert!(played.shows("disk full"), "the dialog shows it");
    played.click("Criar cofre");
    assert_eq!(played.engine.sent().len(), 1);
    played.engine.change(|live| {
        live.secrets = SecretStatus::Ready {
            place: SecretPlace::Vault,
            name: "vault".into(),
        };
    });
    played.settle();
    assert!(
        !played.shows("Senha do cofre"),
        "the dialog goes when the vault is there"
    );
}

#[test]
fn toasts_go_by_themselves_and_problems_stay_until_closed() {
    let mut played = played(1);
    let say = |played: &Played, notice| played.engine.events.try_send(Event::Notice(notice)).unwrap();
    let account = played.harness.state().account().unwrap();
    say(&played, Notice::Paired(account, Some("Recepção".into())));
    say(&played, Notice::Failed("disk full".into()));
    played.settle();
    let (paired, failed) = ("Pareado: Recepção", "Não deu certo, e nada foi mudado. disk full");
    assert!(played.shows(paired) && played.shows(failed));
    played.clock.advance(Duration::from_secs(5));
    played.settle();
    assert!(!played.shows(paired) && played.shows(failed));
    played.click("Fechar aviso");
    assert!(!played.shows(failed));
}

#[test]
fn a_full_channel_keeps_the_command_and_says_so() {
    let mut played = Played::new(testing::live(1), WIDE, 1);
    played.settle();
    played.engine.sent();
    for _ in 0..3 {
        press(&mut played, (Modifiers::NONE, Key::F5));
    }
    assert!(
        played
            .harness
            .query_by_label_contains("O programa está ocupado.")
            .is_some(),
        "the banner is missing"
    );
    let mut seen = 0;
    for _ in 0..5 {
        seen += played
            .engine
            .sent()
            .iter()
            .filter(|command| matches!(command, Command::Health(HealthCommand::Refresh(_))))
            .count();
        played.settle();
    }
    assert_eq!(seen, 3);
    assert!(
        played
            .harness
            .query_by_label_contains("O programa está ocupado.")
            .is_none()
    );
}

#[test]
fn an_engine_that_is_gone_is_said() {
    let played = played(1);
    let Played {
        mut harness, engine, ..
    } = played;
    drop(engine);
    harness.run_steps(3);
    assert!(
        harness
            .query_by_label_contains("O programa parou de trabalhar.")
            .is_some()
    );
}

#[test]
fn the_language_changes_every_word_at_once() {
    let mut played = played(1);
    press(&mut played, command(Key::Num7));
    assert!(played.shows("Aparência"));
    press(&mut played, command(Key::K));
    played.type_text("english");
    press(&mut played, (Modifiers::NONE, Key::Enter));
    assert!(played.shows("Looks") && played.shows("Chats") && played.shows("Ready"));
    let sent = played.engine.sent();
    assert!(
        matches!(sent.as_slice(), [Command::Settings(settings)] if settings.language.as_deref() == Some("en")),
        "{sent:?}"
    );
    // The engine publishes something else before it has taken the settings: ours go on holding.
    played.engine.change(|live| live.folder = "/elsewhere".into());
    played.settle();
    assert!(played.shows("Looks"));
}

#[test]
fn the_scale_follows_its_keys_within_its_bounds() {
    let mut played = played(1);
    for _ in 0..3 {
        press(&mut played, command(Key::Plus));
    }
    let scale = |played: &Played| played.harness.ctx.zoom_factor();
    assert!((scale(&played) - 1.3).abs() < 0.01, "{}", scale(&played));
    for _ in 0..12 {
        press(&mut played, command(Key::Minus));
    }
    assert!((scale(&played) - 0.8).abs() < 0.01);
    press(&mut played, command(Key::Num0));
    assert!((scale(&played) - 1.0).abs() < 0.01);
}

#[test]
fn an_address_is_shown_whole_before_it_is_opened() {
    let mut played = played(1);
    let address = "https://files.example/a?b=c";
    played
        .harness
        .state()
        .requests
        .act_for_test(UiAction::OpenUrl(address.into()));
    played
        .harness
        .state()
        .requests
        .act_for_test(UiAction::OpenUrl("file:///etc/passwd".into()));
    played.settle();
    assert!(played.shows(address));
    assert!(played.shows("Isto não é um endereço da web, por isso não foi aberto."));
    assert!(played.system.opened.lock().unwrap().is_empty());
    played.click("Abrir no navegador");
    wait_for(|| played.system.opened.lock().unwrap().len() == 1);
    assert_eq!(played.system.opened.lock().unwrap()[0], address);
}

/// Threads of their own do the work; this waits for what they bring.
pub(super) fn wait_for(mut condition: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !condition() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it did not come");
        std::thread::yield_now();
    }
}

#[test]
fn the_list_of_keys_opens_and_closes() {
    let mut played = played(1);
    press(&mut played, (Modifiers::NONE, Key::F1));
    assert!(played.shows("Atalhos do teclado"));
    press(&mut played, command(Key::Num4));
    assert_eq!(
        played.harness.state().screen(),
        Screen::Conversations,
        "behind a dialog nothing changes"
    );
    press(&mut played, (Modifiers::NONE, Key::Escape));
    assert!(!played.shows("Atalhos do teclado"));
    press(&mut played, (Modifiers::NONE, Key::Questionmark));
    assert!(played.shows("Atalhos do teclado"));
}

#[test]
fn at_rest_no_frame_is_asked_for_before_the_age_changes() {
    let mut played = played(1);
    played.harness.run();
    let delay = played
        .harness
        .output()
        .viewport_output
        .values()
        .map(|output| output.repaint_delay)
        .min()
        .unwrap();
    // Read twelve seconds ago: the next change of what is shown is at fifteen.
    assert!(delay >= Duration::from_secs(2), "{delay:?}");
}

#[test]
fn every_screen_fits_with_long_words_and_at_every_size() {
    for (size, scale) in [
        ([1_280.0, 800.0], 100),
        ([900.0, 600.0], 150),
        ([640.0, 480.0], 200),
    ] {
        let mut live = testing::live(2);
        live.settings = Arc::new(Settings {
            scale_percent: scale,
            ..Settings::clone(&live.settings)
        });
        live.secrets = SecretStatus::VaultClosed;
        let mut played = Played::new(live, size, 64);
        for screen in Screen::ALL {
            played.harness.state_mut().go(*screen);
            played.settle();
        }
    }
}
