//! The whole way of an operator on the first day, in the real window: from no account to sent messages, and over to the
//! next start.

use crate::accounts::fill_in;
use crate::canary;
use crate::played::{Played, TOKEN};
use crate::window::{Desk, Program};
use recado::simulator::{Endpoint, PhoneState, SimulatorState};
use recado::ui::text::{Language, Localizer};

const ACCOUNT: &str = "Loja Centro";
const DELAY_SECS: u32 = 4;
/// What letters a Brazilian's message has.
const TEXT: &str = "Olá, ação é ñ 👋🇧🇷";
const SECOND_TEXT: &str = "Ate logo";
/// To whom.
const RECIPIENT: &str = "5511900000044";
const RECIPIENT_SHOWN: &str = "+55 11 90000-0044";
const DRAFT: &str = "Ainda nao";

#[test]
fn from_no_account_to_the_second_start() {
    let Some(mut desk) = Desk::start() else { return };
    let played = Played::start();
    let program = desk.open(&desk.data_folder());
    add_the_account(&program, &played);
    pair_a_phone(&program, &played);
    look_at_the_dashboard(&program, &played);
    write_two_messages(&program, &played);
    clear_the_queue(&program, &played);
    set_the_delay(&program, &played);
    speak_portuguese(&program);
    leave_a_draft(&program);
    assert!(program.close().success());
    nothing_in_files(&desk);

    desk.expect_language(Language::Portuguese);
    let reads = requests(&played, Endpoint::Status);
    let program = desk.open(&desk.data_folder());
    program.see(&desk.words_with("strip-account", &[("name", ACCOUNT.into())]));
    program.see(&desk.words("connection-ready"));
    assert!(
        requests(&played, Endpoint::Status) > reads,
        "the credentials were not used again"
    );
    program.keys(&["ctrl+5"]);
    program.holds(&desk.words("queue-delay-seconds"), &DELAY_SECS.to_string());
    program.keys(&["ctrl+1"]);
    program.click(&program.see_part(RECIPIENT_SHOWN).name);
    program.see_part(TEXT);
    program.see_part(SECOND_TEXT);
    program.holds(&desk.words("composer-text"), DRAFT);
    assert!(program.close().success());
    nothing_in_files(&desk);
    // Whatever was done: each of the two went out once, with every letter.
    assert_eq!(sent_texts(&played), [TEXT, SECOND_TEXT]);
}

fn requests(played: &Played, endpoint: Endpoint) -> usize {
    played.control.read(|state| state.ledger().requests_to(endpoint))
}

fn add_the_account(program: &Program<'_>, played: &Played) {
    let desk = program.desk;
    fill_in(program, ACCOUNT, &played.address());
    program.press(&desk.words("accounts-test"));
    program.see_part(&desk.words("accounts-test-must-pair"));
    assert!(desk.secrets().is_empty(), "kept before it was saved");
    program.press(&desk.words("save"));
    program.see_part(&desk.words("accounts-saved-title"));
    let kept = desk.secrets();
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert_eq!(kept[0].secret, TOKEN);
    assert!(!kept[0].label.contains(TOKEN));
    nothing_in_files(desk);
}

/// The token stands in no file that any program has written here: database, log, drafts, the toolkit's own files. (The
/// keyring's file is among those looked at; it is encrypted.)
fn nothing_in_files(desk: &Desk) {
    let found = canary::files_with(desk.home(), &canary::forms(TOKEN));
    assert!(found.is_empty(), "the token stands in {found:?}");
}

fn pair_a_phone(program: &Program<'_>, played: &Played) {
    let desk = program.desk;
    program.keys(&["ctrl+3"]);
    program.see(&desk.words("pairing-phone-none"));
    let begin = desk.words("pairing-begin");
    program.click(&begin);
    program.see(&desk.words("pairing-code-image"));
    assert!(played.control.scan_code());
    program.see(&desk.words("pairing-to-dashboard"));
    let paired = |state: &SimulatorState| state.paired_phone().map(|phone| phone.name.clone());
    program.see_part(&played.control.read(paired).unwrap());
    assert_eq!(played.control.read(SimulatorState::phone), PhoneState::Online);
    program.press(&desk.words("pairing-to-dashboard"));
}

fn look_at_the_dashboard(program: &Program<'_>, played: &Played) {
    let desk = program.desk;
    program.see(&desk.words("dashboard-connection"));
    program.see(&desk.words("connection-ready"));
    program.see_part(&desk.text.percent(0.87, 0));
    // The phone's battery sinks; the key for it reads it at once.
    played.control.set_battery(41);
    let before = requests(played, Endpoint::Status);
    program.keys(&["F5"]);
    program.until("a reading", || {
        (requests(played, Endpoint::Status) > before).then_some(())
    });
    program.see_part(&desk.text.percent(0.41, 0));
}

/// The texts that really went to the recipient, in their order, each as often as it went.
fn sent_texts(played: &Played) -> Vec<String> {
    played.control.read(|state| {
        let to_her = state
            .ledger()
            .messages()
            .iter()
            .filter(|message| message.to == RECIPIENT);
        to_her
            .flat_map(|message| message.sent_at.iter().map(|_| message.text.clone()))
            .collect()
    })
}

fn write_two_messages(program: &Program<'_>, played: &Played) {
    let desk = program.desk;
    program.keys(&["ctrl+n"]);
    // As a Brazilian writes it, without the country.
    program.type_over(&desk.words("new-message-to"), "(11) 90000-0044");
    program.keys(&["Return"]);
    program.see_part(RECIPIENT_SHOWN);
    let composer = desk.words("composer-text");
    program.paste_over(&composer, TEXT);
    program.holds(&composer, TEXT);
    program.keys(&["Return"]);
    program.until("the message at the recipient", || {
        (sent_texts(played) == [TEXT]).then_some(())
    });
    // The conversation is open now, and is written on in.
    program.see_part(TEXT);
    program.holds(&composer, "");
    program.type_over(&composer, SECOND_TEXT);
    program.holds(&composer, SECOND_TEXT);
    program.keys(&["Return"]);
    program.until("both messages at the recipient", || {
        (sent_texts(played) == [TEXT, SECOND_TEXT]).then_some(())
    });
    program.see_part(SECOND_TEXT);
}

/// Begins a message and does not end it.
fn leave_a_draft(program: &Program<'_>) {
    let portuguese = Localizer::new(Language::Portuguese);
    let composer = portuguese.get("composer-text");
    program.keys(&["ctrl+1"]);
    program.type_over(&composer, DRAFT);
    program.holds(&composer, DRAFT);
}

fn clear_the_queue(program: &Program<'_>, played: &Played) {
    let desk = program.desk;
    let queued = || played.control.read(SimulatorState::queue_length);
    played.control.hold_queue(true);
    played.others_send(3);
    let waiting = queued();
    assert!(waiting >= 3);
    program.keys(&["ctrl+5"]);
    program.keys(&["F5"]);
    let count = || [("count", waiting.into())];
    program.click(&desk.words_with("queue-clear-button", &count()));
    program.see(&desk.words("queue-clear-title"));
    program.see(&desk.words("queue-clear-limit"));
    // Declined first: nothing is deleted.
    program.keys(&["Escape"]);
    program.gone(&desk.words("queue-clear-title"));
    assert_eq!(queued(), waiting);
    program.click(&desk.words_with("queue-clear-button", &count()));
    program.click(&desk.words_with("queue-clear-confirm", &count()));
    program.see_part(&desk.words_with("queue-cleared", &[("deleted", waiting.into())]));
    assert_eq!(queued(), 0);
    assert_eq!(requests(played, Endpoint::ClearQueue), 1);
    played.control.hold_queue(false);
}

fn set_the_delay(program: &Program<'_>, played: &Played) {
    let desk = program.desk;
    let field = desk.words("queue-delay-seconds");
    program.type_over(&field, &DELAY_SECS.to_string());
    program.keys(&["Return"]);
    program.until("the delay at the gateway", || {
        (played.control.read(SimulatorState::delay_secs) == DELAY_SECS).then_some(())
    });
    program.holds(&field, &DELAY_SECS.to_string());
}

fn speak_portuguese(program: &Program<'_>) {
    let desk = program.desk;
    let portuguese = Localizer::new(Language::Portuguese);
    program.keys(&["ctrl+7"]);
    program.choose(&desk.words("settings-language"), Language::Portuguese.name());
    program.see(&portuguese.get("settings-language"));
    program.see(&portuguese.get("connection-ready"));
}
