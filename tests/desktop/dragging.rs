//! Another program from which files are dragged, by the protocol that desktops speak for it (XDND, version 5).

use std::path::Path;
use std::time::{Duration, Instant};
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

/// How long the window dragged over may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);
const VERSION: u32 = 5;

x11rb::atom_manager! {
    Words: WordsCookie {
        XdndEnter,
        XdndPosition,
        XdndStatus,
        XdndLeave,
        XdndDrop,
        XdndFinished,
        XdndSelection,
        XdndActionCopy,
        URI_LIST: b"text/uri-list",
    }
}

/// Files held over a window, with the button still down.
pub struct Drag {
    connection: RustConnection,
    words: Words,
    source: Window,
    target: Window,
    list: String,
}

impl Drag {
    /// Takes these files and holds them over a window of a display, until the window has looked at what they are.
    pub fn over(display: &str, target: Window, files: &[&Path]) -> Self {
        let (connection, screen) = RustConnection::connect(Some(display)).unwrap();
        let words = Words::new(&connection).unwrap().reply().unwrap();
        let root = connection.setup().roots[screen].root;
        let source = connection.generate_id().unwrap();
        connection
            .create_window(
                0,
                source,
                root,
                0,
                0,
                1,
                1,
                0,
                WindowClass::INPUT_ONLY,
                0,
                &CreateWindowAux::new(),
            )
            .unwrap();
        connection
            .set_selection_owner(source, words.XdndSelection, x11rb::CURRENT_TIME)
            .unwrap();
        let list = files
            .iter()
            .map(|file| format!("{}\r\n", url::Url::from_file_path(file).unwrap()))
            .collect();
        let drag = Self {
            connection,
            words,
            source,
            target,
            list,
        };
        drag.say(drag.words.XdndEnter, [VERSION << 24, drag.words.URI_LIST, 0, 0]);
        drag.say(
            drag.words.XdndPosition,
            [0, 0, x11rb::CURRENT_TIME, drag.words.XdndActionCopy],
        );
        drag.until("it asks for the files", |drag, event| match event {
            Event::SelectionRequest(request) if request.selection == drag.words.XdndSelection => {
                drag.hand_over(&request);
                true
            }
            _ => false,
        });
        drag
    }

    /// Lets go of them.
    pub fn drop_here(self) {
        self.say(self.words.XdndDrop, [0, x11rb::CURRENT_TIME, 0, 0]);
        self.until("it has taken them", |drag, event| {
            matches!(event, Event::ClientMessage(message) if message.type_ == drag.words.XdndFinished)
        });
    }

    /// Takes them away again.
    pub fn leave(self) {
        self.say(self.words.XdndLeave, [0; 4]);
        self.connection.sync().unwrap();
    }

    fn say(&self, word: Atom, rest: [u32; 4]) {
        let data = [self.source, rest[0], rest[1], rest[2], rest[3]];
        let message = ClientMessageEvent::new(32, self.target, word, data);
        self.connection
            .send_event(false, self.target, EventMask::NO_EVENT, message)
            .unwrap();
        self.connection.flush().unwrap();
    }

    fn hand_over(&self, request: &SelectionRequestEvent) {
        self.connection
            .change_property8(
                PropMode::REPLACE,
                request.requestor,
                request.property,
                self.words.URI_LIST,
                self.list.as_bytes(),
            )
            .unwrap();
        let handed = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: request.property,
        };
        self.connection
            .send_event(false, request.requestor, EventMask::NO_EVENT, handed)
            .unwrap();
        self.connection.flush().unwrap();
    }

    fn until(&self, what: &str, mut is_it: impl FnMut(&Self, Event) -> bool) {
        let begun = Instant::now();
        loop {
            while let Some(event) = self.connection.poll_for_event().unwrap() {
                if is_it(self, event) {
                    return;
                }
            }
            assert!(begun.elapsed() < PATIENCE, "waited in vain until {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The window of a process that is on the screen.
pub fn window_of(display: &str, process: u32) -> Option<Window> {
    let (connection, screen) = RustConnection::connect(Some(display)).ok()?;
    let root = connection.setup().roots[screen].root;
    let atom = |name: &[u8]| Some(connection.intern_atom(false, name).ok()?.reply().ok()?.atom);
    let (list, owner) = (atom(b"_NET_CLIENT_LIST")?, atom(b"_NET_WM_PID")?);
    let numbers = |window, property, kind: AtomEnum| -> Option<Vec<u32>> {
        let reply = connection
            .get_property(false, window, property, kind, 0, 1_024)
            .ok()?
            .reply()
            .ok()?;
        Some(reply.value32()?.collect())
    };
    numbers(root, list, AtomEnum::WINDOW)?
        .into_iter()
        .find(|window| numbers(*window, owner, AtomEnum::CARDINAL).is_some_and(|found| found == [process]))
}
