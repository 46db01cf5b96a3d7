//! The gateway for the tests of the window: played on loopback within the test, so that the test sees what really
//! arrived there.

use recado::domain::outbox::SendVerdict;
use recado::domain::{ClientMessageId, GatewayKind, PhoneNumber, Secret};
use recado::gateway::{Credentials, SendRequest, connect};
use recado::simulator::{
    Control, PairedPhone, SimulatorConfig, SimulatorCredentials, SolutekSimulator, Timing,
};
use std::collections::BTreeMap;
use tokio::runtime::{Builder, Runtime};

/// The secret of the account. Its letters are written otherwise in addresses, in JSON and in forms.
pub const TOKEN: &str = "kanári-7/f3+\"9c\"=&%z";
/// Whose account it is.
pub const EMAIL: &str = "loja@recado.example";
/// Its other name.
pub const APPLICATION: &str = "4417";

/// A gateway on this computer.
pub struct Played {
    pub simulator: SolutekSimulator,
    pub control: Control,
    runtime: Runtime,
}

impl Played {
    /// A gateway that takes the credentials above, quick in everything, without a phone.
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// The same with a phone that is ready.
    pub fn start_paired() -> Self {
        Self::start_with(Some(PairedPhone::new("Balcao", "5511900000012")))
    }

    fn start_with(paired: Option<PairedPhone>) -> Self {
        let config = SimulatorConfig {
            credentials: SimulatorCredentials {
                email: EMAIL.to_owned(),
                token: Secret::new(TOKEN.to_owned()),
                application_id: APPLICATION.to_owned(),
            },
            paired,
            timing: Timing::fast(),
            ..SimulatorConfig::default()
        };
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let simulator = runtime.block_on(SolutekSimulator::start(config)).unwrap();
        let control = simulator.control();
        Self {
            simulator,
            control,
            runtime,
        }
    }

    /// Where it is.
    pub fn address(&self) -> String {
        self.simulator.base_url().to_string()
    }

    /// Lets somebody else who has the credentials send so many messages, as the vendor's own panel can.
    pub fn others_send(&self, count: usize) {
        let fields = [("email", EMAIL), ("token", TOKEN), ("idapp", APPLICATION)]
            .map(|(key, value)| (key.to_owned(), Secret::new(value.to_owned())));
        let credentials = Credentials {
            base_url: self.simulator.base_url().clone(),
            fields: BTreeMap::from(fields),
        };
        let gateway = connect(GatewayKind::Solutek, credentials).unwrap();
        for number in 0..count {
            let request = SendRequest {
                client_id: ClientMessageId::random(),
                to: PhoneNumber::from_digits("5511900000021").unwrap(),
                text: format!("Aviso {number}"),
                attachment: None,
                template: None,
                callback: None,
            };
            let report = self.runtime.block_on(gateway.send(&request));
            assert!(
                matches!(report.verdict, SendVerdict::Accepted { .. }),
                "{report:?}"
            );
        }
    }
}
