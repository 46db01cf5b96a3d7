//! Settings that are changed in the window: they hold at once, before the engine has taken them.

use super::RecadoApp;
use crate::domain::settings::Settings;
use crate::engine::{Command, Live};
use std::sync::Arc;

impl RecadoApp {
    pub(super) fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = Settings::clone(&self.live.settings);
        change(&mut settings);
        self.send_settings(settings.clamped());
    }

    /// Settings hold at once; the engine stores them and comes back with the same.
    pub(super) fn send_settings(&mut self, settings: Settings) {
        if settings == *self.live.settings {
            return;
        }
        let sent = Arc::new(settings);
        let before = match self.sent_settings.take() {
            Some((before, _)) => before,
            None => self.live.settings.clone(),
        };
        self.sent_settings = Some((before, sent.clone()));
        self.live = Arc::new(Live {
            settings: sent.clone(),
            ..Live::clone(&self.live)
        });
        self.link
            .send(Command::Settings(Box::new(Settings::clone(&sent))));
    }

    pub(super) fn take_live(&mut self, live: Arc<Live>) {
        // The engine may publish something else before it has taken our settings: until then ours hold.
        let ours = self
            .sent_settings
            .take()
            .filter(|(before, sent)| live.settings == *before && *before != *sent);
        self.live = match ours {
            Some((before, sent)) => {
                let patched = Live {
                    settings: sent.clone(),
                    ..Live::clone(&live)
                };
                self.sent_settings = Some((before, sent));
                Arc::new(patched)
            }
            None => live,
        };
    }
}
