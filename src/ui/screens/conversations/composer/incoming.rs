//! What comes into the composer from outside: files dropped on the window or chosen in the system's dialog, pictures and
//! files of the clipboard.

use super::Composer;
use super::files::FILES_MAX;
use super::path::{file_address, whole_path};
use super::{place_id, text::note};
use crate::domain::AccountId;
use crate::engine::{AccountView, Ticket};
use crate::t;
use crate::ui::context::{UiAction, UiContext};
use crate::ui::outside::DialogAnswer;
use crate::ui::theme::{Tone, space};
use crate::ui::widgets;
use egui::{ColorImage, Event, Id, Ui, ViewportCommand};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Frames in which the clipboard has answered, if there is something in it.
const CLIPBOARD_FRAMES: u64 = 4;

/// What is awaited from outside, and what came that may be meant.
#[derive(Default)]
pub(super) struct Incoming {
    /// The system's dialog is open.
    picking: Option<Ticket>,
    /// The clipboard was asked for in this frame.
    pasting: Option<u64>,
    /// There was nothing in the clipboard that can be attached.
    nothing: bool,
    /// Text that was pasted and is the path of files.
    paths: Option<(String, Vec<PathBuf>)>,
}

/// What was pasted in a frame.
#[derive(Default)]
struct Pasted {
    pictures: Vec<Arc<ColorImage>>,
    files: Vec<PathBuf>,
    /// Text that is no file, though the clipboard was asked for one.
    words: bool,
}

impl Composer {
    /// Opens the system's dialog.
    pub(super) fn pick(&mut self, ctx: &UiContext<'_>) {
        let ticket = ctx.ticket();
        self.incoming.picking = Some(ticket);
        ctx.act(UiAction::PickFiles(ticket));
    }

    /// Asks for what is in the clipboard; it comes with one of the next frames.
    pub(super) fn ask_clipboard(&mut self, egui: &egui::Context) {
        self.incoming.pasting = Some(egui.cumulative_frame_nr());
        self.incoming.nothing = false;
        egui.send_viewport_cmd(ViewportCommand::RequestPaste);
        egui.request_repaint();
    }

    /// Adds files of this computer.
    pub(super) fn add_paths(&mut self, ctx: &UiContext<'_>, account: AccountId, paths: Vec<PathBuf>) {
        let others = usize::from(!self.address.is_empty());
        self.incoming.nothing = false;
        self.files.add_paths(ctx, account, paths, others);
        self.changed_at.get_or_insert(ctx.now);
        self.focus = true;
    }

    /// Takes what was chosen in the system's dialog, whatever is shown by now.
    pub(super) fn take_picked(&mut self, ctx: &UiContext<'_>) {
        let Some(account) = self.account else { return };
        let Some(answer) = self.incoming.picking.and_then(|ticket| ctx.take_picked(ticket)) else {
            return;
        };
        self.incoming.picking = None;
        match answer {
            DialogAnswer::Chosen(paths) => self.add_paths(ctx, account, paths),
            DialogAnswer::Dismissed => self.focus = true,
            DialogAnswer::NoDialog => self.open_path(ctx, Some(t!(ctx, "composer-path-no-dialog"))),
        }
    }

    /// Takes what was dropped and pasted in this frame, before the field for the text has it.
    pub(super) fn take_incoming(&mut self, ui: &Ui, ctx: &UiContext<'_>, account: &AccountView) {
        if ui.memory(|memory| memory.top_modal_layer().is_some()) {
            return;
        }
        let id = account.account.id;
        if account.capabilities.media.is_empty() {
            return;
        }
        // Once the text is another, it was meant as text.
        self.incoming
            .paths
            .take_if(|(words, _)| !self.text.contains(words.trim()));
        ctx.offer_drops(self.drop_words(ctx));
        let dropped = ui.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        if !dropped.is_empty() {
            let paths = dropped.iter().map(|file| file.path().to_path_buf()).collect();
            self.add_paths(ctx, id, paths);
        }
        let pasted = self.take_pasted(ui);
        if !pasted.files.is_empty() {
            self.add_paths(ctx, id, pasted.files);
        }
        let others = usize::from(!self.address.is_empty());
        for picture in pasted.pictures {
            self.files.add_pixels(ui.ctx(), ctx, picture, others);
            self.incoming.nothing = false;
            self.focus = true;
        }
        self.incoming.nothing |= pasted.words;
        if let Some(since) = self.incoming.pasting {
            if ui.ctx().cumulative_frame_nr() > since + CLIPBOARD_FRAMES {
                self.incoming.pasting = None;
                self.incoming.nothing = true;
            }
            ui.ctx().request_repaint();
        }
    }

    fn drop_words(&self, ctx: &UiContext<'_>) -> String {
        match &self.name {
            _ if self.attachment_count() >= FILES_MAX => {
                t!(ctx, "composer-too-many-files", max = FILES_MAX)
            }
            Some(name) => t!(ctx, "drop-attach-to", name = name.as_str()),
            None => t!(ctx, "drop-attach"),
        }
    }

    fn take_pasted(&mut self, ui: &Ui) -> Pasted {
        let asked = self.incoming.pasting.is_some();
        let text = Id::unique(("composer text", place_id(self.place)));
        let focused = ui.memory(egui::Memory::focused);
        // What is pasted into another field belongs there.
        let ours = asked || focused.is_none_or(|focused| focused == text);
        let mut pasted = Pasted::default();
        let mut paths = None;
        ui.input_mut(|input| {
            input.events.retain(|event| match event {
                Event::PasteImage(picture) => {
                    pasted.pictures.push(Arc::clone(picture));
                    false
                }
                Event::Paste(words) if ours => match files_of(words, file_address) {
                    Some(files) => {
                        pasted.files.extend(files);
                        false
                    }
                    None => {
                        let files = files_of(words, |line| {
                            whole_path(line).filter(|path| path != Path::new("/"))
                        });
                        match files {
                            Some(files) if asked => pasted.files.extend(files),
                            Some(files) => paths = Some((words.clone(), files)),
                            None => pasted.words |= asked,
                        }
                        !asked
                    }
                },
                _ => true,
            });
        });
        let came = !pasted.pictures.is_empty() || !pasted.files.is_empty() || pasted.words;
        if came {
            self.incoming.pasting = None;
        }
        if paths.is_some() {
            self.incoming.paths = paths;
        }
        pasted
    }

    /// What is awaited from outside, and what was meant perhaps.
    pub(super) fn incoming_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, account: &AccountView) {
        let theme = ctx.theme;
        if self.incoming.picking.is_some() {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                widgets::hint(ui, theme, t!(ctx, "composer-picking"));
                if widgets::link(ui, theme, t!(ctx, "composer-attach-path")).clicked() {
                    self.open_path(ctx, None);
                }
                if widgets::link(ui, theme, t!(ctx, "composer-picking-stop")).clicked() {
                    self.incoming.picking = None;
                }
            });
        }
        if self.incoming.nothing {
            note(ui, theme, Tone::Info, t!(ctx, "composer-clipboard-nothing"));
        }
        let Some((_, files)) = &self.incoming.paths else {
            return;
        };
        let count = files.len();
        let mut attach = false;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            widgets::hint(ui, theme, t!(ctx, "composer-pasted-path", count = count));
            attach =
                widgets::link(ui, theme, t!(ctx, "composer-pasted-path-attach", count = count)).clicked();
        });
        if let Some((words, files)) = self.incoming.paths.take_if(|_| attach) {
            self.text = self.text.replacen(words.trim(), "", 1);
            self.add_paths(ctx, account.account.id, files);
        }
    }
}

/// The files of a text that holds nothing but files, one a line.
fn files_of(words: &str, read: impl Fn(&str) -> Option<PathBuf>) -> Option<Vec<PathBuf>> {
    /// More than can be attached: no list of files that somebody copied.
    const LINES_MAX: usize = 200;
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let files: Option<Vec<PathBuf>> = lines.take(LINES_MAX).map(read).collect();
    files.filter(|files| !files.is_empty() && files.len() < LINES_MAX)
}
