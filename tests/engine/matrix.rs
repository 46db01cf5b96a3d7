//! Every fault of a gateway, processed or not, with every answer to a repeated identifier.

use crate::program::{Program, number};
use crate::stage::{Played, Stage, together};
use recado::domain::MessageId;
use recado::domain::message::{Message, MessageState, ReasonKind};
use recado::simulator::{Endpoint, Fault, RepeatAnswer, Times};
use serde_json::json;
use std::time::Duration;

/// What a fault amounts to for one who knows only the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Nature {
    /// The answer can be read all the same.
    Readable,
    /// Nothing certain came back.
    Unclear,
    /// The gateway says no, in its own words.
    No,
    /// The gateway says not now.
    NotNow,
}

fn faults() -> Vec<(Fault, Nature)> {
    use Nature::{No, NotNow, Readable, Unclear};
    let millis = Duration::from_millis;
    let field = |name, value| Fault::SetField { name, value };
    let http = |status| Fault::HttpStatus {
        status,
        retry_after: None,
    };
    vec![
        (
            Fault::Reply {
                status: 200,
                body: b"{}".to_vec(),
            },
            Unclear,
        ),
        (
            Fault::Reply {
                status: 200,
                body: b"null".to_vec(),
            },
            Unclear,
        ),
        (Fault::Latin1, Readable),
        (Fault::Bom, Readable),
        (Fault::PhpWarningBefore, Readable),
        (Fault::PhpWarningAfter, Readable),
        (Fault::TrailingComma, Readable),
        (Fault::TwoDocuments, Readable),
        (Fault::HtmlInstead, Unclear),
        (Fault::Empty, Unclear),
        (Fault::TruncatedAt(20), Unclear),
        (Fault::CutAt(20), Unclear),
        (Fault::StallAt(20), Unclear),
        (Fault::WrongErro("Sessão encerrada no aparelho".to_owned()), No),
        (Fault::WrongErro("limite diario atingido".to_owned()), NotNow),
        (Fault::WrongErro("Token inválido".to_owned()), NotNow),
        (field("erro", None), Unclear),
        (field("erro", Some(json!("talvez"))), Unclear),
        (field("idlog", None), Readable),
        (http(500), Unclear),
        (http(502), Unclear),
        (http(404), Unclear),
        (http(401), NotNow),
        (
            Fault::HttpStatus {
                status: 429,
                retry_after: Some(Duration::from_secs(600)),
            },
            NotNow,
        ),
        (
            Fault::Redirect {
                status: 307,
                location: None,
            },
            Unclear,
        ),
        (Fault::CloseBeforeReading, Unclear),
        (Fault::ResetAfterReading, Unclear),
        (Fault::ProcessThenNever, Unclear),
        (Fault::NeverWithoutProcessing, Unclear),
        (
            Fault::Drip {
                bytes: 40,
                interval: millis(2),
            },
            Readable,
        ),
        (
            Fault::Drip {
                bytes: 1,
                interval: millis(100),
            },
            Unclear,
        ),
        (Fault::Delay(millis(80)), Readable),
        (Fault::Delay(Duration::from_secs(60)), Unclear),
    ]
}

struct Case {
    fault: Fault,
    nature: Nature,
    processed: bool,
    gateway: Played,
    message: MessageId,
}

fn play(repeat: RepeatAnswer) {
    let stage = Stage::new();
    let mut program = stage.program();
    let mut cases = Vec::new();
    for (fault, nature) in faults() {
        for processed in [true, false] {
            let gateway = stage.gateway();
            gateway.control.set_repeat_answer(repeat);
            gateway.fault(Endpoint::Send, fault.clone(), Times::ONCE, Some(processed));
            let account = program.add_account(&format!("Case {}", cases.len()), &gateway);
            let message = program.send_one(account, &number(cases.len()), "Olá, ação 👋").id;
            cases.push(Case {
                fault: fault.clone(),
                nature,
                processed,
                gateway,
                message,
            });
        }
    }
    for case in &cases {
        settle(&mut program, case, repeat);
    }
}

/// Waits for the end of a case and looks at both books.
fn settle(program: &mut Program, case: &Case, repeat: RepeatAnswer) {
    let named = format!(
        "{:?}, processed: {}, repeated: {repeat:?}",
        case.fault, case.processed
    );
    let message = program.until_message(case.message, &named, |message| {
        !message.state.is_open() || (message.state == MessageState::Queued && rests(message))
    });
    case.gateway.wait_until_drained();
    let client_id = message.client_id.as_str();
    let sent = case.gateway.ledger.sent_count(client_id);
    let requests = case.gateway.ledger.requests(client_id);
    let named = format!("{named}: {message:#?}, sent {sent} times in {requests} requests");
    case.gateway.assert_nothing_doubled();
    assert_eq!(case.gateway.sends(), requests, "another identifier: {named}");
    assert!(
        requests <= message.attempts as usize,
        "repeated behind our back: {named}"
    );
    // A redirect that was followed would have come under another path.
    assert!(
        case.gateway
            .ledger
            .all_requests()
            .iter()
            .all(|request| request.endpoint.is_some() && !request.path.contains("//")),
        "{named}"
    );
    let inferred = message
        .reason
        .as_ref()
        .is_some_and(|reason| reason.kind == ReasonKind::AlreadyKnown);
    match (case.nature, case.processed) {
        (Nature::Readable, true) => assert_eq!((message.state, sent), (MessageState::Accepted, 1), "{named}"),
        // The true answer, spoilt but readable, was "no" (and "try again").
        (Nature::Readable, false) => {
            assert_eq!(message.first_unclear_at, None, "{named}");
            assert_eq!(
                sent,
                usize::from(message.state == MessageState::Accepted),
                "{named}"
            );
        }
        // What a gateway that lies has done nobody can know; it must only never be repeated.
        (Nature::No, _) => assert_eq!((message.state, requests), (MessageState::Rejected, 1), "{named}"),
        // A gateway that refuses what it has taken all the same may say so the next time: then nothing is certain.
        (Nature::NotNow, true) => assert_ne!(message.state, MessageState::Rejected, "{named}"),
        (Nature::NotNow, false) => {
            assert!(
                matches!(message.state, MessageState::Queued | MessageState::Accepted),
                "{named}"
            );
        }
        (Nature::Unclear, true) if case.fault != Fault::CloseBeforeReading => {
            assert_eq!(sent, 1, "{named}");
            match repeat {
                RepeatAnswer::Noise => assert_eq!(message.state, MessageState::Queued, "{named}"),
                RepeatAnswer::Refused => assert!(inferred && message.is_inferred(), "{named}"),
                _ => assert!(message.state == MessageState::Accepted && !inferred, "{named}"),
            }
        }
        (Nature::Unclear, _) => {
            assert_eq!(
                (message.state, sent, inferred),
                (MessageState::Accepted, 1, false),
                "{named}"
            );
        }
    }
}

/// Whether a queued message has shown what becomes of it.
fn rests(message: &Message) -> bool {
    message.attempts >= 2
        || message.reason.as_ref().is_some_and(|reason| {
            matches!(
                reason.kind,
                ReasonKind::QuotaExhausted | ReasonKind::RateLimited | ReasonKind::CredentialsRefused
            )
        })
}

#[test]
fn every_fault_with_every_answer_to_a_repetition() {
    together(&[
        ("the first identifier again", || play(RepeatAnswer::SameLogId)),
        ("a new identifier", || play(RepeatAnswer::NewLogId)),
        ("refused", || play(RepeatAnswer::Refused)),
        ("noise", || play(RepeatAnswer::Noise)),
    ]);
}

/// Without this the tests above could be blind.
#[test]
fn a_gateway_that_sends_again_is_noticed() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.set_repeat_answer(RepeatAnswer::SendsAgain);
    gateway.fault(Endpoint::Send, Fault::ResetAfterReading, Times::ONCE, None);
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    let message = program.send_one(account, &number(1), "Oi");
    program.until_state(message.id, MessageState::Accepted);
    gateway.wait_until_drained();
    assert_eq!(gateway.ledger.sent_count(message.client_id.as_str()), 2);
}
