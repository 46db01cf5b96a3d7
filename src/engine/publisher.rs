//! What goes out of the engine: the live picture as a whole, and events. Nothing here waits for the window.

use super::protocol::{Answer, Event, Live, Notice, Ticket};
use crate::domain::{ConversationId, MessageId};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{Notify, mpsc, watch};

/// Places in the event queue that only answers may take: a window waits for each of them.
const KEPT_FOR_ANSWERS: usize = 256;
/// Changes of messages within this time are told together.
const COALESCE: Duration = Duration::from_millis(16);

#[derive(Default)]
struct Changed {
    messages: BTreeSet<MessageId>,
    conversations: BTreeSet<ConversationId>,
}

/// See the module.
pub(super) struct Publisher {
    live: watch::Sender<Arc<Live>>,
    events: mpsc::Sender<Event>,
    wake: Arc<dyn Fn() + Send + Sync>,
    overflowed: AtomicBool,
    changed: Mutex<Changed>,
    something_changed: Notify,
}

impl Publisher {
    pub(super) fn new(live: Live, events: mpsc::Sender<Event>, wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        Self {
            live: watch::Sender::new(Arc::new(live)),
            events,
            wake,
            overflowed: AtomicBool::new(false),
            changed: Mutex::new(Changed::default()),
            something_changed: Notify::new(),
        }
    }

    pub(super) fn subscribe(&self) -> watch::Receiver<Arc<Live>> {
        self.live.subscribe()
    }

    /// The live picture now.
    pub(super) fn live(&self) -> Arc<Live> {
        Arc::clone(&self.live.borrow())
    }

    /// Changes the live picture; `change` tells whether anything is different, and only then is anyone woken.
    pub(super) fn update(&self, change: impl FnOnce(&mut Live) -> bool) {
        if self.live.send_if_modified(|live| change(Arc::make_mut(live))) {
            (self.wake)();
        }
    }

    /// Says something in passing.
    pub(super) fn notice(&self, notice: Notice) {
        self.emit(Event::Notice(notice));
    }

    /// Answers a question or a command.
    pub(super) fn answer(&self, ticket: Ticket, answer: Answer) {
        self.emit(Event::Answer(ticket, answer));
    }

    /// Says that messages have changed; told within [`COALESCE`], together with others.
    pub(super) fn messages_changed(&self, ids: impl IntoIterator<Item = (MessageId, ConversationId)>) {
        {
            let mut changed = self.changed.lock().unwrap_or_else(PoisonError::into_inner);
            for (message, conversation) in ids {
                changed.messages.insert(message);
                changed.conversations.insert(conversation);
            }
        }
        self.something_changed.notify_one();
    }

    /// Hands an event to the window, or, when it does not take them, remembers that it must read everything again.
    pub(super) fn emit(&self, event: Event) {
        let kept = if matches!(event, Event::Answer(..)) {
            0
        } else {
            KEPT_FOR_ANSWERS
        };
        if self.overflowed.load(Ordering::Acquire)
            && self.events.capacity() > KEPT_FOR_ANSWERS
            && self.events.try_send(Event::Overflow).is_ok()
        {
            self.overflowed.store(false, Ordering::Release);
        }
        if self.events.capacity() <= kept || self.events.try_send(event).is_err() {
            self.overflowed.store(true, Ordering::Release);
        }
        (self.wake)();
    }

    /// Tells changed messages together, and an overflow as soon as there is room. Ends with the engine.
    pub(super) async fn pump(&self) {
        loop {
            if self.overflowed.load(Ordering::Acquire) {
                // Nobody may call `emit` again for a long time; the window must still learn of it.
                tokio::select! {
                    () = self.something_changed.notified() => {}
                    () = tokio::time::sleep(Duration::from_millis(250)) => {}
                }
                if self.events.capacity() > KEPT_FOR_ANSWERS && self.events.try_send(Event::Overflow).is_ok()
                {
                    self.overflowed.store(false, Ordering::Release);
                    (self.wake)();
                }
            } else {
                self.something_changed.notified().await;
            }
            tokio::time::sleep(COALESCE).await;
            self.flush();
        }
    }

    /// Tells what has changed now, without waiting.
    pub(super) fn flush(&self) {
        let changed = std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner));
        if !changed.messages.is_empty() {
            self.emit(Event::Messages {
                ids: changed.messages.into_iter().collect(),
                conversations: changed.conversations.into_iter().collect(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::SecretStatus;
    use std::sync::atomic::AtomicUsize;

    fn publisher(places: usize) -> (Publisher, mpsc::Receiver<Event>, Arc<AtomicUsize>) {
        let (sender, receiver) = mpsc::channel(places);
        let woken = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&woken);
        let live = Live {
            preparing: Arc::default(),
            fetching: Arc::default(),
            accounts: Vec::new(),
            settings: Arc::default(),
            listener: crate::engine::ListenerView {
                state: crate::engine::ListenerState::Off,
                gap: None,
                unbroken_since: None,
            },
            secrets: SecretStatus::Checking,
            folder: std::path::PathBuf::new(),
            loaded: false,
            gateways: &[],
        };
        let wake = Arc::new(move || {
            count.fetch_add(1, Ordering::SeqCst);
        });
        (Publisher::new(live, sender, wake), receiver, woken)
    }

    #[test]
    fn a_window_that_does_not_look_is_told_to_read_again_and_still_gets_its_answers() {
        let (publisher, mut events, _) = publisher(KEPT_FOR_ANSWERS + 4);
        for _ in 0..10 {
            publisher.notice(Notice::Failed(String::new()));
        }
        publisher.answer(Ticket(7), Answer::Strangers(1));
        let mut seen = Vec::new();
        while let Ok(event) = events.try_recv() {
            seen.push(event);
        }
        assert_eq!(seen.len(), 5);
        assert!(matches!(seen[4], Event::Answer(Ticket(7), _)));
        publisher.notice(Notice::Failed(String::new()));
        assert!(matches!(events.try_recv(), Ok(Event::Overflow)));
        assert!(matches!(events.try_recv(), Ok(Event::Notice(_))));
    }

    #[test]
    fn nobody_is_woken_when_nothing_is_different() {
        let (publisher, _events, woken) = publisher(300);
        publisher.update(|_| false);
        assert_eq!(woken.load(Ordering::SeqCst), 0);
        publisher.update(|live| {
            live.loaded = true;
            true
        });
        assert_eq!(woken.load(Ordering::SeqCst), 1);
        assert!(publisher.live().loaded);
    }

    #[tokio::test]
    async fn changes_are_told_together() {
        let (publisher, mut events, _) = publisher(300);
        let conversation = ConversationId::new();
        for _ in 0..100 {
            publisher.messages_changed([(MessageId::new(), conversation)]);
        }
        let event = tokio::select! {
            () = publisher.pump() => None,
            event = events.recv() => event,
        };
        assert!(
            matches!(event, Some(Event::Messages { ids, conversations }) if ids.len() == 100 && conversations.len() == 1)
        );
        assert!(events.try_recv().is_err());
    }
}
