//! A played vendor that speaks JSON, with an account of it.

use super::played::{TEMPLATE, Taken};
use crate::program::Program;
use crate::stage::{PATIENCE, Stage, TOKEN};
use recado::domain::account::AccountDraft;
use recado::domain::health::Connection;
use recado::domain::message::{Message, MessageState};
use recado::domain::{AccountId, GatewayKind, Secret};
use recado::simulator::common::{
    Book, CommonConfig, Function, RegisteredTemplate, RequestRecord, Vendor, VendorControl, VendorLedger,
    VendorSimulator, VendorState,
};
use recado::simulator::decision_telecom::{DecisionConfig, DecisionStyle, PlayedDecisionTelecom};
use recado::simulator::devino::{DevinoConfig, DevinoStyle, PlayedDevino, REFUSALS, Scope};
use recado::simulator::{Contact, Fault, FaultRule, Said, Times};
use std::time::Duration;
use tokio::runtime::Handle;

/// A vendor as these tests play it.
pub trait Contracted: Vendor {
    const KIND: GatewayKind;

    fn config(common: CommonConfig) -> Self::Config;

    /// Refuses the next message for good.
    fn refuse_next(control: &VendorControl<Self>);

    /// Has each status told three times.
    fn report_thrice(control: &VendorControl<Self>);

    /// What says that a message was delivered.
    fn delivered(taken: &Taken) -> String;

    /// Somebody writes, and it is told so often.
    fn hear(control: &VendorControl<Self>, from: &Contact, text: &str, copies: usize);
}

impl Contracted for PlayedDevino {
    const KIND: GatewayKind = GatewayKind::Devino;

    fn config(common: CommonConfig) -> DevinoConfig {
        DevinoConfig {
            common,
            key: Secret::new(TOKEN.to_owned()),
            password: Secret::new(TOKEN.to_owned()),
            ..DevinoConfig::default()
        }
    }

    fn refuse_next(control: &VendorControl<Self>) {
        let invalid = REFUSALS.iter().find(|refusal| refusal.key == "invalid").unwrap();
        control.refuse(*invalid, Scope::Message, Times::ONCE);
    }

    fn report_thrice(control: &VendorControl<Self>) {
        control.set_style(DevinoStyle {
            status_copies: 3,
            ..DevinoStyle::default()
        });
    }

    fn delivered(taken: &Taken) -> String {
        let (id, mark) = (&taken.id, &taken.mark);
        format!(r#"[{{"messageId":{id},"ts":1,"status":"DELIVERED","errorCode":0,"options":"{mark}"}}]"#)
    }

    fn hear(control: &VendorControl<Self>, from: &Contact, text: &str, copies: usize) {
        control.set_style(DevinoStyle {
            message_copies: copies,
            ..DevinoStyle::default()
        });
        control.contact_writes(from.clone(), Said::text(text));
    }
}

impl Contracted for PlayedDecisionTelecom {
    const KIND: GatewayKind = GatewayKind::DecisionTelecom;

    fn config(common: CommonConfig) -> DecisionConfig {
        DecisionConfig {
            common,
            key: Secret::new(TOKEN.to_owned()),
            ..DecisionConfig::default()
        }
    }

    fn refuse_next(control: &VendorControl<Self>) {
        control.refuse(9, Times::ONCE);
    }

    fn report_thrice(control: &VendorControl<Self>) {
        control.set_style(DecisionStyle {
            callback_copies: 3,
            ..DecisionStyle::default()
        });
    }

    fn delivered(taken: &Taken) -> String {
        format!(r#"{{"message_id":{},"status":1,}}"#, taken.id)
    }

    /// Undocumented: something that somebody wrote stands in it, in no form that is known.
    fn hear(control: &VendorControl<Self>, from: &Contact, text: &str, copies: usize) {
        let body = format!(r#"{{"source":"{}","content":"{text}"}}"#, from.phone);
        for _ in 0..copies {
            control.post_body(control.webhook(), Some("application/json"), body.clone());
        }
    }
}

/// A played vendor, stopped when dropped.
pub struct Desk<V: Vendor> {
    pub url: String,
    pub control: VendorControl<V>,
    pub ledger: VendorLedger<V>,
    handle: Handle,
    simulator: Option<VendorSimulator<V>>,
}

impl<V: Contracted> Desk<V> {
    /// One that takes everything within milliseconds.
    pub fn open(stage: &Stage) -> Self {
        Self::open_with(stage, |common| common.window = None)
    }

    pub fn open_with(stage: &Stage, edit: impl FnOnce(&mut CommonConfig)) -> Self {
        let mut common = CommonConfig {
            seed: stage.seed,
            templates: vec![RegisteredTemplate::new(TEMPLATE, "pt_BR", 1)],
            ..CommonConfig::fast()
        };
        edit(&mut common);
        let handle = stage.handle();
        let simulator = handle
            .block_on(VendorSimulator::<V>::start(V::config(common)))
            .unwrap();
        Self {
            url: simulator.base_url().to_string(),
            control: simulator.control(),
            ledger: simulator.ledger(),
            handle,
            simulator: Some(simulator),
        }
    }

    /// An account of it, whose credentials have been tried: what comes after that is sent.
    #[track_caller]
    pub fn account(&self, program: &mut Program, name: &str) -> AccountId {
        let account = program
            .save(None, self.draft(name))
            .unwrap_or_else(|error| panic!("{error:?}"));
        program.until(account, "it answers", |view| {
            view.health.connection == Connection::Answers
        });
        account
    }

    /// Stops it; its port is free then.
    pub fn stop(&mut self) {
        if let Some(simulator) = self.simulator.take() {
            self.handle.block_on(simulator.shutdown());
        }
    }

    pub fn draft(&self, name: &str) -> AccountDraft {
        self.draft_with(name, TOKEN)
    }

    pub fn draft_with(&self, name: &str, key: &str) -> AccountDraft {
        draft_of(V::KIND, name, &self.url, key)
    }

    #[track_caller]
    pub fn wait(&self, what: &str, condition: impl FnMut(&VendorState<V>) -> bool) {
        if let Err(error) = self.handle.block_on(self.control.wait_for(condition, PATIENCE)) {
            panic!("{what}: {error}");
        }
    }

    /// Requests that had messages in them: the test of credentials has none.
    pub fn sends(&self) -> usize {
        self.ledger.read(sends)
    }

    /// How many copies of a message the vendor has taken.
    pub fn copies_to(&self, message: &Message) -> usize {
        let digits = message.to.digits();
        let messages = self.ledger.messages();
        messages.iter().filter(|record| record.to == digits).count()
    }

    pub fn fault(&self, fault: Fault, processed: Option<bool>) {
        self.control.add_fault(FaultRule {
            endpoint: Some(Function::Send),
            fault,
            times: Times::ONCE,
            processed,
        });
    }
}

/// What an operator types for an account of such a gateway.
pub fn draft_of(kind: GatewayKind, name: &str, url: &str, key: &str) -> AccountDraft {
    let fields = [("key", key), ("sender", "Recado")];
    AccountDraft {
        gateway: Some(kind),
        name: name.to_owned(),
        fields: fields
            .iter()
            .map(|(key, value)| ((*key).to_owned(), Secret::new((*value).to_owned())))
            .collect(),
        base_url: url.to_owned(),
        default_country: String::new(),
    }
}

/// Requests of a book that had messages in them.
pub fn sends(book: &Book) -> usize {
    book.requests().iter().filter(|request| is_send(request)).count()
}

/// Whether a request had messages in it.
pub fn is_send(request: &RequestRecord) -> bool {
    request.function == Some(Function::Send) && !request.body.contains("[]")
}

/// Has the gateway's calls come to nobody, so that only answers tell.
pub fn deaf(program: &mut Program) {
    program.change_settings(|settings| settings.listen = false);
}

/// Whether the gateway has the message for sure.
pub fn is_taken(state: MessageState) -> bool {
    matches!(
        state,
        MessageState::Accepted | MessageState::Sent | MessageState::Delivered | MessageState::Read
    )
}

/// A day and an hour.
pub const LONGER_THAN_A_DAY: Duration = Duration::from_secs(25 * 3_600);
