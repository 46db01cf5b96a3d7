//! The window's end of the channels to the engine. Nothing in here waits.

use crate::domain::conversation::DraftPlace;
use crate::engine::{Command, ConversationCommand, Event, Live};
use std::collections::VecDeque;
use std::sync::Arc;
use tokio::sync::mpsc::error::{TryRecvError, TrySendError};
use tokio::sync::{mpsc, watch};

/// How many events a frame takes at most, so that a flood of them cannot hold it up.
pub const EVENTS_A_FRAME: usize = 64;

/// Commands to the engine, events and the [`Live`] picture from it. A command that does not fit into the channel is
/// kept, in its order, and handed over as soon as there is room.
pub struct EngineLink {
    commands: mpsc::Sender<Command>,
    events: mpsc::Receiver<Event>,
    live: watch::Receiver<Arc<Live>>,
    waiting: VecDeque<Command>,
    closed: bool,
}

impl EngineLink {
    /// Puts a link together out of the window's ends of the engine's channels.
    #[must_use]
    pub fn new(
        commands: mpsc::Sender<Command>,
        events: mpsc::Receiver<Event>,
        live: watch::Receiver<Arc<Live>>,
    ) -> Self {
        Self {
            commands,
            events,
            live,
            waiting: VecDeque::new(),
            closed: false,
        }
    }

    /// Another reader of the live picture.
    #[must_use]
    pub fn watch_live(&self) -> watch::Receiver<Arc<Live>> {
        self.live.clone()
    }

    /// Hands a command over, or keeps it behind those that wait already. Whether it was handed over at once.
    pub fn send(&mut self, command: Command) -> bool {
        // A draft is sent with every pause in typing; only its newest form is worth keeping.
        if let Some(place) = draft_place(&command) {
            self.waiting.retain(|waiting| draft_place(waiting) != Some(place));
        }
        self.waiting.push_back(command);
        self.flush() == 0
    }

    /// Hands over what waits, as far as there is room. How many still wait.
    pub fn flush(&mut self) -> usize {
        while let Some(command) = self.waiting.pop_front() {
            match self.commands.try_send(command) {
                Ok(()) => {}
                Err(TrySendError::Full(command)) => {
                    self.waiting.push_front(command);
                    break;
                }
                Err(TrySendError::Closed(command)) => {
                    self.waiting.push_front(command);
                    self.closed = true;
                    break;
                }
            }
        }
        self.waiting.len()
    }

    /// Hands a question over if there is room and nothing waits. A question is not kept: it is asked again with the
    /// next frame that shows what it is about.
    pub fn ask(&mut self, question: Command) -> bool {
        self.flush() == 0 && self.commands.try_send(question).is_ok()
    }

    /// How many commands wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Takes what has happened, at most [`EVENTS_A_FRAME`]; and whether there is likely more.
    pub fn take_events(&mut self) -> (Vec<Event>, bool) {
        let mut taken = Vec::new();
        while taken.len() < EVENTS_A_FRAME {
            match self.events.try_recv() {
                Ok(event) => taken.push(event),
                Err(TryRecvError::Empty) => return (taken, false),
                Err(TryRecvError::Disconnected) => {
                    self.closed = true;
                    return (taken, false);
                }
            }
        }
        (taken, true)
    }

    /// The picture as it is now.
    #[must_use]
    pub fn live(&self) -> Arc<Live> {
        self.live.borrow().clone()
    }

    /// The picture, if it has changed since the last call.
    pub fn changed_live(&mut self) -> Option<Arc<Live>> {
        match self.live.has_changed() {
            Ok(true) => Some(self.live.borrow_and_update().clone()),
            Ok(false) | Err(_) => None,
        }
    }

    /// Whether the engine is gone.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed
    }
}

fn draft_place(command: &Command) -> Option<DraftPlace> {
    match command {
        Command::Conversation(ConversationCommand::KeepDraft(place, _)) => Some(*place),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::conversation::Draft;
    use crate::domain::{AccountId, ConversationId};
    use crate::engine::HealthCommand;
    use crate::ui::testing;

    fn refresh(id: AccountId) -> Command {
        Command::Health(HealthCommand::Refresh(id))
    }

    #[test]
    fn what_does_not_fit_is_kept_in_order() {
        let (mut link, mut engine) = testing::link(testing::live(0), 1);
        let ids = [AccountId::new(), AccountId::new(), AccountId::new()];
        assert!(link.send(refresh(ids[0])));
        assert!(!link.send(refresh(ids[1])));
        assert!(!link.send(refresh(ids[2])));
        assert!(!link.ask(refresh(ids[0])), "a question does not overtake");
        let mut seen = Vec::new();
        while let Ok(command) = engine.commands.try_recv() {
            if let Command::Health(HealthCommand::Refresh(id)) = command {
                seen.push(id);
            }
            link.flush();
        }
        assert_eq!(seen, ids);
        assert_eq!(link.waiting(), 0);
    }

    #[test]
    fn only_the_newest_form_of_a_draft_waits() {
        let (mut link, _engine) = testing::link(testing::live(0), 1);
        link.send(refresh(AccountId::new()));
        let place = DraftPlace::Conversation(ConversationId::new());
        for text in ["B", "Bo", "Boa"] {
            let draft = Draft {
                text: text.into(),
                ..Draft::default()
            };
            link.send(Command::Conversation(ConversationCommand::KeepDraft(
                place, draft,
            )));
        }
        assert_eq!(link.waiting(), 1);
    }

    #[test]
    fn an_engine_that_is_gone_is_noticed_and_nothing_is_lost() {
        let (mut link, engine) = testing::link(testing::live(0), 4);
        drop(engine);
        assert!(!link.send(refresh(AccountId::new())));
        assert!(link.is_closed());
        assert_eq!(link.waiting(), 1);
    }

    #[test]
    fn a_flood_of_events_is_taken_in_portions() {
        let (mut link, engine) = testing::link(testing::live(0), 4);
        for _ in 0..100 {
            engine.events.try_send(Event::Overflow).unwrap();
        }
        let (first, more) = link.take_events();
        assert_eq!((first.len(), more), (EVENTS_A_FRAME, true));
        let (rest, more) = link.take_events();
        assert_eq!((rest.len(), more), (36, false));
    }
}
