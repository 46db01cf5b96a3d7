//! The time in which free text may be sent: so many hours after the person last wrote. Outside of it only a template may.

use super::Timestamp;
use std::time::Duration;

/// Whether free text may be sent to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FreeText {
    /// Always: the gateway knows no such time.
    Always,
    /// Until then.
    Until(Timestamp),
    /// No more since then: the person wrote, and too long ago.
    Since(Timestamp),
    /// No more since then, unless the person has written meanwhile and it has not come to this program.
    PerhapsSince(Timestamp),
    /// The person never wrote.
    NeverWrote,
    /// It cannot be told: nothing of this person has come to this program, and it may have been written.
    NotKnown,
}

impl FreeText {
    /// How it stands. `hours` is the gateway's bound, `last_wrote` when the person last wrote, `hears` whether
    /// everything that customers wrote to this account in so many hours has come here.
    #[must_use]
    pub fn of(hours: Option<u32>, last_wrote: Option<Timestamp>, hears: bool, now: Timestamp) -> Self {
        let Some(hours) = hours else { return Self::Always };
        match last_wrote {
            Some(wrote) => {
                let end = wrote.plus(Duration::from_secs(u64::from(hours) * 3_600));
                // Where nothing comes any more, a newer message may have been missed.
                match (now < end, hears) {
                    (true, _) => Self::Until(end),
                    (false, true) => Self::Since(end),
                    (false, false) => Self::PerhapsSince(end),
                }
            }
            None if hears => Self::NeverWrote,
            None => Self::NotKnown,
        }
    }

    /// Whether it is known that free text would be refused.
    #[must_use]
    pub fn is_closed(self) -> bool {
        matches!(self, Self::Since(_) | Self::NeverWrote)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_after_the_last_word_only_a_template_goes() {
        const HOUR: i64 = 3_600_000;
        let wrote = Some(Timestamp(1_000));
        let end = Timestamp(1_000 + 24 * HOUR);
        let of = |last, hears, now| FreeText::of(Some(24), last, hears, Timestamp(now));
        assert_eq!(of(wrote, true, 2_000), FreeText::Until(end));
        assert_eq!(of(wrote, true, end.0 - 1), FreeText::Until(end));
        assert_eq!(of(wrote, true, end.0), FreeText::Since(end));
        assert_eq!(of(wrote, false, end.0), FreeText::PerhapsSince(end));
        assert_eq!(of(wrote, false, 2_000), FreeText::Until(end));
        assert_eq!(of(None, true, 0), FreeText::NeverWrote);
        assert_eq!(of(None, false, 0), FreeText::NotKnown);
        assert_eq!(FreeText::of(None, None, true, Timestamp(0)), FreeText::Always);
        assert!(of(wrote, true, end.0).is_closed() && of(None, true, 0).is_closed());
        assert!(!of(wrote, false, end.0).is_closed() && !of(None, false, 0).is_closed());
    }
}
