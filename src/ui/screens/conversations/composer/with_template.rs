//! The composer while a template is chosen: the form in the place of the text, with the picture above it where there is one.

use super::Composer;
use super::template::{Form, FormAct, problem_words};
use crate::domain::MediaKind;
use crate::domain::attachment::Attachment;
use crate::engine::AccountView;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::pictures::Pictures;
use crate::ui::theme::icons;
use crate::ui::widgets;
use crate::ui::words;
use egui::Ui;

impl Composer {
    /// Whether files can be added: with a template only where a picture stands above its text.
    pub(super) fn takes_attachments(&self) -> bool {
        self.templates.form().is_none_or(Form::has_picture)
    }

    /// The template in the place of the text; answers whether the key that sends was pressed in it.
    pub(super) fn template_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        account: &AccountView,
    ) -> bool {
        let mut templates = std::mem::take(&mut self.templates);
        let mut act = FormAct::default();
        let kept = self.attached();
        if let Some(form) = templates.form_mut() {
            let with_picture = form.has_picture();
            let picture = self.picture_name(account).filter(|_| with_picture);
            let around = (self.sending.is_some(), picture.as_deref());
            act = form.ui(ui, ctx, around, |ui| self.slot_ui(ui, ctx, pictures, account));
            if !with_picture && kept > 0 {
                let words = t!(ctx, "composer-template-attachments-stay", count = kept);
                widgets::hint(ui, ctx.theme, words);
            }
        }
        self.templates = templates;
        if act.close {
            self.templates.close_form();
            self.focus = true;
        }
        self.schedule.ui(ui, ctx);
        act.send
    }

    /// The place for the picture above a template's text.
    fn slot_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, pictures: &mut Pictures, account: &AccountView) {
        if self.attached() == 0 {
            let attach = widgets::Button::secondary(t!(ctx, "composer-template-picture-attach"))
                .icon(icons::IMAGE)
                .enabled(self.sending.is_none())
                .small();
            if attach.show(ui, ctx.theme).clicked() {
                self.pick(ctx);
            }
        }
        self.attachments_ui(ui, ctx, pictures, account);
    }

    /// The name of the one picture that is attached.
    fn picture_name(&self, account: &AccountView) -> Option<String> {
        let mut attachments: Vec<Attachment> = self.files.here().iter().map(Attachment::from_file).collect();
        attachments.extend(self.address.attachment(account).ok().flatten());
        let one = attachments.pop().filter(|_| attachments.is_empty())?;
        (one.kind == MediaKind::Image && self.attached() == 1).then_some(one.name)
    }

    /// Why a template cannot be sent yet.
    pub(super) fn template_blocked(&self, ctx: &UiContext<'_>, account: &AccountView) -> Option<String> {
        let form = self.templates.form()?;
        if form.has_picture() {
            if let Some(words) = self.files.blocked(ctx) {
                return Some(words);
            }
            if let Err(problem) = self.address.attachment(account) {
                return Some(words::attachment_problem(ctx.text, &problem));
            }
            if self.attached() > 1 {
                return Some(t!(ctx, "composer-template-picture-one"));
            }
        }
        let problems = form.filled(self.picture_name(account).is_some()).err()?;
        Some(match problems.first() {
            Some(problem) => problem_words(ctx, problem),
            None => t!(ctx, "composer-template-broken"),
        })
    }
}
