//! A private session bus, with a real keyring daemon in a chosen state on it, and where it is wanted a screen, a window
//! manager and the accessibility bus.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// In which state the keyring is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// No secret service on the bus.
    None,
    /// A service without any keyring.
    Empty,
    /// A default keyring, open.
    Unlocked,
    /// A default keyring, locked, and no program that could ask for its password.
    Locked,
    /// A default keyring, locked, and a screen on which its password is asked for.
    LockedWithPrompt,
}

/// A session; its processes end with it.
pub struct Session {
    home: tempfile::TempDir,
    screen: Option<(Child, String)>,
    manager: Option<Child>,
    bus: Option<Child>,
    daemon: Option<Child>,
}

/// The password of the session's keyring.
pub const PASSWORD: &str = "open sesame";

/// Where D-Bus services describe themselves; the prompters of GNOME's keyring among them.
const SERVICES: &str = "/usr/share/dbus-1/services";
const PROMPTERS: [&str; 2] = [
    "org.gnome.keyring.SystemPrompter.service",
    "org.gnome.keyring.PrivatePrompter.service",
];

/// The service by which programs find the accessibility bus.
const ACCESSIBILITY: &str = "org.a11y.Bus.service";
/// Debian's interpreter: its bindings of the accessibility library are not found by another one.
pub const PYTHON: &str = "/usr/bin/python3";

/// Whether the programs are there that such a session is made of.
pub fn can_run(keyring: Keyring) -> bool {
    let mut wanted = vec!["dbus-daemon", "dbus-send", "gnome-keyring-daemon"];
    if keyring == Keyring::LockedWithPrompt {
        wanted.extend(["Xvfb", "openbox", "xdotool"]);
        if !PROMPTERS
            .iter()
            .all(|name| Path::new(SERVICES).join(name).exists())
        {
            println!("skipped: no prompter for the keyring");
            return false;
        }
    }
    are_installed(&wanted)
}

/// Whether there is besides everything that a window needs, and whoever works it.
pub fn can_show() -> bool {
    let wanted = ["Xvfb", "openbox", "xprop", "xdotool", "xclip"];
    if !can_run(Keyring::Unlocked) || !are_installed(&wanted) {
        return false;
    }
    if !Path::new(SERVICES).join(ACCESSIBILITY).exists() {
        println!("skipped: no accessibility bus (at-spi2-core)");
        return false;
    }
    let bindings = Command::new(PYTHON)
        .args(["-c", "import gi; gi.require_version('Atspi', '2.0')"])
        .stderr(Stdio::null())
        .status();
    let can_read = bindings.is_ok_and(|status| status.success());
    if !can_read {
        println!("skipped: {PYTHON} has no bindings of the accessibility library");
    }
    can_read
}

fn are_installed(programs: &[&str]) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let missing: Vec<_> = programs
        .iter()
        .filter(|name| !std::env::split_paths(&path).any(|folder| folder.join(name).is_file()))
        .collect();
    if !missing.is_empty() {
        println!("skipped: {missing:?} not installed");
    }
    missing.is_empty()
}

impl Session {
    /// A session in which that keyring is asked from a terminal.
    pub fn start(keyring: Keyring) -> Self {
        Self::begin(keyring, false)
    }

    /// A session with a screen, a window manager and an accessibility bus that is switched on.
    pub fn with_screen(keyring: Keyring) -> Self {
        let session = Self::begin(keyring, true);
        session.wait_for_manager();
        for switch in ["IsEnabled", "ScreenReaderEnabled"] {
            session.switch_on(switch);
        }
        session
    }

    fn begin(keyring: Keyring, screen: bool) -> Self {
        let home = tempfile::Builder::new().prefix("recado-").tempdir().unwrap();
        let socket = home.path().join("bus");
        let config = home.path().join("bus.conf");
        let services = home.path().join("services");
        fs::create_dir(&services).unwrap();
        let mut session = Self {
            home,
            screen: None,
            manager: None,
            bus: None,
            daemon: None,
        };
        if keyring == Keyring::LockedWithPrompt {
            for name in PROMPTERS {
                fs::copy(Path::new(SERVICES).join(name), services.join(name)).unwrap();
            }
        }
        if screen {
            fs::copy(
                Path::new(SERVICES).join(ACCESSIBILITY),
                services.join(ACCESSIBILITY),
            )
            .unwrap();
        }
        if screen || keyring == Keyring::LockedWithPrompt {
            session.start_screen();
        }
        // Its own service folder: the bus starts nothing but what is put there, whatever this machine has installed.
        fs::write(
            &config,
            format!(
                "<busconfig><type>session</type><listen>unix:path={}</listen>\
                 <servicedir>{}</servicedir><policy context='default'>\
                 <allow send_destination='*' eavesdrop='true'/><allow eavesdrop='true'/><allow own='*'/></policy></busconfig>",
                socket.display(),
                services.display()
            ),
        )
        .unwrap();
        let bus = session
            .command("dbus-daemon")
            .arg(format!("--config-file={}", config.display()))
            .args(["--nofork", "--nopidfile"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        session.bus = Some(bus.unwrap());
        wait_for(|| socket.exists());
        fs::create_dir_all(session.keyrings()).unwrap();
        match keyring {
            Keyring::None => {}
            Keyring::Empty => session.start_daemon(None),
            Keyring::Unlocked => session.start_daemon(Some(PASSWORD)),
            Keyring::Locked | Keyring::LockedWithPrompt => {
                session.start_daemon(Some(PASSWORD));
                wait_for(|| {
                    fs::read_dir(session.keyrings())
                        .unwrap()
                        .any(|file| is_keyring(&file.unwrap().path()))
                });
                session.end_daemon();
                session.start_daemon(None);
            }
        }
        session
    }

    /// Starts an X server without a screen of glass, and a window manager, without which typing reaches nobody.
    fn start_screen(&mut self) {
        let mut server = Command::new("Xvfb");
        server.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            "1360x900x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let mut server = server
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut number)
            .unwrap();
        self.screen = Some((server, format!(":{}", number.trim())));
        let manager = self
            .command("openbox")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        self.manager = Some(manager.unwrap());
    }

    /// Before a manager manages, a window gets no keys.
    fn wait_for_manager(&self) {
        wait_for(|| {
            let asked = self
                .command("xprop")
                .args(["-root", "_NET_SUPPORTING_WM_CHECK"])
                .output();
            String::from_utf8_lossy(&asked.unwrap().stdout).contains("0x")
        });
    }

    /// Programs publish what is in their windows only once someone says that it is read.
    fn switch_on(&self, switch: &str) {
        let switched = self
            .command("dbus-send")
            .args(["--session", "--print-reply", "--reply-timeout=20000"])
            .args(["--dest=org.a11y.Bus", "/org/a11y/bus"])
            .arg("org.freedesktop.DBus.Properties.Set")
            .args([
                "string:org.a11y.Status",
                &format!("string:{switch}"),
                "variant:boolean:true",
            ])
            .output()
            .unwrap();
        assert!(
            switched.status.success(),
            "{}",
            String::from_utf8_lossy(&switched.stderr)
        );
    }

    /// The home folder of everything that runs in the session.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The display of its screen.
    pub fn display(&self) -> &str {
        self.screen.as_ref().map(|(_, display)| display.as_str()).unwrap()
    }

    /// Waits until a window of this name is there, and types into it.
    pub fn type_into(&self, window: &str, text: &str) {
        let found = || {
            let search = self
                .command("xdotool")
                .args(["search", "--onlyvisible", "--name", window])
                .output()
                .unwrap();
            String::from_utf8_lossy(&search.stdout)
                .lines()
                .next()
                .map(str::to_owned)
        };
        wait_for(|| found().is_some());
        let id = found().unwrap();
        for arguments in [
            &["windowfocus", "--sync", &id][..],
            &["type", text],
            &["key", "Return"],
        ] {
            assert!(
                self.command("xdotool")
                    .args(arguments)
                    .status()
                    .unwrap()
                    .success()
            );
        }
    }

    fn keyrings(&self) -> PathBuf {
        self.home.path().join(".local/share/keyrings")
    }

    /// A command that runs within the session.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env("HOME", self.home.path())
            .env("XDG_RUNTIME_DIR", self.home.path())
            // Without a service that keeps settings, what is switched on would be off again at once.
            .env("GSETTINGS_BACKEND", "memory")
            .env(
                "DBUS_SESSION_BUS_ADDRESS",
                format!("unix:path={}", self.home.path().join("bus").display()),
            );
        for name in [
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "XDG_DATA_HOME",
            "XDG_CONFIG_HOME",
            "XDG_CACHE_HOME",
            "XDG_STATE_HOME",
            "GNOME_KEYRING_CONTROL",
            "AT_SPI_BUS_ADDRESS",
            "NO_AT_BRIDGE",
            "RECADO_DATA_DIR",
            "RECADO_LOG",
        ] {
            command.env_remove(name);
        }
        if let Some((_, display)) = &self.screen {
            command.env("DISPLAY", display);
        }
        command
    }

    /// Starts the keyring's daemon; with a password it makes the login keyring if need be, and unlocks it.
    pub fn start_daemon(&mut self, password: Option<&str>) {
        let mut command = self.command("gnome-keyring-daemon");
        command.args(["--foreground", "--components=secrets"]);
        if password.is_some() {
            command.arg("--unlock");
        }
        let daemon = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let daemon = self.daemon.insert(daemon.unwrap());
        let mut input = daemon.stdin.take().unwrap();
        input.write_all(password.unwrap_or_default().as_bytes()).unwrap();
        drop(input);
        wait_for(|| self.has_secret_service());
    }

    /// Kills the keyring's daemon.
    pub fn end_daemon(&mut self) {
        if let Some(mut daemon) = self.daemon.take() {
            daemon.kill().ok();
            daemon.wait().ok();
            wait_for(|| !self.has_secret_service());
        }
    }

    fn has_secret_service(&self) -> bool {
        let asked = self
            .command("dbus-send")
            .args([
                "--session",
                "--print-reply",
                "--dest=org.freedesktop.DBus",
                "/org/freedesktop/DBus",
            ])
            .args([
                "org.freedesktop.DBus.NameHasOwner",
                "string:org.freedesktop.secrets",
            ])
            .output()
            .unwrap();
        String::from_utf8_lossy(&asked.stdout).contains("boolean true")
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let screen = self.screen.as_mut().map(|(server, _)| server);
        let children = [
            self.daemon.as_mut(),
            self.bus.as_mut(),
            self.manager.as_mut(),
            screen,
        ];
        for child in children.into_iter().flatten() {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

fn is_keyring(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "keyring")
}

/// Waits until something is so; fails after half a minute.
pub fn wait_for(condition: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !condition() {
        assert!(Instant::now() < until, "waited in vain");
        std::thread::sleep(Duration::from_millis(10));
    }
}
