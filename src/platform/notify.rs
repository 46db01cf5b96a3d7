//! The desktop's notifications. They are a courtesy: a desktop that has none, or that hangs, costs nothing but a line in
//! the log.

use crate::domain::text::shown_name;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

/// How many notifications may wait for a slow desktop. Older news than that is no news.
const WAITING: usize = 8;
/// A notification shows a few lines; what customers write can be long.
const BODY_MAX_CHARS: usize = 300;

/// One notification, as plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// One line.
    pub title: String,
    /// A few lines.
    pub body: String,
}

/// Shows notifications, from a thread of its own.
pub struct Notifier {
    notes: Option<SyncSender<Note>>,
}

impl Notifier {
    /// Starts it. Without a thread for it there will be no notifications.
    #[must_use]
    pub fn start() -> Self {
        let mut desktop = Desktop::default();
        Self::with(move |note| desktop.show(note))
    }

    /// Shows by other means than the desktop.
    fn with(show: impl FnMut(&Note) -> Result<(), String> + Send + 'static) -> Self {
        let (notes, waiting) = sync_channel(WAITING);
        let thread = std::thread::Builder::new().name("notify".to_owned());
        // Not joined: a desktop that hangs must not hold the program's end.
        match thread.spawn(move || serve(&waiting, show)) {
            Ok(_) => Self { notes: Some(notes) },
            Err(error) => {
                tracing::warn!(%error, "there will be no notifications");
                Self { notes: None }
            }
        }
    }

    /// Shows a notification soon. Never waits. The texts are plain: nothing in them is markup.
    pub fn show(&self, title: &str, body: &str) {
        let note = Note {
            title: shown_name(title),
            body: shortened(body),
        };
        match self.notes.as_ref().map(|notes| notes.try_send(note)) {
            None | Some(Ok(())) => {}
            Some(Err(TrySendError::Full(_))) => tracing::warn!("the desktop does not take notifications"),
            Some(Err(TrySendError::Disconnected(_))) => tracing::warn!("the notifications' thread has ended"),
        }
    }
}

fn serve(waiting: &Receiver<Note>, mut show: impl FnMut(&Note) -> Result<(), String>) {
    while let Ok(note) = waiting.recv() {
        if let Err(error) = show(&note) {
            tracing::info!(%error, "a notification could not be shown");
        }
    }
}

/// At most [`BODY_MAX_CHARS`] characters, without control and direction-override characters.
fn shortened(body: &str) -> String {
    let (clean, _) = crate::domain::text::clean_message(body);
    if clean.chars().count() <= BODY_MAX_CHARS {
        return clean;
    }
    let mut short: String = clean.chars().take(BODY_MAX_CHARS - 1).collect();
    short.push('…');
    short
}

/// The system's own notifications.
#[derive(Default)]
struct Desktop {
    /// Whether bodies are read as markup; asked once.
    reads_markup: Option<bool>,
}

impl Desktop {
    fn show(&mut self, note: &Note) -> Result<(), String> {
        let body = if self.reads_markup() {
            escaped(&note.body)
        } else {
            note.body.clone()
        };
        let mut notification = notify_rust::Notification::new();
        notification
            .appname("Recado")
            .summary(&note.title)
            .body(&body)
            .icon("recado");
        #[cfg(all(unix, not(target_os = "macos")))]
        notification.hint(notify_rust::Hint::DesktopEntry("recado".to_owned()));
        notification.show().map(drop).map_err(|error| error.to_string())
    }

    #[cfg(all(unix, not(target_os = "macos")))]
    fn reads_markup(&mut self) -> bool {
        if let Some(known) = self.reads_markup {
            return known;
        }
        // Unasked it counts as reading markup: an entity shown as it is does less harm than a tag that is obeyed.
        let Ok(capabilities) = notify_rust::get_capabilities() else {
            return true;
        };
        *self
            .reads_markup
            .insert(capabilities.iter().any(|capability| capability == "body-markup"))
    }

    #[cfg(not(all(unix, not(target_os = "macos"))))]
    fn reads_markup(&mut self) -> bool {
        *self.reads_markup.insert(false)
    }
}

/// The text as markup that shows it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn markup_in_a_body_is_shown_not_obeyed() {
        assert_eq!(
            escaped("<img src=x> & <b>&lt;"),
            "&lt;img src=x&gt; &amp; &lt;b&gt;&amp;lt;"
        );
    }

    #[test]
    fn bodies_are_short_and_clean() {
        assert_eq!(
            shortened("phone\u{202e} offline\u{7}\nsince 10:00"),
            "phone offline\nsince 10:00"
        );
        let long = shortened(&"ção".repeat(1000));
        assert_eq!(long.chars().count(), BODY_MAX_CHARS);
        assert!(long.ends_with('…'));
    }

    #[test]
    fn a_desktop_that_hangs_holds_nobody_and_gets_the_newest_it_has_room_for() {
        let (let_go, gate) = channel::<()>();
        let (shown, seen) = channel();
        let notifier = Notifier::with(move |note| {
            shown.send(note.title.clone()).unwrap();
            gate.recv().ok();
            Err("no such desktop".to_owned())
        });
        notifier.show("0", "");
        assert_eq!(seen.recv().unwrap(), "0");
        for number in 1..1000 {
            notifier.show(&number.to_string(), "");
        }
        drop(let_go);
        drop(notifier);
        assert_eq!(
            seen.iter().collect::<Vec<_>>(),
            ["1", "2", "3", "4", "5", "6", "7", "8"]
        );
    }
}
