//! The inbox: what the listener brings is read, committed and told.

use super::protocol::InboxCommand;
use super::shared::Shared;
use std::sync::Arc;

/// The folder of files that came.
pub(super) fn media_folder(shared: &Shared) -> std::path::PathBuf {
    shared.publisher.live().folder.join("media")
}

impl Shared {
    /// Carries out a command about what comes in.
    pub(super) async fn inbox_command(self: &Arc<Self>, command: InboxCommand) {
        tracing::warn!(?command, "nothing comes in yet");
    }
}
