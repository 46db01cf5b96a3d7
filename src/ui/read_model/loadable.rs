//! A value that is read from the engine.

/// A value that is read from the engine: not yet there, there, or there and being read again. It keeps its last good
/// value whatever happens.
#[derive(Debug, Clone)]
pub struct Loadable<T> {
    /// The last good value.
    pub value: Option<T>,
    /// Why the last reading failed.
    pub error: Option<String>,
    /// What was read is no longer so, or nothing was.
    pub(super) stale: bool,
    /// It is being read.
    pub(super) pending: bool,
}

impl<T> Default for Loadable<T> {
    fn default() -> Self {
        Self {
            value: None,
            error: None,
            stale: true,
            pending: false,
        }
    }
}

impl<T> Loadable<T> {
    /// A value that is there.
    #[must_use]
    pub fn ready(value: T) -> Self {
        Self {
            value: Some(value),
            error: None,
            stale: false,
            pending: false,
        }
    }

    pub(super) fn set(&mut self, value: T) {
        self.value = Some(value);
        self.error = None;
        self.pending = false;
    }

    pub(super) fn should_ask(&mut self) -> bool {
        let ask = self.stale && !self.pending;
        if ask {
            self.stale = false;
            self.pending = true;
        }
        ask
    }

    /// A reading failed.
    pub(super) fn fail(&mut self, words: String) {
        self.error = Some(words);
        self.pending = false;
    }

    /// Nobody reads it any more; it is asked for with the next frame that wants it.
    pub(super) fn read_again(&mut self) {
        self.stale = true;
        self.pending = false;
    }
}
