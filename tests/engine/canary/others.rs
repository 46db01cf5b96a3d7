//! The secrets of the gateways that speak JSON, in every way they are sent, and the keys to storage.

use super::base64_of;
use crate::attachments::bench::{Bucket, document};
use crate::attachments::storage_server::{ACCESS_KEY, Fault as StorageFault, SECRET_KEY, keys};
use crate::program::{Program, number};
use crate::stage::Stage;
use recado::domain::account::AccountDraft;
use recado::domain::health::Connection;
use recado::domain::message::MessageState;
use recado::domain::{AccountId, GatewayKind, Secret};
use recado::engine::{AccountCommand, Answer, Command, Question};
use recado::gateway::AUTH_FORM;
use recado::simulator::common::{CommonConfig, Function, Vendor, VendorControl, VendorSimulator};
use recado::simulator::decision_telecom::{DecisionConfig, PlayedDecisionTelecom};
use recado::simulator::devino::{DevinoConfig, PlayedDevino};
use recado::simulator::{Fault, Times};

/// What the secrets have in the middle, and nothing else has.
pub const HEARTS: [&str; 5] = [
    "DevinoFinkQ8",
    "PasswortStarQ9",
    "DecisionMeiseQ6",
    ACCESS_KEY,
    SECRET_KEY,
];
const KEY: &str = "/+\"DevinoFinkQ8\"&=%<";
const LOGIN: &str = "loja";
const PASSWORD: &str = "é/+ \"PasswortStarQ9\"&=%<";
const DECISION_KEY: &str = "/+\"DecisionMeiseQ6\"&=%<";

/// Goes through everything that has to do with them; the accounts, to be removed.
pub fn flows(program: &mut Program, stage: &Stage) -> Vec<AccountId> {
    let common = || CommonConfig {
        window: None,
        ..CommonConfig::fast()
    };
    let devino = stage
        .handle()
        .block_on(VendorSimulator::<PlayedDevino>::start(DevinoConfig {
            common: common(),
            key: Secret::new(KEY.to_owned()),
            login: LOGIN.to_owned(),
            password: Secret::new(PASSWORD.to_owned()),
            ..DevinoConfig::default()
        }));
    let devino = devino.unwrap();
    let decision = stage
        .handle()
        .block_on(VendorSimulator::<PlayedDecisionTelecom>::start(DecisionConfig {
            common: common(),
            key: Secret::new(DECISION_KEY.to_owned()),
            ..DecisionConfig::default()
        }));
    let decision = decision.unwrap();
    let (devino_url, decision_url) = (devino.base_url().as_str(), decision.base_url().as_str());
    let login = [("login", LOGIN), ("password", PASSWORD)];
    let by_key = draft(GatewayKind::Devino, devino_url, "key", &[("key", KEY)]);
    let by_login = draft(GatewayKind::Devino, devino_url, "login", &login);
    let password = [PASSWORD.to_owned(), format!("{LOGIN}:{PASSWORD}")];
    let mut accounts = vec![
        account(program, &devino.control(), by_key, &[KEY.to_owned()]),
        account(program, &devino.control(), by_login, &password),
    ];
    for form in ["key-basic", "key-colon", "key-raw"] {
        let draft = draft(
            GatewayKind::DecisionTelecom,
            decision_url,
            form,
            &[("key", DECISION_KEY)],
        );
        let sent = [DECISION_KEY.to_owned(), format!("{DECISION_KEY}:")];
        accounts.push(account(program, &decision.control(), draft, &sent));
    }
    storage(program, stage, accounts[0]);
    accounts
}

/// The bytes without the signed addresses' own name of the access key: by the storage's protocol it stands in them, and they
/// are kept, for a gateway is sent the same one each time. Nowhere else may it be; the secret key nowhere at all.
pub fn without_signers(bytes: &[u8]) -> Vec<u8> {
    let signer = format!("X-Amz-Credential={ACCESS_KEY}%2F").into_bytes();
    let (mut rest, mut kept) = (bytes, Vec::with_capacity(bytes.len()));
    while let Some((first, _)) = rest.split_first() {
        if let Some(after) = rest.strip_prefix(signer.as_slice()) {
            rest = after;
        } else {
            kept.push(*first);
            rest = &rest[1..];
        }
    }
    kept
}

fn draft(kind: GatewayKind, url: &str, form: &str, fields: &[(&str, &str)]) -> AccountDraft {
    let more = [(AUTH_FORM, form), ("sender", "Recado")];
    AccountDraft {
        gateway: Some(kind),
        name: format!("{kind:?} {form}"),
        fields: more
            .iter()
            .chain(fields)
            .map(|(key, value)| ((*key).to_owned(), Secret::new((*value).to_owned())))
            .collect(),
        base_url: url.to_owned(),
        default_country: String::new(),
    }
}

/// Every text in the forms in which a gateway may repeat it: as it is, in an address, and in the two forms of base64.
fn repeated(sent: &[String]) -> String {
    let forms = sent.iter().flat_map(|text| {
        let percent: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        [
            text.clone(),
            percent,
            base64_of(text),
            base64_of(&format!("x{text}yz")),
        ]
    });
    forms.collect::<Vec<String>>().join(" | ")
}

/// Answers that repeat what was sent.
fn echoes(sent: &[String]) -> Vec<Fault> {
    let all = repeated(sent);
    let reply = |status, body: String| Fault::Reply {
        status,
        body: body.into_bytes(),
    };
    let json = |value: serde_json::Value| value.to_string();
    vec![
        reply(
            200,
            json(
                serde_json::json!({"result": [{"code": "REJECTED", "description": all,
                "reasons": [{"key": "invalid", "ref": "from"}]}]}),
            ),
        ),
        reply(
            200,
            json(serde_json::json!({"name": all, "message": all, "code": 1, "status": 400})),
        ),
        reply(
            401,
            json(serde_json::json!({"name": "Unauthorized", "message": all, "code": 0, "status": 401})),
        ),
        reply(500, format!("<pre>Authorization: Basic {all}</pre>")),
        reply(
            200,
            format!("{{\"message_id\": \"{}\", {all}", base64_of(&sent[0])),
        ),
        Fault::ResetAfterReading,
    ]
}

fn account<V: Vendor>(
    program: &mut Program,
    control: &VendorControl<V>,
    draft: AccountDraft,
    sent: &[String],
) -> AccountId {
    let tested = |program: &mut Program| {
        let ticket = program.ticket();
        program.command(Command::Account(AccountCommand::Test {
            ticket,
            id: None,
            draft: Box::new(draft.clone()),
        }));
        match program.answer(ticket) {
            Answer::Tested(tested) => tested,
            other => panic!("{other:?}"),
        }
    };
    let taken = tested(program);
    assert!(taken.is_ok(), "{}: {taken:?}", draft.name);
    for fault in echoes(sent) {
        control.fault(Function::Send, fault, Times::ONCE);
        tested(program).ok();
        control.clear_faults();
    }
    let account = program.save(None, draft.clone()).unwrap();
    let read = program.send_one(account, &number(1), "Oi");
    program.until_state(read.id, MessageState::Read);
    for (index, fault) in echoes(sent).into_iter().enumerate() {
        control.fault(Function::Send, fault.clone(), Times::Always);
        control.fault(Function::State, fault, Times::Always);
        let message = program.send_one(account, &number(10 + index), "Oi");
        let tried = program.until_message(message.id, "tried", |message| {
            message.attempts >= 1 && message.state != MessageState::InFlight
        });
        program.refresh(account);
        program.ask(Question::History(tried.id));
        program.ask(Question::Outbox(account));
        control.clear_faults();
        program.refresh(account);
        program.until(account, "it answers again", |view| {
            view.health.connection == Connection::Answers && view.held.is_none()
        });
    }
    program.ask(Question::Dashboard { account, hours: 1 });
    account
}

/// The keys to storage: tried, saved, wrong, repeated by the storage, read again.
fn storage(program: &mut Program, stage: &Stage, account: AccountId) {
    let bucket = Bucket::start(stage);
    let words = format!(
        "<Error><Code>SignatureDoesNotMatch</Code><Message>{}</Message><AWSAccessKeyId>{ACCESS_KEY}</AWSAccessKeyId>\
         </Error>",
        repeated(&[ACCESS_KEY.to_owned(), SECRET_KEY.to_owned()]).replace('&', "&amp;")
    );
    let words: &'static str = Box::leak(words.into_boxed_str());
    let hosting = bucket.hosting();
    let wrong = keys(&format!("{SECRET_KEY}x"));
    assert!(
        program
            .test_hosting(account, hosting.clone(), Some(wrong))
            .is_err()
    );
    let right = || Some(keys(SECRET_KEY));
    for status in [400, 403, 500] {
        bucket
            .server
            .fail(move |_| Some(StorageFault::Instead(status, words)));
        assert!(program.test_hosting(account, hosting.clone(), right()).is_err());
    }
    assert_eq!(program.set_hosting(account, hosting.clone(), right()), Ok(()));
    let (path, _) = document(stage, "Pedido.pdf", 5_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(3), &file);
    program.until_message(message.id, "the storage said no", |message| {
        message.reason.is_some()
    });
    bucket.server.fail(|_| None);
    assert!(program.test_hosting(account, hosting, None).is_ok());
    let (path, _) = document(stage, "Outro.pdf", 6_000);
    let file = program.take_in(account, &path);
    let message = program.send_file(account, &number(4), &file);
    program.until_message(message.id, "gone out", |message| {
        matches!(
            message.state,
            MessageState::Accepted | MessageState::Sent | MessageState::Delivered | MessageState::Read
        )
    });
}
