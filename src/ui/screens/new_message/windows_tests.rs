//! The time of free text, told of each recipient before anything is sent.

use crate::domain::GatewayKind;
use crate::domain::template::{Template, TemplateParameter};
use crate::domain::{TemplateId, Timestamp};
use crate::engine::{Answer, Command, EnqueueError, Event, Live, OutboxCommand};
use crate::gateway::devino;
use crate::ui::screens::Screen;
use crate::ui::screens::conversations::bench::{Bench, dark, people};
use crate::ui::testing::{self, NOW};
use std::sync::Arc;
use std::time::Duration;

const TEXT: &str = "Mensagem";
const HOUR: Duration = Duration::from_secs(3_600);

/// The screen over a gateway with such a time. Marina wrote an hour ago, João two days ago, and the third person never.
fn opened(hears: bool, size: [f32; 2], change: impl FnOnce(&mut Live)) -> Bench {
    let mut live = testing::live(1);
    testing::change_account(&mut live, 0, |view| {
        let mut account = (*view.account).clone();
        account.gateway = GatewayKind::Devino;
        view.account = Arc::new(account);
        view.capabilities = &devino::CAPABILITIES;
    });
    if hears {
        testing::heard_for_days(&mut live, 0);
    }
    change(&mut live);
    let account = live.accounts[0].account.id;
    let mut stored = people(account);
    stored.rows[0].conversation.last_wrote_at = Some(NOW.minus(HOUR));
    stored.rows[1].conversation.last_wrote_at = Some(NOW.minus(48 * HOUR));
    stored.rows[3].conversation.last_wrote_at = Some(NOW.minus(22 * HOUR));
    stored.templates = vec![Template {
        id: TemplateId::new(),
        account,
        key: "pedido_pronto".into(),
        language: "pt_BR".into(),
        text: "Seu pedido {{1}} chegou.".into(),
        parameters: vec![TemplateParameter {
            name: "pedido".into(),
            sample: "1842".into(),
        }],
        header_image: false,
        updated_at: NOW,
    }];
    let mut bench = Bench::new(live, stored, size);
    bench.played.harness.state_mut().go(Screen::NewMessage);
    bench.settle();
    bench
}

fn usual() -> Bench {
    opened(true, [1_280.0, 900.0], |_| {})
}

const MARINA: &str = "+55 11 90000-0044";
const JOAO: &str = "+55 11 90000-0021";
const NOBODY: &str = "+55 21 90000-0031";
const CLINICA: &str = "+55 11 90000-0052";

fn write_to(bench: &mut Bench, numbers: &[&str]) {
    bench.focus("Para");
    bench.paste(&format!("{},", numbers.join(",")));
    bench.focus(TEXT);
    bench.type_text("oi");
}

fn time(at: Timestamp) -> String {
    at.local().strftime("%H:%M").to_string()
}

#[test]
fn who_can_get_free_text_and_until_when_is_told_before_sending() {
    let mut bench = usual();
    assert!(bench.tells("O texto livre só chega a quem escreveu nas últimas 24 horas"));
    write_to(&mut bench, &[MARINA, JOAO, NOBODY]);
    let end = time(NOW.plus(23 * HOUR));
    assert!(
        bench.tells(&format!("{MARINA} · até amanhã, {end}")),
        "{:#?}",
        bench.texts()
    );
    assert!(bench.tells(&format!("{JOAO} · só modelo")) && bench.tells(&format!("{NOBODY} · só modelo")));
    assert!(bench.tells("o prazo do texto livre terminou ontem,"));
    assert!(bench.tells("nunca escreveu para esta conta"));
    assert!(bench.tells("2 das 3 pessoas só recebem um modelo."));
    assert!(bench.is_disabled("Enviar 3 mensagens"));
    assert!(bench.sends().is_empty());
    // Without those the rest can get it.
    bench.click("Tirar as 2 que só recebem modelo");
    assert!(!bench.tells(JOAO) && !bench.tells("só modelo"));
    assert!(bench.tells("Texto livre até amanhã,") && !bench.is_disabled("Enviar"));
    bench.click("Enviar");
    assert_eq!(bench.one_send().1[0].digits(), "5511900000044");
}

#[test]
fn a_template_reaches_all_of_them() {
    let mut bench = usual();
    write_to(&mut bench, &[MARINA, JOAO]);
    bench.click("Usar um modelo para as 2 pessoas");
    let row = bench
        .texts()
        .into_iter()
        .find(|text| text.starts_with("pedido_pronto"));
    bench.click(&row.unwrap());
    assert!(
        !bench.tells("só modelo") && !bench.tells("só recebe um modelo"),
        "{:#?}",
        bench.texts()
    );
    bench.focus("pedido");
    bench.type_text("1842");
    bench.click("Enviar 2 mensagens");
    assert!(bench.tells("Seu pedido 1842 chegou."));
    bench.click("Enviar 2 mensagens");
    let sent = bench.taken().into_iter().find_map(|command| match command {
        Command::Outbox(OutboxCommand::Send { to, template, .. }) => Some((to.len(), template?.values)),
        _ => None,
    });
    assert_eq!(sent, Some((2, vec!["1842".to_owned()])));
}

#[test]
fn the_first_end_counts_for_all_and_comes_while_the_screen_is_open() {
    let mut bench = usual();
    write_to(&mut bench, &[MARINA, CLINICA]);
    let end = time(NOW.plus(2 * HOUR));
    assert!(
        bench.tells(&format!("Texto livre para todas até {end}")),
        "{:#?}",
        bench.texts()
    );
    bench.wait(2 * HOUR);
    assert!(
        bench.tells(&format!("{CLINICA} · só modelo")),
        "{:#?}",
        bench.texts()
    );
    assert!(bench.is_disabled("Enviar 2 mensagens"));
    // She writes: the message names her conversation.
    bench.stored.rows[3].conversation.last_wrote_at = Some(NOW.plus(2 * HOUR));
    let conversations = vec![bench.stored.id(3)];
    bench.tell(Event::Messages {
        ids: Vec::new(),
        conversations,
    });
    assert!(!bench.tells("só modelo") && !bench.is_disabled("Enviar 2 mensagens"));
}

#[test]
fn what_is_not_known_forbids_nothing_and_a_refusal_names_the_people() {
    let mut bench = opened(false, [1_280.0, 900.0], |_| {});
    write_to(&mut bench, &[JOAO, NOBODY]);
    assert!(!bench.tells("só modelo"));
    assert!(bench.tells("O texto livre só chega a quem escreveu nas últimas 24 horas"));
    bench.click("Enviar 2 mensagens");
    bench.click("Enviar 2 mensagens");
    let (ticket, people, ..) = bench.one_send();
    let refused = EnqueueError::OutsideWindow(people[1..].to_vec());
    bench.tell(Event::Answer(ticket, Answer::Enqueued(Err(refused))));
    assert!(
        bench.tells(&format!("Só um modelo chega a: {NOBODY}.")),
        "{:#?}",
        bench.texts()
    );
    assert_eq!(bench.value(TEXT), "oi", "nothing typed is lost");
}

#[test]
fn the_times_are_drawn() {
    let for_the_eye = std::env::var_os("RECADO_PICTURES").is_some();
    let looks = [
        ("light", false, 1.0, [1_280.0, 800.0]),
        ("dark", true, 1.0, [1_280.0, 800.0]),
        ("small", false, 1.0, [900.0, 600.0]),
        ("scaled", true, 1.5, [1_280.0, 800.0]),
    ];
    for (look, is_dark, scale, size) in looks.into_iter().take(if for_the_eye { 4 } else { 1 }) {
        let mut bench = opened(true, size, |live| {
            if is_dark {
                dark(live);
            }
        });
        bench.played.harness.set_pixels_per_point(scale);
        bench.settle();
        write_to(&mut bench, &[MARINA, JOAO, NOBODY]);
        let picture = bench.picture(&format!("windows-closed-{look}"));
        let first = *picture.get_pixel(0, 0);
        assert!(picture.pixels().any(|pixel| *pixel != first));
        bench.click("Tirar as 2 que só recebem modelo");
        bench.focus("Para");
        bench.paste(&format!("{CLINICA},"));
        bench.picture(&format!("windows-open-{look}"));
    }
}
