//! Whether files of this computer can be put where the account's gateway fetches them, said before anything is sent.

use super::text::note;
use crate::domain::hosting::AttachmentHosting;
use crate::engine::{AccountView, Live, Reach};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::screens::Screen;
use crate::ui::theme::Tone;
use crate::ui::widgets;
use egui::Ui;

/// What stands in the way of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    /// The account has no place for files.
    NoPlace,
    /// Nobody listens.
    NotListening,
    /// Nobody outside knows where we listen.
    NoPublicAddress,
}

/// A message with a file may be sent nevertheless: it waits until there is a place for it.
pub(super) fn warning_ui(ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
    let Some(obstacle) = obstacle(ctx.live, account) else {
        return;
    };
    let (words, way, screen) = match obstacle {
        Obstacle::NoPlace => (
            t!(ctx, "composer-hosting-no-place"),
            t!(ctx, "composer-hosting-open-accounts"),
            Screen::Accounts,
        ),
        Obstacle::NotListening => (
            t!(ctx, "composer-hosting-not-listening"),
            t!(ctx, "composer-hosting-open-settings"),
            Screen::Settings,
        ),
        Obstacle::NoPublicAddress => (
            t!(ctx, "composer-hosting-no-public-address"),
            t!(ctx, "composer-hosting-open-settings"),
            Screen::Settings,
        ),
    };
    note(ui, ctx.theme, Tone::Warn, words);
    if widgets::link(ui, ctx.theme, way).clicked() {
        ctx.act(UiAction::Go(screen));
    }
}

fn obstacle(live: &Live, account: &AccountView) -> Option<Obstacle> {
    match &account.account.hosting {
        AttachmentHosting::AddressOnly => Some(Obstacle::NoPlace),
        AttachmentHosting::Storage(_) => None,
        AttachmentHosting::Listener => match live.reach(&account.account) {
            Reach::NotListening => Some(Obstacle::NotListening),
            Reach::NoPublicAddress => Some(Obstacle::NoPublicAddress),
            Reach::Public(_) | Reach::Here(_) | Reach::Starting => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Account;
    use crate::engine::ListenerState;
    use crate::ui::testing;
    use std::sync::Arc;

    #[test]
    fn what_stands_in_the_way_is_known_before() {
        let mut live = testing::live(1);
        let with = |live: &Live, hosting: AttachmentHosting, base: Option<&str>| {
            let mut view = live.accounts[0].clone();
            view.account = Arc::new(Account {
                hosting,
                base_url: base.map(str::to_owned),
                ..Account::clone(&view.account)
            });
            obstacle(live, &view)
        };
        let storage = AttachmentHosting::Storage(crate::domain::hosting::StorageConfig::default());
        let played = Some("http://127.0.0.1:4000/");
        assert_eq!(
            with(&live, AttachmentHosting::AddressOnly, None),
            Some(Obstacle::NoPlace)
        );
        assert_eq!(with(&live, storage, None), None);
        let listener = AttachmentHosting::Listener;
        assert_eq!(
            with(&live, listener.clone(), played),
            Some(Obstacle::NotListening)
        );
        live.listener.state = ListenerState::Listening(([127, 0, 0, 1], 4_100).into());
        assert_eq!(
            with(&live, listener.clone(), None),
            Some(Obstacle::NoPublicAddress)
        );
        assert_eq!(with(&live, listener.clone(), played), None);
        live.settings = Arc::new(crate::domain::settings::Settings {
            public_url: Some("https://recado.example".into()),
            ..crate::domain::settings::Settings::clone(&live.settings)
        });
        assert_eq!(with(&live, listener, None), None);
    }
}
