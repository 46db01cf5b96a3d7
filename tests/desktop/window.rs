//! The program in its window, worked as a person does it: by what things are called, with a pointer and with keys.

use crate::dragging::{Drag, window_of};
use crate::driver::{Driver, Element, KeptSecret};
use crate::session::{Keyring, Session, can_show};
use recado::ui::text::{Language, Localizer, Value};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::cell::RefCell;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// How long a condition may take to come true on a busy machine. None is waited for longer than it takes.
const PATIENCE: Duration = Duration::from_secs(30);
const BETWEEN_LOOKS: Duration = Duration::from_millis(30);
/// What is closer than this to the lower edge of the window is scrolled up before it is clicked, in points.
const EDGE: i32 = 20;
/// A window that has been told to close does so within this time; else the keys did not reach it.
const CLOSES_WITHIN: Duration = Duration::from_secs(10);
/// Another build of the program to be tested, such as an installed one.
const PROGRAM_VARIABLE: &str = "RECADO_TEST_PROGRAM";

/// The program that is tested.
pub fn program() -> OsString {
    std::env::var_os(PROGRAM_VARIABLE).unwrap_or_else(|| env!("CARGO_BIN_EXE_recado").into())
}

/// A desktop of its own, with someone sitting at it.
pub struct Desk {
    driver: RefCell<Driver>,
    /// The words of the program in the language it speaks here.
    pub text: Localizer,
    // Last: what runs in it ends first.
    session: Session,
}

impl Desk {
    /// A desktop with an open keyring; `None`, and it was said why, where this machine has not what it takes.
    pub fn start() -> Option<Self> {
        can_show().then(|| {
            let session = Session::with_screen(Keyring::Unlocked);
            Self {
                driver: RefCell::new(Driver::start(&session)),
                text: Localizer::new(Language::English),
                session,
            }
        })
    }

    /// What the program calls something in the language it speaks here.
    pub fn words(&self, key: &str) -> String {
        self.text.get(key)
    }

    /// The same with values.
    pub fn words_with(&self, key: &str, values: &[(&str, Value)]) -> String {
        self.text.with(key, values)
    }

    /// Everything the secret service keeps.
    pub fn secrets(&self) -> Vec<KeptSecret> {
        self.driver.borrow_mut().ask(&json!({ "ask": "secrets" }))
    }

    /// The home folder, and everything any program has written on this desktop in it.
    pub fn home(&self) -> &Path {
        self.session.home()
    }

    /// A data folder that is not there yet.
    pub fn data_folder(&self) -> PathBuf {
        self.home().join("Dados do Recado")
    }

    /// A command that starts the program in English.
    pub fn command(&self) -> Command {
        let program =
            std::env::var_os(PROGRAM_VARIABLE).unwrap_or_else(|| env!("CARGO_BIN_EXE_recado").into());
        let mut command = self.session.command(program);
        command.env_remove("LANGUAGE").env("LC_ALL", "en_US.UTF-8");
        // The same renderer wherever the tests run.
        command.env("LIBGL_ALWAYS_SOFTWARE", "1");
        command
    }

    /// From now on the program is expected to speak another language.
    pub fn expect_language(&mut self, language: Language) {
        self.text = Localizer::new(language);
    }

    /// What the clipboard holds.
    pub fn clipboard(&self) -> String {
        let output = self
            .session
            .command("xclip")
            .args(["-selection", "clipboard", "-o"])
            .stderr(Stdio::null())
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Puts nothing on the clipboard: what comes next is something new.
    pub fn forget_clipboard(&self) {
        self.copy("");
    }

    /// Puts a picture (a PNG file) on the clipboard.
    pub fn copy_picture(&self, file: &Path) {
        let copied = self
            .session
            .command("xclip")
            .args(["-selection", "clipboard", "-t", "image/png", "-in"])
            .arg(file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(copied.unwrap().success());
    }

    /// Opens the program's window on a data folder.
    pub fn open(&self, folder: &Path) -> Program<'_> {
        let mut command = self.command();
        command.arg("--data-dir").arg(folder);
        self.run(command)
    }

    /// Runs the program by a command of [`Desk::command`].
    pub fn run(&self, mut command: Command) -> Program<'_> {
        let said = tempfile::Builder::new()
            .prefix("said-")
            .tempfile_in(self.home())
            .unwrap();
        let child = command
            .stdin(Stdio::null())
            .stdout(File::create(said.path()).unwrap())
            .stderr(File::options().append(true).open(said.path()).unwrap())
            .spawn()
            .unwrap();
        Program {
            desk: self,
            child,
            said,
            ended: None,
        }
    }

    /// Presses keys together or one after the other, as `ctrl+k` or `Return`.
    pub fn keys(&self, keys: &[&str]) {
        self.xdotool(&[&["key", "--delay", "30"], keys].concat());
    }

    /// Types letters of a usual keyboard.
    pub fn type_text(&self, text: &str) {
        assert!(
            text.is_ascii(),
            "xdotool's other letters get lost: paste {text:?}"
        );
        self.xdotool(&["type", "--delay", "15", "--", text]);
    }

    /// Puts a text on the clipboard and presses the keys that paste.
    pub fn paste(&self, text: &str) {
        self.copy(text);
        self.keys(&["ctrl+v"]);
    }

    fn copy(&self, text: &str) {
        let mut clipboard = self
            .session
            .command("xclip")
            .args(["-selection", "clipboard", "-in"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut input = clipboard.stdin.take().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        drop(input);
        assert!(clipboard.wait().unwrap().success());
    }

    fn xdotool(&self, arguments: &[&str]) {
        let worked = self.session.command("xdotool").args(arguments).output();
        assert!(worked.unwrap().status.success(), "{arguments:?}");
    }
}

/// The program, running; it ends with the value.
pub struct Program<'a> {
    pub desk: &'a Desk,
    child: Child,
    said: tempfile::NamedTempFile,
    ended: Option<ExitStatus>,
}

impl Program<'_> {
    fn ask<T: DeserializeOwned>(&self, ask: &str, name: Option<&str>, contains: Option<&str>) -> T {
        let question = json!({ "ask": ask, "process": self.child.id(), "name": name, "contains": contains });
        self.desk.driver.borrow_mut().ask(&question)
    }

    /// Every element of this name that is there now.
    pub fn look(&self, name: &str) -> Vec<Element> {
        self.ask("look", Some(name), None)
    }

    /// Every element that is there now whose name has this in it.
    pub fn look_for(&self, part: &str) -> Vec<Element> {
        self.ask("look", None, Some(part))
    }

    /// Waits until something is so.
    pub fn until<T>(&self, what: &str, mut look: impl FnMut() -> Option<T>) -> T {
        let begun = Instant::now();
        loop {
            if let Some(seen) = look() {
                return seen;
            }
            if begun.elapsed() >= PATIENCE {
                panic!("waited in vain for {what}; there is:\n{}", self.tree());
            }
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Waits for an element of this name.
    pub fn see(&self, name: &str) -> Element {
        self.until(&format!("{name:?}"), || self.look(name).into_iter().next())
    }

    /// Waits for an element whose name has this in it.
    pub fn see_part(&self, part: &str) -> Element {
        self.until(&format!("…{part}…"), || {
            self.look_for(part).into_iter().next()
        })
    }

    /// Waits for an element of this name of which something is so.
    pub fn see_where(&self, name: &str, what: &str, holds: impl Fn(&Element) -> bool) -> Element {
        self.until(&format!("{name:?} {what}"), || {
            self.look(name).into_iter().find(|element| holds(element))
        })
    }

    /// Waits until no element has this name.
    pub fn gone(&self, name: &str) {
        self.until(&format!("the end of {name:?}"), || {
            self.look(name).is_empty().then_some(())
        });
    }

    /// Does what the element of this name does, without a pointer: as a screen reader would.
    pub fn press(&self, name: &str) {
        self.until(&format!("{name:?} to be pressed"), || {
            self.ask::<bool>("press", Some(name), None).then_some(())
        });
    }

    /// Clicks on the element of this name with the pointer, once it stands still.
    pub fn click(&self, name: &str) {
        let mut before = None;
        let (x, y) = self.until(&format!("{name:?} to be clicked"), || {
            let mut found = self.look(name);
            // A caption and its field share a name: the field is what is clicked.
            found.sort_by_key(|element| !(element.editable || element.active));
            let now = found
                .into_iter()
                .find(|element| element.is("enabled"))
                .and_then(|element| element.middle());
            let still = now.filter(|place| now == before && !self.turn_towards(*place));
            before = now;
            still
        });
        let (x, y) = (x.to_string(), y.to_string());
        // As a finger does: down, and a moment later up.
        let finger = ["mousedown", "1", "sleep", "0.06", "mouseup", "1"];
        self.desk
            .xdotool(&[&["mousemove", &x, &y, "sleep", "0.03"], &finger[..]].concat());
    }

    /// The field of this name, as it stands.
    pub fn field(&self, name: &str) -> Element {
        self.see_where(name, "as a field", |element| element.editable)
    }

    /// Waits until the field of this name holds exactly this.
    pub fn holds(&self, name: &str, text: &str) {
        self.see_where(name, &format!("with {text:?} in it"), |element| {
            element.editable && element.text.as_deref() == Some(text)
        });
    }

    /// Clicks into a field and types over what is in it.
    pub fn type_over(&self, name: &str, text: &str) {
        self.enter(name);
        self.desk.keys(&["ctrl+a"]);
        self.desk.type_text(text);
    }

    /// Clicks into a field and pastes over what is in it.
    pub fn paste_over(&self, name: &str, text: &str) {
        self.enter(name);
        self.desk.keys(&["ctrl+a"]);
        self.desk.paste(text);
    }

    /// Gives a field the keyboard: with the pointer, or where it is scrolled away as a screen reader does.
    fn enter(&self, name: &str) {
        if self.field(name).is("showing") {
            self.click(name);
        } else {
            assert!(
                self.ask::<bool>("focus", Some(name), None),
                "{name:?} takes no keyboard"
            );
        }
        self.see_where(name, "with the keyboard", |element| {
            element.editable && element.is("focused")
        });
    }

    /// Turns the wheel over what stands above or below the window, towards it; answers whether that was needed.
    fn turn_towards(&self, (x, y): (i32, i32)) -> bool {
        let frames = self.look_for("").into_iter();
        let Some([_, top, _, height]) = frames
            .filter(|element| element.role == "frame")
            .find_map(|it| it.place)
        else {
            return false;
        };
        if (top..top + height - EDGE).contains(&y) {
            return false;
        }
        let wheel = if y < top { "4" } else { "5" };
        let (x, middle) = (x.to_string(), (top + height / 2).to_string());
        self.desk.xdotool(&["mousemove", &x, &middle, "click", wheel]);
        true
    }

    /// Chooses from a list that opens.
    pub fn choose(&self, list: &str, entry: &str) {
        self.click(list);
        self.click(entry);
    }

    /// The element that has the keyboard.
    pub fn focused(&self) -> Option<Element> {
        self.look_for("")
            .into_iter()
            .find(|element| element.is("focused") && element.role != "frame")
    }

    fn bring_to_front(&self) {
        let id = self.child.id().to_string();
        self.desk
            .xdotool(&["search", "--onlyvisible", "--pid", &id, "windowactivate"]);
    }

    /// Holds files over its window, as dragged from another program.
    pub fn drag_over(&self, files: &[&Path]) -> Drag {
        let display = self.desk.session.display();
        let window = self.until("its window on the screen", || window_of(display, self.child.id()));
        Drag::over(display, window, files)
    }

    /// Whether its window is the one that has the keyboard.
    pub fn is_in_front(&self) -> bool {
        let asked = self
            .desk
            .session
            .command("xdotool")
            .args(["getactivewindow", "getwindowpid"])
            .output()
            .unwrap();
        String::from_utf8_lossy(&asked.stdout).trim() == self.child.id().to_string()
    }

    /// Presses keys once the window has the keyboard.
    pub fn keys(&self, keys: &[&str]) {
        self.until("its window in front", || self.is_in_front().then_some(()));
        self.desk.keys(keys);
    }

    /// What the program has written to the terminal.
    pub fn said(&self) -> String {
        fs::read_to_string(self.said.path()).unwrap()
    }

    /// Closes the window by the keys of the window manager, and waits for the program's end.
    pub fn close(mut self) -> ExitStatus {
        let begun = Instant::now();
        // The window manager may still be busy with the focus, and then the keys go nowhere.
        while begun.elapsed() < PATIENCE && self.ended.is_none() {
            self.bring_to_front();
            self.keys(&["alt+F4"]);
            let pressed = Instant::now();
            while pressed.elapsed() < CLOSES_WITHIN && self.ended.is_none() {
                self.ended = self.child.try_wait().unwrap();
                std::thread::sleep(BETWEEN_LOOKS);
            }
        }
        self.wait()
    }

    /// Waits until the program ends by itself.
    pub fn wait(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.ended = Some(status);
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "the program does not end");
            std::thread::sleep(BETWEEN_LOOKS);
        }
    }

    /// Everything in the window, for the report of a failure.
    pub fn tree(&self) -> String {
        self.ask("tree", None, None)
    }

    /// What a person who has to understand a failure wants to see.
    fn report(&self) {
        println!("in the window:\n{}\nsaid: {}", self.tree(), self.said());
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("desktop");
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let picture = folder.join(format!("{name}.png"));
        fs::create_dir_all(&folder).ok();
        let taken = self
            .desk
            .session
            .command("import")
            .args(["-silent", "-window", "root"])
            .arg(&picture)
            .status();
        if taken.is_ok_and(|status| status.success()) {
            println!("see {}", picture.display());
        }
    }
}

impl Drop for Program<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.report();
        }
        if self.ended.is_none() {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}
