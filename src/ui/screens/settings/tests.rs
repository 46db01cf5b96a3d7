use crate::domain::settings::QuickReply;
use crate::engine::{
    Answer, ArchiveCommand, Backup, Command, Event, ExportFormat, ExportScope, InboxCommand, ListenerState,
    OutsideCheck, OutsideError, Question, Ticket,
};
use crate::ui::testing::{self, NOW, Played};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use std::sync::Arc;
use std::time::Duration;

fn settings_screen() -> Played {
    let mut live = testing::live(1);
    live.listener.state = ListenerState::Listening("127.0.0.1:48123".parse().unwrap());
    // High enough for everything: what is scrolled out of sight cannot be clicked.
    let mut played = Played::new(live, [1_280.0, 3_000.0], 64);
    played.settle();
    played.press(Modifiers::COMMAND, Key::Num7);
    played
}

fn commands(played: &mut Played) -> Vec<Command> {
    std::iter::from_fn(|| played.engine.commands.try_recv().ok()).collect()
}

/// The settings as they were sent last, taken over by the engine.
fn saved(played: &mut Played) -> Option<crate::domain::settings::Settings> {
    let settings = commands(played)
        .into_iter()
        .rev()
        .find_map(|command| match command {
            Command::Settings(settings) => Some(*settings),
            _ => None,
        })?;
    played
        .engine
        .live
        .send_modify(|live| Arc::make_mut(live).settings = Arc::new(settings.clone()));
    played.settle();
    Some(settings)
}

fn answer(played: &mut Played, ticket: Ticket, answer: Answer) {
    played
        .engine
        .events
        .try_send(Event::Answer(ticket, answer))
        .unwrap();
    played.settle();
}

/// Puts a text into a field in the place of what is there, and leaves the field.
fn fill(played: &mut Played, field: &str, text: &str) {
    played.focus_field(field);
    played.press(Modifiers::COMMAND, Key::A);
    played.type_text(text);
    played.press(Modifiers::NONE, Key::Tab);
}

/// Whether something's accessible name holds these words.
fn mentions(played: &Played, words: &str) -> bool {
    played.harness.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn quiet_hours_appear_when_there_is_something_to_silence() {
    let mut played = settings_screen();
    assert!(!played.shows("Início do silêncio"));
    played.click("Horário de silêncio");
    let settings = saved(&mut played).unwrap();
    assert_eq!(settings.quiet_minutes, Some((22 * 60, 7 * 60)));
    assert!(played.shows("Início do silêncio"));
    played.click("Notificações do sistema");
    assert!(!saved(&mut played).unwrap().notifications);
    assert!(
        !played.shows("Horário de silêncio"),
        "nothing is announced at all"
    );
    played.click("Som ao receber mensagens");
    assert!(saved(&mut played).unwrap().sound);
    assert!(played.shows("Horário de silêncio"));
}

#[test]
fn a_quick_reply_is_made_changed_and_removed() {
    let mut played = settings_screen();
    played.click("Nova resposta rápida…");
    played.click("Guardar resposta");
    assert!(played.shows("Preencha este campo."), "neither title nor text");
    fill(&mut played, "Título", "Bom dia");
    fill(&mut played, "Texto", "Bom dia, {name}!");
    played.click("Guardar resposta");
    let reply = QuickReply {
        title: "Bom dia".into(),
        text: "Bom dia, {name}!".into(),
    };
    assert_eq!(saved(&mut played).unwrap().quick_replies, [reply]);
    played.click("Alterar: Bom dia");
    fill(&mut played, "Texto", "Olá, {name}!");
    played.click("Guardar resposta");
    assert_eq!(saved(&mut played).unwrap().quick_replies[0].text, "Olá, {name}!");
    played.click("Excluir: Bom dia");
    assert!(saved(&mut played).unwrap().quick_replies.is_empty());
}

#[test]
fn a_public_address_is_checked_before_it_is_taken_and_then_from_outside() {
    let mut played = settings_screen();
    fill(&mut played, "Endereço público", "http://recado.example");
    assert_eq!(saved(&mut played), None, "not encrypted");
    fill(&mut played, "Endereço público", "https://recado.example/?a=1");
    assert_eq!(saved(&mut played), None, "no place to hang a path on");
    fill(&mut played, "Endereço público", "https://recado.example/");
    let settings = saved(&mut played).unwrap();
    assert_eq!(settings.public_url.as_deref(), Some("https://recado.example"));

    let check = |played: &mut Played| {
        played.click("Verificar por fora");
        commands(played)
            .into_iter()
            .find_map(|command| match command {
                Command::Inbox(InboxCommand::CheckFromOutside(ticket)) => Some(ticket),
                _ => None,
            })
            .unwrap()
    };
    let ticket = check(&mut played);
    let fine = OutsideCheck { milliseconds: 120 };
    answer(&mut played, ticket, Answer::Outside(Ok(fine)));
    assert!(played.shows("Chegou e voltou em 120 ms"));
    let ticket = check(&mut played);
    let error = OutsideError::SomebodyElse(404, "Not here".into());
    answer(&mut played, ticket, Answer::Outside(Err(error)));
    assert!(played.shows("Não chegou até aqui"));
}

#[test]
fn a_port_is_a_number_that_any_program_may_have() {
    let mut played = settings_screen();
    for wrong in ["80", "abc", "70000"] {
        fill(&mut played, "Porta", wrong);
        assert_eq!(saved(&mut played), None, "{wrong}");
        assert!(played.shows("Use um número de 1024 a 65535, ou deixe vazio."));
    }
    fill(&mut played, "Porta", "48124");
    assert_eq!(saved(&mut played).unwrap().listen_port, 48_124);
}

#[test]
fn a_failure_to_listen_is_said_with_a_way_out() {
    let mut played = settings_screen();
    played.engine.live.send_modify(|live| {
        Arc::make_mut(live).listener.state = ListenerState::Failed("address in use".into());
    });
    played.settle();
    assert!(
        mentions(&played, "Ninguém está escutando o gateway"),
        "the banner"
    );
    assert!(played.shows("Não está escutando"));
}

fn backup(hours_ago: u64) -> Backup {
    Backup {
        folder: "/home/operator/.local/share/recado/backups/one".into(),
        made_at: NOW.minus(Duration::from_secs(hours_ago * 3_600)),
        bytes: 3_400_000,
    }
}

#[test]
fn a_backup_is_made_listed_and_restored_into_a_new_folder() {
    let mut played = settings_screen();
    let asked = |played: &mut Played| {
        commands(played)
            .into_iter()
            .find_map(|command| match command {
                Command::Ask(ticket, Question::Backups) => Some(ticket),
                _ => None,
            })
            .unwrap()
    };
    let ticket = asked(&mut played);
    answer(&mut played, ticket, Answer::Backups(Vec::new()));
    assert!(played.shows("Ainda não há cópias."));
    played.click("Fazer cópia agora");
    let ticket = commands(&mut played)
        .into_iter()
        .find_map(|command| match command {
            Command::Archive(ArchiveCommand::Backup(ticket)) => Some(ticket),
            _ => None,
        })
        .unwrap();
    answer(&mut played, ticket, Answer::BackedUp(Ok(backup(0))));
    let ticket = asked(&mut played);
    answer(&mut played, ticket, Answer::Backups(vec![backup(0)]));
    played
        .harness
        .get_by_label_contains("Restaurar a cópia: ")
        .click();
    played.settle();
    fill(&mut played, "Nova pasta de dados", "restored");
    played.click("Restaurar nesta pasta");
    assert!(played.shows("Escreva o caminho inteiro da pasta ou do arquivo."));
    fill(&mut played, "Nova pasta de dados", "/home/operator/restored");
    played.click("Restaurar nesta pasta");
    let (ticket, into) = commands(&mut played)
        .into_iter()
        .find_map(|command| match command {
            Command::Archive(ArchiveCommand::Restore { ticket, into, .. }) => Some((ticket, into)),
            _ => None,
        })
        .unwrap();
    answer(&mut played, ticket, Answer::Restored(Ok(into)));
    assert!(mentions(&played, "/home/operator/restored"), "where it is now");
}

#[test]
fn everything_or_one_account_is_exported_to_a_whole_path() {
    let mut played = settings_screen();
    let account = played.engine.live.borrow().accounts[0].account.id;
    played.click("Exportar Loja Centro…");
    fill(&mut played, "Arquivo", "export.csv");
    played.click("Exportar");
    assert!(played.shows("Escreva o caminho inteiro da pasta ou do arquivo."));
    fill(&mut played, "Arquivo", "/tmp/recado.csv");
    played.click("JSON");
    played.click("Exportar");
    let export = |played: &mut Played| {
        commands(played)
            .into_iter()
            .find_map(|command| match command {
                Command::Archive(ArchiveCommand::Export {
                    ticket,
                    scope,
                    format,
                    to,
                }) => Some((ticket, scope, format, to)),
                _ => None,
            })
            .unwrap()
    };
    let (ticket, scope, format, to) = export(&mut played);
    assert_eq!(
        (scope, format),
        (ExportScope::Account(account), ExportFormat::Json)
    );
    assert_eq!(
        to,
        std::path::Path::new("/tmp/recado.json"),
        "the ending follows the format"
    );
    answer(&mut played, ticket, Answer::Exported(Ok(12)));
    assert!(played.shows("12 linhas em /tmp/recado.json"));
    played.click("Exportar tudo…");
    played.click("Exportar");
    assert_eq!(export(&mut played).1, ExportScope::All);
}

#[test]
fn a_gap_is_told_until_it_has_been_read() {
    let mut live = testing::live(1);
    live.listener.gap = Some(crate::domain::inbox::Gap {
        from: NOW.minus(Duration::from_secs(7_200)),
        until: NOW.minus(Duration::from_secs(60)),
    });
    let mut played = Played::new(live, [1_280.0, 860.0], 16);
    played.settle();
    played.click("Entendi");
    assert!(matches!(
        commands(&mut played).as_slice(),
        [.., Command::Inbox(InboxCommand::GapSeen)]
    ));
}

/// The pictures are for the eye (`RECADO_PICTURES` keeps them); the test is that every look can be drawn.
#[test]
fn every_look_is_drawn() {
    use crate::ui::screens::{Screen, stage};
    for (name, dark, scale, size) in stage::looks() {
        let mut live = testing::live(1);
        live.listener.state = ListenerState::Listening("127.0.0.1:48123".parse().unwrap());
        testing::change_account(&mut live, 0, |view| {
            view.inbox.path = format!("/w/{}", "7f".repeat(32));
            view.inbox.last_called_at = Some(NOW.minus(Duration::from_secs(400)));
            view.inbox.unread = 3;
        });
        let mut settings = crate::domain::settings::Settings::clone(&live.settings);
        settings.public_url = Some("https://recado.example".into());
        settings.quiet_minutes = Some((22 * 60, 7 * 60));
        settings.quick_replies = vec![QuickReply {
            title: "Bom dia".into(),
            text: "Bom dia, {name}! Em que posso ajudar?".into(),
        }];
        live.settings = Arc::new(settings);
        // High, so that all of it is seen.
        let high = egui::vec2(
            size.x,
            size.y.max(if stage::for_the_eye() { 3_000.0 } else { size.y }),
        );
        let look = (dark, scale, high);
        let stored = stage::Stored::default();
        let name_of = |screen| format!("{screen}-{name}");
        let picture = stage::picture(
            &name_of("settings"),
            Screen::Settings,
            live.clone(),
            &stored,
            look,
            &[],
        );
        assert_eq!(picture.width(), (size.x * scale).round() as u32);
        if stage::for_the_eye() {
            let look = (dark, scale, egui::vec2(size.x, size.y.max(1_100.0)));
            stage::picture(&name_of("accounts"), Screen::Accounts, live, &stored, look, &[]);
        }
    }
}
