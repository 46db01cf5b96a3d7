//! One table of bad replies for all gateways, over real HTTP, against every endpoint that a gateway has and in every form
//! of its credentials. A gateway adds only what its endpoints answer when all is well, and when they say no.
//!
//! A wrong verdict is: a send whose outcome cannot be read counted as sent or as failed, a question whose answer cannot
//! be read counted as answered, and a definite answer that is not taken for what it says.

mod kinds;
mod wire;

use super::http::Timeouts;
use super::test_server::{Play, TestServer};
use super::{Gateway, GatewayError, SendReport, SendRequest};
use crate::domain::outbox::SendVerdict;
use crate::domain::{Attachment, ClientMessageId, MediaKind, PhoneNumber, TemplateMessage};
use futures_util::future::join_all;
use kinds::Kind;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// A call of [`Gateway`].
#[derive(Debug, Clone)]
pub(crate) enum Call {
    Send(Box<SendRequest>),
    Many(Vec<SendRequest>),
    Test,
    State(&'static str),
    Status,
    Limits,
    StartPairing,
    PollPairing,
    QueueLength,
    ClearQueue,
    SetDelay,
}

impl Call {
    pub(crate) fn send(request: SendRequest) -> Self {
        Self::Send(Box::new(request))
    }

    fn messages(&self) -> usize {
        match self {
            Self::Many(requests) => requests.len(),
            _ => 1,
        }
    }
}

/// What a call came to, in words that fit all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Good,
    Unclear,
    Refused,
    Credentials,
    Wait,
    NotSent,
}

/// A call of a gateway and its answers.
pub(crate) struct Endpoint {
    pub(crate) name: &'static str,
    pub(crate) call: Call,
    /// The documented answer when all is well.
    pub(crate) good: String,
    /// The documented answer that says no, for certain.
    pub(crate) refusal: String,
    /// All is well is said by an error, which may come with any status.
    pub(crate) good_is_error: bool,
    /// What HTTP 402 without any word amounts to.
    pub(crate) payment: End,
}

/// Makes a client for an address.
pub(crate) type Connect = Box<dyn Fn(Url, Timeouts) -> Arc<dyn Gateway>>;

/// A gateway as the table needs it.
pub(crate) struct Contract {
    pub(crate) gateway: &'static str,
    /// Every form of its credentials.
    pub(crate) forms: Vec<(&'static str, Connect)>,
    pub(crate) endpoints: Vec<Endpoint>,
    /// What may stand in no report.
    pub(crate) secret: &'static str,
}

const AMPLE: Duration = Duration::from_secs(40);
/// Bound of calls that get no whole answer.
const SHORT: Duration = Duration::from_millis(600);

fn within(whole: Duration) -> Timeouts {
    Timeouts {
        connect: AMPLE,
        send: whole,
        read: whole,
    }
}

/// A text to a person.
pub(crate) fn text(number: usize) -> SendRequest {
    SendRequest {
        client_id: ClientMessageId::from_stored(format!("{number:032x}")),
        to: PhoneNumber::from_digits("5511900000012").unwrap(),
        text: format!("Olá {number}"),
        attachment: None,
        template: None,
        callback: None,
    }
}

/// A file with words below it.
pub(crate) fn file(kind: MediaKind, extension: &str) -> SendRequest {
    SendRequest {
        attachment: Some(Attachment {
            url: format!("https://files.example/a.{extension}"),
            name: format!("a.{extension}"),
            kind,
            file: None,
        }),
        ..text(1)
    }
}

/// A message of a template.
pub(crate) fn template() -> SendRequest {
    SendRequest {
        template: Some(TemplateMessage {
            key: "pedido_pronto".into(),
            language: "pt_BR".into(),
            values: vec!["Ana".into()],
        }),
        ..text(2)
    }
}

fn end_of_send(report: &SendReport) -> End {
    match report.verdict {
        SendVerdict::Accepted { .. } => End::Good,
        SendVerdict::Ambiguous(_) => End::Unclear,
        SendVerdict::Rejected(_) | SendVerdict::AlreadyKnown { .. } => End::Refused,
        SendVerdict::CredentialsRefused { .. } => End::Credentials,
        SendVerdict::Wait { .. } => End::Wait,
        SendVerdict::NotSent { .. } => End::NotSent,
    }
}

fn end_of<T>(answer: &Result<T, GatewayError>) -> End {
    match answer {
        Ok(_) => End::Good,
        Err(GatewayError::Refused { .. }) => End::Refused,
        Err(GatewayError::CredentialsRefused { .. }) => End::Credentials,
        Err(GatewayError::RateLimited { .. }) => End::Wait,
        Err(GatewayError::Unreachable {
            may_have_left: false, ..
        }) => End::NotSent,
        Err(
            GatewayError::Unreachable { .. } | GatewayError::Failing { .. } | GatewayError::Unreadable { .. },
        ) => End::Unclear,
        Err(GatewayError::Unsupported) => panic!("not an endpoint of this gateway"),
    }
}

/// What came of a call.
#[derive(Debug)]
struct Came {
    /// Of each message, or of the one question.
    ends: Vec<End>,
    /// What was read, without the raw answer.
    value: String,
    /// All that is told of it.
    all: String,
}

async fn made(gateway: &dyn Gateway, call: &Call) -> Came {
    fn sent(reports: &[SendReport]) -> Came {
        let verdicts: Vec<_> = reports.iter().map(|report| &report.verdict).collect();
        Came {
            ends: reports.iter().map(end_of_send).collect(),
            value: format!("{verdicts:?}"),
            all: format!("{reports:?}"),
        }
    }
    fn asked<T: std::fmt::Debug>(answer: &Result<T, GatewayError>) -> Came {
        Came {
            ends: vec![end_of(answer)],
            value: format!("{answer:?}"),
            all: format!("{answer:?}"),
        }
    }
    match call {
        Call::Send(request) => sent(&[gateway.send(request).await]),
        Call::Many(requests) => sent(&gateway.send_many(requests).await),
        Call::Test => asked(&gateway.test().await),
        Call::State(id) => asked(&gateway.message_state(id).await),
        Call::Status => asked(&gateway.status().await),
        Call::Limits => asked(&gateway.limits().await),
        Call::StartPairing => asked(&gateway.start_pairing().await),
        Call::PollPairing => asked(&gateway.poll_pairing().await),
        Call::QueueLength => asked(&gateway.queue_length().await),
        Call::ClearQueue => asked(&gateway.clear_queue().await),
        Call::SetDelay => asked(&gateway.set_delay(5).await),
    }
}

/// What a reply must come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// What the plain answer comes to, to the last digit.
    Same,
    /// That, or nothing certain.
    SameOrUnclear,
    /// This.
    Only(End),
}

/// One run of the table: an endpoint in one form of the credentials.
struct Run<'a> {
    contract: &'a Contract,
    endpoint: &'a Endpoint,
    form: &'static str,
    server: TestServer,
    gateway: Arc<dyn Gateway>,
    plain: String,
}

impl<'a> Run<'a> {
    async fn new(contract: &'a Contract, endpoint: &'a Endpoint, form: usize, bound: Duration) -> Self {
        let plain = Play::http(200, "", endpoint.good.as_bytes());
        let server = TestServer::start(plain).await;
        let (form, connect) = &contract.forms[form];
        let gateway = connect(server.url(), within(bound));
        let mut run = Self {
            contract,
            endpoint,
            form,
            server,
            gateway,
            plain: String::new(),
        };
        let came = made(&*run.gateway, &endpoint.call).await;
        assert!(
            came.ends.iter().all(|end| *end == End::Good),
            "{} {}: {came:?}",
            contract.gateway,
            endpoint.name
        );
        run.plain = came.value;
        run
    }

    /// Plays a reply; says what is wrong with what came of it.
    async fn play(&self, name: &str, play: Play, expected: Expected) -> Option<String> {
        self.server.set(play);
        let came = made(&*self.gateway, &self.endpoint.call).await;
        let all_are = |end| came.ends.iter().all(|each| *each == end);
        let same = all_are(End::Good) && came.value == self.plain;
        let right = match expected {
            Expected::Same => same,
            Expected::SameOrUnclear => same || all_are(End::Unclear),
            Expected::Only(end) => all_are(end),
        };
        let quiet = !came.all.contains(self.contract.secret);
        let once = self.server.connections() == 1;
        let counted = came.ends.len() == self.endpoint.call.messages();
        (!(right && quiet && once && counted)).then(|| {
            format!(
                "{} {} ({}), {name}: {expected:?}, connections {}, {came:?}",
                self.contract.gateway,
                self.endpoint.name,
                self.form,
                self.server.connections()
            )
        })
    }

    async fn all(&self, kinds: Vec<Kind>) -> Vec<String> {
        let mut wrong = Vec::new();
        for kind in kinds {
            wrong.extend(self.play(kind.name, kind.play, kind.expected).await);
        }
        wrong
    }
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Plays every kind of bad reply.
pub(crate) async fn every_kind(contract: Contract) {
    let mut wrong = Vec::new();
    let mut played = 0;
    let mut least = usize::MAX;
    let mut slow = Vec::new();
    for endpoint in &contract.endpoints {
        for form in 0..contract.forms.len() {
            let run = Run::new(&contract, endpoint, form, AMPLE).await;
            let mut kinds = kinds::bodies(endpoint, contract.secret);
            kinds.extend(kinds::statuses(endpoint));
            kinds.extend(wire::answers(endpoint));
            let endless = wire::endless(endpoint);
            least = least.min(kinds.len() + endless.len());
            played += kinds.len() + endless.len();
            wrong.extend(run.all(kinds).await);
            slow.extend(endless.into_iter().map(|kind| (endpoint, form, kind)));
        }
    }
    // Each waits for the end of a bound, so all at once.
    let ends = slow.into_iter().map(async |(endpoint, form, kind)| {
        let run = Run::new(&contract, endpoint, form, AMPLE).await;
        let (_, connect) = &contract.forms[form];
        let gateway = connect(run.server.url(), within(SHORT));
        Run { gateway, ..run }.all(vec![kind]).await
    });
    wrong.extend(join_all(ends).await.concat());
    println!(
        "{}: {least} kinds of bad reply, {} endpoints, {} forms of credentials: {played} replies, {} wrong verdicts",
        contract.gateway,
        contract.endpoints.len(),
        contract.forms.len(),
        wrong.len()
    );
    assert!(least >= 40, "{least}");
    assert_none(&wrong);
}

/// Cuts the good reply and the refusal of every endpoint after each of their bytes: once as if that were all, once with
/// the length of the whole announced.
pub(crate) async fn cut_at_every_byte(contract: Contract) {
    let mut wrong = Vec::new();
    let mut played = 0;
    for endpoint in &contract.endpoints {
        let run = Run::new(&contract, endpoint, 0, AMPLE).await;
        for whole in [&endpoint.good, &endpoint.refusal] {
            for cut in 0..whole.len() {
                let left = &whole.as_bytes()[..cut];
                for play in [Play::http(200, "", left), wire::announced(whole.len(), left)] {
                    let name = format!("{} of {} bytes", cut, whole.len());
                    wrong.extend(run.play(&name, play, Expected::Only(End::Unclear)).await);
                    played += 1;
                }
            }
        }
    }
    println!(
        "{}: {played} replies cut off, {} wrong verdicts",
        contract.gateway,
        wrong.len()
    );
    assert!(played > 0);
    assert_none(&wrong);
}
