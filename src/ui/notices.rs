//! What the engine says in passing, in words.

use super::context::{ToastKind, UiAction, UiContext};
use super::dialogs::Dialogs;
use super::screens::conversations::formatting;
use super::words;
use crate::domain::AccountId;
use crate::engine::Notice;
use crate::t;

/// Says a notice as a toast, unless an open dialog shows it already.
pub fn say(ctx: &UiContext<'_>, notice: &Notice, dialogs: &mut Dialogs) {
    let name = |id: &AccountId| {
        ctx.live
            .account(*id)
            .map_or_else(String::new, |view| view.account.name.clone())
    };
    let (kind, text) = match notice {
        Notice::Alert(account, alert) => {
            let (title, body) = words::alert(ctx.text, *alert, &name(account));
            (ToastKind::Info, format!("{title}. {body}"))
        }
        Notice::Incoming(notice) => (
            ToastKind::Info,
            t!(
                ctx,
                "toast-incoming",
                name = notice.name.as_str(),
                text = words::incoming_line(ctx.text, notice.kind, &formatting::plain(&notice.text))
            ),
        ),
        Notice::Paired(account, phone) => {
            let phone = phone.clone().unwrap_or_else(|| name(account));
            (ToastKind::Done, t!(ctx, "toast-paired", phone = phone))
        }
        Notice::Problem(_, reason) => (
            ToastKind::Problem,
            format!(
                "{} {}",
                words::reason_exactly(ctx.text, reason),
                words::reason_advice(ctx.text, reason)
            ),
        ),
        Notice::DoNotWrite(_) => (ToastKind::Problem, t!(ctx, "toast-do-not-write")),
        Notice::TooLate(_) => (ToastKind::Info, t!(ctx, "toast-too-late")),
        Notice::Secrets(error) => {
            let said = words::secret_error(ctx.text, error);
            if dialogs.failed(&said) {
                return;
            }
            (ToastKind::Problem, said)
        }
        Notice::Failed(said) => {
            if dialogs.failed(said) {
                return;
            }
            (ToastKind::Problem, t!(ctx, "toast-failed", words = said.as_str()))
        }
        Notice::BackupFailed(said) => (
            ToastKind::Problem,
            t!(ctx, "settings-backup-failed", words = said.as_str()),
        ),
        Notice::AccountRemoved(account) => (
            ToastKind::Done,
            t!(ctx, "toast-account-removed", account = account.as_str()),
        ),
    };
    ctx.act(UiAction::Toast(kind, text));
}
