//! Copies of everything: backup, restore, export.

use super::protocol::{ArchiveCommand, Backup};
use super::shared::Shared;
use std::sync::Arc;

impl Shared {
    /// Carries out a command about copies.
    pub(super) fn archive_command(self: &Arc<Self>, command: ArchiveCommand) {
        tracing::warn!(?command, "no copies yet");
    }

    /// The backups there are, newest first.
    pub(super) async fn backups(&self) -> Vec<Backup> {
        Vec::new()
    }
}
