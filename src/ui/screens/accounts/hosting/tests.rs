use super::super::AccountsScreen;
use super::super::bench::{self, Stage, everything, field, press, says, type_into};
use crate::domain::account::DraftProblemKind;
use crate::domain::hosting::{
    AttachmentHosting, FetchProblem, HostingError, HostingTest, StorageConfig, StorageHint, StorageKeys,
    StorageProblem,
};
use crate::domain::{Connection, Secret};
use crate::engine::{
    AccountCommand, AccountView, Answer, AttachmentCommand, Command, ListenerState, Live, Ticket,
};
use crate::ui::context::UiAction;
use crate::ui::screens::Screen;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

type Window = Harness<'static, Stage<AccountsScreen>>;

const ACCESS: &str = "canary-access-19c2";
const SECRET: &str = "canary-secret-8d41";

const LISTENER: &str = "Este computador";
const STORAGE: &str = "Armazenamento compatível com S3";
const ADDRESS: &str = "Só endereços https";

fn config() -> StorageConfig {
    StorageConfig {
        endpoint: "https://s3.example".to_owned(),
        bucket: "recado".to_owned(),
        region: "us-east-1".to_owned(),
        prefix: "loja".to_owned(),
        path_style: true,
    }
}

fn with_hosting(hosting: AttachmentHosting) -> AccountView {
    let mut view = bench::account(1, "Loja Centro", Connection::Ready);
    Arc::make_mut(&mut view.account).hosting = hosting;
    view
}

fn stage(hosting: AttachmentHosting) -> Stage<AccountsScreen> {
    let second = bench::account(2, "Cobrança", Connection::Ready);
    Stage::new(AccountsScreen::ui, vec![with_hosting(hosting), second])
}

fn listening(live: &mut Live, public_url: Option<&str>) {
    live.listener.state = ListenerState::Listening("127.0.0.1:48123".parse().unwrap());
    Arc::make_mut(&mut live.settings).public_url = public_url.map(str::to_owned);
}

fn window(hosting: AttachmentHosting) -> Window {
    let mut stage = stage(hosting);
    listening(&mut stage.live, Some("https://recado.example"));
    // High enough for everything: what is scrolled out of sight cannot be clicked.
    stage.in_window(1_196.0, 2_400.0)
}

fn choose(window: &mut Window, place: &str) {
    window.get_by_role_and_label(Role::RadioButton, place).click();
    window.run_steps(4);
}

fn fill_in(window: &mut Window) {
    choose(window, STORAGE);
    type_into(window, "Endereço do serviço", "https://s3.example");
    type_into(window, "Bucket", "recado");
    type_into(window, "Região", "us-east-1");
    type_into(window, "Chave de acesso", ACCESS);
    type_into(window, "Chave secreta", SECRET);
    type_into(window, "Pasta no bucket (opcional)", "/loja/");
}

fn only_command(window: &mut Window) -> AttachmentCommand {
    let mut commands = window.state_mut().commands();
    match (commands.pop(), commands.pop()) {
        (Some(Command::Attachment(command)), None) => command,
        other => panic!("one command about attachments, not {other:?}"),
    }
}

fn saved(window: &mut Window) -> (Ticket, AttachmentHosting, Option<StorageKeys>) {
    press(window, "Salvar lugar");
    match only_command(window) {
        AttachmentCommand::SetHosting {
            ticket,
            account,
            hosting,
            keys,
        } => {
            assert_eq!(account, window.state().live.accounts[0].account.id);
            (ticket, hosting, keys)
        }
        other => panic!("{other:?}"),
    }
}

fn tested(window: &mut Window) -> (Ticket, AttachmentHosting, Option<StorageKeys>) {
    press(window, "Testar lugar");
    match only_command(window) {
        AttachmentCommand::TestHosting {
            ticket,
            hosting,
            keys,
            ..
        } => (ticket, hosting, keys),
        other => panic!("{other:?}"),
    }
}

fn answer(window: &mut Window, ticket: Ticket, answer: Answer) {
    window.state_mut().answer(ticket, answer);
    window.run_steps(4);
}

/// Clicks one of the other accounts in the list.
fn leave(window: &mut Window) {
    press(window, "Cobrança, Solutek, Pronto");
}

#[test]
fn each_place_is_chosen_and_saved() {
    for (from, place, wanted) in [
        (
            AttachmentHosting::Listener,
            ADDRESS,
            AttachmentHosting::AddressOnly,
        ),
        (
            AttachmentHosting::AddressOnly,
            LISTENER,
            AttachmentHosting::Listener,
        ),
        (
            AttachmentHosting::Storage(config()),
            LISTENER,
            AttachmentHosting::Listener,
        ),
    ] {
        let mut window = window(from);
        assert!(!says(&window, "Alterações não salvas"));
        choose(&mut window, place);
        assert!(says(&window, "Alterações não salvas"));
        let (ticket, hosting, keys) = saved(&mut window);
        assert_eq!(hosting, wanted);
        assert!(keys.is_none());
        answer(&mut window, ticket, Answer::HostingSaved(Ok(())));
        assert!(!says(&window, "Alterações não salvas"));
        let toasts = window.state_mut().taken();
        assert!(
            matches!(toasts.as_slice(), [UiAction::Toast(_, words)] if words.contains("Loja Centro")),
            "{toasts:?}"
        );
    }
}

#[test]
fn storage_is_typed_and_saved_and_its_keys_are_in_no_text_at_all() {
    let mut window = window(AttachmentHosting::Listener);
    fill_in(&mut window);
    assert!(
        says(&window, "Será guardada em: GNOME Keyring"),
        "before it is kept"
    );
    press(&mut window, "Salvar lugar");
    let commands = window.state_mut().commands();
    let told = format!("{commands:?}");
    assert!(!told.contains("canary"), "{told}");
    let [
        Command::Attachment(AttachmentCommand::SetHosting {
            ticket,
            hosting,
            keys: Some(keys),
            ..
        }),
    ] = commands.as_slice()
    else {
        panic!("{told}")
    };
    assert_eq!(
        *hosting,
        AttachmentHosting::Storage(config()),
        "slashes around the prefix go"
    );
    assert_eq!(
        (keys.access_key.reveal(), keys.secret_key.reveal()),
        (ACCESS, SECRET)
    );
    assert!(everything(&window).iter().all(|text| !text.contains("canary")));

    let ticket = *ticket;
    window.state_mut().change(0, |view| {
        Arc::make_mut(&mut view.account).hosting = AttachmentHosting::Storage(config());
    });
    answer(&mut window, ticket, Answer::HostingSaved(Ok(())));
    assert_eq!(field(&window, "Chave secreta").value().as_deref(), Some(""));
    assert_eq!(
        field(&window, "Pasta no bucket (opcional)").value().as_deref(),
        Some("loja")
    );
    assert!(says(&window, "Guardado em: GNOME Keyring"));
    assert!(says(&window, "No armazenamento"));
    assert!(everything(&window).iter().all(|text| !text.contains("canary")));
}

#[test]
fn what_is_saved_counts_even_where_the_picture_comes_late() {
    let mut window = window(AttachmentHosting::Listener);
    choose(&mut window, ADDRESS);
    let (ticket, ..) = saved(&mut window);
    answer(&mut window, ticket, Answer::HostingSaved(Ok(())));
    assert!(!says(&window, "Alterações não salvas"));
    window.state_mut().change(0, |view| {
        Arc::make_mut(&mut view.account).hosting = AttachmentHosting::AddressOnly;
    });
    window.run_steps(3);
    assert!(says(&window, "Só endereços") && !says(&window, "Alterações não salvas"));
}

#[test]
fn kept_keys_stay_while_none_are_typed_and_both_are_needed_for_others() {
    let mut window = window(AttachmentHosting::Storage(config()));
    type_into(&mut window, "Bucket", "-2");
    let (_, hosting, keys) = tested(&mut window);
    assert!(matches!(hosting, AttachmentHosting::Storage(config) if config.bucket == "recado-2"));
    assert!(keys.is_none(), "those that are kept");
    type_into(&mut window, "Chave secreta", SECRET);
    press(&mut window, "Salvar lugar");
    assert!(window.state_mut().commands().is_empty());
    assert!(says(&window, "Preencha este campo."));
    assert!(field(&window, "Chave de acesso").is_focused());
    type_into(&mut window, "Chave de acesso", ACCESS);
    let (_, _, keys) = saved(&mut window);
    assert!(keys.is_some());
}

#[test]
fn a_kept_key_is_shown_only_while_reveal_is_held() {
    let mut window = window(AttachmentHosting::Storage(config()));
    let eye = window
        .get_by_role_and_label(Role::Button, "Mostrar Chave secreta enquanto pressionado")
        .rect()
        .center();
    window.hover_at(eye);
    window.drag_at(eye);
    window.run_steps(3);
    let commands = window.state_mut().commands();
    let [
        Command::Account(AccountCommand::Reveal {
            ticket, field: key, ..
        }),
    ] = commands.as_slice()
    else {
        panic!("{commands:?}")
    };
    assert_eq!(*key, StorageKeys::SECRET_KEY);
    let secret = Secret::new(SECRET.to_owned());
    answer(&mut window, *ticket, Answer::Revealed(Ok(secret)));
    assert_eq!(field(&window, "Chave secreta").value().as_deref(), Some(SECRET));
    window.drop_at(eye);
    window.run_steps(4);
    assert!(!says(&window, SECRET) && !says(&window, "Alterações não salvas"));
}

#[test]
fn missing_fields_are_pointed_out_and_nothing_is_asked() {
    let mut window = window(AttachmentHosting::Listener);
    choose(&mut window, STORAGE);
    assert!(!says(&window, "Preencha este campo."), "not before the first try");
    press(&mut window, "Testar lugar");
    assert!(window.state_mut().commands().is_empty());
    assert_eq!(
        window.query_all_by_label("Preencha este campo.").count(),
        5,
        "all but the folder"
    );
    assert!(field(&window, "Endereço do serviço").is_focused());
    type_into(&mut window, "Endereço do serviço", "http://s3.example");
    assert!(says(&window, "Use https; http só para este computador"));
}

#[test]
fn what_the_engine_refuses_stands_beside_its_field_until_it_is_changed() {
    for save in [false, true] {
        let mut window = window(AttachmentHosting::Listener);
        fill_in(&mut window);
        let problem = |field| StorageProblem {
            field,
            kind: DraftProblemKind::NotAUrl,
        };
        let refused = HostingError::Fields(vec![problem("bucket"), problem("region"), problem("prefix")]);
        if save {
            let (ticket, ..) = saved(&mut window);
            answer(&mut window, ticket, Answer::HostingSaved(Err(refused)));
        } else {
            let (ticket, ..) = tested(&mut window);
            answer(&mut window, ticket, Answer::HostingTested(Err(refused)));
        }
        for words in ["3 a 63 letras minúsculas", "uma palavra só", "barras entre eles"] {
            assert!(says(&window, words), "{words}");
        }
        assert!(field(&window, "Bucket").is_focused());
        type_into(&mut window, "Bucket", "x");
        assert!(!says(&window, "3 a 63 letras minúsculas"));
        assert!(says(&window, "uma palavra só"));
    }
}

#[test]
fn a_test_that_succeeds_says_how_long_it_took_and_only_of_what_was_tested() {
    let mut window = window(AttachmentHosting::Storage(config()));
    let (ticket, ..) = tested(&mut window);
    let good = || Answer::HostingTested(Ok(HostingTest { milliseconds: 184 }));
    answer(&mut window, ticket, good());
    assert!(says(&window, "removido em 184 ms"));
    type_into(&mut window, "Bucket", "x");
    assert!(!says(&window, "184 ms"), "that was another bucket");
    let (ticket, ..) = tested(&mut window);
    type_into(&mut window, "Bucket", "y");
    answer(&mut window, ticket, good());
    assert!(!says(&window, "184 ms"));
}

#[test]
fn every_failure_is_put_into_words_with_what_helps() {
    let said = || "the system's words".to_owned();
    let plain = [
        (HostingError::NoPlace, "Escolha este computador"),
        (HostingError::NoPublicAddress, "Receber respostas"),
        (HostingError::NotListening, "Ligue a escuta"),
        (HostingError::Keys(said()), "Desbloqueie o chaveiro"),
        (
            HostingError::StorageUnreachable(said()),
            "Confira o endereço do serviço",
        ),
        (HostingError::StorageRefused(said()), "Confira as chaves"),
        (
            HostingError::StorageAtOdds(StorageHint::Region("eu-west-1".into()), said()),
            "O bucket fica na região eu-west-1. Corrija a região em Contas.",
        ),
        (
            HostingError::StorageAtOdds(StorageHint::Host("b.s3.example".into()), said()),
            "outro endereço: b.s3.example",
        ),
        (
            HostingError::StorageAtOdds(StorageHint::Clock(Some(62)), said()),
            "está 62 minutos adiantado em relação ao do armazenamento. Acerte a data e a hora",
        ),
        (
            HostingError::StorageAtOdds(StorageHint::Clock(Some(-7)), said()),
            "está 7 minutos atrasado",
        ),
        (
            HostingError::StorageAtOdds(StorageHint::Clock(None), said()),
            "diferem demais",
        ),
        (
            HostingError::StorageAtOdds(StorageHint::LeadsOn, said()),
            "endereço final",
        ),
        (
            HostingError::StorageAtOdds(StorageHint::Strange, said()),
            "não é um armazenamento S3",
        ),
        (HostingError::FileLost(said()), "espaço no disco"),
        (HostingError::Store(said()), "salve de novo"),
    ];
    let fetched = [
        (FetchProblem::NotHttps, "só buscam por https"),
        (FetchProblem::NotPublic, "aonde o gateway não chega"),
        (FetchProblem::Unreachable(said()), "Ninguém responde"),
        (FetchProblem::TimedOut, "inteiro a tempo"),
        (FetchProblem::Status(403), "código 403"),
        (FetchProblem::Redirected, "endereço final"),
        (FetchProblem::TooLarge(9), "algo maior"),
        (FetchProblem::Different, "Veio outra coisa"),
    ]
    .map(|(problem, words)| (HostingError::NotFetchedBack(problem), words));
    let mut window = window(AttachmentHosting::Storage(config()));
    for (error, words) in plain.into_iter().chain(fetched) {
        let (ticket, ..) = tested(&mut window);
        let has_words = format!("{error:?}").contains("the system's words");
        answer(&mut window, ticket, Answer::HostingTested(Err(error)));
        assert!(says(&window, "O teste não deu certo"), "{words}");
        assert!(says(&window, words), "{words}");
        assert_eq!(
            says(&window, "Foi dito: the system's words"),
            has_words,
            "{words}"
        );
    }
}

#[test]
fn a_keyring_that_fails_loses_nothing_that_was_typed() {
    let mut window = window(AttachmentHosting::Listener);
    fill_in(&mut window);
    let (ticket, ..) = saved(&mut window);
    let error = HostingError::Keys("locked".to_owned());
    answer(&mut window, ticket, Answer::HostingSaved(Err(error)));
    assert!(says(&window, "O lugar não foi salvo") && says(&window, "Foi dito: locked"));
    assert!(says(&window, "Alterações não salvas"));
    assert_eq!(
        field(&window, "Chave secreta").value().unwrap().chars().count(),
        SECRET.len(),
        "masked, and still there"
    );
    assert!(!says(&window, SECRET));
    let (ticket, _, keys) = saved(&mut window);
    assert_eq!(keys.unwrap().secret_key.reveal(), SECRET);
    answer(&mut window, ticket, Answer::Failed("disk".to_owned()));
    assert!(says(&window, "O banco de dados não conseguiu gravar"));
}

#[test]
fn the_buttons_show_what_is_under_way() {
    let mut window = window(AttachmentHosting::Storage(config()));
    let is_disabled = |window: &Window, name: &str| {
        use egui_kittest::kittest::NodeT as _;
        window
            .get_by_role_and_label(Role::Button, name)
            .accesskit_node()
            .is_disabled()
    };
    assert!(is_disabled(&window, "Salvar lugar"), "there is nothing to save");
    tested(&mut window);
    assert!(is_disabled(&window, "Testar lugar"));
    type_into(&mut window, "Bucket", "x");
    saved(&mut window);
    assert!(is_disabled(&window, "Salvar lugar"));
}

#[test]
fn changes_are_undone_and_leaving_them_is_asked_about() {
    let mut window = window(AttachmentHosting::Storage(config()));
    type_into(&mut window, "Bucket", "-2");
    type_into(&mut window, "Chave secreta", SECRET);
    press(&mut window, "Desfazer alterações");
    assert_eq!(field(&window, "Bucket").value().as_deref(), Some("recado"));
    assert_eq!(field(&window, "Chave secreta").value().as_deref(), Some(""));
    leave(&mut window);
    assert!(!says(&window, "Descartar as alterações?"));
    press(&mut window, "Loja Centro, Solutek, Pronto");

    choose(&mut window, ADDRESS);
    leave(&mut window);
    assert!(says(&window, "Descartar as alterações?"));
    press(&mut window, "Continuar editando");
    assert!(says(&window, "Alterações não salvas"));
    leave(&mut window);
    press(&mut window, "Descartar alterações");
    assert!(!says(&window, "Alterações não salvas"));
    assert_eq!(
        window.state().chosen,
        Some(window.state().live.accounts[1].account.id)
    );
    press(&mut window, "Loja Centro, Solutek, Pronto");
    assert_eq!(field(&window, "Bucket").value().as_deref(), Some("recado"));
}

#[test]
fn a_change_made_elsewhere_shows_unless_something_is_being_typed() {
    let mut window = window(AttachmentHosting::Storage(config()));
    let set = |window: &mut Window, bucket: &str| {
        let hosting = AttachmentHosting::Storage(StorageConfig {
            bucket: bucket.to_owned(),
            ..config()
        });
        window
            .state_mut()
            .change(0, |view| Arc::make_mut(&mut view.account).hosting = hosting);
        window.run_steps(3);
    };
    set(&mut window, "other");
    assert_eq!(field(&window, "Bucket").value().as_deref(), Some("other"));
    type_into(&mut window, "Bucket", "-mine");
    set(&mut window, "third");
    assert_eq!(field(&window, "Bucket").value().as_deref(), Some("other-mine"));
    press(&mut window, "Desfazer alterações");
    assert_eq!(field(&window, "Bucket").value().as_deref(), Some("third"));
}

#[test]
fn the_listener_says_whether_the_gateway_gets_there() {
    let mut stage = stage(AttachmentHosting::Listener);
    stage.live.listener.state = ListenerState::Off;
    let mut window = stage.in_window(1_196.0, 2_400.0);
    assert!(says(&window, "Fora de alcance") && says(&window, "não está escutando"));

    listening(&mut window.state_mut().live, None);
    window.run_steps(3);
    assert!(says(&window, "Fora de alcance") && says(&window, "Não há endereço público"));
    assert!(!says(&window, "/a/…"));
    press(&mut window, "Abrir os ajustes");
    assert!(matches!(
        window.state_mut().taken().as_slice(),
        [UiAction::Go(Screen::Settings)]
    ));

    window.state_mut().change(0, |view| {
        Arc::make_mut(&mut view.account).base_url = Some("http://127.0.0.1:9000/".to_owned());
    });
    window.run_steps(3);
    assert!(says(&window, "Ao alcance") && says(&window, "http://127.0.0.1:48123/a/…"));

    window.state_mut().live.listener.state = ListenerState::Listening("0.0.0.0:48123".parse().unwrap());
    window.run_steps(3);
    assert!(says(&window, "http://127.0.0.1:48123/a/…"));

    listening(&mut window.state_mut().live, Some("https://recado.example/"));
    window.run_steps(3);
    assert!(says(&window, "https://recado.example/a/…/file.jpg"));
    press(&mut window, "Copiar o começo dos endereços");
    let copied = window.state_mut().taken();
    assert!(
        matches!(copied.as_slice(), [UiAction::CopyText(text)] if text == "https://recado.example"),
        "{copied:?}"
    );
}

#[test]
fn a_new_account_has_the_card_once_it_is_saved() {
    let stage = Stage::new(AccountsScreen::ui, Vec::new());
    let mut window: Window = stage.in_window(1_196.0, 2_400.0);
    press(&mut window, "Adicionar conta");
    choose(&mut window, "Solutek");
    assert!(!says(&window, "Anexos"));
    for (name, text) in [
        ("Nome da conta", "Loja Centro"),
        ("E-mail", "contato@lojacentro.example"),
        ("Token", "t0k3n"),
        ("ID da aplicação", "48213"),
    ] {
        type_into(&mut window, name, text);
    }
    press(&mut window, "Salvar");
    let commands = window.state_mut().commands();
    let [Command::Account(AccountCommand::Save { ticket, .. })] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    let view = with_hosting(AttachmentHosting::Listener);
    let id = view.account.id;
    window.state_mut().live.accounts.push(view);
    answer(&mut window, *ticket, Answer::Saved(Ok(id)));
    assert!(says(&window, "Anexos"));
    window.state_mut().live.accounts.clear();
    window.state_mut().chosen = None;
    window.run_steps(4);
    assert!(!says(&window, "Anexos"));
}

#[test]
fn the_places_are_chosen_by_keyboard() {
    let mut window = window(AttachmentHosting::Listener);
    window.get_by_role_and_label(Role::RadioButton, ADDRESS).focus();
    window.run_steps(2);
    window.key_press(egui::Key::Space);
    window.run_steps(3);
    let (_, hosting, _) = saved(&mut window);
    assert_eq!(hosting, AttachmentHosting::AddressOnly);
}

/// A card with something wrong in a field, changes, and a failure with long words, for the eye.
#[test]
fn a_failure_is_drawn() {
    let mut stage = stage(AttachmentHosting::Storage(config()));
    listening(&mut stage.live, Some("https://recado.example"));
    let mut window = stage.in_window(1_196.0, 2_400.0);
    let (ticket, ..) = tested(&mut window);
    let said = "SignatureDoesNotMatch: The request signature we calculated does not match the signature you \
                provided. Check your key and signing method.";
    let error = HostingError::StorageRefused(said.to_owned());
    answer(&mut window, ticket, Answer::HostingTested(Err(error)));
    assert!(says(&window, "signing method."), "their words are not cut");
    let picture = bench::picture(window.state_mut(), 1_196.0, 1_800.0, 1.0);
    if let Ok(folder) = std::env::var("RECADO_PICTURES") {
        std::fs::create_dir_all(&folder).unwrap();
        picture.save(format!("{folder}/hosting-failure.png")).unwrap();
    }
}

/// The pictures are for the eye (`RECADO_PICTURES` keeps them); the test is that every look can be drawn.
#[test]
fn every_look_is_drawn() {
    use crate::ui::screens::stage::{Stored, for_the_eye, looks, picture};
    use crate::ui::testing;
    let places = [
        ("listener", AttachmentHosting::Listener, true),
        ("unreachable", AttachmentHosting::Listener, false),
        ("storage", AttachmentHosting::Storage(config()), true),
        ("address", AttachmentHosting::AddressOnly, true),
    ];
    let languages = ["pt-BR", "es", "en"];
    for (look, dark, scale, size) in looks() {
        for (place, hosting, reachable) in &places {
            for language in languages.iter().take(if for_the_eye() { 3 } else { 1 }) {
                let mut live = testing::live(2);
                listening(&mut live, reachable.then_some("https://recado.example"));
                Arc::make_mut(&mut live.settings).language = Some((*language).to_owned());
                for index in 0..2 {
                    testing::change_account(&mut live, index, |view| {
                        Arc::make_mut(&mut view.account).hosting = hosting.clone();
                    });
                }
                let high = egui::vec2(
                    size.x,
                    if for_the_eye() {
                        size.y.max(1_760.0)
                    } else {
                        size.y
                    },
                );
                let name = format!("hosting-{place}-{look}-{language}");
                let clicks = if size.x < 1_000.0 {
                    vec![egui::pos2(300.0, 190.0)]
                } else {
                    Vec::new()
                };
                let drawn = picture(
                    &name,
                    Screen::Accounts,
                    live,
                    &Stored::default(),
                    (dark, scale, high),
                    &clicks,
                );
                assert_eq!(drawn.width(), (size.x * scale).round() as u32);
            }
        }
    }
}
