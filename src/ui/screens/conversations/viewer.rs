//! A picture as large as the window: zoom, move, the one before and the one after, save, copy.

use super::bubble::media_folder;
use crate::domain::incoming::StoredFile;
use crate::domain::{ConversationId, IncomingKind, MediaKind, MessageId, ThreadEntry, Timestamp};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::pictures::{PictureKey, Pictures, Shown, Source};
use crate::ui::read_model::{Thread, Want};
use crate::ui::theme::{self, Type, Weight, icons, space};
use crate::ui::widgets::{self, Button};
use egui::{
    Align, Color32, Context, CursorIcon, EventFilter, Frame, Id, Key, Layout, Margin, Modal, Modifiers, Rect,
    Response, Role, Sense, TextureId, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use std::path::PathBuf;

/// How much closer one step goes.
const STEP: f32 = 1.25;
/// Closest, where 1 is the whole picture.
const CLOSEST: f32 = 16.0;
/// How far the arrow keys move a picture that is larger than the window, in points.
const MOVE: f32 = 80.0;

/// What is seen large.
#[derive(Default)]
pub(super) struct Viewer {
    open: Option<Open>,
}

struct Open {
    conversation: ConversationId,
    message: MessageId,
    /// 1 when the whole picture is seen.
    zoom: f32,
    /// How far its middle is from that of the room.
    shift: Vec2,
    /// What had the keyboard before.
    before: Option<Id>,
    /// Whether it has been drawn, and so has the keyboard.
    drawn: bool,
    /// Whether the picture before the first one is wanted, and is being read.
    wants_older: bool,
}

/// A picture of the thread.
struct Shot<'a> {
    message: MessageId,
    file: &'a StoredFile,
    at: Timestamp,
}

/// What a key or a button asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ask {
    Previous,
    Next,
    Zoom(f32),
    Whole,
    Move(Vec2),
    Open,
    Save,
    Copy,
    Close,
}

impl Viewer {
    /// Opens it with the picture of a message.
    pub(super) fn open(&mut self, context: &Context, conversation: ConversationId, message: MessageId) {
        let before = context.memory(egui::Memory::focused);
        if let Some(focused) = before {
            context.memory_mut(|memory| memory.surrender_focus(focused));
        }
        self.open = Some(Open {
            conversation,
            message,
            zoom: 1.0,
            shift: Vec2::ZERO,
            before,
            drawn: false,
            wants_older: false,
        });
    }

    /// Draws it, if it is open.
    pub(super) fn ui(&mut self, context: &Context, ctx: &UiContext<'_>, pictures: &mut Pictures) {
        let Some(open) = &mut self.open else { return };
        ctx.want(Want::Thread(open.conversation));
        let thread = ctx.model.thread(open.conversation);
        let Some(thread) = thread.and_then(|thread| thread.value.as_ref()) else {
            return;
        };
        let shots: Vec<Shot<'_>> = thread
            .entries
            .iter()
            .filter_map(|entry| shot(ctx, entry))
            .collect();
        let Some(index) = shots.iter().position(|shot| shot.message == open.message) else {
            self.open = None;
            return;
        };
        if std::mem::take(&mut open.wants_older) {
            if let Some(previous) = index.checked_sub(1).and_then(|at| shots.get(at)) {
                open.show(previous.message);
                context.request_repaint();
            } else if thread.has_older && thread.older_error.is_none() {
                open.wants_older = true;
                ctx.want(Want::Older(open.conversation));
            }
        }
        let frame = Frame::new()
            .fill(ctx.theme.colors.bg)
            .inner_margin(Margin::same(MARGIN as i8));
        let mut asks = keys(context, open.zoom);
        let shown = Modal::new(Id::unique("picture viewer"))
            .frame(frame)
            .show(context, |ui| {
                open.contents_ui(ui, ctx, pictures, (&shots, index, thread), &mut asks);
            });
        if shown.should_close() {
            asks.push(Ask::Close);
        }
        let mut close = false;
        for ask in asks {
            close |= ask == Ask::Close;
            open.act(ctx, pictures, context, (&shots, index, thread), ask);
        }
        if close {
            if let Some(before) = open.before {
                context.memory_mut(|memory| memory.request_focus(before));
            }
            self.open = None;
        }
    }
}

/// Around everything, in points.
const MARGIN: f32 = 16.0;

impl Open {
    fn show(&mut self, message: MessageId) {
        (self.message, self.zoom, self.shift) = (message, 1.0, Vec2::ZERO);
    }

    fn act(
        &mut self,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        context: &Context,
        (shots, index, thread): (&[Shot<'_>], usize, &Thread),
        ask: Ask,
    ) {
        let Some(shot) = shots.get(index) else { return };
        let path = shot.file.path(&media_folder(ctx));
        match ask {
            Ask::Previous => match index.checked_sub(1).and_then(|at| shots.get(at)) {
                Some(previous) => self.show(previous.message),
                None => self.wants_older = thread.has_older,
            },
            Ask::Next => {
                if let Some(next) = shots.get(index + 1) {
                    self.show(next.message);
                }
            }
            Ask::Zoom(factor) => self.zoom_to(self.zoom * factor, Vec2::ZERO),
            Ask::Whole => self.zoom_to(1.0, Vec2::ZERO),
            Ask::Move(by) => self.shift += by,
            Ask::Open => ctx.act(UiAction::OpenFile {
                path,
                name: shot.file.name.clone(),
            }),
            Ask::Save => ctx.act(UiAction::SaveStoredFile {
                path,
                name: shot.file.name.clone(),
            }),
            Ask::Copy => pictures.copy(context, &shot.file.stored_name, Source::File(path)),
            Ask::Close => {}
        }
        context.request_repaint();
    }

    /// Changes the zoom so that what is at `around` (from the middle of the room) stays there.
    fn zoom_to(&mut self, zoom: f32, around: Vec2) {
        let zoom = zoom.clamp(1.0, CLOSEST);
        self.shift = around + (self.shift - around) * (zoom / self.zoom);
        self.zoom = zoom;
        if zoom <= 1.0 {
            self.shift = Vec2::ZERO;
        }
    }

    fn contents_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        (shots, index, thread): (&[Shot<'_>], usize, &Thread),
        asks: &mut Vec<Ask>,
    ) {
        let inside = ui.ctx().content_rect().size() - Vec2::splat(2.0 * MARGIN);
        ui.set_min_size(inside);
        ui.set_max_size(inside);
        ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
            node.set_role(Role::Dialog);
            node.set_modal();
            node.set_label(t!(ctx, "viewer-title"));
        });
        let Some(shot) = shots.get(index) else { return };
        let room = ui.max_rect();
        let bar = Rect::from_min_size(room.min, vec2(room.width(), BAR));
        let bottom = pos2(room.right(), room.bottom());
        let stage = Rect::from_min_max(pos2(room.left(), bar.bottom() + space::S), bottom);
        // The picture first: the buttons lie over it.
        self.picture_ui(ui, ctx, pictures, shot, stage);
        self.bar_ui(ui, ctx, (shot, index, shots.len()), bar, asks);
        let first = index == 0 && !thread.has_older;
        sides_ui(ui, ctx, (first, index + 1 >= shots.len()), stage, asks);
    }

    fn bar_ui(
        &self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        (shot, index, count): (&Shot<'_>, usize, usize),
        bar: Rect,
        asks: &mut Vec<Ask>,
    ) {
        let colors = &ctx.theme.colors;
        let builder = UiBuilder::new()
            .id_salt("viewer bar")
            .max_rect(bar)
            .layout(Layout::right_to_left(Align::Center));
        ui.scope_builder(builder, |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            let close = Button::secondary(t!(ctx, "close")).icon(icons::X).shortcut("Esc");
            if close.show(ui, ctx.theme).clicked() {
                asks.push(Ask::Close);
            }
            ui.add_space(space::S);
            let mut button = |ui: &mut Ui, icon, key: &str, ask| {
                if widgets::icon_button(ui, ctx.theme, icon, ctx.text.get(key)).clicked() {
                    asks.push(ask);
                }
            };
            button(ui, icons::DOWNLOAD, "viewer-save", Ask::Save);
            button(ui, icons::COPY, "viewer-copy", Ask::Copy);
            if shot.file.may_be_opened() {
                button(ui, icons::EXTERNAL_LINK, "viewer-open", Ask::Open);
            }
            ui.add_space(space::S);
            button(ui, icons::EXPAND, "viewer-whole", Ask::Whole);
            button(ui, icons::ZOOM_IN, "viewer-closer", Ask::Zoom(STEP));
            let percent = ctx.text.percent(f64::from(self.zoom), 0);
            ui.allocate_ui_with_layout(
                vec2(48.0, BAR),
                Layout::centered_and_justified(egui::Direction::LeftToRight),
                |ui| {
                    widgets::label(
                        ui,
                        ctx.theme,
                        percent,
                        Type::Secondary,
                        Weight::Regular,
                        colors.dim,
                    );
                },
            );
            button(ui, icons::ZOOM_OUT, "viewer-farther", Ask::Zoom(1.0 / STEP));
            ui.add_space(space::M);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                named_ui(ui, ctx, shot, (index, count));
            });
        });
    }

    fn picture_ui(
        &mut self,
        ui: &mut Ui,
        ctx: &UiContext<'_>,
        pictures: &mut Pictures,
        shot: &Shot<'_>,
        stage: Rect,
    ) {
        let colors = &ctx.theme.colors;
        let response = ui.interact(stage, ui.scope_id().with("stage"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, shot.file.name.as_str()));
        if !std::mem::replace(&mut self.drawn, true) {
            response.request_focus();
        }
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let path: PathBuf = shot.file.path(&media_folder(ctx));
        let stored = &shot.file.stored_name;
        let large = pictures.get(ui.ctx(), &PictureKey::Viewer(stored.clone()), || {
            Source::File(path.clone())
        });
        let shown = match large {
            Shown::Loading => {
                let key = PictureKey::Inline(stored.clone());
                pictures.get(ui.ctx(), &key, || Source::File(path))
            }
            other => other,
        };
        match shown {
            Shown::Ready(texture, size) => self.texture_ui(ui, &response, texture, size, stage),
            Shown::Loading => {
                let middle = Rect::from_center_size(stage.center(), Vec2::splat(32.0));
                ui.scope_builder(UiBuilder::new().max_rect(middle), |ui| {
                    widgets::spinner(ui, ctx.theme, 28.0);
                });
            }
            Shown::Broken => {
                let middle = Rect::from_center_size(stage.center(), vec2(stage.width().min(360.0), 60.0));
                let builder = UiBuilder::new()
                    .max_rect(middle)
                    .layout(Layout::top_down(Align::Center));
                ui.scope_builder(builder, |ui| {
                    widgets::icon(ui, ctx.theme, icons::WARNING, 24.0, colors.dim);
                    let words = t!(ctx, "thread-picture-broken");
                    widgets::label(ui, ctx.theme, words, Type::Body, Weight::Regular, colors.dim);
                });
            }
        }
    }

    fn texture_ui(&mut self, ui: &Ui, response: &Response, texture: TextureId, size: [u32; 2], stage: Rect) {
        let pixels = vec2(size[0] as f32, size[1] as f32);
        let points = pixels / ui.pixels_per_point();
        let whole = (stage.width() / points.x).min(stage.height() / points.y).min(1.0);
        let pointer = response.hover_pos().map(|at| at - stage.center());
        let (wheel, pinch) = ui.input(|input| (input.smooth_scroll_delta().y, input.zoom_delta()));
        if let Some(pointer) = pointer
            && (wheel != 0.0 || pinch != 1.0)
        {
            self.zoom_to(self.zoom * (wheel / 240.0).exp() * pinch, pointer);
        }
        if response.double_clicked() {
            let zoom = if self.zoom > 1.01 {
                1.0
            } else {
                (1.0 / whole).max(2.0)
            };
            self.zoom_to(zoom, pointer.unwrap_or_default());
        }
        self.shift += response.drag_delta();
        let shown = points * whole * self.zoom;
        // Its edge can be brought to that of the room, and no farther in.
        let free = ((shown - stage.size()) / 2.0).max(Vec2::ZERO);
        self.shift = self.shift.clamp(-free, free);
        let place = Rect::from_center_size(stage.center() + self.shift, shown);
        let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        ui.painter()
            .with_clip_rect(stage)
            .image(texture, place, uv, Color32::WHITE);
        if self.zoom > 1.0 {
            let icon = if response.dragged() {
                CursorIcon::Grabbing
            } else {
                CursorIcon::Grab
            };
            response.clone().on_hover_cursor(icon);
        }
    }
}

/// Height of the bar.
const BAR: f32 = 44.0;

/// What the picture is called, which one it is, and when it came or went.
fn named_ui(ui: &mut Ui, ctx: &UiContext<'_>, shot: &Shot<'_>, (index, count): (usize, usize)) {
    let colors = &ctx.theme.colors;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.add_space((BAR - Type::Body.line_height() - Type::Hint.line_height()) / 2.0);
        let width = ui.available_width();
        let name = shot.file.name.as_str();
        widgets::fading_line(
            ui,
            ctx.theme,
            name,
            Type::Body,
            Weight::Semibold,
            colors.text,
            width,
        );
        let line = t!(
            ctx,
            "viewer-line",
            number = index + 1,
            count = count,
            time = ctx.text.day_and_time(shot.at, ctx.now),
            size = ctx.text.file_size(shot.file.bytes)
        );
        widgets::fading_line(
            ui,
            ctx.theme,
            line,
            Type::Hint,
            Weight::Regular,
            colors.dim,
            width,
        );
    });
}

/// The ways to the picture before and after, at the sides.
fn sides_ui(ui: &mut Ui, ctx: &UiContext<'_>, (first, last): (bool, bool), stage: Rect, asks: &mut Vec<Ask>) {
    let side = 44.0;
    let colors = &ctx.theme.colors;
    for (hidden, left, icon, key, ask) in [
        (first, true, icons::CHEVRON_LEFT, "viewer-previous", Ask::Previous),
        (last, false, icons::CHEVRON_RIGHT, "viewer-next", Ask::Next),
    ] {
        if hidden {
            continue;
        }
        let x = if left {
            stage.left() + side / 2.0
        } else {
            stage.right() - side / 2.0
        };
        let place = Rect::from_center_size(pos2(x, stage.center().y), Vec2::splat(34.0));
        ui.painter()
            .circle_filled(place.center(), 20.0, theme::faded(colors.panel, 0.85));
        ui.scope_builder(UiBuilder::new().id_salt(key).max_rect(place), |ui| {
            if widgets::icon_button(ui, ctx.theme, icon, ctx.text.get(key)).clicked() {
                asks.push(ask);
            }
        });
    }
}

/// What the keys ask for.
fn keys(context: &Context, zoom: f32) -> Vec<Ask> {
    let arrows = if zoom > 1.0 {
        [
            (Key::ArrowLeft, Ask::Move(vec2(MOVE, 0.0))),
            (Key::ArrowRight, Ask::Move(vec2(-MOVE, 0.0))),
        ]
    } else {
        [(Key::ArrowLeft, Ask::Previous), (Key::ArrowRight, Ask::Next)]
    };
    let others = [
        (Key::ArrowUp, Ask::Move(vec2(0.0, MOVE))),
        (Key::ArrowDown, Ask::Move(vec2(0.0, -MOVE))),
        (Key::PageUp, Ask::Previous),
        (Key::PageDown, Ask::Next),
        (Key::Plus, Ask::Zoom(STEP)),
        (Key::Equals, Ask::Zoom(STEP)),
        (Key::Minus, Ask::Zoom(1.0 / STEP)),
        (Key::Num0, Ask::Whole),
    ];
    context.input_mut(|input| {
        arrows
            .into_iter()
            .chain(others)
            .filter(|(key, _)| input.consume_key(Modifiers::NONE, *key))
            .map(|(_, ask)| ask)
            .collect()
    })
}

/// A picture of the thread that is here: one that came, or one of ours.
fn shot<'a>(ctx: &UiContext<'a>, entry: &'a ThreadEntry) -> Option<Shot<'a>> {
    let file = match entry {
        ThreadEntry::Incoming(message) => {
            (message.kind == IncomingKind::Image).then_some(())?;
            message.media.as_ref()?.file.as_ref()?
        }
        ThreadEntry::Outgoing(message) => {
            let attachment = message.attachment.as_ref()?;
            (attachment.kind == MediaKind::Image).then_some(())?;
            let file = ctx.model.outgoing_file(attachment.file?)?;
            &file.value.as_ref()?.file
        }
    };
    Some(Shot {
        message: entry.id(),
        file,
        at: entry.at(),
    })
}
