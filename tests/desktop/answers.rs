//! What a customer sends arrives while the window shows something else, is announced and read; the operator answers, and
//! the ticks go on to "read".

use crate::accounts::fill_in;
use crate::notifications::Notifications;
use crate::played::Played;
use crate::window::{Desk, Program};
use recado::simulator::scenery::pictures::Scene;
use recado::simulator::{Contact, Said, SimulatorState};
use recado::ui::text::Value;

const CUSTOMER: &str = "Marina Souza";
const NUMBER: &str = "5511900000044";
const TEXT: &str = "Bom dia! Tem a poltrona verde?";
const ANSWER: &str = "Temos sim";

/// Copies the address from the accounts screen into the vendor's panel, as the operator does: by way of the clipboard.
fn enter_the_address(program: &Program<'_>, played: &Played) {
    let desk = program.desk;
    program.keys(&["ctrl+6"]);
    program.see(&desk.words("accounts-webhook-waits"));
    let address = program.until("the address on the clipboard", || {
        program.click(&desk.words("accounts-webhook-copy"));
        Some(desk.clipboard()).filter(|text| text.contains("/w/"))
    });
    played.control.set_webhook(Some(address.trim().parse().unwrap()));
}

/// Adds the account and has its gateway call this program.
fn receive(program: &Program<'_>, played: &Played) {
    fill_in(program, "Loja", &played.address());
    program.press(&program.desk.words("save"));
    program.see_part(&program.desk.words("accounts-saved-title"));
    enter_the_address(program, played);
}

fn writes(played: &Played, said: Said) {
    played
        .control
        .contact_writes(Contact::new(NUMBER, CUSTOMER), said);
}

#[test]
fn what_a_customer_sends_is_announced_read_and_answered() {
    let Some(desk) = Desk::start() else { return };
    let notifications = Notifications::on(&desk.home().join("bus"));
    let played = Played::start_paired();
    let program = desk.open(&desk.data_folder());
    receive(&program, &played);

    // The dashboard is shown while everything arrives.
    program.keys(&["ctrl+4"]);
    program.see(&desk.words("dashboard-connection"));
    writes(&played, Said::text(TEXT));
    let (title, body) = notifications.next();
    assert_eq!((title.as_str(), body.as_str()), (CUSTOMER, TEXT));
    writes(&played, Said::voice());
    writes(&played, Said::pdf("Pedido.pdf", "Pedido", &["1 poltrona"]));
    writes(&played, Said::place(-23.5614, -46.6559, false));
    writes(&played, Said::picture(Scene::LivingRoom, "Esta aqui"));
    let unread = [("count", Value::from(5_u64))];
    program.see_part(&desk.words_with("rail-unread", &unread));
    let (title, _) = notifications.next();
    assert_eq!(title, CUSTOMER, "the four that followed, told together");

    program.keys(&["ctrl+1"]);
    program.click(&program.see_part(CUSTOMER).name);
    // What stands before the name of the message or file.
    let before = |key: &str| {
        let sample = desk.words_with(key, &[("name", "§".into())]);
        sample.split('§').next().unwrap().to_owned()
    };
    // It opens at the first that is new; the last may be further down than the window is high.
    program.see_part(TEXT);
    program.see_part(&before("thread-voice-play"));
    program.see_part(&before("thread-save-file"));
    program.see(&desk.words("thread-open-map"));
    let end = desk.words_with("thread-to-end", &[("count", Value::from(0_u64))]);
    program.until("everything is read", || {
        if let Some(button) = program.look_for(&end).into_iter().next() {
            program.click(&button.name);
        }
        shows_no_unread(&program).then_some(())
    });

    // The picture opens, larger, and closes with Escape.
    program.click(&program.see_part(&before("thread-picture-open")).name);
    program.see(&desk.words("viewer-title"));
    program.keys(&["plus", "Escape"]);
    program.gone(&desk.words("viewer-title"));

    // The operator answers, and the ticks reach "read".
    let composer = desk.words("composer-text");
    program.type_over(&composer, ANSWER);
    program.holds(&composer, ANSWER);
    program.keys(&["Return"]);
    let read = desk.words("state-read");
    program.until("the answer is read", || {
        program
            .look_for(ANSWER)
            .into_iter()
            .find(|element| element.name.contains(&read))
    });
    let sent = played.control.read(SimulatorState::sent_total);
    assert_eq!(sent, 1);
    assert!(program.close().success());
}

/// Whether the mark on the rail is gone.
fn shows_no_unread(program: &Program<'_>) -> bool {
    let sample = program
        .desk
        .words_with("rail-unread", &[("count", Value::from(7_u64))]);
    let word = sample.trim_start_matches(|character: char| !character.is_alphabetic());
    program.look_for(word).is_empty()
}

#[test]
fn a_notification_keeps_the_text_to_itself_where_that_is_wanted() {
    let Some(desk) = Desk::start() else { return };
    let notifications = Notifications::on(&desk.home().join("bus"));
    let played = Played::start_paired();
    let program = desk.open(&desk.data_folder());
    receive(&program, &played);
    program.keys(&["ctrl+7"]);
    program.click(&desk.words("settings-notification-text"));
    program.keys(&["ctrl+4"]);
    writes(&played, Said::text(TEXT));
    let (title, body) = notifications.next();
    assert_eq!(title, CUSTOMER);
    assert!(!body.contains(TEXT), "{body}");
    assert!(program.close().success());
}
