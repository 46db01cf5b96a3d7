//! Adding an account with the keyboard, and what the screen says when the gateway is not what it should be.

use crate::played::{APPLICATION, EMAIL, Played, TOKEN};
use crate::window::{Desk, Program};
use recado::simulator::{Endpoint, Fault, Times};
use std::net::TcpListener;

/// Chooses the gateway of a new account by its name.
pub fn choose_gateway(program: &Program<'_>, vendor: &str) {
    program.until(&format!("{vendor} as the gateway that is chosen"), || {
        program.click(vendor);
        let mut found = program.look(vendor).into_iter();
        found.find(|element| element.is("checked"))
    });
}

/// Fills in the form of a new account, as somebody does who has the credentials in another window.
pub fn fill_in(program: &Program<'_>, name: &str, address: &str) {
    let words = |key: &str| program.desk.words(key);
    program.press(&words("accounts-empty-action"));
    choose_gateway(program, "Solutek");
    program.type_over(&words("accounts-name"), name);
    program.holds(&words("accounts-name"), name);
    program.type_over(&words("credential-email"), EMAIL);
    program.holds(&words("credential-email"), EMAIL);
    // Copied with a blank too much, as it happens.
    program.paste_over(&words("credential-token"), &format!(" {TOKEN}\n"));
    program.type_over(&words("credential-idapp"), APPLICATION);
    program.holds(&words("credential-idapp"), APPLICATION);
    program.press(&words("accounts-advanced"));
    program.type_over(&words("accounts-base-url"), address);
    program.holds(&words("accounts-base-url"), address);
}

#[test]
fn a_gateway_that_is_none_is_said_in_sentences() {
    let Some(desk) = Desk::start() else { return };
    let played = Played::start();
    let program = desk.open(&desk.data_folder());
    // A port of this computer on which nobody listens.
    let nobody = {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}/", listener.local_addr().unwrap())
    };
    fill_in(&program, "Loja", &nobody);
    let test = desk.words("accounts-test");
    let says = |key: &str| {
        program.see_part(&desk.words(key));
        program.see_part(&desk.words(&format!("{key}-body")));
    };
    program.press(&test);
    says("accounts-call-unreachable");

    program.type_over(&desk.words("accounts-base-url"), &played.address());
    played
        .control
        .fault(Endpoint::Status, Fault::HtmlInstead, Times::Always);
    program.press(&test);
    says("accounts-call-unreadable");

    played.control.clear_faults();
    played.control.refuse_credentials(true);
    program.press(&test);
    says("accounts-call-credentials-refused");

    played.control.refuse_credentials(false);
    program.press(&test);
    says("accounts-test-must-pair");
    assert!(desk.secrets().is_empty(), "kept before it was saved");
    assert!(program.close().success());
}
