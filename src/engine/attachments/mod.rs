//! Files of the operator's: taken in, put where the gateway can fetch them, fetched back, taken away again.
//!
//! | file | duty |
//! |---|---|
//! | `taking_in` | copies a file into our folder, checks it, forgets what nobody needs |
//! | `preparing` | one task per account: which file is next, and what follows from its outcome |
//! | `placing` | puts one file in its place and fetches it back |
//! | `places` | where an account's files go |
//! | `hosted` | what our own listener hands out |
//! | `leaving` | whether the address of a message still holds when it is about to leave |
//! | `ending` | takes files away that no message needs any more |
//! | `choosing` | the operator chooses a place, tries it, takes a file back |
//! | `claims`, `progress` | which files are under way, and how far |

mod choosing;
mod claims;
mod ending;
mod hosted;
mod leaving;
mod places;
mod placing;
mod preparing;
mod progress;
mod taking_in;

pub(super) use leaving::Leaving;

use super::protocol::{Answer, AttachmentCommand};
use super::shared::Shared;
use claims::Claims;
use hosted::HostedBook;
use std::sync::Arc;
use tokio::sync::{Notify, Semaphore};

/// Files that are taken in at once: pictures are decoded whole.
const TAKEN_IN_AT_ONCE: usize = 2;

/// What these duties remember beside the database.
pub(super) struct AttachmentState {
    hosted: HostedBook,
    claims: Arc<Claims>,
    taking_in: Semaphore,
    /// A file may not be needed any more.
    end_wake: Notify,
    /// Something is to be removed from a storage.
    remove_wake: Notify,
}

impl Default for AttachmentState {
    fn default() -> Self {
        Self {
            hosted: HostedBook::default(),
            claims: Arc::default(),
            taking_in: Semaphore::new(TAKEN_IN_AT_ONCE),
            end_wake: Notify::new(),
            remove_wake: Notify::new(),
        }
    }
}

impl Shared {
    /// Begins the duties that are not an account's own.
    pub(super) fn begin_attachments(self: &Arc<Self>) {
        self.spawn("files to be prepared", Self::follow_surroundings);
        self.spawn("ends of files", Self::end_files);
        self.spawn("removal of files", Self::remove_placements);
        self.spawn("files nobody needs", Self::sweep_files);
    }

    /// Carries out a command about files to be sent. All of them wait for a disk, a keyring or others.
    pub(super) fn attachment_command(self: &Arc<Self>, command: AttachmentCommand) {
        self.spawn("attachment", |shared| async move {
            let (ticket, answer) = match command {
                AttachmentCommand::TakeIn {
                    ticket,
                    account,
                    source,
                    change,
                } => {
                    let taken = shared.take_in(account, source, change).await;
                    (ticket, Answer::TakenIn(taken))
                }
                AttachmentCommand::LookAt { ticket, account, url } => {
                    let seen = shared.look_at(account, &url).await;
                    (ticket, Answer::LookedAt(seen))
                }
                AttachmentCommand::SetHosting {
                    ticket,
                    account,
                    hosting,
                    keys,
                } => {
                    let saved = shared.set_hosting(account, hosting, keys).await;
                    (ticket, Answer::HostingSaved(saved))
                }
                AttachmentCommand::TestHosting {
                    ticket,
                    account,
                    hosting,
                    keys,
                } => {
                    let tested = shared.test_hosting(account, &hosting, keys).await;
                    (ticket, Answer::HostingTested(tested))
                }
                AttachmentCommand::Discard(file) => return shared.discard(file).await,
                AttachmentCommand::Revoke(file) => return shared.revoke(file).await,
            };
            shared.publisher.answer(ticket, answer);
        });
    }
}
