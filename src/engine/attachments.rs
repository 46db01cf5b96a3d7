//! Files of the operator's: taken in, put where the gateway can fetch them, fetched back, taken away again.

use super::protocol::{Answer, AttachmentCommand};
use super::shared::Shared;
use crate::domain::hosting::{FetchProblem, HostingError};
use crate::domain::outgoing::FileProblem;
use std::sync::Arc;

impl Shared {
    /// Carries out a command about files to be sent.
    pub(super) async fn attachment_command(self: &Arc<Self>, command: AttachmentCommand) {
        let (ticket, answer) = match command {
            AttachmentCommand::TakeIn { ticket, .. } => {
                (ticket, Answer::TakenIn(Err(FileProblem::Failed(String::new()))))
            }
            AttachmentCommand::LookAt { ticket, .. } => {
                (ticket, Answer::LookedAt(Err(FetchProblem::TimedOut)))
            }
            AttachmentCommand::SetHosting { ticket, .. } => {
                (ticket, Answer::HostingSaved(Err(HostingError::NoPlace)))
            }
            AttachmentCommand::TestHosting { ticket, .. } => {
                (ticket, Answer::HostingTested(Err(HostingError::NoPlace)))
            }
            AttachmentCommand::Discard(_) | AttachmentCommand::Revoke(_) => return,
        };
        self.publisher.answer(ticket, answer);
    }
}
