//! The operator's files that can be fetched from outside just now: where each is, until when, and who needs it.

use super::parts::row;
use crate::domain::hosting::{HostedFile, PreparingStep};
use crate::domain::text::shown_name;
use crate::domain::{OutgoingFileId, Timestamp};
use crate::engine::{AttachmentCommand, Command};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::read_model::Want;
use crate::ui::theme::{Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::{Ui, vec2};
use std::collections::BTreeMap;
use std::time::Duration;

/// Files that are listed while the list is folded.
const LISTED: usize = 5;
/// A file that is being taken away is looked for this often, and no longer than [`TAKEN_AT_MOST`].
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// After this time a file that is still there is shown as before: its place did not let it go yet.
const TAKEN_AT_MOST: Duration = Duration::from_secs(15);

/// The card.
#[derive(Debug, Default)]
pub(super) struct HostedCard {
    /// The file of which it is being asked whether it is to be taken away.
    asking: Option<OutgoingFileId>,
    /// Files that are being taken away, since when.
    leaving: BTreeMap<OutgoingFileId, Timestamp>,
    looked_at: Timestamp,
    unfolded: bool,
}

impl HostedCard {
    pub(super) fn ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let theme = ctx.theme;
        self.look(ctx);
        widgets::hint(ui, theme, t!(ctx, "hosted-help"));
        let read = ctx.model.hosted_files();
        if let Some(said) = &read.error {
            widgets::hint(ui, theme, words::their_words(ctx.text, said));
            if Button::secondary(t!(ctx, "try-again"))
                .small()
                .show(ui, theme)
                .clicked()
            {
                ctx.want(Want::HostedFilesAgain);
            }
        }
        match &read.value {
            None if read.error.is_some() => {}
            None => {
                widgets::skeleton(ui, theme, vec2(320.0, 20.0));
                widgets::skeleton(ui, theme, vec2(420.0, 20.0));
            }
            Some(files) if files.is_empty() => {
                let words = t!(ctx, "hosted-none");
                widgets::label(ui, theme, words, Type::Body, Weight::Regular, theme.colors.dim);
            }
            Some(files) => self.list_ui(ui, ctx, files),
        }
        self.dialog_ui(ui, ctx);
    }

    /// Has the list read, and again while a file is being taken away: nobody says when it is gone.
    fn look(&mut self, ctx: &UiContext<'_>) {
        let files = ctx.model.hosted_files().value.as_deref().unwrap_or_default();
        self.leaving.retain(|id, since| {
            files.iter().any(|hosted| hosted.file.id == *id) && ctx.now.since(*since) < TAKEN_AT_MOST
        });
        if !self.leaving.is_empty() {
            let next = self.looked_at.plus(LOOK_EVERY);
            if ctx.now >= next {
                self.looked_at = ctx.now;
                ctx.want(Want::HostedFilesAgain);
            }
            ctx.wake_at(self.looked_at.plus(LOOK_EVERY));
        }
        ctx.want(Want::HostedFiles);
    }

    fn list_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, files: &[HostedFile]) {
        let theme = ctx.theme;
        let bytes = files.iter().map(|hosted| hosted.file.file.bytes).sum();
        let total = t!(
            ctx,
            "hosted-total",
            count = files.len(),
            size = ctx.text.file_size(bytes)
        );
        widgets::label(
            ui,
            theme,
            total,
            Type::Secondary,
            Weight::Medium,
            theme.colors.dim,
        );
        let count = if self.unfolded { files.len() } else { LISTED };
        for hosted in files.iter().take(count) {
            self.row_ui(ui, ctx, hosted);
        }
        if files.len() > LISTED {
            let words = if self.unfolded {
                t!(ctx, "hosted-fewer")
            } else {
                t!(ctx, "hosted-all", count = files.len())
            };
            let sign = if self.unfolded {
                icons::CHEVRON_UP
            } else {
                icons::CHEVRON_DOWN
            };
            if Button::ghost(words).icon(sign).small().show(ui, theme).clicked() {
                self.unfolded = !self.unfolded;
            }
        }
    }

    fn row_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, hosted: &HostedFile) {
        let name = shown_name(&hosted.file.file.name);
        let leaving = self.leaving.contains_key(&hosted.file.id);
        row(ui, ctx, &name, &about(ctx, hosted), |ui| {
            let take = Button::secondary(t!(ctx, "hosted-revoke"))
                .name(t!(ctx, "hosted-revoke-of", name = name.as_str()))
                .small()
                .busy(leaving);
            if take.show(ui, ctx.theme).clicked() && !leaving {
                self.asking = Some(hosted.file.id);
            }
        });
    }

    /// Before a file is taken away: what that means for the messages that need it.
    fn dialog_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(id) = self.asking else { return };
        let files = ctx.model.hosted_files().value.as_deref().unwrap_or_default();
        let Some(hosted) = files.iter().find(|hosted| hosted.file.id == id) else {
            self.asking = None;
            return;
        };
        let theme = ctx.theme;
        let name = shown_name(&hosted.file.file.name);
        let title = t!(ctx, "hosted-revoke-title", name = name.as_str());
        let shown = widgets::dialog(ui.ctx(), theme, "revoke-file", title, |ui| {
            let means = if hosted.needed_by == 0 {
                t!(ctx, "hosted-revoke-unneeded")
            } else {
                t!(ctx, "hosted-revoke-needed", count = hosted.needed_by)
            };
            let color = theme.colors.text;
            widgets::label(ui, theme, means, Type::Body, Weight::Regular, color);
            if hosted.needed_by > 0 {
                let color = theme.colors.warn;
                let words = t!(ctx, "hosted-revoke-accepted");
                widgets::label(ui, theme, words, Type::Body, Weight::Medium, color);
            }
            ui.add_space(space::S);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                let keep = Button::secondary(t!(ctx, "hosted-revoke-keep"))
                    .show(ui, theme)
                    .clicked();
                let take = Button::danger(t!(ctx, "hosted-revoke-go"))
                    .icon(icons::TRASH)
                    .show(ui, theme)
                    .clicked();
                (keep, take)
            })
            .inner
        });
        let (keep, take) = shown.inner.unwrap_or_default();
        if take {
            ctx.send(Command::Attachment(AttachmentCommand::Revoke(id)));
            self.leaving.insert(id, ctx.now);
            self.looked_at = ctx.now;
        }
        if keep || take || shown.should_close {
            self.asking = None;
        }
    }
}

/// Everything about a file in one line: size, where, since and until when, who needs it, whose it is.
fn about(ctx: &UiContext<'_>, hosted: &HostedFile) -> String {
    let placement = &hosted.placement;
    let mut parts = vec![
        ctx.text.file_size(hosted.file.file.bytes),
        ctx.text.get(&format!("hosting-place-{}", placement.place.key())),
    ];
    match placement.placed_at.filter(|_| placement.url.is_some()) {
        Some(at) => parts.push(t!(ctx, "hosted-since", when = ctx.text.day_and_time(at, ctx.now))),
        None => parts.push(on_its_way(ctx, hosted)),
    }
    if let Some(until) = placement.expires_at {
        let when = ctx.text.day_and_time(until, ctx.now);
        parts.push(t!(ctx, "hosted-until", when = when));
    }
    parts.push(t!(ctx, "hosted-needed-by", count = hosted.needed_by));
    if ctx.live.accounts.len() > 1
        && let Some(view) = ctx.live.account(hosted.file.account)
    {
        parts.push(shown_name(&view.account.name));
    }
    parts.join(" · ")
}

/// How far a file is that is not there yet.
fn on_its_way(ctx: &UiContext<'_>, hosted: &HostedFile) -> String {
    match ctx.live.preparing.get(&hosted.file.id) {
        Some((_, PreparingStep::Uploading { done, total })) if *total > 0 => {
            #[allow(clippy::cast_precision_loss, reason = "a percentage needs no 53 bits")]
            let share = *done as f64 / *total as f64;
            let share = ctx.text.percent(share.min(1.0), 0);
            t!(ctx, "hosted-uploading", share = share)
        }
        _ => t!(ctx, "hosted-on-its-way"),
    }
}
