//! The day after a person's last word.

use super::{Desk, LONGER_THAN_A_DAY, TEMPLATE};
use crate::program::number;
use crate::stage::Stage;
use recado::domain::message::{MessageState, ReasonKind};
use recado::domain::time::Clock;
use recado::domain::{TemplateMessage, Timestamp};
use recado::engine::{Answer, EnqueueError, ListenerState, Notice};
use recado::simulator::devino::PlayedDevino;
use recado::simulator::{Contact, Said};

#[test]
fn free_text_goes_within_a_day_and_a_template_always() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open_with(&stage, |common| common.window = None);
    let clock = Clock::held(Timestamp::now());
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = desk.account(&mut program, "Loja");
    // As long as nobody has written, it cannot be told whether what is written comes here.
    let stranger = program.send_one(account, &number(2), "Oi");
    program.until_state(stranger.id, MessageState::Read);

    program.until_live("somebody listens", |live| {
        let view = live.account(account).unwrap();
        matches!(live.listener.state, ListenerState::Listening(_)) && live.webhook_url(view).is_some()
    });
    let url = {
        let live = program.link.live.borrow().clone();
        live.webhook_url(live.account(account).unwrap()).unwrap()
    };
    desk.control.set_webhook(Some(url.parse().unwrap()));
    desk.control
        .contact_writes(Contact::new(&number(1), "Maria Souza"), Said::text("Bom dia"));
    program.until(account, "she is heard", |view| {
        view.inbox.last_message_at.is_some()
    });

    let refused = program.begin_send(account, &[&number(1), &number(2)], "Promoção");
    match program.answer(refused) {
        Answer::Enqueued(Err(EnqueueError::OutsideWindow(numbers))) => {
            let digits: Vec<&str> = numbers.iter().map(|number| number.digits()).collect();
            assert_eq!(digits, [number(2)], "only who did not write");
        }
        other => panic!("{other:?}"),
    }
    let template = TemplateMessage {
        key: TEMPLATE.to_owned(),
        language: "pt_BR".to_owned(),
        values: vec!["Ana".to_owned()],
    };
    let sent = program.send_template(account, &number(2), template);
    program.until_state(sent.id, MessageState::Read);
    let answer = program.send_one(account, &number(1), "Bom dia, Maria");
    program.until_state(answer.id, MessageState::Read);

    // Stored in time; its time is over before it can leave.
    program.pause(account, true);
    let sends = desk.sends();
    let late = program.send_one(account, &number(1), "Até amanhã");
    clock.advance(LONGER_THAN_A_DAY);
    program.pause(account, false);
    let rejected = program.until_state(late.id, MessageState::Rejected);
    assert_eq!(
        (rejected.reason.unwrap().kind, rejected.attempts),
        (ReasonKind::OutsideWindow, 0)
    );
    program.until_notice("it is said", |notice| {
        matches!(notice, Notice::Problem(id, reason)
            if *id == late.id && reason.kind == ReasonKind::OutsideWindow)
    });
    assert_eq!(desk.sends(), sends);
}
