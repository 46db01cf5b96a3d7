//! The fields of the form: gateway, name, credentials, and what is rarely changed.

use super::countries;
use super::form::AccountForm;
use super::secret::{SecretField, TYPED_MAX, clean_paste};
use crate::domain::Connection;
use crate::engine::Ticket;
use crate::gateway::{Capabilities, CredentialField};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, size, space};
use crate::ui::widgets::text::paint_icon;
use crate::ui::widgets::{Field, focus_ring, hint, icon, label, select};
use crate::ui::words;
use egui::{CursorIcon, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

impl AccountForm {
    /// Draws the fields. Returns the ticket of a secret that nobody looks at any more.
    pub fn fields_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> Option<Ticket> {
        ui.spacing_mut().item_spacing.y = space::M + space::XS;
        if self.id.is_none() {
            self.gateway_ui(ui, ctx);
        }
        self.name_ui(ui, ctx);
        let mut unwanted = None;
        if let Some(capabilities) = self.capabilities(ctx) {
            unwanted = self.auth_form_ui(ui, ctx, capabilities);
            for credential in self.values.needed(capabilities) {
                if credential.secret {
                    unwanted = unwanted.or(self.secret_ui(ui, ctx, capabilities, credential));
                } else {
                    self.identity_ui(ui, ctx, capabilities, credential);
                }
            }
        }
        let was_open = self.advanced;
        disclosure_ui(ui, ctx, &mut self.advanced);
        if self.advanced {
            self.advanced_ui(ui, ctx, !was_open);
        }
        unwanted
    }

    pub(super) fn error(&self, ctx: &UiContext<'_>, field: &str) -> Option<String> {
        self.problem(ctx, field)
            .map(|problem| words::draft_problem(ctx.text, problem))
    }

    /// Gives the keyboard to the field that is to have it.
    pub(super) fn take_focus(&mut self, field: &str, response: &Response) {
        if self.focus.as_deref() == Some(field) {
            self.focus = None;
            response.request_focus();
            response.scroll_to_me(None);
        }
    }

    fn name_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let error = self.error(ctx, "name");
        let id = self.field_id("name");
        let response = Field::new(t!(ctx, "accounts-name"), &mut self.values.name)
            .id(id)
            .hint(t!(ctx, "accounts-name-hint"))
            .max_chars(TYPED_MAX)
            .error(error)
            .show(ui, ctx.theme);
        self.take_focus("name", &response);
    }

    fn identity_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        capabilities: &Capabilities,
        credential: &'static CredentialField,
    ) {
        let key = credential.key;
        let (error, id) = (self.error(ctx, key), self.field_id(key));
        let help = help(ctx, capabilities, key);
        let value = self.values.fields.entry(key).or_default();
        let response = Field::new(ctx.text.get(&format!("credential-{key}")), value)
            .id(id)
            .max_chars(TYPED_MAX)
            .error(error)
            .help(Some(help))
            .show(ui, ctx.theme);
        clean_paste(ui, &response, value);
        self.take_focus(key, &response);
    }

    /// A secret: masked, shown while *reveal* is held. A stored one shows dots until something is typed.
    fn secret_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        capabilities: &Capabilities,
        credential: &'static CredentialField,
    ) -> Option<Ticket> {
        let key = credential.key;
        let (error, id) = (self.error(ctx, key), self.field_id(key));
        let is_missing = self.is_missing(ctx);
        let is_stored = self.is_stored(Some(capabilities), credential);
        let value = self.values.fields.entry(key).or_default();
        let help = if is_stored && value.is_empty() {
            t!(ctx, "accounts-secret-missing")
        } else {
            help(ctx, capabilities, key)
        };
        let field = SecretField {
            key,
            words: ctx.text.get(&format!("credential-{key}")),
            id,
            value,
            stored: self.id.filter(|_| is_stored && !is_missing),
            error,
            help,
        };
        let (response, unwanted) = field.show(ui, ctx, &mut self.revealing);
        self.take_focus(key, &response);
        unwanted
    }

    /// Whether the stored credentials cannot be read here, so that they have to be typed again.
    fn is_missing(&self, ctx: &UiContext<'_>) -> bool {
        self.id
            .and_then(|id| ctx.live.account(id))
            .is_some_and(|view| view.health.connection == Connection::CredentialsMissing)
    }

    /// What is rarely changed; `fresh` in the frame in which it is opened.
    fn advanced_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, fresh: bool) {
        let error = self.error(ctx, "base_url");
        let id = self.field_id("base_url");
        let (vendor, address) = self
            .capabilities(ctx)
            .map_or(("", ""), |known| (known.vendor, known.default_base_url));
        let help = t!(ctx, "accounts-base-url-help", vendor = vendor);
        let response = Field::new(t!(ctx, "accounts-base-url"), &mut self.values.base_url)
            .id(id)
            .hint(address)
            .max_chars(TYPED_MAX)
            .error(error)
            .help(Some(help))
            .show(ui, ctx.theme);
        clean_paste(ui, &response, &mut self.values.base_url);
        if fresh {
            // It may have opened below what is in sight. The first field with its help tells what there is; all of it
            // would push the buttons on top away.
            let help = vec2(0.0, 2.0 * size::CONTROL);
            let shown = Rect::from_min_max(response.rect.min, response.rect.max + help);
            ui.scroll_to_rect(shown, None);
        }
        self.take_focus("base_url", &response);
        self.country_ui(ui, ctx);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            icon(
                ui,
                ctx.theme,
                icons::LOCK,
                size::ICON_TEXT,
                ctx.theme.colors.faint,
            );
            hint(ui, ctx.theme, t!(ctx, "accounts-tls"));
        });
    }

    fn country_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let options = countries::options(ctx);
        let mut chosen = if self.country_by_code {
            String::new()
        } else {
            self.values.country.clone()
        };
        let words = t!(ctx, "accounts-country");
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            if select(ui, ctx.theme, words, &mut chosen, &options).changed() {
                self.country_by_code = chosen.is_empty();
                self.values.country = chosen;
                if self.country_by_code {
                    self.focus = Some("default_country".to_owned());
                }
            }
            if !self.country_by_code {
                hint(ui, ctx.theme, t!(ctx, "accounts-country-help"));
            }
        });
        if !self.country_by_code {
            return;
        }
        let (error, id) = (
            self.error(ctx, "default_country"),
            self.field_id("default_country"),
        );
        let response = Field::new(t!(ctx, "accounts-country-code"), &mut self.values.country)
            .id(id)
            .hint("PT")
            .max_chars(2)
            .error(error)
            .help(Some(t!(ctx, "accounts-country-code-help")))
            .show(ui, ctx.theme);
        if response.changed() {
            self.values.country = self.values.country.to_uppercase();
        }
        self.take_focus("default_country", &response);
    }
}

/// Where to find a credential.
fn help(ctx: &UiContext<'_>, capabilities: &Capabilities, key: &str) -> String {
    ctx.text.with(
        &format!("credential-{key}-help"),
        &[("vendor", capabilities.vendor.into())],
    )
}

pub(super) fn error_ui(ui: &mut Ui, ctx: &UiContext<'_>, words: String) {
    let color = ctx.theme.colors.bad;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        icon(ui, ctx.theme, icons::ALERT, 14.0, color);
        label(ui, ctx.theme, words, Type::Hint, Weight::Regular, color);
    });
}

/// The row that opens what is rarely changed.
fn disclosure_ui(ui: &mut Ui, ctx: &UiContext<'_>, open: &mut bool) {
    let colors = &ctx.theme.colors;
    let words = t!(ctx, "accounts-advanced");
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
    if response.clicked() {
        *open = !*open;
    }
    let now = *open;
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, now, &words));
    let color = if response.hovered() {
        colors.text
    } else {
        colors.dim
    };
    let sign = if now {
        icons::CHEVRON_DOWN
    } else {
        icons::CHEVRON_RIGHT
    };
    let center = pos2(rect.left() + 8.0, rect.center().y);
    paint_icon(ui, center, sign, size::ICON_TEXT, color);
    let galley = crate::ui::widgets::text::layout(
        ui,
        words.as_str(),
        Type::Body,
        Weight::Regular,
        color,
        rect.width() - 28.0,
        1,
    );
    let at = pos2(rect.left() + 24.0, rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
    focus_ring(ui, ctx.theme, &response, 6);
    response.on_hover_cursor(CursorIcon::PointingHand);
}
