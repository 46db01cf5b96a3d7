//! Pairing, with codes that can be scanned.

use crate::program::Program;
use crate::stage::{Stage, draft, together};
use qrcode::{Color, EcLevel, QrCode};
use recado::domain::pairing::{PairingCode, PairingFailure, PairingPhase, SCAN_LIMIT};
use recado::domain::time::Clock;
use recado::domain::{AccountId, Connection, Timestamp};
use recado::engine::{EVENTS_MAX, Notice, PairingCommand};
use recado::simulator::{Endpoint, Fault, PairedPhone, SimulatorState, Times};
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// The modules of a code with this text.
fn modules(text: &str) -> (usize, Vec<bool>) {
    let code = QrCode::with_error_correction_level(text, EcLevel::L).unwrap();
    let dark = code
        .to_colors()
        .iter()
        .map(|color| *color == Color::Dark)
        .collect();
    (code.width(), dark)
}

fn shown(phase: &PairingPhase) -> Option<(usize, Vec<bool>)> {
    match phase {
        PairingPhase::Code {
            code: PairingCode::Modules { width, dark },
            ..
        } => Some((*width, dark.to_vec())),
        _ => None,
    }
}

fn is_code(phase: &PairingPhase) -> bool {
    matches!(phase, PairingPhase::Code { .. })
}

fn text(state: &SimulatorState) -> String {
    state.pairing_text().expect("a code is shown").to_owned()
}

fn paired_notices(program: &Program, account: AccountId) -> usize {
    program
        .notices
        .iter()
        .filter(|notice| matches!(notice, Notice::Paired(id, _) if *id == account))
        .count()
}

/// The gateway is polled every five seconds, so these take their time; all at once.
#[test]
fn through_several_polls() {
    together(&[
        (
            "a phone is paired by the code of the gateway",
            a_phone_is_paired_by_the_code_of_the_gateway,
        ),
        (
            "polls never overlap however slow the answers are",
            polls_never_overlap_however_slow_the_answers_are,
        ),
        (
            "what is no picture is told and polled again",
            what_is_no_picture_is_told_and_polled_again,
        ),
        ("an empty code is waited for", an_empty_code_is_waited_for),
        ("it goes on when nobody looks", it_goes_on_when_nobody_looks),
        (
            "nobody who scans ends it after five minutes",
            nobody_who_scans_ends_it_after_five_minutes,
        ),
    ]);
}

fn a_phone_is_paired_by_the_code_of_the_gateway() {
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| {
        config.paired = None;
        config.timing.confirmation = Duration::from_secs(6);
    });
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.until(account, "nobody is paired", |view| {
        view.health.connection == Connection::MustPair
    });
    program.pairing(PairingCommand::Start(account));
    // Twice is once.
    program.pairing(PairingCommand::Start(account));
    let view = program.until(account, "a code", |view| is_code(&view.pairing.phase));
    assert_eq!(
        shown(&view.pairing.phase),
        Some(modules(&gateway.control.read(text))),
        "the code that is shown is the gateway's"
    );
    let reception = PairedPhone::new("Recepção 😀", "5511900000042");
    assert!(gateway.control.scan_code_with(reception));
    program.until(account, "scanned", |view| {
        matches!(view.pairing.phase, PairingPhase::WaitingForConfirmation { .. })
    });
    let view = program.until(account, "paired", |view| {
        matches!(view.pairing.phase, PairingPhase::Connected { .. })
    });
    let PairingPhase::Connected { name, number, .. } = &view.pairing.phase else {
        panic!()
    };
    assert_eq!(
        (name.as_deref(), number.as_deref()),
        (Some("Recepção 😀"), Some("5511900000042"))
    );
    let view = program.until(account, "read at once", |view| {
        view.health.connection == Connection::Ready
    });
    assert_eq!(
        view.health.phone.as_ref().unwrap().value.name.as_deref(),
        Some("Recepção 😀")
    );
    assert_eq!(paired_notices(&program, account), 1);
    assert_eq!(gateway.ledger.requests_to(Endpoint::StartPairing), 1);
    program.pairing(PairingCommand::Dismiss(account));
    program.until(account, "forgotten", |view| {
        view.pairing.phase == PairingPhase::Idle
    });
}

fn polls_never_overlap_however_slow_the_answers_are() {
    const SLOW: Duration = Duration::from_millis(1_500);
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.fault(Endpoint::PollPairing, Fault::Delay(SLOW), Times::Always, None);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.pairing(PairingCommand::Start(account));
    program.until(account, "three polls", |view| view.pairing.polls >= 3);
    program.pairing(PairingCommand::Cancel(account));
    program.until(account, "cancelled", |view| {
        view.pairing.phase == PairingPhase::Cancelled
    });
    let times: Vec<Duration> = gateway
        .ledger
        .all_requests()
        .iter()
        .filter(|request| request.endpoint == Some(Endpoint::PollPairing))
        .map(|request| request.at)
        .collect();
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= SLOW + Duration::from_secs(5), "{times:?}");
    }
}

#[test]
fn an_answer_to_a_cancelled_pairing_does_not_come_into_the_next() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.fault(
        Endpoint::PollPairing,
        Fault::Delay(Duration::from_millis(800)),
        Times::Always,
        None,
    );
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    for round in 1..=5 {
        program.pairing(PairingCommand::Start(account));
        gateway.wait("a poll is under way", |state| {
            state.ledger().requests_to(Endpoint::PollPairing) == round
        });
        let stale = gateway.control.read(text);
        program.pairing(PairingCommand::Cancel(account));
        if round == 5 {
            program.pairing(PairingCommand::Start(account));
            let view = program.until(account, "a code", |view| is_code(&view.pairing.phase));
            let fresh = gateway.control.read(text);
            assert_ne!(fresh, stale);
            assert_eq!(shown(&view.pairing.phase), Some(modules(&fresh)));
            assert_eq!(view.pairing.polls, 1);
        }
    }
}

fn what_is_no_picture_is_told_and_polled_again() {
    let troubles = [
        (
            Fault::SetField {
                name: "qrcode",
                value: Some(json!("bm8gcGljdHVyZQ==")),
            },
            PairingFailure::NotAPicture,
        ),
        (
            Fault::SetField {
                name: "qrcode",
                value: Some(json!("<svg>no picture of ours</svg>")),
            },
            PairingFailure::Unreadable,
        ),
        (Fault::HtmlInstead, PairingFailure::Unreadable),
        (Fault::Empty, PairingFailure::Unreadable),
        (Fault::ProcessThenNever, PairingFailure::Unreachable),
        (Fault::ResetAfterReading, PairingFailure::Unreachable),
    ];
    let stage = Stage::new();
    let mut program = stage.program();
    let mut played = Vec::new();
    for (index, (fault, failure)) in troubles.into_iter().enumerate() {
        let gateway = stage.gateway();
        gateway.fault(Endpoint::PollPairing, fault.clone(), Times::ONCE, None);
        let account = program.add_account(&format!("Loja {index}"), &gateway);
        program.pairing(PairingCommand::Start(account));
        played.push((gateway, account, fault, failure));
    }
    // What is told lasts until the next poll.
    for (_, account, fault, failure) in &played {
        let view = program.until(*account, &format!("trouble: {fault:?}"), |view| {
            view.pairing.trouble.is_some()
        });
        assert_eq!(view.pairing.trouble.as_ref().unwrap().0, *failure, "{fault:?}");
    }
    for (gateway, account, fault, _) in &played {
        let view = program.until(*account, &format!("a code after {fault:?}"), |view| {
            is_code(&view.pairing.phase)
        });
        assert_eq!(view.pairing.trouble, None);
        assert_eq!(
            shown(&view.pairing.phase),
            Some(modules(&gateway.control.read(text)))
        );
    }
}

fn an_empty_code_is_waited_for() {
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| config.timing.code_preparation = Duration::from_secs(2));
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.pairing(PairingCommand::Start(account));
    let view = program.until(account, "the first poll", |view| view.pairing.polls == 1);
    assert_eq!(view.pairing.phase, PairingPhase::WaitingForCode);
    program.until(account, "a code", |view| is_code(&view.pairing.phase));
}

#[test]
fn a_pairing_that_fails_can_be_begun_again_at_once() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program
        .save(None, draft("Loja", &gateway.url, "wrong-token-1"))
        .unwrap();
    let refused = |view: &recado::engine::AccountView| {
        matches!(
            view.pairing.phase,
            PairingPhase::Failed {
                kind: PairingFailure::CredentialsRefused,
                ..
            }
        )
    };
    for times in 1..=20 {
        program.pairing(PairingCommand::Start(account));
        gateway.wait("asked", |state| {
            state.ledger().requests_to(Endpoint::StartPairing) == times
        });
        program.until(account, "refused", refused);
    }
    gateway.control.set_phone(recado::simulator::PhoneState::Online);
    program
        .save(Some(account), draft("Loja", &gateway.url, crate::stage::TOKEN))
        .unwrap();
    program.pairing(PairingCommand::Start(account));
    program.until(account, "a code", |view| is_code(&view.pairing.phase));
}

#[test]
fn a_gateway_that_cannot_be_reached_at_the_start_ends_it() {
    let stage = Stage::new();
    let mut gateway = stage.gateway();
    gateway.stop();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.pairing(PairingCommand::Start(account));
    program.until(account, "not reached", |view| {
        matches!(
            view.pairing.phase,
            PairingPhase::Failed {
                kind: PairingFailure::Unreachable,
                ..
            }
        )
    });
}

fn it_goes_on_when_nobody_looks() {
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| config.paired = None);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.pairing(PairingCommand::Start(account));
    // Nobody takes an event from here on; the channel is full to its last place.
    for _ in 0..EVENTS_MAX * 2 {
        let ticket = program.ticket();
        let question = recado::engine::Question::Strangers(account, Vec::new());
        program.command(recado::engine::Command::Ask(ticket, question));
    }
    gateway.wait("a code was asked for", |state| {
        state.ledger().requests_to(Endpoint::PollPairing) >= 1
    });
    assert!(gateway.control.scan_code());
    let live = program.link.live.clone();
    let connected = |live: &Arc<recado::engine::Live>| {
        live.account(account)
            .is_some_and(|view| matches!(view.pairing.phase, PairingPhase::Connected { .. }))
    };
    let mut watching = live;
    stage
        .handle()
        .block_on(async {
            tokio::time::timeout(crate::stage::PATIENCE, watching.wait_for(connected))
                .await
                .map(drop)
        })
        .unwrap();
}

fn nobody_who_scans_ends_it_after_five_minutes() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let clock = Clock::held(Timestamp(1_790_000_000_000));
    let mut program = stage.program_with(|options| options.clock = clock.clone());
    let account = program.add_account("Loja", &gateway);
    program.pairing(PairingCommand::Start(account));
    program.until(account, "a code", |view| is_code(&view.pairing.phase));
    clock.advance(SCAN_LIMIT - Duration::from_millis(1));
    program.until(account, "another poll", |view| view.pairing.polls >= 2);
    assert!(program.account_view(account).pairing.is_active());
    clock.advance(Duration::from_millis(1));
    program.until(account, "timed out", |view| {
        view.pairing.phase == PairingPhase::TimedOut
    });
    assert_eq!(paired_notices(&program, account), 0);
}
