//! Copies: backups, restoring one into a new folder, and the export of conversations.

use super::parts::{control, row};
use crate::domain::settings::Settings;
use crate::engine::{Answer, ArchiveCommand, Backup, Command, ExportScope, Question, Ticket};
use crate::t;
use crate::ui::context::{ToastKind, UiAction, UiContext};
use crate::ui::screens::export::ExportDialog;
use crate::ui::theme::{icons, space};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::{self, Button};
use crate::ui::words;
use egui::Ui;
use std::path::PathBuf;

const KEPT: [u16; 5] = [3, 7, 14, 30, 100];
/// Backups that are listed; older ones are in the folder all the same.
const LISTED: usize = 5;

/// Both cards.
#[derive(Default)]
pub(super) struct ArchiveCards {
    asked: Option<Ticket>,
    backups: Option<Vec<Backup>>,
    making: Option<Ticket>,
    folder: String,
    folder_of: Option<Option<PathBuf>>,
    folder_error: Option<String>,
    restoring: Option<Restoring>,
    export: ExportDialog,
}

/// A backup that is to become a new data folder.
#[derive(Debug)]
struct Restoring {
    from: Backup,
    into: String,
    ticket: Option<Ticket>,
    error: Option<String>,
    done: Option<PathBuf>,
}

impl ArchiveCards {
    pub(super) fn backups_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
        let theme = ctx.theme;
        self.take_answers(ctx);
        if self.backups.is_none() && self.asked.is_none() {
            let ticket = ctx.ticket();
            self.asked = Some(ticket);
            ctx.send(Command::Ask(ticket, Question::Backups));
        }
        let title = t!(ctx, "settings-backup-daily");
        row(ui, ctx, &title, &t!(ctx, "settings-backup-daily-help"), |ui| {
            widgets::toggle(ui, theme, title.clone(), &mut settings.daily_backup);
        });
        let kept: Vec<(u16, String)> = KEPT
            .iter()
            .copied()
            .chain((!KEPT.contains(&settings.backups_kept)).then_some(settings.backups_kept))
            .map(|count| (count, ctx.text.number(count.into())))
            .collect();
        let title = t!(ctx, "settings-backup-kept");
        row(ui, ctx, &title, "", |ui| {
            control(ui, 108.0, |ui| {
                let count = &mut settings.backups_kept;
                widgets::choice::select_bare(ui, theme, title.clone(), count, &kept, 108.0);
            });
        });
        self.folder_ui(ui, ctx, settings);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
            let make = Button::secondary(t!(ctx, "settings-backup-now"))
                .icon(icons::SHIELD_CHECK)
                .small()
                .busy(self.making.is_some());
            if make.show(ui, theme).clicked() && self.making.is_none() {
                let ticket = ctx.ticket();
                self.making = Some(ticket);
                ctx.send(Command::Archive(ArchiveCommand::Backup(ticket)));
            }
            let open = Button::secondary(t!(ctx, "settings-backup-open"))
                .icon(icons::FOLDER)
                .small();
            if open.show(ui, theme).clicked() {
                ctx.act(UiAction::OpenFolder(folder_of(ctx, settings)));
            }
        });
        match &self.backups {
            Some(list) if list.is_empty() => {
                widgets::hint(ui, theme, t!(ctx, "settings-backup-none"));
            }
            Some(list) => {
                for backup in list.iter().take(LISTED) {
                    let when = ctx.text.day_and_time(backup.made_at, ctx.now);
                    let size = ctx.text.file_size(backup.bytes);
                    row(ui, ctx, &when, &size, |ui| {
                        let restore = Button::secondary(t!(ctx, "settings-restore"))
                            .name(t!(ctx, "settings-restore-of", when = when.as_str()))
                            .small();
                        if restore.show(ui, theme).clicked() {
                            self.restoring = Some(Restoring::of(backup));
                        }
                    });
                }
            }
            None => {}
        }
        self.restore_ui(ui, ctx);
    }

    fn folder_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>, settings: &mut Settings) {
        if self.folder_of.as_ref() != Some(&settings.backup_folder) {
            self.folder = folder_of(ctx, settings).display().to_string();
            self.folder_of = Some(settings.backup_folder.clone());
            self.folder_error = None;
        }
        let field = Field::new(t!(ctx, "settings-backup-folder"), &mut self.folder)
            .help(Some(t!(ctx, "settings-backup-folder-help")))
            .error(self.folder_error.clone())
            .max_chars(1_000)
            .show(ui, ctx.theme);
        if field.lost_focus() {
            let typed = PathBuf::from(self.folder.trim());
            if self.folder.trim().is_empty() || typed == ctx.live.folder.join(BACKUPS) {
                settings.backup_folder = None;
                self.folder_of = None;
            } else if typed.is_absolute() {
                settings.backup_folder = Some(typed);
            } else {
                self.folder_error = Some(t!(ctx, "settings-path-not-whole"));
            }
            if settings.backup_folder != ctx.live.settings.backup_folder {
                self.backups = None;
            }
        }
    }

    fn restore_ui(&mut self, ui: &Ui, ctx: &UiContext<'_>) {
        let Some(restoring) = &mut self.restoring else {
            return;
        };
        let theme = ctx.theme;
        let title = t!(ctx, "settings-restore-title");
        let shown = widgets::dialog(ui.ctx(), theme, "restore", title, |ui| {
            let when = ctx.text.day_and_time(restoring.from.made_at, ctx.now);
            if let Some(folder) = &restoring.done {
                let path = folder.display().to_string();
                widgets::hint(ui, theme, t!(ctx, "settings-restored", folder = path.as_str()));
                let command = format!("recado --data-dir \"{path}\"");
                ui.add_space(space::M);
                widgets::read_only_field(ui, theme, t!(ctx, "settings-restored-command"), &command, |ui| {
                    if widgets::icon_button(ui, theme, icons::COPY, t!(ctx, "copy")).clicked() {
                        ctx.act(UiAction::CopyText(command.clone()));
                    }
                });
                ui.add_space(space::M);
                return (false, Button::primary(t!(ctx, "close")).show(ui, theme).clicked());
            }
            widgets::hint(ui, theme, t!(ctx, "settings-restore-body", when = when));
            ui.add_space(space::M);
            Field::new(t!(ctx, "settings-restore-into"), &mut restoring.into)
                .help(Some(t!(ctx, "settings-restore-into-help")))
                .error(restoring.error.clone())
                .max_chars(1_000)
                .show(ui, theme);
            ui.add_space(space::M);
            ui.horizontal(|ui| {
                let cancel = Button::secondary(t!(ctx, "cancel")).show(ui, theme).clicked();
                let go = Button::primary(t!(ctx, "settings-restore-go"))
                    .busy(restoring.ticket.is_some())
                    .show(ui, theme)
                    .clicked();
                (go, cancel)
            })
            .inner
        });
        let (go, close) = shown.inner.unwrap_or_default();
        if go && restoring.ticket.is_none() {
            let into = PathBuf::from(restoring.into.trim());
            if into.is_absolute() {
                let ticket = ctx.ticket();
                restoring.ticket = Some(ticket);
                restoring.error = None;
                ctx.send(Command::Archive(ArchiveCommand::Restore {
                    ticket,
                    from: restoring.from.folder.clone(),
                    into,
                }));
            } else {
                restoring.error = Some(t!(ctx, "settings-path-not-whole"));
            }
        }
        if close || shown.should_close {
            self.restoring = None;
        }
    }

    pub(super) fn export_ui(&mut self, ui: &mut Ui, ctx: &UiContext<'_>) {
        let theme = ctx.theme;
        widgets::hint(ui, theme, t!(ctx, "settings-export-help"));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = egui::vec2(space::S, space::S);
            let button = |words: String| Button::secondary(words).icon(icons::DOWNLOAD).small();
            if let Some(view) = ctx.account {
                let name = view.account.name.as_str();
                let words = t!(ctx, "settings-export-account", account = name);
                if button(words.clone()).show(ui, theme).clicked() {
                    let scope = ExportScope::Account(view.account.id);
                    self.export.open(ctx, scope, name, words);
                }
            }
            let words = t!(ctx, "settings-export-all");
            if button(words.clone()).show(ui, theme).clicked() {
                self.export.open(ctx, ExportScope::All, "", words);
            }
        });
        self.export.ui(ui, ctx);
    }

    fn take_answers(&mut self, ctx: &UiContext<'_>) {
        let take = |ticket: &mut Option<Ticket>| {
            let answer = ctx.take_answer((*ticket)?)?;
            *ticket = None;
            Some(answer)
        };
        if let Some(answer) = take(&mut self.asked) {
            self.backups = match answer {
                Answer::Backups(list) => Some(list),
                _ => Some(Vec::new()),
            };
        }
        if let Some(Answer::BackedUp(result)) = take(&mut self.making) {
            match result {
                Ok(backup) => {
                    let size = ctx.text.file_size(backup.bytes);
                    say(ctx, ToastKind::Done, t!(ctx, "settings-backup-made", size = size));
                    self.backups = None;
                }
                Err(said) => {
                    let words = t!(ctx, "settings-backup-failed", words = said);
                    say(ctx, ToastKind::Problem, words);
                }
            }
        }
        if let Some(restoring) = &mut self.restoring
            && let Some(Answer::Restored(result)) = take(&mut restoring.ticket)
        {
            match result {
                Ok(folder) => restoring.done = Some(folder),
                Err(said) => restoring.error = Some(words::their_words(ctx.text, &said)),
            }
        }
    }
}

impl Restoring {
    fn of(backup: &Backup) -> Self {
        let beside = backup
            .folder
            .parent()
            .and_then(std::path::Path::parent)
            .map(|parent| parent.join("recado-restored"));
        Self {
            from: backup.clone(),
            into: beside.unwrap_or_default().display().to_string(),
            ticket: None,
            error: None,
            done: None,
        }
    }
}

/// The usual folder of backups inside the data folder.
const BACKUPS: &str = "backups";

fn folder_of(ctx: &UiContext<'_>, settings: &Settings) -> PathBuf {
    settings
        .backup_folder
        .clone()
        .unwrap_or_else(|| ctx.live.folder.join(BACKUPS))
}

fn say(ctx: &UiContext<'_>, kind: ToastKind, words: String) {
    ctx.act(UiAction::Toast(kind, words));
}
