//! The fields of storage that speaks the S3 protocol.

use super::super::secret::{SecretField, clean_paste};
use super::super::store_note;
use super::form::HostingForm;
use crate::domain::account::DraftProblemKind;
use crate::domain::hosting::StorageKeys;
use crate::engine::Ticket;
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::space;
use crate::ui::widgets::{Field, hint, toggle_row};
use crate::ui::words;
use egui::{Response, Ui};

/// Longest text a field takes, in characters.
const TYPED_MAX: usize = 2_000;

impl HostingForm {
    /// Draws the fields. Returns the ticket of a secret that nobody looks at any more.
    pub(super) fn storage_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> Option<Ticket> {
        ui.spacing_mut().item_spacing.y = space::M;
        hint(ui, ctx.theme, t!(ctx, "hosting-storage-help"));
        for (key, example) in [
            ("endpoint", "https://s3.sa-east-1.amazonaws.com"),
            ("bucket", "recado"),
            ("region", "sa-east-1"),
        ] {
            self.text_ui(ui, ctx, key, example);
        }
        let first = self.key_ui(ui, ctx, StorageKeys::ACCESS_KEY);
        let second = self.key_ui(ui, ctx, StorageKeys::SECRET_KEY);
        self.text_ui(ui, ctx, "prefix", "");
        self.path_style_ui(ui, ctx);
        first.or(second)
    }

    fn error(&self, ctx: &UiContext<'_>, field: &str) -> Option<String> {
        self.problem(field).map(|kind| problem_words(ctx, field, kind))
    }

    fn take_focus(&mut self, field: &str, response: &Response) {
        if self.focus == Some(field) {
            self.focus = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
    }

    fn text_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, key: &'static str, example: &str) {
        let (error, id) = (self.error(ctx, key), self.field_id(key));
        let value = match key {
            "endpoint" => &mut self.values.endpoint,
            "bucket" => &mut self.values.bucket,
            "region" => &mut self.values.region,
            _ => &mut self.values.prefix,
        };
        let response = Field::new(ctx.text.get(&format!("hosting-field-{key}")), value)
            .id(id)
            .hint(example)
            .max_chars(TYPED_MAX)
            .error(error)
            .help(Some(ctx.text.get(&format!("hosting-field-{key}-help"))))
            .show(ui, ctx.theme);
        clean_paste(ui, &response, value);
        self.take_focus(key, &response);
    }

    /// One of the keys. `entry`: under which name it is kept.
    fn key_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, entry: &'static str) -> Option<Ticket> {
        let key = if entry == StorageKeys::ACCESS_KEY {
            "access_key"
        } else {
            "secret_key"
        };
        let (error, id) = (self.error(ctx, key), self.field_id(key));
        // The two belong together: once one of them is typed, the other one that is kept is of no use.
        let stored = self.kept_keys().filter(|_| !self.values.has_typed_keys());
        let value = if entry == StorageKeys::ACCESS_KEY {
            &mut self.values.access_key
        } else {
            &mut self.values.secret_key
        };
        let store = store_note::store_name(ctx);
        let field = SecretField {
            key: entry,
            words: ctx.text.get(&format!("hosting-field-{key}")),
            id,
            value,
            stored,
            error,
            help: t!(ctx, "hosting-key-help", store = store),
        };
        let (response, unwanted) = field.show(ui, ctx, &mut self.revealing);
        self.take_focus(key, &response);
        unwanted
    }

    fn path_style_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let words = t!(ctx, "hosting-field-path-style");
        let help = t!(ctx, "hosting-field-path-style-help");
        toggle_row(ui, ctx.theme, words, &help, &mut self.values.path_style);
    }
}

/// What is wrong with a field; where the rule is one of storage, the rule itself.
fn problem_words(ctx: &UiContext<'_>, field: &str, kind: DraftProblemKind) -> String {
    let general = matches!(kind, DraftProblemKind::Empty | DraftProblemKind::TooLong(_));
    let of_addresses = matches!(
        kind,
        DraftProblemKind::NotAUrl | DraftProblemKind::NotEncrypted | DraftProblemKind::ControlCharacters
    );
    match field {
        "endpoint" if !general && !of_addresses => t!(ctx, "hosting-problem-endpoint"),
        "bucket" if !general => t!(ctx, "hosting-problem-bucket"),
        "prefix" if !general => t!(ctx, "hosting-problem-prefix"),
        "region" if !general => t!(ctx, "hosting-problem-region"),
        _ => words::draft_problem(ctx.text, kind),
    }
}
