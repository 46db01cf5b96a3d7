//! Any simulator, as a behaviour sees it.

use recado::domain::account::AccountDraft;
use recado::simulator::{Contact, Fault, Times};
use url::Url;

/// The template that is registered where there are templates.
pub const TEMPLATE: &str = "pedido_pronto";

/// A request with messages in it, as it came.
#[derive(Debug, Clone)]
pub struct Request {
    /// What it held, without the credentials.
    pub body: String,
}

/// A message the vendor took.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The vendor's identifier.
    pub id: String,
    /// The mark by which we find it in what is told; empty where none goes along.
    pub mark: String,
    /// To whom: digits.
    pub to: String,
    pub text: String,
    /// Key and values.
    pub template: Option<(String, Vec<String>)>,
    /// Where the vendor tells about it; `None` for the address in its panel.
    pub callback: Option<Url>,
    /// Address of what it carries; empty for nothing.
    pub file_url: String,
    /// Status and SHA-256 of what came from there.
    pub file: Option<(Option<u16>, [u8; 32])>,
    /// How often it really went to the person.
    pub times_sent: usize,
    /// The person has seen it.
    pub seen: bool,
}

/// What the books of a vendor hold.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Requests with messages in them, in order.
    pub sends: Vec<Request>,
    /// In the order in which they were taken.
    pub taken: Vec<Taken>,
    /// Requests to where nothing is: a redirect that was followed, say.
    pub strays: usize,
    /// Questions what became of a message.
    pub questions: usize,
    /// Questions of whatever kind, with which nothing is sent.
    pub reads: usize,
    /// Nothing waits to be sent.
    pub is_drained: bool,
    /// Nothing waits to be told.
    pub is_quiet: bool,
}

impl Facts {
    /// How often a message with this text was asked to be sent.
    pub fn requests_with(&self, text: &str) -> usize {
        self.sends
            .iter()
            .filter(|request| request.body.contains(text))
            .count()
    }

    /// How many messages with this text were taken; one that went to its person twice counts twice.
    pub fn copies_of(&self, text: &str) -> usize {
        let copies = self.taken.iter().filter(|taken| taken.text == text);
        copies.map(|taken| taken.times_sent.max(1)).sum()
    }

    /// Whether every request with this text held the same.
    pub fn all_identical(&self, text: &str) -> bool {
        let mut bodies = self
            .sends
            .iter()
            .map(|request| &request.body)
            .filter(|body| body.contains(text));
        let first = bodies.next();
        bodies.all(|body| Some(body) == first)
    }
}

/// A played gateway, whichever; stopped when dropped.
pub trait PlayedGateway {
    fn port(&self) -> u16;

    /// Stops it; its port is free then.
    fn stop(&mut self);

    /// What an operator types for an account of it.
    fn draft(&self, name: &str, token: &str) -> AccountDraft;

    /// Lets a fault happen where messages are sent.
    fn fault(&self, fault: Fault, times: Times, processed: Option<bool>);

    fn clear_faults(&self);

    /// Refuses the next message for good, with an error of the vendor's.
    fn refuse_next(&self);

    /// Nothing more may be sent: the limit is used up, or the money.
    fn run_out(&self);

    /// There is plenty again.
    fn refill(&self);

    fn refuse_credentials(&self, refused: bool);

    /// Keeps accepted messages back, or lets them go.
    fn hold(&self, held: bool);

    /// Enters an address in the vendor's panel.
    fn call_at(&self, address: Url);

    /// Has reports name messages by our own mark, where the vendor may do either.
    fn report_by_our_mark(&self);

    /// Has reports come repeated, and where the vendor does so in any order.
    fn report_in_disorder(&self);

    /// Tells once more, much too late, that a message was only delivered.
    fn report_late(&self, taken: &Taken);

    /// Somebody writes, and it is told so often.
    fn hear(&self, from: &Contact, text: &str, copies: usize);

    fn facts(&self) -> Facts;

    /// Waits until the books look like this.
    #[track_caller]
    fn wait(&self, what: &str, condition: &mut dyn FnMut(&Facts) -> bool);
}
