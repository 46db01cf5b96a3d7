//! Accounts of every gateway: which fields they ask for, and what is said of what calls here.

use super::AccountsScreen;
use super::bench::{self, Stage, choose, field, press, says, type_into};
use crate::domain::{Connection, GatewayKind};
use crate::engine::{
    AccountCommand, AccountError, AccountView, Answer, CallError, CallErrorKind, Command, TestResult,
};
use crate::gateway::AUTH_FORM;
use crate::ui::text::{Language, Localizer};
use crate::ui::theme::Theme;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

type Window = Harness<'static, Stage<AccountsScreen>>;

const KEY: &str = "canary-51cd";

fn stage(accounts: Vec<AccountView>) -> Stage<AccountsScreen> {
    Stage::new(AccountsScreen::ui, accounts)
}

fn window(accounts: Vec<AccountView>) -> Window {
    let mut window = stage(accounts).in_window(1_196.0, 1_400.0);
    window.run_steps(3);
    // A page of an account with templates asks for them.
    window.state_mut().taken();
    window
}

fn has(window: &Window, name: &str) -> bool {
    let is = |role| window.query_by_role_and_label(role, name).is_some();
    is(Role::TextInput) || is(Role::PasswordInput)
}

fn new_of(vendor: &str) -> Window {
    let mut window = window(Vec::new());
    press(&mut window, "Adicionar conta");
    choose(&mut window, vendor);
    window
}

fn choose_form(window: &mut Window, name: &str) {
    let combo = "Como as credenciais são enviadas";
    window.get_by_role_and_label(Role::ComboBox, combo).click();
    window.run_steps(4);
    window.get_by_label(name).click();
    window.run_steps(4);
}

fn account_command(window: &mut Window) -> AccountCommand {
    let commands = window.state_mut().commands();
    let found = commands.into_iter().find_map(|command| match command {
        Command::Account(command) => Some(command),
        _ => None,
    });
    found.expect("a command about the account")
}

#[test]
fn a_gateway_is_chosen_before_anything_is_asked() {
    let mut window = window(Vec::new());
    press(&mut window, "Adicionar conta");
    for name in ["Token", "Chave de acesso", "Remetente"] {
        assert!(!has(&window, name), "{name}");
    }
    press(&mut window, "Salvar");
    assert!(window.state_mut().commands().is_empty());
    let fields = [
        ("Solutek", ["E-mail", "Token", "ID da aplicação"].as_slice()),
        ("Devino", &["Chave de acesso", "Remetente"]),
        ("DecisionTelecom", &["Chave de acesso", "Remetente"]),
    ];
    for (vendor, wanted) in fields {
        choose(&mut window, vendor);
        for name in [
            "E-mail",
            "Token",
            "ID da aplicação",
            "Chave de acesso",
            "Remetente",
            "Login",
            "Senha",
        ] {
            assert_eq!(has(&window, name), wanted.contains(&name), "{name} of {vendor}");
        }
        let others = ["Solutek", "Devino", "DecisionTelecom"];
        for other in others.into_iter().filter(|other| *other != vendor) {
            let help = format!("da {other}");
            assert!(!says(&window, &help), "{other} is named in the form of {vendor}");
        }
    }
}

#[test]
fn only_the_credentials_of_the_chosen_way_are_asked_and_sent() {
    let mut window = new_of("Devino");
    type_into(&mut window, "Nome da conta", "Campanhas");
    type_into(&mut window, "Chave de acesso", KEY);
    type_into(&mut window, "Remetente", "LojaCentro");
    choose_form(&mut window, "Login e senha");
    assert!(!has(&window, "Chave de acesso") && has(&window, "Login") && has(&window, "Senha"));
    press(&mut window, "Testar conexão");
    assert!(window.state_mut().commands().is_empty());
    let sentences = window.query_all_by_label("Preencha este campo.").count();
    assert_eq!(sentences, 2, "login and password, not the key");
    type_into(&mut window, "Login", "loja");
    type_into(&mut window, "Senha", "canary-9b");
    press(&mut window, "Testar conexão");
    let AccountCommand::Test { ticket, draft, .. } = account_command(&mut window) else {
        panic!("a test")
    };
    assert_eq!(draft.gateway, Some(GatewayKind::Devino));
    assert_eq!(draft.fields[AUTH_FORM].reveal(), "login");
    assert_eq!(draft.fields["password"].reveal(), "canary-9b");
    assert!(!draft.fields.contains_key("key"), "the key is not sent along");
    let good = Answer::Tested(Ok(TestResult { phone: None }));
    window.state_mut().answer(ticket, good);
    window.run_steps(3);
    assert!(says(&window, "As credenciais funcionam"));
    assert!(!says(&window, "parear um telefone"));
}

#[test]
fn what_was_typed_for_one_gateway_does_not_go_to_another() {
    let mut window = new_of("Devino");
    type_into(&mut window, "Nome da conta", "Campanhas");
    type_into(&mut window, "Chave de acesso", KEY);
    choose(&mut window, "DecisionTelecom");
    assert_eq!(field(&window, "Chave de acesso").value().unwrap_or_default(), "");
    assert_eq!(
        field(&window, "Nome da conta").value().as_deref(),
        Some("Campanhas")
    );
    type_into(&mut window, "Chave de acesso", "another");
    type_into(&mut window, "Remetente", "Loja");
    press(&mut window, "Salvar");
    let AccountCommand::Save { draft, .. } = account_command(&mut window) else {
        panic!("a save")
    };
    assert_eq!(draft.fields["key"].reveal(), "another");
    assert_eq!(draft.fields[AUTH_FORM].reveal(), "key-basic");
}

#[test]
fn a_saved_account_keeps_the_secrets_of_its_way_and_asks_for_those_of_another() {
    let view = bench::account_of(1, "Campanhas", GatewayKind::Devino);
    let mut window = window(vec![view]);
    assert!(says(&window, "Guardado em: GNOME Keyring"));
    assert!(!says(&window, "Alterações não salvas"));
    choose_form(&mut window, "Login e senha");
    assert!(says(&window, "Alterações não salvas"));
    assert!(
        !says(&window, "Guardado em: GNOME Keyring"),
        "there is no password yet"
    );
    press(&mut window, "Salvar");
    let sentences = window.query_all_by_label("Preencha este campo.").count();
    assert_eq!(sentences, 2);
    choose_form(&mut window, "Chave de acesso");
    assert!(!says(&window, "Alterações não salvas"));
}

#[test]
fn what_calls_here_is_said_by_what_the_gateway_can_do() {
    let said = |gateway| window(vec![bench::account_of(1, "Campanhas", gateway)]);
    let solutek = said(GatewayKind::Solutek);
    assert!(says(&solutek, "Cole este endereço no painel da Solutek"));
    let devino = said(GatewayKind::Devino);
    assert!(says(&devino, "Cada mensagem diz por si à Devino"));
    assert!(says(&devino, "suporte da Devino"));
    assert!(says(&devino, "aqui não se sabe o que foi feito"));
    let mut decision = said(GatewayKind::DecisionTelecom);
    assert!(says(&decision, "não é preciso cadastrar nada"));
    assert!(says(&decision, "só é perguntado daqui"));
    assert!(!says(&decision, "suporte da"));
    let state = decision.state_mut();
    let mut settings = (*state.live.settings).clone();
    settings.public_url = Some("https://recado.example".to_owned());
    state.live.settings = Arc::new(settings);
    state.change(0, |view| view.inbox.path = "/w/0".to_owned());
    decision.run_steps(3);
    assert!(
        !says(&decision, "https://recado.example/w/0"),
        "nobody has to enter it"
    );
    assert!(!says(&decision, "Sem endereço público"));
}

#[test]
fn a_gateway_of_this_computer_needs_no_public_address() {
    let mut window = window(vec![bench::account_of(1, "Campanhas", GatewayKind::Devino)]);
    assert!(says(&window, "Sem endereço público"));
    window.state_mut().change(0, |view| {
        let mut account = (*view.account).clone();
        account.base_url = Some("http://127.0.0.1:9/".to_owned());
        view.account = Arc::new(account);
    });
    window.run_steps(3);
    assert!(!says(&window, "Sem endereço público"));
    assert!(says(&window, "Cada mensagem diz por si à Devino"));
}

#[test]
fn an_account_without_a_phone_answers_and_says_so() {
    let view = bench::account_of(1, "Campanhas", GatewayKind::DecisionTelecom);
    assert_eq!(view.health.connection, Connection::Answers);
    let mut window = window(vec![view]);
    assert!(says(&window, "Gateway responde"));
    assert!(!says(&window, "Parear telefone"));
    press(&mut window, "Remover…");
    assert!(says(&window, "Na DecisionTelecom nada muda."));
}

#[test]
fn pictures_of_every_gateway_for_the_eye() {
    let Ok(folder) = std::env::var("RECADO_PICTURES") else {
        return;
    };
    std::fs::create_dir_all(&folder).unwrap();
    for (gateway, language, dark, width) in [
        (GatewayKind::Devino, Language::Portuguese, false, 1_196.0_f32),
        (GatewayKind::DecisionTelecom, Language::English, true, 1_196.0),
        (GatewayKind::Devino, Language::Spanish, false, 560.0),
    ] {
        let mut stage = stage(vec![bench::account_of(1, "Campanhas", gateway)]);
        stage.theme = Theme::new(dark);
        stage.text = Localizer::new(language);
        stage.narrow = width < 1_000.0;
        stage.screen.form_shown = true;
        let picture = bench::picture(&mut stage, width, 1_000.0, 1.0);
        let name = format!("{folder}/account-{}-{}.png", gateway.key(), language.key());
        picture.save(name).unwrap();
        // And a new one.
        stage.screen = AccountsScreen::default();
        stage.live.accounts.clear();
        stage.chosen = None;
        let mut harness = stage.in_window(width, 1_000.0);
        harness.run_steps(3);
        let add = harness.state().text.get("accounts-empty-action");
        if let Some(button) = harness.query_by_role_and_label(Role::Button, &add) {
            button.click();
            harness.run_steps(3);
            choose(&mut harness, crate::gateway::capabilities(gateway).vendor);
        }
        let picture = bench::picture(harness.state_mut(), width, 1_000.0, 1.0);
        let name = format!("{folder}/account-new-{}-{}.png", gateway.key(), language.key());
        picture.save(name).unwrap();
    }
}

/// Types a new account of Devino and presses *Save*; the ticket of the saving.
fn saving(window: &mut Window) -> crate::engine::Ticket {
    choose(window, "Devino");
    type_into(window, "Nome da conta", "Campanhas");
    type_into(window, "Chave de acesso", KEY);
    type_into(window, "Remetente", "LojaCentro");
    press(window, "Salvar");
    match account_command(window) {
        AccountCommand::Save { ticket, .. } => ticket,
        other => panic!("a save, not {other:?}"),
    }
}

#[test]
fn the_first_account_may_be_there_before_its_saving_is_answered() {
    let mut window = window(Vec::new());
    press(&mut window, "Adicionar conta");
    let ticket = saving(&mut window);
    let saved = bench::account_of(1, "Campanhas", GatewayKind::Devino);
    let id = saved.account.id;
    window.state_mut().live.accounts.push(saved);
    window.state_mut().chosen = Some(id);
    window.run_steps(3);
    assert!(
        !says(&window, "Descartar as alterações?"),
        "nothing typed would be lost"
    );
    window.state_mut().answer(ticket, Answer::Saved(Ok(id)));
    window.run_steps(3);
    assert!(!says(&window, "Descartar as alterações?"));
    assert!(says(&window, "Conta salva") && says(&window, "Guardado em: GNOME Keyring"));
}

#[test]
fn a_form_opened_after_saving_stays_when_the_saved_account_comes() {
    let mut window = window(vec![bench::account_of(1, "Loja", GatewayKind::DecisionTelecom)]);
    press(&mut window, "Adicionar");
    let ticket = saving(&mut window);
    let saved = bench::account_of(2, "Campanhas", GatewayKind::Devino);
    let id = saved.account.id;
    window.state_mut().answer(ticket, Answer::Saved(Ok(id)));
    window.run_steps(3);
    press(&mut window, "Adicionar");
    window.state_mut().live.accounts.push(saved);
    window.run_steps(4);
    assert_eq!(window.state().chosen, Some(id), "what was saved is chosen");
    let name = field(&window, "Nome da conta").value().unwrap_or_default();
    assert_eq!(name, "", "the form of the new one is still there");
    assert!(!says(&window, "Descartar as alterações?"));
}

#[test]
fn what_is_opened_below_the_window_comes_into_sight() {
    let mut window =
        stage(vec![bench::account_of(1, "Campanhas", GatewayKind::Devino)]).in_window(1_196.0, 600.0);
    window.run_steps(3);
    press(&mut window, "Avançado: endereço do gateway, país");
    window.run_steps(8);
    let bottom = field(&window, "Endereço do gateway").rect().bottom();
    assert!(bottom < 600.0, "it ends at {bottom}");
}

#[test]
fn refused_credentials_lead_to_the_other_ways_of_sending_them() {
    let mut window = new_of("DecisionTelecom");
    type_into(&mut window, "Nome da conta", "Clínica");
    type_into(&mut window, "Chave de acesso", KEY);
    type_into(&mut window, "Remetente", "LojaCentro");
    press(&mut window, "Testar conexão");
    let AccountCommand::Test { ticket, .. } = account_command(&mut window) else {
        panic!("a test")
    };
    let refused = AccountError::Call(CallError {
        kind: CallErrorKind::CredentialsRefused,
        words: "Unauthorized".to_owned(),
    });
    window.state_mut().answer(ticket, Answer::Tested(Err(refused)));
    window.run_steps(3);
    assert!(says(
        &window,
        "escolha outra forma em “Como as credenciais são enviadas”"
    ));
}
