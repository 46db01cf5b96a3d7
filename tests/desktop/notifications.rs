//! The desktop's notifications, played: a service on the session's own bus that remembers what it was asked to show.

use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use zbus::blocking::Connection;
use zbus::zvariant::OwnedValue;

/// What was to be shown: title and body.
pub type Shown = (String, String);

/// The service; it ends when dropped.
pub struct Notifications {
    shown: Receiver<Shown>,
    _connection: Connection,
}

impl Notifications {
    /// Takes the name of the service on a bus.
    pub fn on(bus: &Path) -> Self {
        let (tell, shown) = channel();
        let service = Service { tell, latest: 0 };
        let address = format!("unix:path={}", bus.display());
        let connection = zbus::blocking::connection::Builder::address(address.as_str())
            .unwrap()
            .serve_at("/org/freedesktop/Notifications", service)
            .unwrap()
            .name("org.freedesktop.Notifications")
            .unwrap()
            .build()
            .unwrap();
        Self {
            shown,
            _connection: connection,
        }
    }

    /// The next notification.
    #[track_caller]
    pub fn next(&self) -> Shown {
        self.shown
            .recv_timeout(Duration::from_secs(30))
            .expect("a notification")
    }
}

struct Service {
    tell: Sender<Shown>,
    latest: u32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Service {
    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        let word = |word: &str| word.to_owned();
        (word("played"), word("recado"), word("1"), word("1.2"))
    }

    #[allow(clippy::too_many_arguments, reason = "the desktop's specification")]
    fn notify(
        &mut self,
        _program: &str,
        _replaces: u32,
        _icon: &str,
        title: String,
        body: String,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        self.latest += 1;
        // The test may be over by then.
        let _ = self.tell.send((title, body));
        self.latest
    }

    fn close_notification(&self, _id: u32) {}
}
