//! A message goes out once, in its turn, and what becomes of it is learnt.

use super::desk::{deaf, is_taken};
use super::played::TEMPLATE;
use super::scene::{Scene, at_each_gateway};
use crate::program::number;
use rand::RngExt as _;
use recado::domain::message::MessageState;
use recado::domain::{PhoneNumber, TemplateMessage};
use recado::engine::{Answer, OutboxCommand};
use recado::simulator::{Fault, Times};
use std::collections::BTreeMap;
use std::time::Duration;

fn is_read(scene: &mut Scene) {
    let mut program = scene.program();
    let account = scene.called_account(&mut program);
    let message = program.send_one(account, &number(1), "Olá, ação 👋");
    let read = program.until_state(message.id, MessageState::Read);
    assert_eq!((read.attempts, &read.reason), (1, &None));
    scene
        .gateway
        .wait("all is told", &mut |facts| facts.is_quiet && facts.is_drained);
    let facts = scene.gateway.facts();
    assert_eq!(
        (facts.sends.len(), facts.taken.len(), facts.strays),
        (1, 1, 0),
        "{facts:?}"
    );
    let taken = &facts.taken[0];
    assert_eq!((&*taken.text, &*taken.to), ("Olá, ação 👋", &*number(1)));
    assert_eq!(taken.times_sent, 1);
    assert_eq!(read.gateway_id.as_ref(), Some(&taken.id));
    // A message has an address of its own, under the one of its account, where the gateway takes one.
    let path = program.account_view(account).inbox.path;
    let own = scene
        .can
        .callback_per_message
        .then(|| format!("{path}/{}", message.client_id));
    assert_eq!(taken.callback.as_ref().map(|url| url.path().to_owned()), own);
    program.until(account, "the figures know it", |view| {
        view.figures.median_delivery_ms.is_some() && view.figures.reported_at.is_some()
    });
}

#[test]
fn a_text_goes_out_once_and_is_read() {
    at_each_gateway("a text goes out once and is read", is_read);
}

fn is_asked_about(scene: &mut Scene) {
    let mut program = scene.program_on_held_clock();
    deaf(&mut program);
    let account = scene.account(&mut program);
    let message = program.send_one(account, &number(1), "Oi");
    program.until_state(message.id, MessageState::Accepted);
    scene
        .gateway
        .wait("it is on its way", &mut |facts| facts.taken[0].times_sent == 1);
    if scene.can.message_state {
        scene
            .gateway
            .wait("she sees it", &mut |facts| facts.taken[0].seen);
        scene.clock.advance(Duration::from_secs(31));
        program.wake(account);
        program.until_state(message.id, MessageState::Read);
        return;
    }
    // Nothing tells: it stays what it is, and no question is made up.
    let reads = scene.gateway.facts().reads;
    scene.clock.advance(Duration::from_secs(31));
    program.refresh(account);
    scene
        .gateway
        .wait("something is asked", &mut |facts| facts.reads > reads);
    assert_eq!(program.message(message.id).state, MessageState::Accepted);
    assert_eq!(scene.gateway.facts().questions, 0);
}

#[test]
fn where_nobody_is_called_it_is_asked_if_it_can_be() {
    at_each_gateway("where nobody is called it is asked if it can be", is_asked_about);
}

fn template_goes(scene: &mut Scene) {
    let mut program = scene.program();
    let account = scene.called_account(&mut program);
    let template = TemplateMessage {
        key: TEMPLATE.to_owned(),
        language: "pt_BR".to_owned(),
        values: vec!["Ana".to_owned()],
    };
    if scene.can.templates.is_some() {
        let message = program.send_template(account, &number(2), template.clone());
        let read = program.until_state(message.id, MessageState::Read);
        assert_eq!(read.template.as_ref(), Some(&template));
        let sent = scene.gateway.facts().taken.remove(0).template;
        assert_eq!(sent, Some((template.key, template.values)));
        return;
    }
    let ticket = program.ticket();
    program.outbox(OutboxCommand::Send {
        template: Some(template),
        ticket,
        account,
        to: vec![PhoneNumber::from_digits(&number(2)).unwrap()],
        names: Vec::new(),
        text: "Seu pedido chegou".to_owned(),
        attachments: Vec::new(),
        not_before: None,
    });
    assert!(matches!(program.answer(ticket), Answer::Enqueued(Err(_))));
    assert!(program.conversations(account).is_empty());
}

#[test]
fn a_template_goes_where_there_are_templates() {
    at_each_gateway("a template goes where there are templates", template_goes);
}

fn keeps_order(scene: &mut Scene) {
    let mut random = scene.stage.random();
    let mut program = scene.program();
    deaf(&mut program);
    let account = scene.account(&mut program);
    let faults = [
        Fault::Bom,
        Fault::Delay(Duration::from_millis(30)),
        Fault::ResetAfterReading,
        Fault::Empty,
        Fault::HtmlInstead,
        Fault::HttpStatus {
            status: 503,
            retry_after: None,
        },
    ];
    for _ in 0..6 {
        let fault = faults[random.random_range(0..faults.len())].clone();
        scene
            .gateway
            .fault(fault, Times::ONCE, Some(random.random_bool(0.5)));
        let pass = Fault::Delay(Duration::ZERO);
        scene
            .gateway
            .fault(pass, Times::Next(random.random_range(1..4)), None);
    }
    let mut written: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut messages = Vec::new();
    for index in 0..32 {
        let to = number(random.random_range(0..4));
        let text = format!("text {index:02}");
        messages.push(program.send_one(account, &to, &text));
        written.entry(to).or_default().push(text);
    }
    let mut certain = 0;
    for message in &messages {
        let ended = program.until_message(message.id, "ended", |message| !message.state.is_open());
        let is_lost = ended.state == MessageState::Unknown && !scene.can.repeatable_send;
        assert!(is_taken(ended.state) || is_lost, "{ended:?}");
        certain += usize::from(is_taken(ended.state));
    }
    scene
        .gateway
        .wait("all are on their way", &mut |facts| facts.is_drained);
    let facts = scene.gateway.facts();
    let mut got: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for taken in facts.taken {
        assert_eq!(taken.times_sent, 1, "{taken:?}");
        got.entry(taken.to).or_default().push(taken.text);
    }
    let total: usize = got.values().map(Vec::len).sum();
    assert!(certain >= 20 && total >= certain, "{certain} of {total}");
    for (to, texts) in &got {
        // What was lost on the way is missing; nothing is twice, and nothing before its turn.
        let mut rest = written[to].iter();
        for text in texts {
            assert!(
                rest.any(|written| written == text),
                "{to}: {texts:?}, {:?}",
                written[to]
            );
        }
    }
    if scene.can.repeatable_send {
        assert_eq!(got, written);
    }
}

#[test]
fn each_person_gets_messages_in_the_order_they_were_written() {
    at_each_gateway(
        "each person gets messages in the order they were written",
        keeps_order,
    );
}
