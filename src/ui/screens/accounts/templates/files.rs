//! The dialog that reads templates from a file, or writes them to one.

use crate::domain::AccountId;
use crate::engine::{AccountView, Answer, Command, TemplateCommand, TemplateError, Ticket};
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::outside::DialogAnswer;
use crate::ui::screens::export;
use crate::ui::template_words;
use crate::ui::theme::icons;
use crate::ui::widgets::{Button, Field, dialog, hint};
use egui::{Context, Key, Ui};
use std::path::{Path, PathBuf};

/// In which direction templates are moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From a file into the library.
    In,
    /// From the library into a file.
    Out,
}

/// What became of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moved {
    /// It was given up.
    Closed,
    /// It is done.
    Done,
}

/// What was pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pressed {
    Nothing,
    Close,
    Go,
    Choose,
}

/// The dialog.
pub(super) struct Files {
    account: AccountId,
    vendor: &'static str,
    way: Way,
    path: String,
    error: Option<String>,
    choosing: Option<Ticket>,
    running: Option<Ticket>,
}

impl Files {
    /// For this account; what is written out is called after its name.
    pub fn new(ctx: &UiContext<'_>, view: &AccountView, way: Way) -> Self {
        let name = view.account.name.as_str();
        let path = match way {
            Way::In => String::new(),
            Way::Out => export::suggested(ctx, &format!("{} {name}", t!(ctx, "templates-file-name")))
                .with_extension("json")
                .display()
                .to_string(),
        };
        Self {
            account: view.account.id,
            vendor: view.capabilities.vendor,
            way,
            path,
            error: None,
            choosing: None,
            running: None,
        }
    }

    /// Draws it; what became of it, once.
    pub fn ui(&mut self, context: &Context, ctx: &UiContext<'_>) -> Option<Moved> {
        if self.take_answer(ctx) {
            return Some(Moved::Done);
        }
        self.take_choice(ctx);
        let title = match self.way {
            Way::In => t!(ctx, "templates-import-title"),
            Way::Out => t!(ctx, "templates-export-title"),
        };
        let shown = dialog(context, ctx.theme, "templates-file", title, |ui| {
            self.contents_ui(ui, ctx)
        });
        let pressed = shown.inner.unwrap_or(Pressed::Nothing);
        match pressed {
            Pressed::Go => self.go(ctx),
            Pressed::Choose => {
                let ticket = ctx.ticket();
                ctx.act(UiAction::PickFiles(ticket));
                self.choosing = Some(ticket);
            }
            Pressed::Nothing | Pressed::Close => {}
        }
        ((pressed == Pressed::Close || shown.should_close) && self.running.is_none()).then_some(Moved::Closed)
    }

    fn contents_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) -> Pressed {
        let theme = ctx.theme;
        let (help, words, go, sign) = match self.way {
            Way::In => (
                t!(ctx, "templates-import-help"),
                t!(ctx, "templates-import-from"),
                t!(ctx, "templates-import-go"),
                icons::UPLOAD,
            ),
            Way::Out => (
                t!(ctx, "templates-export-help"),
                t!(ctx, "settings-export-to"),
                t!(ctx, "templates-export-go"),
                icons::DOWNLOAD,
            ),
        };
        hint(ui, theme, help);
        let field = Field::new(words, &mut self.path)
            .error(self.error.clone())
            .max_chars(1_000)
            .show(ui, theme);
        if field.changed() {
            self.error = None;
        }
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        ui.horizontal_wrapped(|ui| {
            let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
            let choose = self.way == Way::In
                && Button::secondary(t!(ctx, "templates-import-choose"))
                    .icon(icons::FOLDER)
                    .busy(self.choosing.is_some())
                    .show(ui, theme)
                    .clicked();
            let go = Button::primary(go)
                .icon(sign)
                .busy(self.running.is_some())
                .show(ui, theme)
                .clicked();
            match (go || enter, choose, cancel) {
                (true, ..) => Pressed::Go,
                (_, true, _) => Pressed::Choose,
                (.., true) => Pressed::Close,
                _ => Pressed::Nothing,
            }
        })
        .inner
    }

    fn go(&mut self, ctx: &UiContext<'_>) {
        if self.running.is_some() {
            return;
        }
        let path = PathBuf::from(self.path.trim());
        if !path.is_absolute() {
            self.error = Some(t!(ctx, "settings-path-not-whole"));
            return;
        }
        self.error = None;
        let (ticket, account) = (ctx.ticket(), self.account);
        ctx.send(Command::Template(match self.way {
            Way::In => TemplateCommand::Import {
                ticket,
                account,
                from: path,
            },
            Way::Out => TemplateCommand::Export {
                ticket,
                account,
                to: path,
            },
        }));
        self.running = Some(ticket);
    }

    /// What the operator chose in the system's dialog. Where there is none, the path is typed.
    fn take_choice(&mut self, ctx: &UiContext<'_>) {
        let Some(answer) = self.choosing.and_then(|ticket| ctx.take_picked(ticket)) else {
            return;
        };
        self.choosing = None;
        match answer {
            DialogAnswer::Chosen(paths) => {
                if let Some(path) = paths.first() {
                    self.path = shown(path);
                    self.error = None;
                }
            }
            DialogAnswer::Dismissed => {}
            DialogAnswer::NoDialog => self.error = Some(t!(ctx, "templates-import-type")),
        }
    }

    /// Whether all is done.
    fn take_answer(&mut self, ctx: &UiContext<'_>) -> bool {
        let Some(answer) = self.running.and_then(|ticket| ctx.take_answer(ticket)) else {
            return false;
        };
        self.running = None;
        let error = match answer {
            Answer::TemplatesMoved(Ok(moved)) => {
                let count = moved.count;
                let words = match self.way {
                    Way::In => t!(ctx, "templates-imported", count = count),
                    Way::Out => t!(ctx, "templates-exported", count = count, path = self.path.trim()),
                };
                ctx.act(UiAction::Toast(ToastKind::Done, words));
                if moved.without_picture > 0 {
                    let words = t!(
                        ctx,
                        "templates-imported-without-picture",
                        count = moved.without_picture,
                        vendor = self.vendor
                    );
                    ctx.act(UiAction::Toast(ToastKind::Info, words));
                }
                return true;
            }
            Answer::TemplatesMoved(Err(error)) => error,
            Answer::Failed(said) => TemplateError::Store(said),
            _ => return false,
        };
        self.error = Some(template_words::error(ctx.text, &error));
        false
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
