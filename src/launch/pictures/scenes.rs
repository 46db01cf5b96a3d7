//! What only the accounts with templates have: their screens, their library, a template that is being filled in.

use super::{Album, VIEWS, View};
use crate::domain::settings::ThemeChoice;
use crate::gateway::capabilities;
use crate::launch::demo::Stage;
use crate::launch::demo_devino;
use crate::ui::screens::Screen;
use anyhow::Context as _;
use egui::vec2;

/// High enough for all that stands below each other on the accounts screen.
const TALL: &[View] = &[
    View {
        name: "light",
        theme: ThemeChoice::Light,
        size: vec2(1_280.0, 1_500.0),
        scale_percent: 100,
    },
    View {
        name: "dark",
        theme: ThemeChoice::Dark,
        size: vec2(1_280.0, 1_500.0),
        scale_percent: 100,
    },
];

impl Album<'_> {
    /// Draws them.
    pub(super) fn draw_others(&mut self, stage: &Stage) -> anyhow::Result<()> {
        for (account, name) in [(stage.devino, "devino"), (stage.decision, "decision-telecom")] {
            self.studio.app.choose(account);
            for screen in [Screen::Dashboard, Screen::Queue, Screen::Accounts] {
                self.studio.app.go(screen);
                self.take(&format!("{}-{name}", screen.key()))?;
            }
            for view in TALL {
                self.take_in(&format!("templates-{name}"), view)?;
            }
        }
        self.draw_conversations(stage)?;
        self.draw_new_account(stage)
    }

    fn draw_conversations(&mut self, stage: &Stage) -> anyhow::Result<()> {
        let shown = [
            (stage.shown.open, "conversations-open"),
            (stage.shown.closed, "conversations-closed"),
            (stage.shown.refused, "conversations-refused"),
        ];
        for (conversation, name) in shown {
            let conversation = conversation.context("a conversation of the demo is missing")?;
            self.studio.app.open_conversation(conversation);
            self.take(name)?;
        }
        let view = &VIEWS[0];
        let closed = stage
            .shown
            .closed
            .context("a conversation of the demo is missing")?;
        self.studio.app.open_conversation(closed);
        self.studio.look(view)?;
        let open = self.text.get("composer-template-open");
        self.studio.press(view, &open)?;
        self.take("template-choice")?;
        self.studio.look(view)?;
        let template = &demo_devino::DELIVERY;
        self.studio.press(view, template.key)?;
        // Who it is stands in the first field already.
        for (name, sample) in template.parameters.iter().skip(1) {
            self.studio.write(view, name, sample)?;
        }
        self.take("template-filled")
    }

    fn draw_new_account(&mut self, stage: &Stage) -> anyhow::Result<()> {
        let view = &VIEWS[0];
        self.studio.app.choose(stage.account);
        self.studio.app.go(Screen::Accounts);
        self.studio.look(view)?;
        let add = self.text.get("accounts-add");
        self.studio.press(view, &add)?;
        for (account, name) in [(stage.devino, "devino"), (stage.decision, "decision-telecom")] {
            let kind = self.studio.gateway_of(account).context("an account is gone")?;
            self.studio.look(view)?;
            self.studio.press(view, capabilities(kind).vendor)?;
            self.take(&format!("new-account-{name}"))?;
        }
        Ok(())
    }
}
