//! One account of each gateway in one window: what an operator does with the three in a day, and the next start.

mod gateways;

use crate::accounts::{choose_gateway, fill_in};
use crate::canary;
use crate::driver::Element;
use crate::played::TOKEN;
use crate::window::{Desk, Program};
use gateways::{Gateways, KEY, LOGIN, ORDER, PASSWORD, SENDER, WINDOW_SHOPPING};
use recado::domain::incoming::{Inbound, InboundMessage};
use recado::domain::{IncomingKind, PhoneNumber, Timestamp};
use recado::simulator::common::Function;
use recado::simulator::{Contact, Fault, Said, Times};
use recado::store::{NewDelivery, Store};
use recado::ui::text::Value;
use sha2::{Digest as _, Sha256};
use std::fs;
use std::time::{Duration, SystemTime};

/// The accounts, as the operator calls them.
const CENTRE: &str = "Loja Centro";
const NORTH: &str = "Loja Norte";
const SOUTH: &str = "Loja Sul";

/// Somebody for each account, and one who has not written to the second for more than a day.
const OF_CENTRE: &str = "5511900000041";
const OF_NORTH: &str = "5511900000042";
const OF_NORTH_NAME: &str = "Marina Souza";
const LATE_OF_NORTH: &str = "5511900000043";
const LATE_OF_NORTH_NAME: &str = "Rui Prado";
const LONG_AGO_OF_NORTH: &str = "5511900000045";
const OF_SOUTH: &str = "5511900000044";

const BY_PHONE: &str = "Olá, a poltrona chegou 👋";
const ANSWER: &str = "Pode vir até as 18h";
const LOST: &str = "A loja fecha mais cedo hoje";
const DAY_AND_AN_HOUR: Duration = Duration::from_secs(25 * 3_600);

#[test]
fn one_account_of_each_gateway_in_one_window() {
    let Some(desk) = Desk::start() else { return };
    let gateways = Gateways::start();
    let program = desk.open(&desk.data_folder());
    add_the_first(&program, &gateways);
    add_devino(&program, &gateways);
    add_decision(&program, &gateways);
    import_a_template(&program);
    write_a_template_down(&program);
    nothing_in_files(&desk);

    a_text_by_the_first(&program, &gateways);
    a_template_with_named_parameters(&program, &gateways);
    the_person_answers(&program, &gateways);
    after_a_day_perhaps_only_a_template(&program, &gateways);
    a_template_with_a_picture(&program, &gateways);
    each_dashboard_shows_what_its_gateway_can(&program);
    what_is_unclear_clears_by_itself(&program, &gateways);
    assert!(program.close().success());
    nothing_in_files(&desk);

    let (sent, asked) = (gateways.went_out(), gateways.requests());
    assert_eq!(sent.each_ref().map(Vec::len), [1, 4, 1], "{sent:?}");
    as_if_it_had_listened_for_days(&desk);
    let program = desk.open(&desk.data_folder());
    program.see(&desk.words_with("strip-account", &[("name", NORTH.into())]));
    program.keys(&["ctrl+6"]);
    let answers = desk.words("connection-answers");
    for (name, vendor, state) in [
        (CENTRE, "Solutek", desk.words("connection-ready")),
        (NORTH, "Devino", answers.clone()),
        (SOUTH, "DecisionTelecom", answers),
    ] {
        program.see(&format!("{name}, {vendor}, {state}"));
    }
    program.until("each gateway to be asked again", || {
        let again = gateways.requests();
        asked
            .iter()
            .zip(again)
            .all(|(before, now)| now > *before)
            .then_some(())
    });
    for (account, person, text) in [(CENTRE, OF_CENTRE, BY_PHONE), (NORTH, OF_NORTH, LOST)] {
        choose_account(&program, account);
        program.keys(&["ctrl+1"]);
        open_conversation(&program, person);
        program.see_part(text);
    }
    after_a_day_only_a_template(&program);
    assert!(program.close().success());
    assert_eq!(gateways.went_out(), sent, "sent again");
}

/// The words before the first value of a sentence.
fn beginning(desk: &Desk, key: &str, value: &str) -> String {
    let sentence = desk.words_with(key, &[(value, "§".into()), ("hours", Value::from(24_u64))]);
    sentence.split('§').next().unwrap().to_owned()
}

/// A number as it is shown.
fn shown(digits: &str) -> String {
    format!("+55 11 {}-{}", &digits[4..9], &digits[9..])
}

/// None of the secrets stands in any file that a program has written here, nor what of them goes over the wire.
fn nothing_in_files(desk: &Desk) {
    let login = format!("{LOGIN}:{PASSWORD}");
    for secret in [TOKEN, PASSWORD, KEY, &login, &format!("{KEY}:")] {
        let found = canary::files_with(desk.home(), &canary::forms(secret));
        assert!(found.is_empty(), "a secret stands in {found:?}");
    }
}

/// The secrets that are kept, in an order of their own.
fn kept(desk: &Desk) -> Vec<String> {
    let mut kept: Vec<String> = desk.secrets().into_iter().map(|kept| kept.secret).collect();
    kept.sort_unstable();
    kept
}

fn add_the_first(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    fill_in(program, CENTRE, &gateways.solutek.address());
    test_and_save(program, "accounts-test-ready-body");
    program.see_part(&desk.words("accounts-saved-ready"));
    assert_eq!(kept(desk), [TOKEN]);
    let address = copied_address(program);
    gateways.solutek.control.set_webhook(Some(address));
}

/// Opens the form of another account, and chooses its gateway.
fn begin(program: &Program<'_>, vendor: &str, name: &str, address: &str) {
    let words = |key: &str| program.desk.words(key);
    program.press(&words("accounts-add"));
    choose_gateway(program, vendor);
    program.type_over(&words("accounts-name"), name);
    program.holds(&words("accounts-name"), name);
    program.type_over(&words("credential-sender"), SENDER);
    program.holds(&words("credential-sender"), SENDER);
    program.press(&words("accounts-advanced"));
    program.type_over(&words("accounts-base-url"), address);
    program.holds(&words("accounts-base-url"), address);
}

fn test_and_save(program: &Program<'_>, says: &str) {
    let desk = program.desk;
    program.press(&desk.words("accounts-test"));
    program.see_part(&desk.words(says));
    program.press(&desk.words("save"));
    program.see_part(&desk.words("accounts-saved-title"));
}

/// What is said where the gateway does not take the credentials.
fn is_refused(program: &Program<'_>) {
    let desk = program.desk;
    program.press(&desk.words("accounts-test"));
    program.see_part(&desk.words("accounts-call-credentials-refused"));
    let way = Value::from(desk.words("accounts-auth-form"));
    program.see_part(&desk.words_with("accounts-call-credentials-refused-way", &[("way", way)]));
}

fn add_devino(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    begin(program, "Devino", NORTH, &gateways.devino.address());
    program.choose(&desk.words("accounts-auth-form"), &desk.words("auth-login"));
    program.type_over(&desk.words("credential-login"), LOGIN);
    program.holds(&desk.words("credential-login"), LOGIN);
    program.paste_over(&desk.words("credential-password"), "senha de ontem");
    is_refused(program);
    assert_eq!(kept(desk), [TOKEN], "kept before it was saved");
    program.paste_over(&desk.words("credential-password"), &format!("{PASSWORD}\n"));
    test_and_save(program, "accounts-test-good-body");
    assert_eq!(kept(desk), [TOKEN, PASSWORD]);

    let address = copied_address(program);
    gateways.devino.control.set_webhook(Some(address));
}

/// The address at which the gateway is to call, by way of the clipboard, as it is sent to the vendor.
fn copied_address(program: &Program<'_>) -> url::Url {
    let desk = program.desk;
    let address = program.until("the address on the clipboard", || {
        program.press(&desk.words("accounts-webhook-copy"));
        Some(desk.clipboard()).filter(|text| text.contains("/w/"))
    });
    desk.forget_clipboard();
    address.trim().parse().unwrap()
}

fn add_decision(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    begin(program, "DecisionTelecom", SOUTH, &gateways.decision.address());
    program.paste_over(&desk.words("credential-key"), KEY);
    // The right key, sent in another way than this gateway reads it.
    is_refused(program);
    program.choose(&desk.words("accounts-auth-form"), &desk.words("auth-key-colon"));
    test_and_save(program, "accounts-test-good-body");
    assert_eq!(kept(desk), [KEY, TOKEN, PASSWORD]);
}

/// Makes another account the one that everything is about.
fn choose_account(program: &Program<'_>, name: &str) {
    let desk = program.desk;
    let chosen = desk.words_with("strip-account", &[("name", name.into())]);
    if !program.look(&chosen).is_empty() {
        return;
    }
    let before = beginning(desk, "strip-account", "name");
    program.click(&program.see_part(&before).name);
    program.click(name);
    program.see(&chosen);
}

fn import_a_template(program: &Program<'_>) {
    let desk = program.desk;
    let file = desk.home().join("modelos.json");
    let (key, language) = ORDER;
    let library = serde_json::json!({"templates": [{
        "key": key, "language": language, "text": "Olá {{1}}, o pedido {{2}} está pronto.",
        "parameters": [{"name": "cliente", "sample": "Ana"}, {"name": "pedido", "sample": "1842"}],
    }]});
    fs::write(&file, library.to_string()).unwrap();
    choose_account(program, NORTH);
    program.keys(&["ctrl+6"]);
    program.press(&desk.words("templates-more"));
    program.press(&desk.words("templates-import"));
    program.paste_over(&desk.words("templates-import-from"), file.to_str().unwrap());
    program.press(&desk.words("templates-import-go"));
    program.see_part(&desk.words_with("templates-imported", &[("count", Value::from(1_u64))]));
    program.see(&desk.words_with("templates-change-named", &[("key", key.into())]));
}

fn write_a_template_down(program: &Program<'_>) {
    let desk = program.desk;
    let (key, language) = WINDOW_SHOPPING;
    choose_account(program, SOUTH);
    program.press(&desk.words("templates-add"));
    let number = [("number", Value::from(1_u64))];
    program.type_over(&desk.words("templates-name"), key);
    program.type_over(&desk.words("templates-language"), language);
    program.paste_over(&desk.words("templates-text"), "Hola {{1}}, mira la vitrina nueva");
    program.type_over(&desk.words_with("templates-parameter-name", &number), "cliente");
    program.click(&desk.words("templates-header-image"));
    program.press(&desk.words("templates-save"));
    program.see(&desk.words_with("templates-change-named", &[("key", key.into())]));
}

/// Begins a message to somebody.
fn write_to(program: &Program<'_>, account: &str, digits: &str) {
    choose_account(program, account);
    program.keys(&["ctrl+n"]);
    program.type_over(&program.desk.words("new-message-to"), &format!("+{digits}"));
    program.keys(&["Return"]);
    program.see_part(&shown(digits));
}

/// Writes free text into the composer and sends it.
fn send_text(program: &Program<'_>, text: &str) {
    let composer = program.desk.words("composer-text");
    program.paste_over(&composer, text);
    program.holds(&composer, text);
    program.keys(&["Return"]);
}

/// Waits until the button that sends can be pressed, or cannot. The rail has a button of the same name.
fn button_that_sends(program: &Program<'_>, enabled: bool) {
    program.see_where(&program.desk.words("composer-send"), "as a button", |element| {
        element.role == "push button" && element.is("enabled") == enabled
    });
}

/// Waits for the bubble of a message in some state.
fn bubble(program: &Program<'_>, text: &str, state: &str) -> Element {
    let state = program.desk.words(state);
    program.until(&format!("{text:?}: {state}"), || {
        let mut found = program.look_for(text).into_iter();
        found.find(|element| element.name.ends_with(&format!(", {state}")))
    })
}

fn open_conversation(program: &Program<'_>, person: &str) {
    let part = program.until(&format!("the conversation with {person}"), || {
        [shown(person).as_str(), OF_NORTH_NAME]
            .into_iter()
            .filter(|name| *name != OF_NORTH_NAME || person == OF_NORTH)
            .find_map(|name| {
                let mut rows = program.look_for(&format!("{name}, ")).into_iter();
                rows.find(|row| row.active)
            })
    });
    program.click(&part.name);
}

/// Opens the conversation whose row begins with this.
fn open_row(program: &Program<'_>, name: &str) {
    let row = program.until(&format!("the row of {name}"), || {
        let mut rows = program.look_for(&format!("{name}, ")).into_iter();
        rows.find(|row| row.active)
    });
    program.click(&row.name);
}

fn a_text_by_the_first(program: &Program<'_>, gateways: &Gateways) {
    write_to(program, CENTRE, OF_CENTRE);
    send_text(program, BY_PHONE);
    bubble(program, BY_PHONE, "state-read");
    let expected = [(OF_CENTRE.to_owned(), vec![BY_PHONE.to_owned()])];
    assert_eq!(gateways.went_out()[0], expected);
}

/// Opens the account's templates and takes the one that is found by a part of its name.
fn choose_template(program: &Program<'_>, part: &str) {
    let search = program.desk.words("composer-template-search");
    program.see_where(&search, "with the keyboard", |element| element.is("focused"));
    program.desk.type_text(part);
    program.holds(&search, part);
    program.keys(&["Return"]);
    program.gone(&search);
}

/// Types a value into a parameter of the template.
fn fill(program: &Program<'_>, parameter: &str, value: &str) {
    program.type_over(parameter, value);
    program.holds(parameter, value);
}

fn a_template_with_named_parameters(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    write_to(program, NORTH, OF_NORTH);
    program.click(&desk.words("composer-template-open"));
    choose_template(program, "pedido");
    fill(program, "cliente", "Marina");
    program.keys(&["Return"]);
    let missing = [("name", Value::from("pedido"))];
    program.see_part(&desk.words_with("composer-template-value-missing", &missing));
    // The one that is missing has the keyboard.
    program.see_where("pedido", "with the keyboard", |element| element.is("focused"));
    assert_eq!(gateways.devino.accepted(), []);
    fill(program, "pedido", "1842");
    program.keys(&["Return"]);
    bubble(program, "Olá Marina, o pedido 1842 está pronto.", "state-read");
    let values = vec!["Marina".to_owned(), "1842".to_owned()];
    assert_eq!(gateways.devino.accepted(), [(OF_NORTH.to_owned(), values)]);
}

/// The person answers by text and with a contact card; within the day free text goes.
fn the_person_answers(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    let person = || Contact::new(OF_NORTH, OF_NORTH_NAME);
    let control = &gateways.devino.control;
    control.contact_writes(person(), Said::text("Posso buscar hoje?"));
    program.see_part("Posso buscar hoje?");
    control.contact_writes(person(), Said::contact_card("Jorge Lima", "5511900000049"));
    program.see_part(&shown("5511900000049"));
    program.see_part(&beginning(desk, "window-until", "when"));
    send_text(program, ANSWER);
    bubble(program, ANSWER, "state-read");
}

/// Somebody wrote more than a day ago, and the gateway tells it only now. What was written since, before anybody listened, is
/// not known.
fn after_a_day_perhaps_only_a_template(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    let wrote = SystemTime::now() - DAY_AND_AN_HOUR;
    let since_epoch = wrote.duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let told = serde_json::json!({
        "incomingMessageId": 3_482_512_350_952_730_368_u64, "to": SENDER, "from": LATE_OF_NORTH,
        "profileName": LATE_OF_NORTH_NAME, "text": "Ainda tem?", "ts": u64::try_from(since_epoch.as_millis()).unwrap(),
    });
    let control = &gateways.devino.control;
    control.post_body(None, Some("application/json"), told.to_string());
    open_row(program, LATE_OF_NORTH_NAME);
    program.see_part(&beginning(desk, "window-perhaps-since", "when"));
    program.click(&desk.words("window-use-template"));
    choose_template(program, "pronto");
    fill(program, "cliente", "Rui");
    fill(program, "pedido", "1843");
    program.keys(&["Return"]);
    bubble(program, "Olá Rui, o pedido 1843 está pronto.", "state-read");
    let to_him: Vec<Vec<String>> = gateways
        .devino
        .accepted()
        .into_iter()
        .filter_map(|(to, values)| (to == LATE_OF_NORTH).then_some(values))
        .collect();
    assert_eq!(to_him, [["Rui", "1843"]], "free text was sent");
}

/// Writes down that somebody has listened for days, and that somebody else wrote to the second account in that time.
fn as_if_it_had_listened_for_days(desk: &Desk) {
    let now = Timestamp::now();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let store = Store::open(&desk.data_folder()).await.unwrap();
        let accounts = store.accounts().await.unwrap();
        let north = accounts.iter().find(|account| account.name == NORTH).unwrap();
        store
            .receive(NewDelivery {
                account: north.id,
                received_at: now.minus(DAY_AND_AN_HOUR * 3),
                content_type: None,
                body: None,
                bytes: 0,
                parts: vec![Inbound::Message(Box::new(InboundMessage {
                    gateway_id: "1".to_owned(),
                    from: PhoneNumber::from_digits(LONG_AGO_OF_NORTH).unwrap(),
                    kind: IncomingKind::Text,
                    text: "Bom dia".to_owned(),
                    sender_name: None,
                    address_book_name: None,
                    sent_at: None,
                    place: None,
                    reference: None,
                    mime: None,
                    width: None,
                    height: None,
                    told_bytes: None,
                    thumbnail: None,
                    reply_to: None,
                    content_url: None,
                    content_name: None,
                }))],
            })
            .await
            .unwrap();
        store.listened(now.minus(DAY_AND_AN_HOUR * 3), now).await.unwrap();
        store.close().await;
    });
}

/// Who has not written for a day gets no free text, and that is said before anything is tried.
fn after_a_day_only_a_template(program: &Program<'_>) {
    let desk = program.desk;
    choose_account(program, NORTH);
    program.keys(&["ctrl+1"]);
    open_row(program, LATE_OF_NORTH_NAME);
    program.see_part(&beginning(desk, "window-since", "when"));
    program.paste_over(&desk.words("composer-text"), "Tem sim");
    program.keys(&["Return"]);
    button_that_sends(program, false);
    program.see(&desk.words("window-use-template"));
}

fn a_template_with_a_picture(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    let picture = desk.home().join("Vitrina.png");
    image::RgbImage::from_fn(96, 64, |x, y| image::Rgb([(x * 2) as u8, (y * 3) as u8, 90]))
        .save(&picture)
        .unwrap();
    write_to(program, SOUTH, OF_SOUTH);
    program.click(&desk.words("composer-template-open"));
    choose_template(program, "vitrine");
    fill(program, "cliente", "Lucia");
    program.keys(&["Return"]);
    program.see_part(&desk.words("composer-template-picture-missing"));
    program.click(&desk.words("composer-attach"));
    program.click(&desk.words("composer-attach-path"));
    program.paste_over(&desk.words("composer-path"), picture.to_str().unwrap());
    program.keys(&["Return"]);
    program.gone(&desk.words("composer-path-title"));
    program.see(&desk.words_with("composer-file-remove", &[("name", "Vitrina.png".into())]));
    button_that_sends(program, true);
    fill(program, "cliente", "Lucia");
    program.keys(&["Return"]);
    bubble(program, "Hola Lucia, mira la vitrina nueva", "state-read");
    let record = gateways.decision.control.ledger().messages().remove(0);
    let fetched = record.attachment.unwrap();
    let own: [u8; 32] = Sha256::digest(fs::read(&picture).unwrap()).into();
    assert_eq!(fetched.sha256, own, "another picture");
    let template = record.template.unwrap();
    assert_eq!(
        (template.key.as_str(), template.language.as_str()),
        WINDOW_SHOPPING
    );
    assert_eq!(template.values, ["Lucia"]);
}

fn each_dashboard_shows_what_its_gateway_can(program: &Program<'_>) {
    let desk = program.desk;
    let told = ["dashboard-battery", "dashboard-limit", "dashboard-gateway-queue"];
    let ours = ["dashboard-accepted", "dashboard-problems", "dashboard-delivery"];
    program.keys(&["ctrl+4"]);
    for (account, there, not_there) in [(CENTRE, told, ours), (NORTH, ours, told), (SOUTH, ours, told)] {
        choose_account(program, account);
        program.see(&desk.words("dashboard-connection"));
        for key in there {
            program.see(&desk.words(key));
        }
        for key in not_there {
            assert!(program.look(&desk.words(key)).is_empty(), "{account}: {key}");
        }
    }
    for (account, vendor) in [(NORTH, "Devino"), (SOUTH, "DecisionTelecom")] {
        choose_account(program, account);
        program.keys(&["ctrl+3"]);
        let vendor = [("vendor", Value::from(vendor))];
        program.see_part(&desk.words_with("pairing-not-needed-body", &vendor));
        assert!(program.look(&desk.words("pairing-begin")).is_empty());
        program.keys(&["ctrl+4"]);
        program.see_part(&desk.words("dashboard-problems-none"));
    }
}

/// The answer to a send is lost: nobody knows, until the gateway reports.
fn what_is_unclear_clears_by_itself(program: &Program<'_>, gateways: &Gateways) {
    let desk = program.desk;
    let control = &gateways.devino.control;
    choose_account(program, NORTH);
    program.keys(&["ctrl+1"]);
    open_conversation(program, OF_NORTH);
    bubble(program, ANSWER, "state-read");
    control.hold_queue(true);
    // Until it has struck a message: a question about the credentials may come first.
    control.fault(Function::Send, Fault::ResetAfterReading, Times::Always);
    send_text(program, LOST);
    bubble(program, LOST, "state-unknown");
    control.clear_faults();
    program.keys(&["ctrl+5"]);
    let row = format!("{}, {}", desk.words("queue-state-unknown"), shown(OF_NORTH));
    program.see(&row);
    program.see_part(&desk.words_with("queue-uncertain", &[("count", Value::from(1_u64))]));
    assert!(program.look(&desk.words("queue-at-gateway")).is_empty());
    control.hold_queue(false);
    program.gone(&row);
    program.see(&desk.words("queue-empty"));
    program.keys(&["ctrl+1"]);
    bubble(program, LOST, "state-read");
    let copies = gateways.devino.accepted();
    let copies = copies.iter().filter(|(_, text)| *text == [LOST.to_owned()]);
    assert_eq!(copies.count(), 1);
}
