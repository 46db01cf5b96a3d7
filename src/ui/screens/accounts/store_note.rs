//! Where the secrets are kept, said at the foot of the list. Where there is no place for them yet, the window's banner
//! asks for one.

use crate::secrets::{SecretPlace, SecretStatus};
use crate::t;
use crate::ui::context::UiContext;
use crate::ui::theme::{Type, Weight, icons, size, space};
use crate::ui::widgets::icon;
use crate::ui::widgets::text::layout as lay_out;
use egui::{Color32, Role, Sense, Ui, WidgetInfo, pos2, vec2};

const ICON_ROOM: f32 = 24.0;
const PADDING: f32 = 16.0;

/// Whether secrets can be read and kept now, as far as is known.
pub(super) fn is_ready(ctx: &UiContext<'_>) -> bool {
    matches!(
        ctx.live.secrets,
        SecretStatus::Ready { .. } | SecretStatus::Checking
    )
}

/// The store's name for a person: `GNOME Keyring`.
pub(super) fn store_name(ctx: &UiContext<'_>) -> String {
    match &ctx.live.secrets {
        SecretStatus::Ready { place, name } if *place == SecretPlace::Keyring && !name.trim().is_empty() => {
            name.clone()
        }
        SecretStatus::Ready { place, .. } => match place {
            SecretPlace::Keyring => t!(ctx, "accounts-store-keyring"),
            SecretPlace::Vault => t!(ctx, "accounts-store-vault"),
            SecretPlace::Session => t!(ctx, "accounts-store-session"),
        },
        SecretStatus::VaultClosed => t!(ctx, "accounts-store-vault"),
        SecretStatus::Checking | SecretStatus::Locked | SecretStatus::Absent { .. } => {
            t!(ctx, "accounts-store-keyring")
        }
    }
}

fn words(ctx: &UiContext<'_>) -> (&'static str, String, Color32) {
    let colors = &ctx.theme.colors;
    match &ctx.live.secrets {
        SecretStatus::Checking => (icons::SHIELD_CHECK, t!(ctx, "accounts-note-checking"), colors.dim),
        SecretStatus::Ready { place, name } => match place {
            SecretPlace::Keyring if name.trim().is_empty() => {
                (icons::SHIELD_CHECK, t!(ctx, "accounts-note-keyring"), colors.dim)
            }
            SecretPlace::Keyring => (
                icons::SHIELD_CHECK,
                t!(ctx, "accounts-note-keyring-named", store = name),
                colors.dim,
            ),
            SecretPlace::Vault => (
                icons::SHIELD_CHECK,
                t!(ctx, "accounts-note-vault", store = name),
                colors.dim,
            ),
            SecretPlace::Session => (icons::CLOCK, t!(ctx, "accounts-note-session"), colors.warn),
        },
        SecretStatus::Locked => (icons::LOCK, t!(ctx, "accounts-note-locked"), colors.warn),
        SecretStatus::Absent { .. } => (icons::WARNING, t!(ctx, "accounts-note-absent"), colors.warn),
        SecretStatus::VaultClosed => (icons::LOCK, t!(ctx, "accounts-note-vault-closed"), colors.warn),
    }
}

/// How high the note is at this width, in points.
pub(super) fn note_height(ui: &Ui, ctx: &UiContext<'_>, width: f32) -> f32 {
    note_galley(ui, ctx, width).size().y + 2.0 * PADDING
}

fn note_galley(ui: &Ui, ctx: &UiContext<'_>, width: f32) -> std::sync::Arc<egui::Galley> {
    let (_, words, color) = words(ctx);
    let width = width - ICON_ROOM - 2.0 * space::S;
    lay_out(ui, words, Type::Hint, Weight::Regular, color, width.max(60.0), 6)
}

/// The note at the foot of the list.
pub(super) fn note_ui(ui: &mut Ui, ctx: &UiContext<'_>) {
    let (sign, spoken, color) = words(ctx);
    let width = ui.available_width();
    let galley = note_galley(ui, ctx, width);
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, galley.size().y + 2.0 * PADDING), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let top = rect.top() + PADDING;
    let place = egui::Rect::from_min_size(
        pos2(rect.left() + space::S, top),
        vec2(size::ICON_TEXT, size::ICON_TEXT),
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(place), |ui| {
        icon(ui, ctx.theme, sign, size::ICON_TEXT, color);
    });
    let at = pos2(rect.left() + space::S + ICON_ROOM, top);
    ui.painter().galley(at, galley, color);
}
