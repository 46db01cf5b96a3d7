//! An attachment by its `https` address: the field, whether the gateway takes it, and what stands there.

use super::place_id;
use super::text::note;
use crate::domain::Timestamp;
use crate::domain::attachment::{Attachment, AttachmentProblem, MediaRule};
use crate::domain::conversation::DraftPlace;
use crate::domain::hosting::{FetchProblem, SeenAddress};
use crate::engine::{AccountView, Answer, AttachmentCommand, Command, Ticket};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::file_words;
use crate::ui::screens::conversations::bubble;
use crate::ui::theme::{Tone, icons};
use crate::ui::widgets::{self, Field};
use crate::ui::words;
use egui::{Id, Ui};
use std::time::Duration;

/// An address is looked at this long after the last letter.
const LOOK_AFTER: Duration = Duration::from_millis(600);

/// What is typed as an address, and what is known about it.
#[derive(Default)]
pub(super) struct Address {
    url: String,
    open: bool,
    focus: bool,
    look: Option<Look>,
}

/// A look at an address.
struct Look {
    url: String,
    since: Timestamp,
    state: LookState,
}

enum LookState {
    Waiting,
    Asked(Ticket),
    Answered(Result<SeenAddress, FetchProblem>),
}

impl Address {
    /// Whether nothing is typed.
    pub(super) fn is_empty(&self) -> bool {
        self.url.trim().is_empty()
    }

    /// What is typed, as it is.
    pub(super) fn typed(&self) -> &str {
        &self.url
    }

    /// Takes back what was kept with a draft.
    pub(super) fn restore(&mut self, url: &str) {
        url.clone_into(&mut self.url);
        self.open = !url.is_empty();
    }

    /// Shows the field and gives it the keyboard.
    pub(super) fn open(&mut self) {
        self.open = true;
        self.focus = true;
    }

    /// The attachment, if one is typed.
    pub(super) fn attachment(&self, account: &AccountView) -> Result<Option<Attachment>, AttachmentProblem> {
        if self.is_empty() {
            return Ok(None);
        }
        Attachment::from_url(&self.url, account.capabilities.media).map(Some)
    }

    /// Draws the field while it is open; answers whether it was closed.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        account: &AccountView,
        place: DraftPlace,
    ) -> bool {
        if !self.open {
            return false;
        }
        let theme = ctx.theme;
        let attachment = self.attachment(account);
        let mut close = false;
        if let Ok(Some(attachment)) = &attachment {
            let icon = bubble::media_icon(attachment.kind);
            ui.horizontal(|ui| {
                widgets::pill(ui, theme, Tone::Neutral, Some(icon), &attachment.name);
                let name = t!(ctx, "composer-attachment-remove");
                close = widgets::icon_button(ui, theme, icons::X, name).clicked();
                let vendor = account.capabilities.vendor;
                widgets::hint(ui, theme, t!(ctx, "composer-attachment-fits", vendor = vendor));
            });
        }
        let error = attachment
            .as_ref()
            .err()
            .map(|problem| words::attachment_problem(ctx.text, problem));
        let help = t!(ctx, "composer-attachment-help", types = types(account));
        let field = Field::new(t!(ctx, "composer-attachment-url"), &mut self.url)
            .hint("https://")
            .error(error)
            .help(Some(help))
            .id(Id::unique(("attachment address", place_id(place))))
            .trailing(|ui| {
                let name = t!(ctx, "composer-attachment-close");
                close |= widgets::icon_button(ui, theme, icons::X, name).clicked();
            })
            .show(ui, theme);
        if std::mem::take(&mut self.focus) {
            field.request_focus();
        }
        self.look(ctx, account, attachment.ok().flatten().as_ref());
        self.look_ui(ui, ctx, account);
        if close {
            *self = Self::default();
        }
        close
    }

    /// Has the engine look at the address once it has not changed for a while.
    fn look(&mut self, ctx: &UiContext<'_>, account: &AccountView, attachment: Option<&Attachment>) {
        let Some(attachment) = attachment else {
            self.look = None;
            return;
        };
        let look = match &mut self.look {
            Some(look) if look.url == attachment.url => look,
            other => other.insert(Look {
                url: attachment.url.clone(),
                since: ctx.now,
                state: LookState::Waiting,
            }),
        };
        match look.state {
            LookState::Waiting => {
                let due = look.since.plus(LOOK_AFTER);
                if ctx.now < due {
                    ctx.wake_at(due);
                    return;
                }
                let ticket = ctx.ticket();
                look.state = LookState::Asked(ticket);
                ctx.send(Command::Attachment(AttachmentCommand::LookAt {
                    ticket,
                    account: account.account.id,
                    url: look.url.clone(),
                }));
            }
            LookState::Asked(ticket) => match ctx.take_answer(ticket) {
                Some(Answer::LookedAt(seen)) => look.state = LookState::Answered(seen),
                Some(_) => look.state = LookState::Answered(Err(FetchProblem::TimedOut)),
                None => {}
            },
            LookState::Answered(_) => {}
        }
    }

    /// What stands there. It warns at most: that the address is the right one is the operator's to say.
    fn look_ui(&self, ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
        let Some(look) = &self.look else { return };
        match &look.state {
            LookState::Waiting => {}
            LookState::Asked(_) => {
                widgets::hint(ui, ctx.theme, t!(ctx, "composer-address-looking"));
            }
            LookState::Answered(Ok(seen)) => {
                let rule = rule_of(account, &look.url);
                seen_ui(ui, ctx, seen, rule);
            }
            LookState::Answered(Err(problem)) => {
                let problem = file_words::fetch_problem(ctx.text, problem);
                let words = t!(ctx, "composer-address-problem", problem = problem);
                note(ui, ctx.theme, Tone::Warn, words);
            }
        }
    }
}

fn seen_ui(ui: &mut Ui, ctx: &UiContext<'_>, seen: &SeenAddress, rule: Option<&MediaRule>) {
    const UNKNOWN: &str = "application/octet-stream";
    let words = match seen.bytes {
        Some(bytes) => t!(
            ctx,
            "composer-address-answers-size",
            mime = seen.mime.as_str(),
            size = ctx.text.file_size(bytes)
        ),
        None => t!(ctx, "composer-address-answers", mime = seen.mime.as_str()),
    };
    widgets::hint(ui, ctx.theme, words);
    let Some(rule) = rule else { return };
    if seen.mime != rule.mime && seen.mime != UNKNOWN {
        let words = t!(
            ctx,
            "composer-address-other-type",
            expected = rule.extension.to_uppercase()
        );
        note(ui, ctx.theme, Tone::Warn, words);
    }
    if let (Some(bytes), Some(max)) = (seen.bytes, rule.max_bytes)
        && bytes > max
    {
        let words = t!(ctx, "composer-address-too-large", max = ctx.text.file_size(max));
        note(ui, ctx.theme, Tone::Warn, words);
    }
}

fn rule_of<'a>(account: &'a AccountView, url: &str) -> Option<&'a MediaRule> {
    let rules = account.capabilities.media;
    let name = Attachment::from_url(url, rules).ok()?.name;
    let extension = crate::domain::opening::extension(&name);
    rules.iter().find(|rule| rule.extension == extension)
}

fn types(account: &AccountView) -> String {
    let types: Vec<String> = account
        .capabilities
        .media
        .iter()
        .map(|rule| rule.extension.to_uppercase())
        .collect();
    types.join(", ")
}
