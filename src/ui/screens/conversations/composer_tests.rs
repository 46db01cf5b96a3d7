//! Quick replies, sending later, what is kept about a person, and the list, driven by names and keys.

use super::bench::{Bench, people};
use crate::domain::conversation::LastLine;
use crate::domain::settings::{QuickReply, Settings};
use crate::domain::{ConversationId, IncomingKind, PhoneNumber, Timestamp};
use crate::engine::{
    Answer, ArchiveCommand, Command, ConversationCommand, Event, ExportFormat, ExportScope, InboxCommand,
    IncomingNotice, Live, Notice, OutboxCommand, Question,
};
use crate::ui::screens::Screen;
use crate::ui::testing::{self, NOW};
use egui::{Key, Modifiers};
use std::sync::Arc;
use std::time::Duration;

const TEXT: &str = "Mensagem";
const LATER: &str = "Enviar mais tarde";

pub(super) fn replies(live: &mut Live) {
    let reply = |title: &str, text: &str| QuickReply {
        title: title.into(),
        text: text.into(),
    };
    live.settings = Arc::new(Settings {
        quick_replies: vec![
            reply("Saudação", "Bom dia, {name}!"),
            reply("Endereço", "Rua das Flores, 120"),
            reply("Horário", "Abrimos às 9h."),
        ],
        ..Settings::clone(&live.settings)
    });
}

/// Recipients, names, text and moment of the one message sent.
type SentMessage = (Vec<PhoneNumber>, Vec<Option<String>>, String, Option<Timestamp>);

fn sent(bench: &mut Bench) -> SentMessage {
    let commands = bench.taken().into_iter();
    let mut sends = commands.filter_map(|command| match command {
        Command::Outbox(OutboxCommand::Send {
            to,
            names,
            text,
            not_before,
            ..
        }) => Some((to, names, text, not_before)),
        _ => None,
    });
    let first = sends.next().unwrap();
    assert!(sends.next().is_none());
    first
}

fn about_people(bench: &mut Bench) -> Vec<ConversationCommand> {
    let commands = bench.taken().into_iter();
    commands
        .filter_map(|command| match command {
            Command::Conversation(ConversationCommand::KeepDraft(..)) => None,
            Command::Conversation(command) => Some(command),
            _ => None,
        })
        .collect()
}

fn inbox(bench: &mut Bench) -> Vec<InboxCommand> {
    let commands = bench.taken().into_iter();
    commands
        .filter_map(|command| match command {
            Command::Inbox(command) => Some(command),
            _ => None,
        })
        .collect()
}

fn reread(bench: &mut Bench) {
    bench.tell(Event::Overflow);
}

#[test]
fn a_quick_reply_is_found_by_typing_and_put_in_with_the_name() {
    let mut bench = Bench::with(replies);
    bench.focus(TEXT);
    bench.type_text("Olá. ");
    bench.click("Respostas rápidas");
    assert!(
        bench.shows("Endereço: Rua das Flores, 120"),
        "{:#?}",
        bench.texts()
    );
    bench.type_text("sauda");
    assert!(!bench.shows("Endereço: Rua das Flores, 120"));
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.value(TEXT), "Olá. Bom dia, Marina Souza!");
    assert!(!bench.shows("Buscar resposta rápida"));
    // The keyboard is back in the text: the next Enter sends it.
    bench.press(Modifiers::NONE, Key::Enter);
    let (_, names, text, _) = sent(&mut bench);
    assert_eq!(
        (names, text.as_str()),
        (Vec::new(), "Olá. Bom dia, Marina Souza!")
    );
}

#[test]
fn arrows_choose_a_quick_reply_and_escape_closes_the_list() {
    let mut bench = Bench::with(replies);
    bench.click("Respostas rápidas");
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::NONE, Key::ArrowDown);
    bench.press(Modifiers::NONE, Key::ArrowUp);
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(bench.value(TEXT), "Rua das Flores, 120");
    bench.click("Respostas rápidas");
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(!bench.shows("Buscar resposta rápida"), "{:#?}", bench.texts());
    assert_eq!(bench.value(TEXT), "Rua das Flores, 120");
    assert_eq!(bench.sends().len(), 0);
}

#[test]
fn somebody_without_a_name_is_not_called_by_nothing() {
    let mut bench = Bench::with(replies);
    bench.open(2);
    bench.click("Respostas rápidas");
    bench.click("Saudação: Bom dia, {name}!");
    assert!(bench.value(TEXT).ends_with("Bom dia!"), "{}", bench.value(TEXT));
}

#[test]
fn without_quick_replies_the_way_to_the_settings_is_shown() {
    let mut bench = Bench::usual();
    bench.click("Respostas rápidas");
    assert!(bench.tells("Ainda não há respostas rápidas"));
    bench.click("Abrir ajustes");
    assert_eq!(bench.played.harness.state().screen(), Screen::Settings);
}

#[test]
fn each_recipient_is_called_by_its_own_name() {
    let mut bench = Bench::with(replies);
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.focus("Para");
    // A name that is typed, one that is known, and none.
    bench.paste("Zé <+55 11 90000-0056>, 11 90000-0021, 11 90000-0057,");
    bench.click("Respostas rápidas");
    bench.click("Saudação: Bom dia, {name}!");
    assert_eq!(bench.value(TEXT), "Bom dia, {name}!");
    assert!(bench.tells("Zé lê: “Bom dia, Zé!”"), "{:#?}", bench.texts());
    bench.click("Enviar 3 mensagens");
    assert!(bench.tells("3 pessoas recebem uma mensagem cada"));
    bench.click("Enviar 3 mensagens");
    let (to, names, text, _) = sent(&mut bench);
    assert_eq!((to.len(), text.as_str()), (3, "Bom dia, {name}!"));
    assert_eq!(names, [Some("Zé".into()), Some("João Pereira".into()), None]);
}

#[test]
fn a_text_of_nothing_but_a_name_is_not_sent_to_somebody_without_one() {
    let mut bench = Bench::usual();
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.focus("Para");
    bench.paste("11 90000-0057,");
    bench.focus(TEXT);
    bench.type_text("{name}");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.is_disabled("Enviar") && bench.sends().is_empty());
}

#[test]
fn a_message_is_scheduled_and_the_next_one_is_not() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    bench.type_text("Bom dia!");
    bench.click(LATER);
    let offers = |bench: &Bench| {
        let texts = bench.texts();
        texts.iter().filter(|text| text.ends_with(", 08:00")).count()
    };
    assert!(offers(&bench) >= 1, "{:#?}", bench.texts());
    let tomorrow = testing_day(1);
    type_moment(&mut bench, &tomorrow, "8h30");
    bench.click("Usar este horário");
    assert!(bench.tells("Agendar para amanhã, 08:30"), "{:#?}", bench.texts());
    assert!(bench.tells("Sai amanhã, 08:30"));
    bench.focus(TEXT);
    bench.press(Modifiers::NONE, Key::Enter);
    let ticket = bench
        .taken()
        .into_iter()
        .find_map(|command| match command {
            Command::Outbox(OutboxCommand::Send {
                ticket, not_before, ..
            }) => {
                let at = not_before.unwrap().local();
                assert_eq!(
                    at.strftime("%d/%m/%Y %H:%M").to_string(),
                    format!("{tomorrow} 08:30")
                );
                Some(ticket)
            }
            _ => None,
        })
        .unwrap();
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    assert!(!bench.tells("08:30") && bench.shows("Enviar"));
}

/// The day so many days after [`NOW`], as it is typed.
fn testing_day(days: u64) -> String {
    let day = NOW.plus(Duration::from_secs(days * 86_400)).local();
    day.strftime("%d/%m/%Y").to_string()
}

fn type_moment(bench: &mut Bench, date: &str, time: &str) {
    for (field, text) in [("Dia", date), ("Hora", time)] {
        bench.focus(field);
        bench.press(Modifiers::COMMAND, Key::A);
        bench.type_text(text);
    }
}

#[test]
fn a_moment_that_cannot_be_is_said_and_not_taken() {
    let mut bench = Bench::usual();
    bench.click(LATER);
    for (date, time, said) in [
        ("31/02/2027", "8h", "Isto não é um dia."),
        (testing_day(1).as_str(), "25:00", "Isto não é uma hora."),
        (testing_day(0).as_str(), "0:00", "Esse horário já passou."),
        (testing_day(400).as_str(), "8h", "No máximo um ano à frente."),
    ] {
        type_moment(&mut bench, date, time);
        bench.click("Usar este horário");
        assert!(bench.tells(said), "{said}: {:#?}", bench.texts());
        assert!(bench.shows("Usar este horário"), "the dialog stays");
    }
    bench.press(Modifiers::NONE, Key::Escape);
    assert!(bench.shows("Enviar"));
}

#[test]
fn a_moment_is_taken_away_and_blocks_once_it_has_passed() {
    let mut bench = Bench::usual();
    bench.focus(TEXT);
    bench.type_text("oi");
    bench.click(LATER);
    let at = NOW.plus(Duration::from_secs(3_600));
    let offered = format!("Em uma hora, {}", at.local().strftime("%H:%M"));
    bench.click(&offered);
    assert!(bench.tells("Agendar para"));
    bench.wait(Duration::from_secs(3_700));
    assert!(bench.tells("O horário passou"), "{:#?}", bench.texts());
    bench.focus(TEXT);
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.sends().is_empty());
    bench.click("Enviar sem esperar");
    bench.click("Enviar");
    assert_eq!(sent(&mut bench).3, None);
}

#[test]
fn name_note_and_mark_are_kept_in_one_dialog() {
    let mut bench = Bench::usual();
    let id = bench.stored.id(0);
    bench.click("Nome e nota");
    bench.focus("Nota");
    bench.type_text("Prefere à tarde");
    bench.click("Pediu para não receber mensagens");
    bench.click("Salvar");
    let commands = about_people(&mut bench);
    assert!(
        matches!(&commands[..], [ConversationCommand::Note(one, note), ConversationCommand::DoNotWrite(two, true)]
            if *one == id && *two == id && note == "Prefere à tarde"),
        "only what is different: {commands:?}"
    );
    bench.click("Nome e nota");
    bench.focus("Nome");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("Marina");
    bench.press(Modifiers::NONE, Key::Enter);
    let commands = about_people(&mut bench);
    assert!(matches!(&commands[..], [ConversationCommand::Rename(_, name)] if name == "Marina"));
}

#[test]
fn nothing_is_written_to_somebody_who_asked_not_to_be() {
    let mut bench = Bench::usual();
    let id = bench.stored.id(0);
    bench.stored.rows[0].conversation.do_not_write = true;
    reread(&mut bench);
    assert!(!bench.shows(TEXT) && bench.tells("Esta pessoa pediu para não receber mensagens."));
    assert!(bench.shows("Não escrever"));
    bench.click("Permitir escrever de novo");
    let commands = about_people(&mut bench);
    assert!(matches!(commands[..], [ConversationCommand::DoNotWrite(one, false)] if one == id));
    bench.stored.rows[0].conversation.do_not_write = false;
    reread(&mut bench);
    assert!(bench.shows(TEXT) && !bench.shows("Não escrever"));
}

#[test]
fn a_person_without_a_given_name_is_called_as_it_calls_itself() {
    let mut bench = Bench::usual();
    bench.stored.rows[2].conversation.told_name = Some("Carla".into());
    bench.stored.rows[2].conversation.note = "Paga no dia 10\nNão ligar".into();
    bench.open(2);
    reread(&mut bench);
    assert!(
        bench.shows("Carla") && bench.shows("Paga no dia 10"),
        "{:#?}",
        bench.texts()
    );
    bench.click("Nome e nota");
    assert!(bench.tells("Deixe vazio para mostrar Carla"));
}

#[test]
fn who_asked_not_to_be_written_to_is_left_out_of_a_message_to_several() {
    let mut bench = Bench::usual();
    bench.stored.rows[0].conversation.do_not_write = true;
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.focus("Para");
    bench.paste("+55 11 90000-0044, 11 90000-0021, 11 90000-0057,");
    assert!(
        bench.tells("+55 11 90000-0044 · não escrever"),
        "{:#?}",
        bench.texts()
    );
    bench.focus(TEXT);
    bench.type_text("oi");
    bench.click("Enviar 2 mensagens");
    assert!(bench.tells("2 pessoas recebem uma mensagem cada"));
    assert!(bench.tells("1 pessoa pediu para não receber mensagens e fica de fora."));
    bench.click("Enviar 2 mensagens");
    let to: Vec<String> = sent(&mut bench)
        .0
        .iter()
        .map(|one| one.digits().to_owned())
        .collect();
    assert_eq!(to, ["5511900000021", "5511900000057"]);
}

#[test]
fn where_nobody_is_left_nothing_is_sent() {
    let mut bench = Bench::usual();
    bench.stored.rows[0].conversation.do_not_write = true;
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.focus("Para");
    bench.paste("+55 11 90000-0044,");
    bench.focus(TEXT);
    bench.type_text("oi");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.is_disabled("Enviar") && bench.sends().is_empty());
    // The mark was taken away elsewhere: coming back to the screen it is asked for anew.
    bench.stored.rows[0].conversation.do_not_write = false;
    bench.played.harness.state_mut().go(Screen::Queue);
    bench.settle();
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    assert!(!bench.is_disabled("Enviar"));
}

fn with_unread() -> Bench {
    let mut bench = Bench::usual();
    unread(&mut bench);
    bench
}

/// Two people have written and nobody has looked.
pub(super) fn unread(bench: &mut Bench) {
    bench
        .played
        .engine
        .change(|live| live.accounts[0].inbox.unread = 3);
    bench.stored.rows[1].unread = 2;
    bench.stored.rows[1].last = Some(LastLine::Incoming(IncomingKind::Image));
    bench.stored.rows[1].last_text = String::new();
    bench.stored.rows[3].unread = 1;
    reread(bench);
}

#[test]
fn unread_conversations_are_marked_and_can_be_had_alone() {
    let mut bench = with_unread();
    assert!(
        bench.tells("João Pereira, Foto,") && bench.tells("2 não lidas"),
        "{:#?}",
        bench.texts()
    );
    bench.click("Não lidas 3");
    let only = |question: &Question| matches!(question, Question::Conversations { filter, .. } if filter.unread_only && !filter.problems_only);
    assert!(bench.asked.iter().any(only));
    assert!(bench.tells("João Pereira") && !bench.tells("Rafael Lima, "));
    bench.click("Com problema 2");
    assert!(!bench.tells("João Pereira, "));
    bench.click("Todas");
    assert!(bench.tells("João Pereira, "));
}

fn right_click(bench: &mut Bench, words: &str) {
    use egui_kittest::kittest::Queryable as _;
    bench
        .played
        .harness
        .query_all_by_label_contains(words)
        .next()
        .unwrap()
        .click_secondary();
    bench.settle();
}

#[test]
fn a_conversation_is_marked_as_unread_from_the_list_and_from_its_head() {
    let mut bench = Bench::usual();
    let (first, second) = (bench.stored.id(0), bench.stored.id(1));
    right_click(&mut bench, "João Pereira, ");
    bench.click("Marcar como não lida");
    assert!(matches!(inbox(&mut bench)[..], [InboxCommand::Unseen(id)] if id == second));
    assert!(bench.shows(TEXT), "another conversation stays open");
    bench.click("Mais sobre esta conversa");
    bench.click("Marcar como não lida");
    let commands = inbox(&mut bench);
    assert!(
        matches!(commands[..], [InboxCommand::Unseen(id), InboxCommand::Showing(None)] if id == first),
        "{commands:?}"
    );
    assert!(!bench.shows(TEXT), "or it would be looked at again at once");
}

#[test]
fn one_conversation_is_exported_to_a_file() {
    let mut bench = Bench::usual();
    let id = bench.stored.id(0);
    bench.click("Mais sobre esta conversa");
    bench.click("Exportar conversa…");
    assert!(bench.value("Arquivo").contains("recado-marina-souza-"));
    bench.click("JSON");
    assert!(bench.value("Arquivo").ends_with(".json"));
    bench.focus("Arquivo");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("conversa.json");
    bench.click("Exportar");
    assert!(bench.tells("Escreva o caminho inteiro"), "{:#?}", bench.texts());
    bench.focus("Arquivo");
    bench.press(Modifiers::COMMAND, Key::A);
    let path = std::env::temp_dir().join("conversa.json");
    bench.type_text(&path.display().to_string());
    bench.click("Exportar");
    let ticket = bench
        .taken()
        .into_iter()
        .find_map(|command| match command {
            Command::Archive(ArchiveCommand::Export {
                ticket,
                scope: ExportScope::Conversation(of),
                format: ExportFormat::Json,
                to,
            }) if of == id && to == path => Some(ticket),
            _ => None,
        })
        .unwrap();
    bench.tell(Event::Answer(ticket, Answer::Exported(Err("disco cheio".into()))));
    assert!(bench.tells("disco cheio") && bench.shows("Arquivo"));
    bench.click("Exportar");
    let again = bench.taken().into_iter().find_map(|command| match command {
        Command::Archive(ArchiveCommand::Export { ticket, .. }) => Some(ticket),
        _ => None,
    });
    bench.tell(Event::Answer(again.unwrap(), Answer::Exported(Ok(8))));
    assert!(!bench.shows("Arquivo") && bench.tells("conversa.json"));
}

#[test]
fn the_list_of_all_accounts_leads_to_the_account_of_the_chosen_one() {
    let live = testing::live(2);
    let accounts: Vec<_> = live.accounts.iter().map(|view| view.account.id).collect();
    let names: Vec<String> = live
        .accounts
        .iter()
        .map(|view| view.account.name.clone())
        .collect();
    let mut stored = people(accounts[0]);
    let other = super::bench::message(3, crate::domain::MessageState::Read, "Até amanhã");
    stored.add(accounts[1], Some("Ana Prado"), "5511900000091", vec![other]);
    let mut bench = Bench::new(live, stored, [1_280.0, 800.0]);
    bench.open(0);
    assert!(!bench.tells("Ana Prado"));
    bench.click("De todas as contas");
    let row = format!("Ana Prado, {} · Até amanhã", names[1]);
    assert!(bench.tells(&row), "{:#?}", bench.texts());
    use egui_kittest::kittest::Queryable as _;
    let harness = &bench.played.harness;
    harness.query_all_by_label_contains(&row).next().unwrap().click();
    bench.settle();
    assert_eq!(bench.played.harness.state().account(), Some(accounts[1]));
    assert!(
        bench.tells("+55 11 90000-0091") && bench.shows(TEXT),
        "it stays open"
    );
    assert!(
        bench.tells("Marina Souza, "),
        "and so do those of the other accounts"
    );
}

fn showing(bench: &mut Bench) -> Vec<Option<ConversationId>> {
    let commands = inbox(bench).into_iter();
    commands
        .filter_map(|command| match command {
            InboxCommand::Showing(id) => Some(id),
            _ => None,
        })
        .collect()
}

#[test]
fn the_engine_knows_which_conversation_is_looked_at() {
    let mut bench = Bench::usual();
    let (first, second) = (bench.stored.id(0), bench.stored.id(1));
    bench.settle();
    assert_eq!(showing(&mut bench), [], "nothing has changed");
    bench.open(1);
    assert_eq!(showing(&mut bench), [Some(second)]);
    bench.played.harness.state_mut().go(Screen::Queue);
    bench.settle();
    assert_eq!(showing(&mut bench), [None]);
    bench.open(0);
    assert_eq!(showing(&mut bench), [Some(first)]);
    bench.played.harness.input_mut().focused = false;
    bench.settle();
    assert_eq!(showing(&mut bench), [None], "the window lies behind others");
    bench.played.harness.input_mut().focused = true;
    bench.settle();
    assert_eq!(showing(&mut bench), [Some(first)]);
}

#[test]
fn what_is_being_looked_at_is_not_announced() {
    let mut bench = Bench::usual();
    let notice = |bench: &Bench, index: usize, text: &str| {
        Event::Notice(Notice::Incoming(Box::new(IncomingNotice {
            account: bench.account(),
            conversation: bench.stored.id(index),
            message: crate::domain::MessageId::new(),
            name: "Alguém".into(),
            kind: IncomingKind::Text,
            text: text.into(),
        })))
    };
    let event = notice(&bench, 0, "aqui mesmo");
    bench.tell(event);
    assert!(!bench.tells("aqui mesmo"));
    let event = notice(&bench, 1, "noutra conversa");
    bench.tell(event);
    assert!(bench.tells("Mensagem de Alguém: noutra conversa"));
}
