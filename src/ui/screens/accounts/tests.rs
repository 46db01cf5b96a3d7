use super::AccountsScreen;
use super::bench::{self, Stage, choose, field, press, says, type_into};
use crate::domain::account::{DraftProblem, DraftProblemKind};
use crate::domain::health::PhoneStatus;
use crate::domain::{Connection, GatewayKind, Secret};
use crate::engine::{
    AccountCommand, AccountError, AccountView, Answer, CallError, CallErrorKind, Command, TestResult, Ticket,
};
use crate::secrets::{SecretPlace, SecretStatus};
use crate::ui::context::UiAction;
use crate::ui::screens::Screen;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

type Window = Harness<'static, Stage<AccountsScreen>>;

const TOKEN: &str = "canary-7f3a";

fn stage(accounts: Vec<AccountView>) -> Stage<AccountsScreen> {
    Stage::new(AccountsScreen::ui, accounts)
}

fn window(accounts: Vec<AccountView>) -> Window {
    stage(accounts).in_window(1196.0, 748.0)
}

fn two() -> Vec<AccountView> {
    vec![
        bench::account(1, "Loja Centro", Connection::Ready),
        bench::account(2, "Cobrança", Connection::CredentialsRefused),
    ]
}

/// Begins a new account of the gateway that works with a phone.
fn begin(window: &mut Window) {
    press(window, "Adicionar conta");
    choose(window, "Solutek");
}

fn fill_in(window: &mut Window) {
    type_into(window, "Nome da conta", "Loja Centro");
    type_into(window, "E-mail", "contato@lojacentro.example");
    type_into(window, "Token", TOKEN);
    type_into(window, "ID da aplicação", "48213");
}

fn only_command(window: &mut Window) -> AccountCommand {
    let mut commands = window.state_mut().commands();
    match (commands.pop(), commands.pop()) {
        (Some(Command::Account(command)), None) => command,
        other => panic!("one command about accounts, not {other:?}"),
    }
}

fn test_ticket(window: &mut Window) -> Ticket {
    press(window, "Testar conexão");
    match only_command(window) {
        AccountCommand::Test { ticket, .. } => ticket,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_new_account_is_typed_and_saved_and_its_secret_is_in_no_label() {
    let mut window = window(Vec::new());
    begin(&mut window);
    fill_in(&mut window);
    assert!(!says(&window, TOKEN));
    press(&mut window, "Salvar");
    let AccountCommand::Save { ticket, id, draft } = only_command(&mut window) else {
        panic!("a save")
    };
    assert_eq!((id, draft.gateway), (None, Some(GatewayKind::Solutek)));
    assert_eq!(
        (draft.name.as_str(), draft.default_country.as_str()),
        ("Loja Centro", "BR")
    );
    assert_eq!(draft.fields["token"].reveal(), TOKEN);
    assert_eq!(draft.fields["email"].reveal(), "contato@lojacentro.example");
    assert_eq!(draft.fields["idapp"].reveal(), "48213");
    assert!(!says(&window, TOKEN));

    let saved = bench::account(1, "Loja Centro", Connection::NotChecked);
    let saved_id = saved.account.id;
    window.state_mut().answer(ticket, Answer::Saved(Ok(saved_id)));
    window.run_steps(2);
    window.state_mut().live.accounts.push(saved);
    window.run_steps(3);
    let actions = window.state_mut().taken();
    assert!(
        matches!(actions.first(), Some(UiAction::Toast(_, words)) if words.contains("Loja Centro")),
        "{actions:?}"
    );
    assert!(
        actions
            .iter()
            .any(|action| matches!(action, UiAction::SelectAccount(id) if *id == saved_id))
    );
    assert!(says(&window, "Guardado em: GNOME Keyring"));
    assert!(says(&window, "O próximo passo é parear"));
    assert_eq!(field(&window, "Token").value().unwrap_or_default(), "");
    window
        .get_all_by_role_and_label(Role::Button, "Parear telefone")
        .next()
        .unwrap()
        .click();
    window.run_steps(3);
    assert!(matches!(
        window.state_mut().taken().last(),
        Some(UiAction::Go(Screen::Pairing))
    ));
}

#[test]
fn empty_fields_show_sentences_and_send_nothing() {
    let mut window = window(Vec::new());
    begin(&mut window);
    assert!(!says(&window, "Preencha este campo"), "not before the first try");
    for button in ["Salvar", "Testar conexão"] {
        press(&mut window, button);
        assert!(window.state_mut().commands().is_empty());
    }
    let sentences = window.query_all_by_label("Preencha este campo.").count();
    assert_eq!(sentences, 4, "name, e-mail, token, id");
    assert!(field(&window, "Nome da conta").is_focused());
    type_into(&mut window, "Nome da conta", "x");
    assert_eq!(window.query_all_by_label("Preencha este campo.").count(), 3);
    let long = "x".repeat(61);
    type_into(&mut window, "Nome da conta", &long);
    assert!(says(&window, "no máximo 60 caracteres"));
}

#[test]
fn what_the_engine_refuses_stands_beside_its_field_until_it_is_changed() {
    let mut window = window(Vec::new());
    begin(&mut window);
    fill_in(&mut window);
    let ticket = test_ticket(&mut window);
    let problem = DraftProblem {
        field: "email".to_owned(),
        kind: DraftProblemKind::NotAnEmail,
    };
    let refused = Answer::Tested(Err(AccountError::Fields(vec![problem])));
    window.state_mut().answer(ticket, refused);
    window.run_steps(3);
    assert!(says(&window, "não é um endereço de e-mail"));
    assert!(field(&window, "E-mail").is_focused());
    type_into(&mut window, "E-mail", "x");
    assert!(!says(&window, "não é um endereço de e-mail"));
}

#[test]
fn a_paste_loses_its_blanks() {
    let mut window = window(Vec::new());
    begin(&mut window);
    field(&window, "Token").focus();
    window.run_steps(2);
    window.event(egui::Event::Paste(format!(" \u{feff}{TOKEN}\n ")));
    window.run_steps(3);
    assert_eq!(
        field(&window, "Token").value().unwrap().chars().count(),
        TOKEN.len()
    );
}

#[test]
fn a_stored_secret_is_shown_only_while_reveal_is_held() {
    let mut window = window(two());
    assert!(says(&window, "Guardado em: GNOME Keyring. Digite para trocar."));
    let eye = window
        .get_by_role_and_label(Role::Button, "Mostrar Token enquanto pressionado")
        .rect()
        .center();
    window.hover_at(eye);
    window.drag_at(eye);
    window.run_steps(3);
    let AccountCommand::Reveal {
        ticket,
        id,
        field: key,
    } = only_command(&mut window)
    else {
        panic!("a reveal")
    };
    assert_eq!((id, key), (window.state().live.accounts[0].account.id, "token"));
    window
        .state_mut()
        .answer(ticket, Answer::Revealed(Ok(Secret::new(TOKEN.to_owned()))));
    window.run_steps(3);
    assert_eq!(field(&window, "Token").value().as_deref(), Some(TOKEN));
    window.drop_at(eye);
    window.run_steps(4);
    assert!(!says(&window, TOKEN));
    assert!(window.state_mut().commands().is_empty(), "asked once");
    assert!(!says(&window, "Alterações não salvas"), "looking is no change");
}

#[test]
fn the_space_bar_reveals_what_is_being_typed() {
    let mut window = window(Vec::new());
    begin(&mut window);
    type_into(&mut window, "Token", TOKEN);
    let name = "Mostrar Token enquanto pressionado";
    window.get_by_role_and_label(Role::Button, name).focus();
    window.run_steps(2);
    assert!(!says(&window, TOKEN));
    window.key_down(egui::Key::Space);
    window.run_steps(3);
    assert!(says(&window, TOKEN));
    window.key_up(egui::Key::Space);
    window.run_steps(3);
    assert!(!says(&window, TOKEN));
    assert!(
        window.state_mut().commands().is_empty(),
        "nothing stored is asked for"
    );
}

#[test]
fn a_secret_that_comes_too_late_is_dropped() {
    let mut window = window(two());
    let eye = window
        .get_by_role_and_label(Role::Button, "Mostrar Token enquanto pressionado")
        .rect()
        .center();
    window.hover_at(eye);
    window.drag_at(eye);
    window.run_steps(3);
    let AccountCommand::Reveal { ticket, .. } = only_command(&mut window) else {
        panic!("a reveal")
    };
    window.drop_at(eye);
    window.run_steps(3);
    window
        .state_mut()
        .answer(ticket, Answer::Revealed(Ok(Secret::new(TOKEN.to_owned()))));
    window.run_steps(2);
    assert!(!says(&window, TOKEN));
    assert!(
        window.state().model.take_answer(ticket).is_none(),
        "taken and let go"
    );
}

#[test]
fn what_a_test_found_is_said() {
    let phone = |paired, online| {
        Ok(TestResult {
            phone: Some(PhoneStatus {
                paired,
                online,
                ..bench::reception(online)
            }),
        })
    };
    let results = [
        (phone(true, true), "Pronto: Recepção (+55 11 90000-0012)"),
        (
            phone(true, false),
            "Recepção (+55 11 90000-0012) está sem internet",
        ),
        (phone(false, false), "falta parear um telefone"),
        (Ok(TestResult { phone: None }), "As credenciais funcionam"),
    ];
    for (result, words) in results {
        let mut window = window(two());
        let ticket = test_ticket(&mut window);
        window.state_mut().answer(ticket, Answer::Tested(result));
        window.run_steps(3);
        assert!(says(&window, words), "{words}");
    }
}

#[test]
fn every_failure_of_a_test_is_put_into_words() {
    let titles = [
        "O gateway não foi alcançado",
        "O gateway recusou as credenciais",
        "A credencial guardada não pôde ser lida",
        "O gateway pediu para esperar",
        "O gateway disse não",
        "A resposta do gateway não dá para entender",
        "Este gateway não tem como testar",
        "O banco de dados não conseguiu gravar",
    ];
    assert_eq!(titles.len(), CallErrorKind::ALL.len());
    for (kind, title) in CallErrorKind::ALL.iter().zip(titles) {
        let mut window = window(two());
        let ticket = test_ticket(&mut window);
        let error = AccountError::Call(CallError {
            kind: *kind,
            words: "palavras do gateway".to_owned(),
        });
        window.state_mut().answer(ticket, Answer::Tested(Err(error)));
        window.run_steps(3);
        assert!(says(&window, title), "{title}");
        assert!(says(&window, "Foi dito: palavras do gateway"));
    }
    for (error, title) in [
        (
            AccountError::Secrets(crate::secrets::SecretError::Failed("x".into())),
            "a credencial não pôde ser guardada",
        ),
        (AccountError::Store("x".into()), "A conta não pôde ser salva"),
    ] {
        let mut window = window(two());
        type_into(&mut window, "Nome da conta", "!");
        press(&mut window, "Salvar");
        let AccountCommand::Save { ticket, .. } = only_command(&mut window) else {
            panic!("a save")
        };
        window.state_mut().answer(ticket, Answer::Saved(Err(error)));
        window.run_steps(3);
        assert!(says(&window, title), "{title}");
        assert!(says(&window, "Alterações não salvas"), "nothing typed is lost");
    }
}

#[test]
fn an_answer_about_other_values_is_not_shown() {
    let mut window = window(two());
    let ticket = test_ticket(&mut window);
    type_into(&mut window, "ID da aplicação", "9");
    window
        .state_mut()
        .answer(ticket, Answer::Tested(Ok(TestResult { phone: None })));
    window.run_steps(3);
    assert!(!says(&window, "As credenciais funcionam"));
}

#[test]
fn a_change_keeps_the_stored_secret() {
    let mut window = window(two());
    type_into(&mut window, "Nome da conta", " 2");
    press(&mut window, "Salvar");
    let AccountCommand::Save { id, draft, .. } = only_command(&mut window) else {
        panic!("a save")
    };
    assert_eq!(id, Some(window.state().live.accounts[0].account.id));
    assert!(draft.fields["token"].is_empty());
    assert_eq!(draft.name, "Loja Centro 2");
}

#[test]
fn removing_names_the_account_and_keeps_its_history_unless_asked() {
    for with_history in [false, true] {
        let mut window = window(two());
        press(&mut window, "Remover…");
        assert!(says(&window, "Remover a conta Loja Centro?"));
        assert!(says(&window, "GNOME Keyring"));
        assert!(window.state_mut().commands().is_empty());
        if with_history {
            window
                .get_by_role_and_label(Role::Switch, "Apagar também conversas e mensagens")
                .click();
            window.run_steps(3);
        }
        press(&mut window, "Remover Loja Centro");
        let first = window.state().live.accounts[0].account.id;
        let command = only_command(&mut window);
        assert!(
            matches!(command, AccountCommand::Remove { id, with_history: asked } if id == first && asked == with_history)
        );
        window.state_mut().live.accounts.remove(0);
        window.state_mut().chosen = None;
        window.run_steps(3);
        assert!(
            window
                .query_by_role_and_label(Role::TextInput, "E-mail")
                .is_none()
        );
    }
    let mut window = window(two());
    press(&mut window, "Remover…");
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(!says(&window, "Remover a conta Loja Centro?"));
    assert!(window.state_mut().commands().is_empty());
}

#[test]
fn leaving_something_typed_is_asked_about() {
    let mut window = window(two());
    type_into(&mut window, "Nome da conta", " nova");
    press(&mut window, "Cobrança, Solutek, Credenciais recusadas");
    assert!(says(&window, "Descartar as alterações?"));
    // The keyboard begins at the harmless one.
    assert!(
        window
            .get_by_role_and_label(Role::Button, "Continuar editando")
            .is_focused()
    );
    press(&mut window, "Continuar editando");
    assert_eq!(
        field(&window, "Nome da conta").value().as_deref(),
        Some("Loja Centro nova")
    );
    press(&mut window, "Cobrança, Solutek, Credenciais recusadas");
    press(&mut window, "Descartar alterações");
    assert_eq!(
        field(&window, "Nome da conta").value().as_deref(),
        Some("Cobrança")
    );
    press(&mut window, "Loja Centro, Solutek, Pronto");
    assert_eq!(
        field(&window, "Nome da conta").value().as_deref(),
        Some("Loja Centro")
    );
}

#[test]
fn another_account_chosen_elsewhere_is_followed() {
    let mut window = window(two());
    let second = window.state().live.accounts[1].account.id;
    window.state_mut().chosen = Some(second);
    window.run_steps(3);
    assert_eq!(
        field(&window, "Nome da conta").value().as_deref(),
        Some("Cobrança")
    );
    window.state_mut().change(1, |view| {
        Arc::make_mut(&mut view.account).name = "Cobrança 2".to_owned();
    });
    window.run_steps(2);
    assert_eq!(
        field(&window, "Nome da conta").value().as_deref(),
        Some("Cobrança 2"),
        "what changed elsewhere shows while nothing is typed"
    );
}

#[test]
fn sending_is_paused_and_resumed() {
    let mut window = window(two());
    press(&mut window, "Pausar envios");
    let first = window.state().live.accounts[0].account.id;
    let is = |command: AccountCommand, wanted: bool| matches!(command, AccountCommand::SetPaused { id, paused } if id == first && paused == wanted);
    assert!(is(only_command(&mut window), true));
    window
        .state_mut()
        .change(0, |view| Arc::make_mut(&mut view.account).paused = true);
    window.run_steps(2);
    assert!(says(&window, "Pausada"));
    press(&mut window, "Retomar envios");
    assert!(is(only_command(&mut window), false));
}

#[test]
fn the_address_must_be_encrypted_and_any_country_goes_by_its_code() {
    let mut window = window(two());
    press(&mut window, "Avançado: endereço do gateway, país");
    assert!(says(&window, "sempre verificada"));
    type_into(&mut window, "Endereço do gateway", "http://gateway.example/");
    press(&mut window, "Salvar");
    assert!(window.state_mut().commands().is_empty());
    assert!(says(&window, "Sem https as credenciais viajariam legíveis"));
    window
        .get_by_role_and_label(Role::ComboBox, "País dos números sem +")
        .click();
    window.run_steps(4);
    window.get_by_label("Outro país…").scroll_to_me();
    window.run_steps(3);
    window.get_by_label("Outro país…").click();
    window.run_steps(4);
    type_into(&mut window, "Código do país", "pt");
    assert_eq!(field(&window, "Código do país").value().as_deref(), Some("PT"));
}

#[test]
fn where_secrets_are_kept_is_said() {
    let with = |status| {
        let mut stage = stage(two());
        stage.live.secrets = status;
        stage.in_window(1196.0, 748.0)
    };
    let said = [
        (SecretStatus::Checking, "Procurando o chaveiro"),
        (ready(SecretPlace::Keyring, ""), "ficam no chaveiro do sistema."),
        (ready(SecretPlace::Vault, "cofre.bin"), "no cofre (cofre.bin)"),
        (ready(SecretPlace::Session, ""), "somem ao fechar o programa"),
    ];
    for (status, words) in said {
        assert!(says(&with(status), words), "{words}");
    }
    let absent = SecretStatus::Absent {
        words: "no bus".to_owned(),
    };
    let window = with(absent);
    assert!(says(&window, "não tem chaveiro"));
    assert!(
        says(&window, "não pode ser lido agora"),
        "beside the field of the secret"
    );
}

fn ready(place: SecretPlace, name: &str) -> SecretStatus {
    SecretStatus::Ready {
        place,
        name: name.to_owned(),
    }
}

#[test]
fn list_and_form_take_turns_where_it_is_narrow() {
    let mut stage = stage(two());
    stage.narrow = true;
    let mut window = stage.in_window(816.0, 548.0);
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "E-mail")
            .is_none()
    );
    press(&mut window, "Loja Centro, Solutek, Pronto");
    assert!(field(&window, "E-mail").value().is_some());
    assert!(
        window
            .query_by_role_and_label(Role::Button, "Cobrança, Solutek, Credenciais recusadas")
            .is_none()
    );
    press(&mut window, "Contas");
    assert!(
        window
            .query_by_role_and_label(Role::TextInput, "E-mail")
            .is_none()
    );
}

#[test]
fn every_language_and_a_longer_one_can_be_drawn() {
    use crate::ui::text::{Language, Localizer};
    for text in [
        Localizer::new(Language::Spanish),
        Localizer::new(Language::English),
        Localizer::pseudo(Language::Portuguese),
    ] {
        let mut stage = stage(two());
        stage.text = text;
        let mut window = stage.in_window(1196.0, 748.0);
        window.run_steps(2);
        assert!(window.query_all_by_role(Role::TextInput).count() >= 3);
    }
}

#[test]
fn an_account_that_cannot_be_read_asks_for_its_secret_again() {
    let account = bench::account(1, "Loja Centro", Connection::CredentialsMissing);
    let window = window(vec![account]);
    assert!(says(&window, "Não pode ser lido neste computador"));
    assert!(!says(&window, "Guardado em"));
}
