//! When people last wrote: free text may be sent to them only for a time after that.

use crate::domain::PhoneNumber;
use std::collections::HashMap;
use std::time::Duration;

/// When people last wrote, on the vendor's clock.
#[derive(Debug, Default)]
pub(super) struct People {
    wrote: HashMap<String, Duration>,
}

impl People {
    /// Somebody wrote.
    pub(super) fn note(&mut self, phone: &str, clock: Duration) {
        self.wrote.insert(person(phone), clock);
    }

    /// Whether somebody wrote less than `window` ago.
    pub(super) fn wrote_within(&self, phone: &str, window: Duration, clock: Duration) -> bool {
        self.wrote
            .get(&person(phone))
            .is_some_and(|wrote| clock.saturating_sub(*wrote) < window)
    }
}

/// Both forms of a Brazilian number are one person.
fn person(phone: &str) -> String {
    PhoneNumber::from_digits(phone).map_or_else(|_| phone.to_owned(), |number| number.contact_key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_closes_to_the_instant() {
        let (minute, day) = (Duration::from_secs(60), Duration::from_secs(86_400));
        let mut people = People::default();
        people.note("5511900000001", minute);
        let within = |phone, clock| people.wrote_within(phone, day, clock);
        assert!(within("5511900000001", minute));
        assert!(
            within("551100000001", minute + day - Duration::from_nanos(1)),
            "without its ninth digit"
        );
        assert!(!within("5511900000001", minute + day));
        assert!(!within("5511900000002", minute));
    }
}
