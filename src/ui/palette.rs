//! `Ctrl+K`: finds any action, screen, account or conversation by a few letters of its name.

use super::app::FrameAction;
use super::context::{UiAction, UiContext};
use super::fuzzy;
use super::pairing_way::PairingWay;
use super::read_model::{FilterKey, Want};
use super::screens::Screen;
use super::shortcuts;
use super::text::Language;
use super::theme::{Theme, Type, Weight, backdrop, icons, radius, shadow, size, space};
use super::widgets;
use crate::domain::settings::ThemeChoice;
use crate::t;
use egui::{
    Align2, Area, Context, CornerRadius, Frame, Id, Key, Margin, Modal, Modifiers, Order, Sense, Stroke,
    pos2, vec2,
};

const WIDTH: f32 = 560.0;
const FOUND_AT_MOST: usize = 40;
/// With fewer letters than this every conversation would be found.
const LETTERS_FOR_CONVERSATIONS: usize = 2;

/// What the palette can lead to.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// Something of the frame's own.
    Frame(FrameAction),
    /// A screen.
    Screen(Screen),
    /// An account.
    Account(crate::domain::AccountId),
    /// A conversation.
    Conversation(crate::domain::ConversationId),
}

#[derive(Debug, Clone)]
struct Entry {
    icon: &'static str,
    title: String,
    note: String,
    choice: Choice,
}

/// The palette; closed until it is opened.
#[derive(Debug, Default)]
pub struct Palette {
    open: bool,
    fresh: bool,
    query: String,
    chosen: usize,
}

impl Palette {
    /// Opens it, empty; closes it when it is open.
    pub fn toggle(&mut self) {
        *self = Self {
            open: !self.open,
            fresh: true,
            ..Self::default()
        };
    }

    /// Whether it is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open
    }

    /// Draws it; what was chosen in it, once.
    pub fn ui(&mut self, egui: &Context, ctx: &UiContext<'_>) -> Option<Choice> {
        if !self.open {
            return None;
        }
        let found = self.found(egui, ctx);
        let (step, enter) = egui.input_mut(|input| {
            let down = input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown);
            let up = input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp);
            (
                (down, up),
                !found.is_empty() && input.consume_key(Modifiers::NONE, Key::Enter),
            )
        });
        let last = found.len().saturating_sub(1);
        self.chosen = (self.chosen + step.0).saturating_sub(step.1).min(last);
        let moved = step != (0, 0);

        let id = Id::unique("palette");
        let area = Area::new(id)
            .kind(egui::UiKind::Modal)
            .sense(Sense::hover())
            .anchor(Align2::CENTER_TOP, vec2(0.0, 72.0))
            .order(Order::Foreground);
        let shown = Modal::new(id)
            .area(area)
            .backdrop_color(backdrop(ctx.theme.dark))
            .frame(frame(ctx.theme))
            .show(egui, |ui| {
                let width = WIDTH.min(ui.ctx().content_rect().width() - 2.0 * space::XL);
                ui.set_width(width);
                ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
                    node.set_role(egui::Role::Dialog);
                    node.set_modal();
                    node.set_label(t!(ctx, "palette-name"));
                });
                self.contents_ui(ui, ctx, &found, moved)
            });
        let clicked = shown.inner;
        let choice = clicked.or(enter.then_some(self.chosen));
        if shown.should_close() || choice.is_some() {
            self.open = false;
        }
        choice
            .and_then(|index| found.into_iter().nth(index))
            .map(|entry| entry.choice)
    }

    fn contents_ui(
        &mut self,
        ui: &mut egui::Ui,
        ctx: &UiContext<'_>,
        found: &[Entry],
        moved: bool,
    ) -> Option<usize> {
        let theme = ctx.theme;
        let response = widgets::search_field(
            ui,
            theme,
            Id::unique("palette-query"),
            t!(ctx, "palette-name"),
            t!(ctx, "palette-hint"),
            &mut self.query,
        );
        if std::mem::take(&mut self.fresh) {
            response.request_focus();
        }
        if response.changed() {
            self.chosen = 0;
            ui.ctx().request_repaint();
        }
        ui.add_space(space::S);
        if found.is_empty() {
            widgets::hint(ui, theme, t!(ctx, "nothing-found"));
            return None;
        }
        let mut clicked = None;
        let height = (ui.ctx().content_rect().height() - 220.0).clamp(size::ROW, 9.0 * size::ROW);
        egui::ScrollArea::vertical()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                for (index, entry) in found.iter().enumerate() {
                    let row = row_ui(ui, theme, entry, index == self.chosen);
                    if moved && index == self.chosen {
                        row.scroll_to_me(None);
                    }
                    if row.clicked() {
                        clicked = Some(index);
                    }
                }
            });
        clicked
    }

    fn found(&self, egui: &Context, ctx: &UiContext<'_>) -> Vec<Entry> {
        let query = self.query.trim();
        let mut entries = actions(egui, ctx);
        entries.extend(screens(egui, ctx));
        entries.extend(accounts(ctx));
        if query.is_empty() {
            return entries;
        }
        let mut ranked: Vec<(i32, Entry)> = entries
            .into_iter()
            .filter_map(|entry| Some((fuzzy::score(query, &entry.title)?, entry)))
            .collect();
        ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let mut found: Vec<Entry> = ranked.into_iter().map(|(_, entry)| entry).collect();
        found.extend(conversations(ctx, query));
        found.truncate(FOUND_AT_MOST);
        found
    }
}

fn frame(theme: &Theme) -> Frame {
    Frame::new()
        .fill(theme.colors.panel)
        .stroke(Stroke::new(1.0, theme.colors.line))
        .corner_radius(CornerRadius::same(radius::CARD))
        .inner_margin(Margin::same(12))
        .shadow(shadow(theme.dark))
}

fn frame_entry(icon: &'static str, title: String, note: String, action: FrameAction) -> Entry {
    Entry {
        icon,
        title,
        note,
        choice: Choice::Frame(action),
    }
}

fn actions(egui: &Context, ctx: &UiContext<'_>) -> Vec<Entry> {
    let mut entries = vec![frame_entry(
        icons::SEND,
        t!(ctx, "action-new-message"),
        shortcuts::with_command(egui, "N"),
        FrameAction::NewMessage,
    )];
    entries.extend(account_actions(ctx));
    entries.extend(look_actions(egui, ctx));
    entries.push(frame_entry(
        icons::FOLDER,
        t!(ctx, "action-open-folder"),
        String::new(),
        FrameAction::OpenDataFolder,
    ));
    entries.push(frame_entry(
        icons::KEYBOARD,
        t!(ctx, "action-shortcuts"),
        "F1".into(),
        FrameAction::ShowShortcuts,
    ));
    entries
}

/// What can be done with the chosen account.
fn account_actions(ctx: &UiContext<'_>) -> Vec<Entry> {
    let Some(account) = ctx.account else {
        return Vec::new();
    };
    let (icon, title, pause) = if account.account.paused {
        (icons::PLAY, t!(ctx, "action-resume"), false)
    } else {
        (icons::PAUSE, t!(ctx, "action-pause"), true)
    };
    vec![
        frame_entry(
            icons::REFRESH,
            t!(ctx, "action-refresh"),
            "F5".into(),
            FrameAction::Refresh,
        ),
        frame_entry(icon, title, String::new(), FrameAction::SetPaused(pause)),
    ]
}

/// Other colours, other languages, other sizes.
fn look_actions(egui: &Context, ctx: &UiContext<'_>) -> Vec<Entry> {
    let themes = [
        (ThemeChoice::Light, icons::SUN, "action-theme-light"),
        (ThemeChoice::Dark, icons::MOON, "action-theme-dark"),
        (ThemeChoice::System, icons::MONITOR, "action-theme-system"),
    ];
    let mut entries = Vec::new();
    for (choice, icon, key) in themes {
        if ctx.live.settings.theme != choice {
            let action = FrameAction::Theme(choice);
            entries.push(frame_entry(icon, ctx.text.get(key), String::new(), action));
        }
    }
    for language in Language::ALL {
        if ctx.text.language() != *language {
            let title = t!(ctx, "action-language", language = language.name());
            let action = FrameAction::Language(*language);
            entries.push(frame_entry(icons::LANGUAGES, title, String::new(), action));
        }
    }
    entries.push(frame_entry(
        icons::ZOOM_IN,
        t!(ctx, "action-larger"),
        shortcuts::with_command(egui, "+"),
        FrameAction::Scale(10),
    ));
    entries.push(frame_entry(
        icons::ZOOM_OUT,
        t!(ctx, "action-smaller"),
        shortcuts::with_command(egui, "-"),
        FrameAction::Scale(-10),
    ));
    entries
}

fn screens(egui: &Context, ctx: &UiContext<'_>) -> Vec<Entry> {
    Screen::ALL
        .iter()
        .enumerate()
        // An account that needs no pairing is not led there.
        .filter(|(_, screen)| {
            let way = PairingWay::of(ctx.live, ctx.account);
            **screen != Screen::Pairing || matches!(way, PairingWay::Open | PairingWay::Elsewhere(_))
        })
        .map(|(index, screen)| Entry {
            icon: super::rail::icon_of(*screen),
            title: super::rail::name_of(ctx.text, *screen),
            note: shortcuts::with_command(egui, &(index + 1).to_string()),
            choice: Choice::Screen(*screen),
        })
        .collect()
}

fn accounts(ctx: &UiContext<'_>) -> Vec<Entry> {
    ctx.live
        .accounts
        .iter()
        .map(|view| Entry {
            icon: icons::USER,
            title: view.account.name.clone(),
            note: t!(ctx, "palette-account"),
            choice: Choice::Account(view.account.id),
        })
        .collect()
}

fn conversations(ctx: &UiContext<'_>, query: &str) -> Vec<Entry> {
    if query.chars().count() < LETTERS_FOR_CONVERSATIONS {
        return Vec::new();
    }
    let key = FilterKey {
        account: None,
        search: query.to_owned(),
        problems_only: false,
        unread_only: false,
    };
    ctx.want(Want::Conversations(key.clone()));
    let Some(list) = ctx.model.conversations(&key).and_then(|list| list.value.as_ref()) else {
        return Vec::new();
    };
    list.rows
        .iter()
        .map(|row| {
            let number = row.conversation.phone.to_string();
            let name = row.conversation.shown_name().map(str::to_owned);
            Entry {
                icon: icons::MESSAGES,
                note: if name.is_some() {
                    number.clone()
                } else {
                    String::new()
                },
                title: name.unwrap_or(number),
                choice: Choice::Conversation(row.conversation.id),
            }
        })
        .collect()
}

fn row_ui(ui: &mut egui::Ui, theme: &Theme, entry: &Entry, chosen: bool) -> egui::Response {
    let colors = &theme.colors;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, chosen, &entry.title));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let (ground, color) = if chosen {
        (Some(colors.accent_soft), colors.accent)
    } else if response.hovered() {
        (Some(theme.hovered(colors.panel)), colors.dim)
    } else {
        (None, colors.dim)
    };
    if let Some(ground) = ground {
        ui.painter()
            .rect_filled(rect, CornerRadius::same(radius::CONTROL), ground);
    }
    let middle = rect.center().y;
    widgets::text::paint_icon(
        ui,
        pos2(rect.left() + space::M + 9.0, middle),
        entry.icon,
        size::ICON_BUTTON,
        color,
    );
    let note = widgets::text::layout(
        ui,
        &*entry.note,
        Type::Hint,
        Weight::Regular,
        colors.faint,
        180.0,
        1,
    );
    let room = rect.width() - note.size().x - 44.0 - 2.0 * space::M;
    let title = widgets::text::layout(
        ui,
        &*entry.title,
        Type::Body,
        Weight::Medium,
        colors.text,
        room,
        1,
    );
    ui.painter().galley(
        pos2(rect.left() + 44.0, middle - title.size().y / 2.0),
        title,
        colors.text,
    );
    let at = pos2(
        rect.right() - space::M - note.size().x,
        middle - note.size().y / 2.0,
    );
    ui.painter().galley(at, note, colors.faint);
    widgets::focus_ring(ui, theme, &response, radius::CONTROL);
    response
}

/// Does what was chosen that is not the frame's own.
pub fn act(ctx: &UiContext<'_>, choice: Choice) -> Option<FrameAction> {
    match choice {
        Choice::Frame(action) => return Some(action),
        Choice::Screen(screen) => ctx.act(UiAction::Go(screen)),
        Choice::Account(id) => ctx.act(UiAction::SelectAccount(id)),
        Choice::Conversation(id) => ctx.act(UiAction::OpenConversation(id)),
    }
    None
}
