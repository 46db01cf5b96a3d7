//! What a played vendor that speaks JSON has of its own.

use super::super::webhook::{Contact, Said};
use super::config::CommonConfig;
use super::ledger::Step;
use super::page::Page;
use super::post::Content;
use super::state::VendorState;
use tokio::time::Instant;

/// What a vendor can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Function {
    /// To send messages.
    Send,
    /// What became of a message.
    State,
}

/// What a played vendor that speaks JSON has of its own. Its state is what only it knows.
pub trait Vendor: std::fmt::Debug + Sized + Send + 'static {
    /// How it begins.
    type Config: Send;

    /// Where it has its functions; here they answer under any path before theirs.
    const BASE_PATH: &'static str;

    /// With what code a message ends whose attachment could not be had.
    const ATTACHMENT_LOST: u32;

    /// It begins.
    fn begin(config: Self::Config) -> (Self, CommonConfig);

    /// The function a path leads to.
    fn function(path: &str) -> Option<Function>;

    /// Whether the credentials in the header `Authorization` are right.
    fn is_authorised(&self, authorization: Option<&str>) -> bool;

    /// What it answers to wrong credentials.
    fn unauthorised(&self) -> Page;

    /// What it answers if something of its own is broken.
    fn broken(&self) -> Page;

    /// Carries a request out. The credentials were right.
    fn answer(state: &mut VendorState<Self>, function: Function, body: &[u8], now: Instant) -> Page;

    /// How many entries for one address it tells in one array at most.
    fn entries_max(&self) -> usize {
        1
    }

    /// What it tells about a message, each time that it does.
    fn tell(state: &mut VendorState<Self>, message: usize, step: Step) -> Vec<Content>;

    /// Somebody writes to it. Unless it tells what people write, all that follows is that they may be written to freely.
    fn person_writes(state: &mut VendorState<Self>, from: Contact, _said: Said, now: Instant) {
        state.note_heard(&from.phone, now);
    }
}
