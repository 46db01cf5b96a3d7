use super::PairingScreen;
use super::code::tests::code_of;
use crate::domain::pairing::{
    PairingAnswer, PairingCode, PairingFailure, PairingPhase, PairingPicture, STALE_AFTER,
};
use crate::domain::{Connection, Pairing, Timestamp};
use crate::engine::{AccountView, Command, PairingCommand};
use crate::gateway::Capabilities;
use crate::ui::context::UiAction;
use crate::ui::screens::Screen;
use crate::ui::screens::accounts::bench::{self, NOW, Stage, press, says};
use crate::ui::theme::Theme;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;
use std::time::Duration;

type Window = Harness<'static, Stage<PairingScreen>>;

pub(super) const CONTENT: &str =
    "2@k3VnQm0exampleAbCdEfGhIjKlMnOpQr,0123456789abcdefghij,klmnopqrstuvwxyz==,AQ==";

pub(super) fn ago(secs: u64) -> Timestamp {
    NOW.minus(Duration::from_secs(secs))
}

/// A pairing whose code came so many seconds ago.
pub(super) fn with_code(code: PairingCode, secs: u64) -> Pairing {
    let mut pairing = Pairing::starting(ago(secs + 3));
    pairing.begun(ago(secs + 2));
    let picture = PairingPicture(Arc::from([1_u8]));
    pairing.answered(1, PairingAnswer::Picture(picture.clone()), ago(secs), |_| {
        Some(code)
    });
    pairing.answered(2, PairingAnswer::Picture(picture), ago(secs.min(2)), |_| None);
    pairing
}

pub(super) fn in_phase(phase: PairingPhase) -> Pairing {
    let mut pairing = Pairing::starting(ago(9));
    pairing.phase = phase;
    pairing
}

pub(super) fn stage(view: AccountView, pairing: Pairing) -> Stage<PairingScreen> {
    let mut stage = Stage::new(PairingScreen::ui, vec![view]);
    stage.change(0, |view| view.pairing = Arc::new(pairing));
    stage
}

fn window_of(view: AccountView, pairing: Pairing) -> Window {
    stage(view, pairing).in_window(1196.0, 748.0)
}

fn window(pairing: Pairing) -> Window {
    // The phone was read before pairing began, and is gone since.
    let mut view = bench::account(1, "Loja Centro", Connection::Ready);
    view.outbox.queued = 2;
    window_of(view, pairing)
}

fn pairing_commands(window: &mut Window) -> Vec<PairingCommand> {
    window
        .state_mut()
        .commands()
        .into_iter()
        .filter_map(|command| match command {
            Command::Pairing(command) => Some(command),
            _ => None,
        })
        .collect()
}

#[test]
fn pairing_begins_only_by_the_button_that_says_what_it_disconnects() {
    let view = bench::account(1, "Loja Centro", Connection::Ready);
    let id = view.account.id;
    let mut window = window_of(view, Pairing::default());
    window.run_steps(3);
    assert!(says(&window, "Recepção") && says(&window, "+55 11 90000-0012"));
    assert!(says(&window, "Recepção é desconectado na hora"));
    assert!(pairing_commands(&mut window).is_empty());
    press(&mut window, "Desconectar Recepção e parear outro telefone");
    assert_eq!(pairing_commands(&mut window), [PairingCommand::Start(id)]);
    assert!(
        window.state().wake_at.is_none(),
        "nothing ticks before it goes on"
    );
}

#[test]
fn the_button_says_what_is_so() {
    let cases = [
        (Connection::MustPair, "Parear telefone"),
        (
            Connection::NotChecked,
            "Desconectar o telefone atual e parear outro",
        ),
    ];
    for (connection, button) in cases {
        let view = bench::account(1, "Loja Centro", connection);
        let mut window = window_of(view, Pairing::default());
        press(&mut window, button);
        assert_eq!(pairing_commands(&mut window).len(), 1, "{button}");
    }
}

#[test]
fn without_an_account_or_a_need_it_says_so() {
    let mut window = Stage::new(PairingScreen::ui, Vec::new()).in_window(1196.0, 748.0);
    press(&mut window, "Adicionar conta");
    assert!(matches!(
        window.state_mut().taken().as_slice(),
        [UiAction::Go(Screen::Accounts)]
    ));
    static NO_PAIRING: Capabilities = Capabilities {
        vendor: "Example",
        default_base_url: "https://gateway.example/",
        credentials: &[],
        pairing: false,
        status: false,
        limits: false,
        queue: false,
        delay: false,
        delay_max_secs: 0,
        auth_forms: &[],
        repeatable_send: false,
        batch_max: 1,
        callback_per_message: false,
        message_state: false,
        incoming: false,
        templates: None,
        window_hours: None,
        media: &[],
        text_limit: 100,
        advise_delay_above: None,
    };
    let view = bench::account_with(1, "Campanhas", Connection::Ready, &NO_PAIRING);
    let mut window = window_of(view, Pairing::default());
    assert!(says(&window, "Esta conta não precisa de pareamento"));
    press(&mut window, "Abrir o painel");
    assert!(matches!(
        window.state_mut().taken().as_slice(),
        [UiAction::Go(Screen::Dashboard)]
    ));
}

#[test]
fn each_phase_has_its_words() {
    let phases = [
        (PairingPhase::Starting, "está sendo desconectado"),
        (PairingPhase::WaitingForCode, "O gateway está preparando o código"),
        (
            PairingPhase::WaitingForConfirmation { since: ago(4) },
            "Confirmando há 4",
        ),
        (
            PairingPhase::Connected {
                name: Some("Balcão".into()),
                number: Some("5511900000034".into()),
                at: NOW,
            },
            "Balcão está conectado",
        ),
        (PairingPhase::Cancelled, "Pareamento cancelado"),
        (PairingPhase::TimedOut, "Ninguém leu o código em 5 minutos"),
    ];
    for (phase, words) in phases {
        let window = window(in_phase(phase));
        assert!(says(&window, words), "{words}");
    }
    for (kind, words) in [
        (PairingFailure::Unreachable, "não foi alcançado"),
        (PairingFailure::Unreadable, "não dá para entender"),
        (PairingFailure::CredentialsRefused, "recusa as credenciais"),
        (PairingFailure::CredentialsMissing, "não podem ser lidas"),
        (PairingFailure::Refused, "disse não ao pareamento"),
        (PairingFailure::NotAPicture, "não é uma imagem"),
    ] {
        let failed = PairingPhase::Failed {
            kind,
            words: "dito assim".into(),
        };
        let window = window(in_phase(failed));
        assert!(says(&window, words), "{words}");
        assert!(says(&window, "Foi dito: dito assim"));
    }
}

#[test]
fn the_code_shows_its_age_the_next_poll_and_the_attempt() {
    let mut window = window(with_code(code_of(CONTENT), 7));
    assert!(says(&window, "Código recebido há 7"));
    assert!(says(&window, "próxima leitura em 3 s · tentativa 2"));
    assert!(says(&window, "Recepção (+55 11 90000-0012) foi desconectado"));
    assert!(says(&window, "As 14 mensagens da fila esperam"));
    assert!(says(&window, "Aguardando a leitura pelo telefone"));
    assert!(says(&window, "Você pode abrir outra tela"));
    let wake = window.state().wake_at.unwrap();
    assert!(wake > NOW && wake <= NOW.plus(Duration::from_secs(1)));
    window.state_mut().now = wake;
    window.run_steps(2);
    assert!(says(&window, "Código recebido há 8"));
    assert!(says(&window, "próxima leitura em 2 s"));
}

#[test]
fn the_phone_that_went_stays_named_when_the_health_forgets_it() {
    let mut window = window(with_code(code_of(CONTENT), 7));
    window.state_mut().change(0, |view| {
        view.health = Arc::new(bench::health(Connection::MustPair));
    });
    window.run_steps(2);
    assert!(says(&window, "Recepção (+55 11 90000-0012) foi desconectado"));
    window.state_mut().change(0, |view| {
        let mut pairing = (*view.pairing).clone();
        pairing.cancel();
        view.pairing = Arc::new(pairing);
    });
    window.run_steps(2);
    assert!(says(
        &window,
        "Recepção (+55 11 90000-0012) continua desconectado"
    ));
    assert!(window.state().wake_at.is_none());
}

#[test]
fn trouble_says_what_happens_next_and_keeps_the_code() {
    let mut pairing = with_code(code_of(CONTENT), 7);
    pairing.failed(PairingFailure::Unreachable, "dns".into(), ago(1));
    let window = window(pairing);
    assert!(says(&window, "O gateway não foi alcançado"));
    assert!(says(&window, "nova tentativa em 4 s"));
    assert!(says(&window, "Foi dito: dns"));
    assert!(
        window
            .query_by_role_and_label(Role::Image, "Código QR para parear")
            .is_some()
    );
}

#[test]
fn an_old_code_is_dimmed_and_says_so() {
    let secs = STALE_AFTER.as_secs();
    assert!(!says(
        &window(with_code(code_of(CONTENT), secs - 1)),
        "Código antigo"
    ));
    assert!(says(&window(with_code(code_of(CONTENT), secs)), "Código antigo"));
    let darkest = |secs: u64| {
        let view = bench::account(1, "Loja Centro", Connection::Ready);
        let mut stage = stage(view, with_code(code_of(CONTENT), secs));
        let picture = bench::picture(&mut stage, 1196.0, 748.0, 1.0);
        // Somewhere in the left upper corner pattern of the code.
        let part = image::imageops::crop_imm(&picture, 60, 120, 120, 120).to_image();
        part.pixels().map(|pixel| pixel.0[0]).min().unwrap()
    };
    assert_eq!(darkest(secs - 1), 0);
    assert!(darkest(secs) > 150);
}

#[test]
fn cancelling_is_one_press() {
    let mut window = window(with_code(code_of(CONTENT), 7));
    let id = window.state().live.accounts[0].account.id;
    press(&mut window, "Cancelar pareamento");
    assert_eq!(pairing_commands(&mut window), [PairingCommand::Cancel(id)]);
}

#[test]
fn the_large_view_opens_and_esc_closes_it() {
    let mut window = window(with_code(code_of(CONTENT), 7));
    let large = "Código QR ampliado";
    assert!(window.query_by_role_and_label(Role::Image, large).is_none());
    press(&mut window, "Ampliar o código");
    let picture = window.get_by_role_and_label(Role::Image, large).rect();
    assert!(picture.height() > 600.0, "{picture:?}");
    window.key_press(egui::Key::Escape);
    window.run_steps(3);
    assert!(window.query_by_role_and_label(Role::Image, large).is_none());
    press(&mut window, "Ampliar o código");
    press(&mut window, "Reduzir");
    assert!(window.query_by_role_and_label(Role::Image, large).is_none());
    press(&mut window, "Ampliar o código");
    window.state_mut().change(0, |view| {
        view.pairing = Arc::new(in_phase(PairingPhase::WaitingForConfirmation { since: NOW }));
    });
    window.run_steps(3);
    assert!(
        window.query_by_role_and_label(Role::Image, large).is_none(),
        "a code that is gone is not shown large either"
    );
}

#[test]
fn the_code_is_saved_and_copied_as_a_picture() {
    let mut window = window(with_code(code_of(CONTENT), 7));
    press(&mut window, "Salvar o código como imagem");
    press(&mut window, "Copiar o código como imagem");
    let actions = window.state_mut().taken();
    let [
        UiAction::SaveFile(name, bytes),
        UiAction::CopyImage(copied),
        UiAction::Toast(..),
    ] = actions.as_slice()
    else {
        panic!("{} actions", actions.len())
    };
    assert!(name.ends_with(".png"));
    let gray = image::load_from_memory(bytes).unwrap().into_luma8();
    assert_eq!(gray.width() as usize, copied.width());
    assert_eq!(read(gray).as_deref(), Some(CONTENT));
}

fn read(gray: image::GrayImage) -> Option<String> {
    let mut prepared = rqrr::PreparedImage::prepare(gray);
    let grids = prepared.detect_grids();
    grids
        .first()
        .and_then(|grid| grid.decode().ok())
        .map(|read| read.1)
}

#[test]
fn the_code_on_the_screen_can_be_scanned_in_both_themes_and_at_any_scale() {
    for (dark, pixels_per_point) in [(false, 1.0), (true, 1.5), (true, 0.8)] {
        let view = bench::account(1, "Loja Centro", Connection::Ready);
        let mut stage = stage(view, with_code(code_of(CONTENT), 7));
        stage.theme = Theme::new(dark);
        let picture = bench::picture(&mut stage, 816.0, 560.0, pixels_per_point);
        let gray = image::DynamicImage::ImageRgba8(picture).into_luma8();
        assert_eq!(read(gray).as_deref(), Some(CONTENT), "at {pixels_per_point}");
    }
}

#[test]
fn the_code_is_made_once() {
    let mut window = window(with_code(code_of(CONTENT), 7));
    let made = window.state().screen.painter.made();
    assert!(made >= 1);
    for _ in 0..5 {
        window.state_mut().now = window.state().now.plus(Duration::from_secs(1));
        window.run_steps(2);
    }
    assert_eq!(window.state().screen.painter.made(), made);
    window.state_mut().change(0, |view| {
        view.pairing = Arc::new(with_code(code_of("another"), 1));
    });
    window.run_steps(2);
    assert_eq!(window.state().screen.painter.made(), made + 1);
}

#[test]
fn a_picture_that_is_no_code_is_shown_as_it_came() {
    let picture = PairingCode::Picture {
        width: 4,
        height: 2,
        rgba: Arc::from([200_u8; 32]),
    };
    let mut window = window(with_code(picture, 3));
    assert!(
        window
            .query_by_role_and_label(Role::Image, "Código QR para parear")
            .is_some()
    );
    let made = window.state().screen.painter.made();
    window.run_steps(3);
    assert_eq!(window.state().screen.painter.made(), made);
    press(&mut window, "Salvar o código como imagem");
    assert_eq!(window.state_mut().taken().len(), 1);
}

#[test]
fn afterwards_the_way_leads_on() {
    let connected = || {
        window(in_phase(PairingPhase::Connected {
            name: Some("Balcão".into()),
            number: Some("5511900000034".into()),
            at: NOW,
        }))
    };
    let mut window = connected();
    assert!(says(&window, "+55 11 90000-0034"));
    let id = window.state().live.accounts[0].account.id;
    press(&mut window, "Ver o painel");
    let actions = window.state_mut().taken();
    assert!(
        matches!(
            actions.as_slice(),
            [
                UiAction::Command(Command::Pairing(PairingCommand::Dismiss(_))),
                UiAction::Go(Screen::Dashboard)
            ]
        ),
        "{actions:?}"
    );
    let mut window = connected();
    press(&mut window, "Parear outro telefone");
    assert_eq!(pairing_commands(&mut window), [PairingCommand::Dismiss(id)]);
}

#[test]
fn trying_again_does_not_disconnect_a_phone_unasked() {
    let id = bench::account(1, "", Connection::Ready).account.id;
    for (connection, command) in [
        (Connection::MustPair, PairingCommand::Start(id)),
        (Connection::Ready, PairingCommand::Dismiss(id)),
        (Connection::NotChecked, PairingCommand::Dismiss(id)),
    ] {
        let view = bench::account(1, "Loja Centro", connection);
        let mut window = window_of(view, in_phase(PairingPhase::TimedOut));
        press(&mut window, "Tentar de novo");
        assert_eq!(pairing_commands(&mut window), [command]);
    }
    let refused = PairingPhase::Failed {
        kind: PairingFailure::CredentialsRefused,
        words: String::new(),
    };
    let mut window = window(in_phase(refused));
    press(&mut window, "Conferir credenciais");
    assert!(matches!(
        window.state_mut().taken().as_slice(),
        [UiAction::Go(Screen::Accounts)]
    ));
}
