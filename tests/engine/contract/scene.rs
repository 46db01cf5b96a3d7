//! A gateway, a program that knows it, and what is expected of just this gateway.

use super::adapters;
use super::played::PlayedGateway;
use crate::program::Program;
use crate::stage::{SHORT, Stage, TOKEN, connect_within, token_for_all};
use recado::domain::health::Connection;
use recado::domain::message::{Message, MessageState, ReasonKind};
use recado::domain::time::Clock;
use recado::domain::{AccountId, Attachment, GatewayKind, PhoneNumber, Timestamp};
use recado::engine::{Answer, EnqueueError, OutboxCommand};
use recado::gateway::http::Timeouts;
use recado::gateway::{Capabilities, capabilities};
use recado::simulator::decision_telecom::PlayedDecisionTelecom;
use recado::simulator::devino::PlayedDevino;
use recado::simulator::{Fault, Times};
use std::time::Duration;

pub const START: Timestamp = Timestamp(1_790_000_000_000);

/// What is expected of one gateway beyond its capabilities.
pub struct Expected {
    pub kind: GatewayKind,
    open: fn(&Stage, u16) -> Box<dyn PlayedGateway>,
    /// How an account stands when all is well.
    pub well: Connection,
    /// What is made of the refusal that it is made to say: the kind, the sentence, and some of the vendor's words.
    pub refusal: (ReasonKind, Option<&'static str>, &'static str),
    /// What it runs out of.
    pub used_up: ReasonKind,
}

/// All three.
const GATEWAYS: &[Expected] = &[
    Expected {
        kind: GatewayKind::Solutek,
        open: adapters::form,
        well: Connection::Ready,
        refusal: (ReasonKind::InvalidRecipient, None, "Número do whatsapp inválido"),
        used_up: ReasonKind::QuotaExhausted,
    },
    Expected {
        kind: GatewayKind::Devino,
        open: adapters::json::<PlayedDevino>,
        well: Connection::Answers,
        refusal: (ReasonKind::InvalidRecipient, Some("devino-invalid-to"), "invalid"),
        used_up: ReasonKind::PaymentNeeded,
    },
    Expected {
        kind: GatewayKind::DecisionTelecom,
        open: adapters::json::<PlayedDecisionTelecom>,
        well: Connection::Answers,
        refusal: (
            ReasonKind::InvalidAttachment,
            Some("decision-file-extension"),
            "Invalid file extension",
        ),
        used_up: ReasonKind::PaymentNeeded,
    },
];

/// Plays a behaviour at every gateway, all at once. Each tells its name, its gateway and its seed; a failure names its
/// gateway.
#[track_caller]
pub fn at_each_gateway(behaviour: &str, play: fn(&mut Scene)) {
    let failed: Vec<&str> = std::thread::scope(|scope| {
        let threads: Vec<_> = GATEWAYS
            .iter()
            .map(|expected| {
                let vendor = capabilities(expected.kind).vendor;
                let thread = std::thread::Builder::new().name(format!("{behaviour}, {vendor}"));
                let playing = thread.spawn_scoped(scope, move || play(&mut Scene::new(expected)));
                (vendor, playing.unwrap())
            })
            .collect();
        threads
            .into_iter()
            .filter_map(|(vendor, thread)| thread.join().is_err().then_some(vendor))
            .collect()
    });
    assert!(failed.is_empty(), "{behaviour}: {failed:?}");
}

pub struct Scene {
    pub stage: Stage,
    pub expected: &'static Expected,
    pub can: &'static Capabilities,
    pub gateway: Box<dyn PlayedGateway>,
    pub clock: Clock,
}

impl Scene {
    fn new(expected: &'static Expected) -> Self {
        let stage = Stage::new();
        Self {
            gateway: (expected.open)(&stage, 0),
            stage,
            expected,
            can: capabilities(expected.kind),
            clock: Clock::held(START),
        }
    }

    /// Another gateway of the same vendor.
    pub fn another(&self) -> Box<dyn PlayedGateway> {
        (self.expected.open)(&self.stage, 0)
    }

    /// The gateway comes back at the address where it was.
    pub fn comes_back(&mut self) {
        self.gateway = (self.expected.open)(&self.stage, self.gateway.port());
    }

    /// A program that has its secrets after a restart too.
    pub fn program(&self) -> Program {
        self.program_within(SHORT)
    }

    pub fn program_within(&self, timeouts: Timeouts) -> Program {
        self.stage.program_with(|options| {
            options.connect = connect_within(timeouts);
            options.secrets = token_for_all(TOKEN);
        })
    }

    /// A program whose clock stands still until it is put forward.
    pub fn program_on_held_clock(&self) -> Program {
        self.stage.program_with(|options| {
            options.clock = self.clock.clone();
            options.secrets = token_for_all(TOKEN);
        })
    }

    /// An account that has been found to be well.
    #[track_caller]
    pub fn account(&self, program: &mut Program) -> AccountId {
        self.account_of(program, &*self.gateway, "Loja")
    }

    #[track_caller]
    pub fn account_of(&self, program: &mut Program, gateway: &dyn PlayedGateway, name: &str) -> AccountId {
        let account = program
            .save(None, gateway.draft(name, TOKEN))
            .unwrap_or_else(|error| panic!("{error:?}"));
        self.until_well(program, account);
        account
    }

    #[track_caller]
    pub fn until_well(&self, program: &mut Program, account: AccountId) {
        program.until(account, "it is well", |view| {
            view.health.connection == self.expected.well
        });
    }

    /// An account at which the gateway calls.
    #[track_caller]
    pub fn called_account(&self, program: &mut Program) -> AccountId {
        let account = self.account(program);
        self.gateway.call_at(program.until_listening(account));
        account
    }

    /// How a message stands after its first attempt had no clear answer.
    pub fn is_unclear(&self, message: &Message) -> bool {
        match message.state {
            MessageState::Unknown => !self.can.repeatable_send,
            MessageState::Queued => self.can.repeatable_send && message.first_unclear_at.is_some(),
            _ => false,
        }
    }

    /// A message that the gateway has and of which nothing is known here.
    #[track_caller]
    pub fn unknown_message(
        &self,
        program: &mut Program,
        account: AccountId,
        to: &str,
        text: &str,
    ) -> Message {
        const PAUSE: Duration = Duration::from_secs(14 * 60);
        self.gateway.fault(Fault::HtmlInstead, Times::Always, Some(true));
        let id = program.send_one(account, to, text).id;
        let mut attempts = 1;
        let unknown = loop {
            let message = program.until_message(id, "unclear", |message| {
                message.state == MessageState::Unknown
                    || (message.state == MessageState::Queued && message.attempts >= attempts)
            });
            if message.state == MessageState::Unknown {
                break message;
            }
            attempts = message.attempts + 1;
            self.clock.advance(PAUSE);
            program.wake(account);
        };
        self.gateway.clear_faults();
        unknown
    }

    /// Stores messages with an attachment that has an address.
    #[track_caller]
    pub fn send_attached(
        &self,
        program: &mut Program,
        account: AccountId,
        to: &str,
        attachment: Attachment,
    ) -> Result<Message, EnqueueError> {
        let ticket = program.ticket();
        program.outbox(OutboxCommand::Send {
            template: None,
            ticket,
            account,
            to: vec![PhoneNumber::from_digits(to).unwrap()],
            names: Vec::new(),
            text: "Segue".to_owned(),
            attachments: vec![attachment],
            not_before: None,
        });
        match program.answer(ticket) {
            Answer::Enqueued(stored) => stored.map(|mut messages| messages.remove(0)),
            other => panic!("{other:?}"),
        }
    }
}
