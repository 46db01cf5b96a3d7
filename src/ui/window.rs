//! The real window: opens it with the renderer that works here, starts the engine beside it, and shows either the
//! program or why it cannot begin.

use super::app::{AppOptions, RecadoApp};
use super::failure::{self, FailureAnswer, FailureScreen, StartFailure};
use super::link::EngineLink;
use super::outside::Outside;
use super::text::{Language, Localizer};
use super::theme::{self, Theme};
use crate::domain::Timestamp;
use crate::engine::{Backup, put_back};
use eframe::{NativeOptions, Renderer};
use egui::{Context, Ui, ViewportBuilder, ViewportCommand};
use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, mpsc};

/// By this the engine wakes the window.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// Starts the engine and gives the window's ends of its channels. It is called in a thread of its own, so it may take
/// its time; and again when the operator chooses to try again.
pub type Start = Arc<dyn Fn(Wake) -> Result<EngineLink, StartFailure> + Send + Sync>;

/// What to do with the app when it is there.
pub type OnReady = Box<dyn FnOnce(&mut RecadoApp)>;

/// How the window is made.
pub struct WindowOptions {
    /// Its title.
    pub title: String,
    /// The data folder, to be opened from the screen that tells of a failed start.
    pub folder: PathBuf,
    /// Options of what is in it.
    pub app: AppOptions,
    /// Another renderer than the one that fits this system best.
    pub renderer: Option<Renderer>,
    /// The demo opens a screen with it.
    pub on_ready: Option<OnReady>,
    /// By this a second copy of the program brings the window to the front.
    pub raise: Raise,
}

impl WindowOptions {
    /// A window with the renderer that fits this system best.
    #[must_use]
    pub fn new(title: impl Into<String>, folder: PathBuf, app: AppOptions) -> Self {
        Self {
            title: title.into(),
            folder,
            app,
            renderer: None,
            on_ready: None,
            raise: Raise::default(),
        }
    }
}

/// Brings the window to the front, from any thread, once there is one.
#[derive(Clone, Default)]
pub struct Raise(Arc<std::sync::Mutex<Option<Context>>>);

impl Raise {
    /// Brings it to the front now.
    pub fn raise(&self) {
        let context = self.0.lock().ok().and_then(|context| context.clone());
        if let Some(context) = context {
            context.send_viewport_cmd(ViewportCommand::Minimized(false));
            context.send_viewport_cmd(ViewportCommand::Visible(true));
            context.send_viewport_cmd(ViewportCommand::Focus);
            context.request_repaint();
        }
    }

    fn of(&self, egui: &Context) {
        if let Ok(mut context) = self.0.lock() {
            *context = Some(egui.clone());
        }
    }
}

/// Runs the window until it is closed.
///
/// # Errors
/// No renderer works here, or there is no display.
pub fn run(options: WindowOptions, start: Start) -> eframe::Result {
    let first = options.renderer.unwrap_or_else(preferred_renderer);
    let second = match first {
        Renderer::Glow => Renderer::Wgpu,
        Renderer::Wgpu => Renderer::Glow,
    };
    let forced = options.renderer.is_some();
    let title = options.title.clone();
    // A renderer that fails may do so before or after the contents are made; they are made once.
    let contents = Rc::new(RefCell::new(Contents::Waiting(Box::new(options), start)));
    let result = open(&title, first, &contents);
    match result {
        Err(error) if !forced && !contents.borrow().was_shown() => {
            tracing::warn!(%error, ?first, "the window could not be opened; trying the other renderer");
            open(&title, second, &contents)
        }
        other => other,
    }
}

/// The picture in task bars and window lists, where the system does not take it from the menu entry.
fn icon() -> egui::IconData {
    const PNG: &[u8] = include_bytes!("../../assets/icons/recado-128.png");
    eframe::icon_data::from_png_bytes(PNG).unwrap_or_default()
}

/// OpenGL is lighter where its drivers are good; Windows without a graphics card has only Direct3D in software.
fn preferred_renderer() -> Renderer {
    if cfg!(windows) {
        Renderer::Wgpu
    } else {
        Renderer::Glow
    }
}

fn open(title: &str, renderer: Renderer, contents: &Rc<RefCell<Contents>>) -> eframe::Result {
    let native = NativeOptions {
        viewport: ViewportBuilder::default()
            .with_title(title)
            .with_app_id("recado")
            .with_icon(icon())
            .with_inner_size([1_280.0, 800.0])
            .with_min_inner_size([640.0, 480.0]),
        renderer,
        centered: true,
        ..NativeOptions::default()
    };
    let contents = contents.clone();
    eframe::run_native(
        title,
        native,
        Box::new(move |creation| {
            theme::install(&creation.egui_ctx);
            contents.borrow_mut().begin(&creation.egui_ctx);
            Ok(Box::new(Window(contents)))
        }),
    )
}

/// What the window shows.
enum Contents {
    /// Not begun: no renderer has made a window yet.
    Waiting(Box<WindowOptions>, Start),
    /// The window is there.
    Begun(Box<Begun>),
    /// Being changed.
    Gone,
}

impl Contents {
    fn begin(&mut self, egui: &Context) {
        *self = match std::mem::replace(self, Self::Gone) {
            Self::Waiting(options, start) => {
                options.raise.of(egui);
                Self::Begun(Box::new(Begun::new(*options, start, egui)))
            }
            // A second renderer has its own egui context; the engine has to wake that one.
            Self::Begun(begun) => {
                begun.waker.replace(egui);
                begun.raise.of(egui);
                Self::Begun(begun)
            }
            Self::Gone => Self::Gone,
        };
    }

    fn was_shown(&self) -> bool {
        matches!(self, Self::Begun(begun) if begun.shown)
    }
}

/// Wakes whatever context shows the window now.
#[derive(Clone, Default)]
struct Waker(Arc<std::sync::Mutex<Option<Context>>>);

impl Waker {
    fn replace(&self, egui: &Context) {
        if let Ok(mut context) = self.0.lock() {
            *context = Some(egui.clone());
        }
    }

    fn wake(&self) -> Wake {
        let shared = self.0.clone();
        Arc::new(move || {
            let context = shared.lock().ok().and_then(|context| context.clone());
            if let Some(context) = context {
                context.request_repaint();
            }
        })
    }
}

enum Stage {
    Starting(mpsc::Receiver<Result<EngineLink, StartFailure>>),
    Running(Box<RecadoApp>),
    Restoring(mpsc::Receiver<Result<EngineLink, StartFailure>>),
    Failed(FailureScreen),
}

struct Begun {
    stage: Stage,
    start: Start,
    raise: Raise,
    waker: Waker,
    shown: bool,
    options: Option<AppOptions>,
    on_ready: Option<OnReady>,
    folder: PathBuf,
    outside: Outside,
    text: Localizer,
    theme: Theme,
}

impl Begun {
    fn new(options: WindowOptions, start: Start, egui: &Context) -> Self {
        let waker = Waker::default();
        waker.replace(egui);
        let theme = Theme::new(egui.system_theme() == Some(egui::Theme::Dark));
        theme::apply(egui, &theme);
        Self {
            stage: Stage::Starting(start_beside(&start, &waker)),
            start,
            raise: options.raise,
            waker,
            shown: false,
            outside: Outside::new(options.app.system.clone()),
            options: Some(options.app),
            on_ready: options.on_ready,
            folder: options.folder,
            text: Localizer::new(Language::of_system()),
            theme,
        }
    }

    fn logic(&mut self, egui: &Context) {
        if let Stage::Starting(starting) | Stage::Restoring(starting) = &self.stage {
            match starting.try_recv() {
                Ok(Ok(link)) => {
                    let mut app = RecadoApp::new(link, self.options.take().unwrap_or_default());
                    if let Some(on_ready) = self.on_ready.take() {
                        on_ready(&mut app);
                    }
                    self.stage = Stage::Running(Box::new(app));
                }
                Ok(Err(failure)) => {
                    tracing::error!(?failure, "the program cannot begin");
                    self.stage = Stage::Failed(FailureScreen::new(&self.text, &failure));
                }
                Err(mpsc::TryRecvError::Empty) => {}
                Err(mpsc::TryRecvError::Disconnected) => {
                    let failure = StartFailure::Store(crate::store::StoreError::NotFound);
                    self.stage = Stage::Failed(FailureScreen::new(&self.text, &failure));
                }
            }
        }
        if let Stage::Running(app) = &mut self.stage {
            app.logic(egui);
        }
    }

    fn ui(&mut self, ui: &mut Ui) {
        self.shown = true;
        let answer = match &mut self.stage {
            Stage::Running(app) => {
                app.ui(ui);
                None
            }
            Stage::Starting(_) => {
                let rect = ui.max_rect();
                ui.painter().rect_filled(rect, 0.0, self.theme.colors.bg);
                None
            }
            Stage::Restoring(_) => {
                failure::restoring_ui(ui, &self.theme, &self.text);
                None
            }
            Stage::Failed(screen) => failure::ui(ui, &self.theme, &self.text, screen),
        };
        match answer {
            Some(FailureAnswer::Restore) => {
                if let Stage::Failed(screen) = &self.stage
                    && let Some(backup) = screen.backup()
                {
                    let (start, folder) = (self.start.clone(), self.folder.clone());
                    let start = after_restoring(start, folder, backup.clone());
                    self.stage = Stage::Restoring(start_beside(&start, &self.waker));
                }
            }
            Some(FailureAnswer::TryAgain) => {
                self.stage = Stage::Starting(start_beside(&self.start, &self.waker));
            }
            Some(FailureAnswer::OpenFolder) => {
                self.outside.open(ui.ctx(), self.folder.clone().into());
            }
            Some(FailureAnswer::Quit) => ui.ctx().send_viewport_cmd(ViewportCommand::Close),
            None => {}
        }
    }
}

/// The start of the engine after a backup was put in the place of the database.
fn after_restoring(start: Start, folder: PathBuf, backup: Backup) -> Start {
    Arc::new(move |wake| {
        let restored = put_back(&folder, &backup, Timestamp::now());
        restored.map_err(|error| StartFailure::NotRestored {
            words: error.to_string(),
            backup: backup.clone(),
        })?;
        tracing::info!(
            made_at = backup.made_at.0,
            "a backup was put in the place of the database"
        );
        start(wake)
    })
}

/// Starts the engine in a thread, so that the window is there at once and no frame waits for a disk.
fn start_beside(start: &Start, waker: &Waker) -> mpsc::Receiver<Result<EngineLink, StartFailure>> {
    let (sender, receiver) = mpsc::channel();
    let (start, wake) = (start.clone(), waker.wake());
    let thread = std::thread::Builder::new()
        .name("start".to_owned())
        .spawn(move || {
            // Without a window there is nobody to tell.
            let _ = sender.send(start(wake.clone()));
            wake();
        });
    if let Err(error) = thread {
        tracing::error!(%error, "the thread that starts the engine could not be made");
    }
    receiver
}

struct Window(Rc<RefCell<Contents>>);

impl eframe::App for Window {
    fn logic(&mut self, egui: &Context, _: &mut eframe::Frame) {
        if let Contents::Begun(begun) = &mut *self.0.borrow_mut() {
            begun.logic(egui);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        // Costs nothing unless the log's filter asks for it; tells what wakes a window that should rest.
        tracing::trace!(target: "recado::frames", number = ui.ctx().cumulative_frame_nr(), "a frame is drawn");
        if let Contents::Begun(begun) = &mut *self.0.borrow_mut() {
            begun.ui(ui);
        }
    }
}
