//! What follows from the gateway's reports about a message, in whatever order they come.

use super::message::MessageState;

/// Where a message goes when the gateway reports `reported` about it: the furthest of what is known. A message beside
/// the way (rejected, unknown, cancelled) comes back to it, for a report is better knowledge than ours; but that it was
/// accepted says nothing against a refusal, for what is refused late was accepted before.
#[must_use]
pub fn after_report(current: MessageState, reported: MessageState) -> MessageState {
    match (current.progress(), reported.progress()) {
        (Some(now), Some(then)) if then > now => reported,
        (None, Some(_)) if current == MessageState::Rejected && reported == MessageState::Accepted => current,
        (None, Some(_)) => reported,
        // What may or may not have been sent is known to have failed.
        (None, None) if current == MessageState::Unknown && reported == MessageState::Rejected => reported,
        // A late failure may follow what was accepted or sent, and nothing further along.
        (Some(now), None) if reported == MessageState::Rejected && now <= 3 => reported,
        _ => current,
    }
}

/// Where a message goes when the gateway has reported all of this about it, in whatever order it came and however often: a
/// failure outweighs "sent", and "delivered" or "read" refutes it. With every report known so far, also those that were
/// applied before, the answer does not depend on when each of them came.
#[must_use]
pub fn after_reports(current: MessageState, reported: &[MessageState]) -> MessageState {
    let mut reported = reported.to_vec();
    reported.sort_by_key(|state| report_weight(*state));
    reported.into_iter().fold(current, after_report)
}

/// The order in which [`after_reports`] looks at reports.
#[must_use]
pub fn report_weight(reported: MessageState) -> u8 {
    // A failure stands between "sent" and "delivered".
    reported.progress().map_or(7, |progress| progress * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_outweighs_sent_and_is_refuted_by_delivered() {
        use MessageState::{Accepted, Delivered, Read, Rejected, Sent, Unknown};
        for (start, reported, end) in [
            (Accepted, vec![Rejected, Sent], Rejected),
            (Accepted, vec![Rejected, Delivered], Delivered),
            (Delivered, vec![Rejected], Delivered),
            (Read, vec![Sent, Rejected], Read),
            (Rejected, vec![Sent], Sent),
            (Rejected, vec![Accepted], Rejected),
            (Accepted, vec![Accepted, Rejected, Accepted], Rejected),
            (Unknown, vec![Accepted, Rejected], Rejected),
            (Unknown, vec![Accepted], Accepted),
            (Rejected, vec![Accepted, Delivered], Delivered),
            (Unknown, vec![Rejected], Rejected),
            (Unknown, vec![], Unknown),
        ] {
            assert_eq!(after_reports(start, &reported), end, "{start:?} {reported:?}");
        }
    }
}

#[cfg(test)]
mod properties {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn however_reports_are_split_the_end_is_that_of_all_of_them(
            list in proptest::collection::vec(
                proptest::sample::select(vec![
                    MessageState::Accepted, MessageState::Sent, MessageState::Delivered, MessageState::Read,
                    MessageState::Rejected,
                ]),
                1..8,
            ),
            start in proptest::sample::select(vec![
                MessageState::Accepted, MessageState::Unknown, MessageState::Rejected, MessageState::Cancelled,
                MessageState::Queued,
            ]),
        ) {
            // One by one, each time with everything known so far.
            let end = (1..=list.len()).fold(start, |now, known| after_reports(now, &list[..known]));
            prop_assert_eq!(end, after_reports(start, &list));
            prop_assert_eq!(after_reports(end, &list), end);
        }
    }

    fn reports() -> impl Strategy<Value = Vec<MessageState>> {
        let states = [
            MessageState::Accepted,
            MessageState::Sent,
            MessageState::Delivered,
            MessageState::Read,
        ];
        proptest::collection::vec(proptest::sample::select(states.to_vec()), 1..12)
    }

    proptest! {
        #[test]
        fn any_order_and_repetition_of_reports_ends_the_same(mut list in reports()) {
            let end = |list: &[MessageState]| list.iter().fold(MessageState::Accepted, |now, then| after_report(now, *then));
            let first = end(&list);
            prop_assert_eq!(Some(first), list.iter().copied().max_by_key(|state| state.progress()));
            list.reverse();
            let doubled: Vec<_> = list.iter().chain(list.iter()).copied().collect();
            prop_assert_eq!(end(&doubled), first);
        }
    }
}
