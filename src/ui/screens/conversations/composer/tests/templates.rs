//! Templates: chosen, filled in and sent, with the free text left where it is.

use super::*;
use crate::domain::GatewayKind;
use crate::domain::conversation::{Draft, DraftPlace, TemplateDraft};
use crate::domain::template::{Template, TemplateMessage, TemplateParameter};
use crate::domain::{AccountId, TemplateId};
use crate::engine::Live;
use crate::gateway::{decision_telecom, devino};
use crate::ui::screens::Screen;
use crate::ui::screens::conversations::bench::{Stored, dark, people};
use crate::ui::testing;
use egui::{Key, Modifiers};
use std::time::Duration;

pub(super) fn template(account: AccountId, key: &str, text: &str, names: &[&str]) -> Template {
    Template {
        id: TemplateId::new(),
        account,
        key: key.into(),
        language: "pt_BR".into(),
        text: text.into(),
        parameters: names
            .iter()
            .map(|name| TemplateParameter {
                name: (*name).into(),
                sample: "1842".into(),
            })
            .collect(),
        header_image: false,
        updated_at: NOW,
    }
}

/// An account at a gateway that has templates, with a library of two.
pub(super) fn bench(gateway: GatewayKind, size: [f32; 2], change: impl FnOnce(&mut Live)) -> Bench {
    let mut live = testing::live(1);
    testing::change_account(&mut live, 0, |view| {
        let mut account = (*view.account).clone();
        account.gateway = gateway;
        view.account = Arc::new(account);
        view.capabilities = match gateway {
            GatewayKind::Devino => &devino::CAPABILITIES,
            _ => &decision_telecom::CAPABILITIES,
        };
    });
    reachable(&mut live);
    change(&mut live);
    let account = live.accounts[0].account.id;
    let mut stored = people(account);
    stored.templates = vec![
        template(
            account,
            "pedido_pronto",
            "Olá {{1}}, seu pedido *{{2}}* está pronto. Retire até _sexta_, das 9h às 18h.",
            &["nome", "pedido"],
        ),
        Template {
            header_image: true,
            ..template(account, "catalogo_novo", "Chegou o catálogo novo!", &[])
        },
    ];
    let mut bench = Bench::new(live, stored, size);
    bench.open(0);
    bench.taken();
    bench
}

fn usual() -> Bench {
    bench(GatewayKind::DecisionTelecom, [1_280.0, 800.0], |_| {})
}

fn choose(bench: &mut Bench, key: &str) {
    bench.click("Modelo…");
    let row = bench.texts().into_iter().find(|text| text.starts_with(key));
    bench.click(&row.unwrap_or_else(|| panic!("{key}: {:#?}", bench.texts())));
}

type Sent = (Ticket, usize, Option<TemplateMessage>, String, usize, usize);

/// The only send: ticket, how many people, template, text, how many names and attachments.
fn sent(bench: &mut Bench) -> Option<Sent> {
    let mut sends = bench.taken().into_iter().filter_map(|command| match command {
        Command::Outbox(OutboxCommand::Send {
            ticket,
            to,
            names,
            text,
            attachments,
            template,
            ..
        }) => Some((
            ticket,
            to.len(),
            template,
            text,
            names.iter().flatten().count(),
            attachments.len(),
        )),
        _ => None,
    });
    let first = sends.next();
    assert!(sends.next().is_none());
    first
}

#[test]
fn a_template_is_filled_in_and_sent_and_the_free_text_stays() {
    let mut bench = usual();
    bench.focus(TEXT);
    bench.type_text("rascunho");
    let _ = with_file(&mut bench, "vitrine.jpg", 1_000);
    choose(&mut bench, "pedido_pronto");
    assert!(!bench.shows(TEXT), "the form stands in the place of the text");
    assert_eq!(bench.value("nome"), "Marina Souza", "it is known");
    assert!(bench.tells("Olá Marina Souza, seu pedido *{pedido}* está pronto"));
    assert!(bench.tells("O anexo fica com o texto livre"));
    assert!(bench.is_disabled("Enviar"));
    bench.focus("pedido");
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.tells("Preencha “pedido”."), "{:#?}", bench.texts());
    assert_eq!(sent(&mut bench), None);
    bench.type_text("a\u{9}b");
    bench.focus("pedido");
    bench.press(Modifiers::COMMAND, Key::A);
    bench.type_text("1842");
    assert!(bench.tells("seu pedido *1842* está pronto"));
    bench.press(Modifiers::NONE, Key::Enter);
    let (ticket, people, message, text, names, attachments) = sent(&mut bench).unwrap();
    let message = message.unwrap();
    assert_eq!((people, names, attachments), (1, 0, 0));
    assert_eq!(message.key, "pedido_pronto");
    assert_eq!(message.values, ["Marina Souza", "1842"]);
    assert!(text.starts_with("Olá Marina Souza, seu pedido *1842*"));
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    assert_eq!(bench.value(TEXT), "rascunho");
    assert!(bench.shows("vitrine.jpg"), "what is attached to it stays as well");
}

#[test]
fn what_could_not_be_stored_stays_filled_in() {
    let mut bench = usual();
    choose(&mut bench, "pedido_pronto");
    bench.focus("pedido");
    bench.type_text("7");
    bench.click("Enviar");
    let (ticket, ..) = sent(&mut bench).unwrap();
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Err("disco cheio".into()))));
    assert!(bench.tells("disco cheio"));
    assert_eq!(bench.value("pedido"), "7");
    bench.click("Voltar ao texto livre");
    assert!(bench.shows(TEXT) && !bench.shows("pedido"));
}

#[test]
fn a_picture_above_the_text_comes_from_the_attachments() {
    let mut bench = usual();
    choose(&mut bench, "catalogo_novo");
    assert!(bench.is_disabled("Enviar"), "there is no picture yet");
    assert!(bench.shows("Escolher uma imagem…"));
    let _ = with_file(&mut bench, "vitrine.jpg", 1_000);
    assert!(!bench.is_disabled("Enviar"));
    let _ = with_file(&mut bench, "outra.jpg", 1_000);
    assert!(bench.is_disabled("Enviar"), "one only");
    bench.click("Tirar outra.jpg");
    bench.click("Enviar");
    let (ticket, _, message, text, _, attachments) = sent(&mut bench).unwrap();
    assert_eq!((message.unwrap().values.len(), attachments), (0, 1));
    assert_eq!(text, "Chegou o catálogo novo!");
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    assert!(!bench.shows("vitrine.jpg"), "it has gone along");
}

#[test]
fn templates_are_found_by_typing() {
    let mut bench = usual();
    bench.click("Modelo…");
    bench.type_text("CATÁLOGO");
    assert!(!bench.tells("pedido_pronto"));
    bench.press(Modifiers::NONE, Key::Enter);
    assert!(bench.shows("Imagem acima do texto"), "{:#?}", bench.texts());
}

#[test]
fn an_empty_library_shows_the_way_to_it() {
    let mut bench = usual();
    bench.stored.templates.clear();
    bench.click("Modelo…");
    assert!(bench.shows("Ainda não há modelos"));
    bench.click("Abrir a biblioteca em Contas");
    assert!(!bench.shows("Ainda não há modelos") && bench.tells("Contas"));
}

#[test]
fn a_gateway_without_templates_has_no_button_for_them() {
    let bench = Bench::usual();
    assert!(!bench.shows("Modelo…"));
}

#[test]
fn several_people_get_the_same_values() {
    let mut bench = usual();
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench.type_text("11 90000-0055, 11 90000-0056,");
    assert!(bench.tells("O texto livre só chega a quem escreveu nas últimas 24 horas"));
    choose(&mut bench, "pedido_pronto");
    assert_eq!(bench.value("nome"), "", "there is no one name");
    assert!(bench.tells("As 2 pessoas recebem os mesmos valores."));
    bench.focus("nome");
    bench.type_text("{name}");
    bench.focus("pedido");
    bench.type_text("9");
    bench.click("Enviar 2 mensagens");
    assert!(bench.tells("Olá {name}, seu pedido *9*"), "{:#?}", bench.texts());
    bench.click("Enviar 2 mensagens");
    let (_, people, message, _, names, _) = sent(&mut bench).unwrap();
    assert_eq!((people, names), (2, 0));
    assert_eq!(message.unwrap().values, ["{name}", "9"]);
}

#[test]
fn a_form_survives_another_conversation_and_a_restart() {
    let mut bench = usual();
    let place = DraftPlace::Conversation(bench.stored.id(0));
    bench.focus(TEXT);
    bench.type_text("rascunho");
    choose(&mut bench, "pedido_pronto");
    bench.focus("pedido");
    bench.type_text("18");
    bench.open(1);
    assert!(!bench.shows("pedido") && bench.shows("Modelo…"));
    bench.wait(Duration::from_secs(1));
    let drafts = bench.kept();
    let kept: Vec<_> = drafts.iter().filter(|(of, _)| *of == place).collect();
    let draft = kept.last().unwrap().1.clone();
    let form = draft.template.clone().unwrap();
    let values = [("nome", "Marina Souza"), ("pedido", "18")];
    assert_eq!(
        form.values,
        values.map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert!(
        form.shown.starts_with("Olá Marina Souza, seu pedido *18*"),
        "{form:?}"
    );
    assert_eq!(
        (form.template, draft.text.as_str()),
        (bench.stored.templates[0].id, "rascunho")
    );
    bench.open(0);
    assert_eq!(bench.value("pedido"), "18");

    // The program begins anew. Meanwhile the wording has changed, and a parameter with it.
    let changed = &mut bench.stored.templates[0];
    changed.text = "{{1}} · {{2}}".into();
    changed.parameters.reverse();
    let mut again = restarted(bench, vec![(place, draft)]);
    again.open(0);
    assert_eq!(
        (again.value("pedido"), again.value("nome")),
        ("18".into(), "Marina Souza".into())
    );
    assert!(again.tells("18 · Marina Souza"), "{:#?}", again.texts());
    again.focus("pedido");
    again.type_text("42");
    again.click("Enviar");
    let (ticket, _, message, ..) = sent(&mut again).unwrap();
    assert_eq!(message.unwrap().values, ["1842", "Marina Souza"]);
    again.tell(Event::Answer(ticket, Answer::Enqueued(Ok(Vec::new()))));
    again.wait(Duration::from_secs(1));
    let drafts = again.kept();
    let last = &drafts.last().unwrap().1;
    assert_eq!((last.template.as_ref(), last.text.as_str()), (None, "rascunho"));
    assert_eq!(again.value(TEXT), "rascunho");
}

/// The window after a restart, with these drafts.
fn restarted(bench: Bench, drafts: Vec<(DraftPlace, Draft)>) -> Bench {
    let live = Live::clone(&bench.played.engine.live.borrow());
    let stored = Stored {
        drafts,
        ..bench.stored
    };
    Bench::new(live, stored, [1_280.0, 800.0])
}

#[test]
fn a_form_whose_template_is_gone_says_so_and_is_no_draft_any_more() {
    let bench = usual();
    let place = DraftPlace::Conversation(bench.stored.id(0));
    let form = TemplateDraft {
        template: TemplateId::new(),
        values: vec![("nome".into(), "Ana".into())],
        shown: "Olá Ana".into(),
    };
    let draft = Draft {
        text: "o texto".into(),
        template: Some(form),
        ..Draft::default()
    };
    let mut again = restarted(bench, vec![(place, draft)]);
    again.wait(Duration::from_secs(2));
    assert_eq!(again.kept(), [], "what has not been opened is not given up");
    again.open(0);
    assert!(
        again.tells("O modelo que estava sendo preenchido não está mais na biblioteca"),
        "{:#?}",
        again.texts()
    );
    assert_eq!(again.value(TEXT), "o texto");
    again.wait(Duration::from_secs(1));
    assert_eq!(again.kept().last().unwrap().1.template, None);
    choose(&mut again, "pedido_pronto");
    assert!(!again.tells("não está mais na biblioteca"));
}

#[test]
fn templates_are_drawn() {
    let for_the_eye = std::env::var_os("RECADO_PICTURES").is_some();
    let looks = [
        ("light", false, "pt-BR", [1_280.0, 800.0]),
        ("dark", true, "es", [1_280.0, 800.0]),
        ("narrow", false, "en", [560.0, 720.0]),
    ];
    for (look, is_dark, language, size) in looks.into_iter().take(if for_the_eye { 3 } else { 1 }) {
        let mut bench = bench(GatewayKind::DecisionTelecom, size, |live| {
            if is_dark {
                dark(live);
            }
            live.settings = Arc::new(crate::domain::settings::Settings {
                language: Some(language.into()),
                ..crate::domain::settings::Settings::clone(&live.settings)
            });
        });
        let open = ["Modelo…", "Plantilla…", "Template…"];
        let open = open.into_iter().find(|name| bench.shows(name)).unwrap();
        bench.click(open);
        bench.picture(&format!("template-choice-{look}"));
        let row = bench
            .texts()
            .into_iter()
            .find(|text| text.starts_with("pedido_pronto"));
        bench.click(&row.unwrap());
        bench.focus("pedido");
        bench.press(Modifiers::NONE, Key::Enter);
        bench.picture(&format!("template-form-{look}"));
        bench.click(open);
        let row = bench
            .texts()
            .into_iter()
            .find(|text| text.starts_with("catalogo_novo"));
        bench.click(&row.unwrap());
        let _ = with_file(&mut bench, "vitrine.jpg", 1_000);
        let picture = bench.picture(&format!("template-picture-{look}"));
        let first = *picture.get_pixel(0, 0);
        assert!(picture.pixels().any(|pixel| *pixel != first));
    }
}

#[test]
fn in_a_low_window_the_form_begins_at_its_top() {
    let mut bench = bench(GatewayKind::DecisionTelecom, [620.0, 400.0], |_| {});
    choose(&mut bench, "pedido_pronto");
    let chosen = bench.rect("Voltar ao texto livre");
    assert!(
        chosen.top() > 100.0 && chosen.bottom() < 400.0,
        "which template it is stands in sight: {chosen:?}"
    );
}
