//! Three gateways on this computer, one of each kind, within the test: it sees what really arrived at each of them.

use crate::played::Played;
use recado::domain::Secret;
use recado::simulator::common::{CommonConfig, RegisteredTemplate, Vendor, VendorControl, VendorSimulator};
use recado::simulator::decision_telecom::{DecisionAuth, DecisionConfig, PlayedDecisionTelecom};
use recado::simulator::devino::{DevinoAuth, DevinoConfig, PlayedDevino};
use recado::simulator::{Endpoint, SimulatorState};
use tokio::runtime::{Builder, Runtime};

/// Whose the account at Devino is.
pub const LOGIN: &str = "loja.devino";
/// Its password. Its letters are written otherwise in addresses, in JSON and in forms.
pub const PASSWORD: &str = "senha-D3v/n0+\"8k\"=&%z";
/// The key at DecisionTelecom.
pub const KEY: &str = "chave-D3c/s0+\"4q\"=&%y";
/// As whom both send.
pub const SENDER: &str = "Recado";
/// The template that is registered at Devino, with the name of its language.
pub const ORDER: (&str, &str) = ("pedido_pronto", "pt_BR");
/// The template that is registered at DecisionTelecom; a picture stands above it.
pub const WINDOW_SHOPPING: (&str, &str) = ("vitrine_nova", "es");

/// A gateway that speaks JSON.
pub struct Json<V: Vendor> {
    pub control: VendorControl<V>,
    simulator: VendorSimulator<V>,
}

impl<V: Vendor> Json<V> {
    fn start(runtime: &Runtime, config: V::Config) -> Self {
        let simulator = runtime.block_on(VendorSimulator::start(config)).unwrap();
        Self {
            control: simulator.control(),
            simulator,
        }
    }

    /// Where it is.
    pub fn address(&self) -> String {
        self.simulator.base_url().to_string()
    }

    /// What it has accepted: to whom, and the text or the values of the template, in order.
    pub fn accepted(&self) -> Vec<(String, Vec<String>)> {
        let messages = self.simulator.ledger().messages().into_iter();
        messages
            .map(|message| match message.template {
                Some(template) => (message.to, template.values),
                None => (message.to, vec![message.text]),
            })
            .collect()
    }

    /// How many requests it has had, those that only try the credentials among them.
    pub fn requests(&self) -> usize {
        self.control.ledger().read(|book| book.requests().len())
    }
}

/// One of each.
pub struct Gateways {
    pub solutek: Played,
    pub devino: Json<PlayedDevino>,
    pub decision: Json<PlayedDecisionTelecom>,
    // Last: what runs in it ends first.
    _runtime: Runtime,
}

impl Gateways {
    /// Quick in everything. Each takes its credentials in one way only.
    pub fn start() -> Self {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let registered = |template: (&str, &str), parameters| {
            let (key, language) = template;
            RegisteredTemplate::new(key, language, parameters)
        };
        let with = |template| CommonConfig {
            templates: vec![template],
            ..CommonConfig::fast()
        };
        let devino = DevinoConfig {
            common: with(registered(ORDER, 2)),
            accepted: vec![DevinoAuth::Login],
            login: LOGIN.to_owned(),
            password: Secret::new(PASSWORD.to_owned()),
            senders: vec![SENDER.to_owned()],
            ..DevinoConfig::default()
        };
        let decision = DecisionConfig {
            common: with(registered(WINDOW_SHOPPING, 1).with_header_image()),
            accepted: vec![DecisionAuth::KeyColon],
            key: Secret::new(KEY.to_owned()),
            senders: vec![SENDER.to_owned()],
            ..DecisionConfig::default()
        };
        Self {
            solutek: Played::start_paired(),
            devino: Json::start(&runtime, devino),
            decision: Json::start(&runtime, decision),
            _runtime: runtime,
        }
    }

    /// Everything that really went out, at each of the three, as often as it did.
    pub fn went_out(&self) -> [Vec<(String, Vec<String>)>; 3] {
        let solutek = self.solutek.control.read(|state: &SimulatorState| {
            let messages = state.ledger().messages().iter();
            messages
                .flat_map(|message| {
                    let one = (message.to.clone(), vec![message.text.clone()]);
                    message.sent_at.iter().map(move |_| one.clone())
                })
                .collect()
        });
        [solutek, self.devino.accepted(), self.decision.accepted()]
    }

    /// How often each of them was asked how the account stands, or anything else.
    pub fn requests(&self) -> [usize; 3] {
        let solutek = self
            .solutek
            .control
            .read(|state| state.ledger().requests_to(Endpoint::Status));
        [solutek, self.devino.requests(), self.decision.requests()]
    }
}
