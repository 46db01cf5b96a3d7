//! Where nothing takes files, whether there is a place for them, addresses, and several recipients.

use super::*;
use crate::domain::hosting::{AttachmentHosting, FetchProblem, SeenAddress};
use crate::ui::screens::Screen;
use crate::ui::testing;
use egui::{Key, Modifiers};
use std::time::Duration;

#[test]
fn what_will_become_of_files_over_the_window_is_said() {
    let mut bench = Bench::usual();
    hover_files(&mut bench, 2);
    assert!(
        bench.shows("Solte para anexar à mensagem para Marina Souza"),
        "{:#?}",
        bench.texts()
    );
    hover_files(&mut bench, 0);
    assert!(!bench.tells("Solte para anexar"));
    bench.played.harness.state_mut().go(Screen::NewMessage);
    hover_files(&mut bench, 1);
    assert!(bench.shows("Solte para anexar"));
    bench.played.harness.state_mut().go(Screen::Queue);
    bench.settle();
    let nowhere = "Nada aqui recebe arquivos: abra antes uma conversa ou uma nova mensagem.";
    assert!(bench.shows(nowhere));
    hover_files(&mut bench, 0);
    assert!(!bench.shows(nowhere));
    drop_files(&mut bench, &["/home/ana/foto.jpg"]);
    assert!(bench.tells(nowhere), "{:#?}", bench.texts());
    bench.open(0);
    assert!(!bench.shows("foto.jpg") && bench.about_files().is_empty());
}

#[test]
fn behind_a_dialog_nothing_takes_files() {
    let mut bench = Bench::usual();
    bench.click("Enviar mais tarde");
    drop_files(&mut bench, &["/home/ana/foto.jpg"]);
    paste_picture(&mut bench);
    assert!(bench.about_files().is_empty() && bench.tells("Nada aqui recebe arquivos"));
}

#[test]
fn a_missing_place_for_files_is_said_before_they_are_sent() {
    let mut bench = Bench::usual();
    assert!(!bench.tells("o gateway não pode buscar o arquivo"));
    with_file(&mut bench, "nota.pdf", 1_000);
    assert!(
        bench.tells("O programa não está escutando"),
        "{:#?}",
        bench.texts()
    );
    assert!(!bench.is_disabled("Enviar"), "the message waits");
    bench.played.engine.change(reachable);
    bench.settle();
    assert!(!bench.tells("a mensagem vai esperar"));
    bench.played.engine.change(|live| {
        testing::change_account(live, 0, |view| {
            view.account = Arc::new(crate::domain::Account {
                hosting: AttachmentHosting::AddressOnly,
                ..crate::domain::Account::clone(&view.account)
            });
        });
    });
    bench.settle();
    assert!(bench.tells("Esta conta só aceita endereços"));
    bench.click("Escolher um lugar em Contas");
    assert_eq!(bench.played.harness.state().screen(), Screen::Accounts);
}

fn looks(bench: &mut Bench) -> Vec<(Ticket, String)> {
    let one = |command| match command {
        AttachmentCommand::LookAt { ticket, url, .. } => Some((ticket, url)),
        _ => None,
    };
    bench.about_files().into_iter().filter_map(one).collect()
}

#[test]
fn an_address_is_looked_at_once_it_is_typed() {
    let mut bench = Bench::usual();
    bench.attach("Um endereço https…");
    bench.type_text("https://files.example/foto.jp");
    bench.type_text("g");
    bench.wait(Duration::from_millis(300));
    assert!(looks(&mut bench).is_empty());
    bench.wait(Duration::from_millis(400));
    let all = looks(&mut bench);
    assert_eq!(all.len(), 1);
    assert_eq!(all[0].1, "https://files.example/foto.jpg");
    assert!(bench.tells("Olhando o endereço…"));
    let seen = SeenAddress {
        bytes: Some(1_258_291),
        mime: "image/jpeg".into(),
    };
    bench.tell(Event::Answer(all[0].0, Answer::LookedAt(Ok(seen))));
    assert!(
        bench.tells("Responde: image/jpeg, 1,2 MB"),
        "{:#?}",
        bench.texts()
    );
    assert!(!bench.tells("Não é o JPG"));
    // Another address, another look; an answer to the first one is not taken for it.
    bench.type_text("?v=2");
    assert!(!bench.tells("Responde:"));
    bench.wait(Duration::from_millis(700));
    let (ticket, _) = looks(&mut bench).remove(0);
    let page = SeenAddress {
        bytes: None,
        mime: "text/html".into(),
    };
    bench.tell(Event::Answer(ticket, Answer::LookedAt(Ok(page))));
    assert!(bench.tells("Não é o JPG que o endereço promete"));
    bench.wait(Duration::from_secs(5));
    assert!(looks(&mut bench).is_empty(), "once is enough");
}

#[test]
fn what_is_wrong_with_an_address_only_warns() {
    let mut bench = Bench::usual();
    bench.attach("Um endereço https…");
    bench.type_text("https://files.example/foto.jpg");
    bench.wait(Duration::from_secs(1));
    let (ticket, _) = looks(&mut bench).remove(0);
    bench.tell(Event::Answer(
        ticket,
        Answer::LookedAt(Err(FetchProblem::Status(404))),
    ));
    assert!(
        bench.tells("algo está errado: Não há nada ali (404)."),
        "{:#?}",
        bench.texts()
    );
    bench.focus(TEXT);
    bench.press(Modifiers::NONE, Key::Enter);
    assert_eq!(one_send(&mut bench).2[0].url, "https://files.example/foto.jpg");
}

fn new_message(to: &str) -> Bench {
    let mut bench = Bench::usual();
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.focus("Para");
    bench.paste(to);
    bench
}

#[test]
fn messages_are_counted_by_people_and_files() {
    let mut bench = new_message("11 90000-0055, 11 90000-0056,");
    with_file(&mut bench, "um.pdf", 1_000);
    with_file(&mut bench, "dois.pdf", 1_000);
    with_file(&mut bench, "tres.pdf", 1_000);
    bench.stored.strangers = 2;
    bench.click("Enviar 6 mensagens");
    assert!(
        bench.tells("2 pessoas recebem 3 mensagens cada"),
        "{:#?}",
        bench.texts()
    );
    assert!(bench.tells("3 anexos vão junto, uma mensagem para cada um"));
    // Six messages to people who never wrote first are more than three.
    assert!(
        bench.tells("aconselha") || bench.tells("recomenda"),
        "{:#?}",
        bench.texts()
    );
    bench.click("Enviar 6 mensagens");
    let (_, _, attachments) = one_send(&mut bench);
    assert_eq!(attachments.len(), 3);
}

#[test]
fn many_files_to_one_stranger_are_asked_about() {
    let mut bench = new_message("11 90000-0055,");
    bench.stored.strangers = 1;
    for name in ["1.pdf", "2.pdf", "3.pdf", "4.pdf"] {
        with_file(&mut bench, name, 1_000);
    }
    bench.click("Enviar 4 mensagens");
    assert!(bench.tells("1 pessoa recebe 4 mensagens"), "{:#?}", bench.texts());
    assert!(bench.sends().is_empty());
    let mut known = new_message("11 90000-0055,");
    known.stored.strangers = 0;
    for name in ["1.pdf", "2.pdf", "3.pdf", "4.pdf"] {
        with_file(&mut known, name, 1_000);
    }
    known.click("Enviar 4 mensagens");
    assert_eq!(known.sends().len(), 1);
}
