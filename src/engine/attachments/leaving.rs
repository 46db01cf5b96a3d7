//! Whether the address of a message's file still holds in the moment in which the message is to leave.

use super::super::shared::Shared;
use super::places::{listener_base, listener_url};
use crate::domain::hosting::{ADDRESS_LASTS, AttachmentHosting, CHECK_LASTS, HostingPlace, Placement};
use crate::domain::message::{Message, Reason, ReasonKind};
use crate::domain::{Account, Attachment, Timestamp};
use crate::store::StoreError;

/// What is to be done with a message that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Leaving {
    /// It may leave.
    Now,
    /// Its file has to be put, or looked at, once more.
    PrepareFirst(Option<Reason>),
    /// It names an attachment that has no address and never will.
    Never,
}

impl Shared {
    /// Looks at the address of the file of a message that is due. One that may have left before leaves as it was: a
    /// repetition is identical.
    pub(in super::super) async fn leaving(
        &self,
        account: &Account,
        message: &Message,
    ) -> Result<Leaving, StoreError> {
        let Some(attachment) = &message.attachment else {
            return Ok(Leaving::Now);
        };
        let has_address = !attachment.url.is_empty();
        let Some(file) = attachment.file else {
            return Ok(if has_address { Leaving::Now } else { Leaving::Never });
        };
        if message.first_unclear_at.is_some() {
            return Ok(if has_address { Leaving::Now } else { Leaving::Never });
        }
        let placement = self.store.placement(file).await?;
        let stands = placement
            .as_ref()
            .filter(|placement| has_address && self.stands(account, attachment, placement));
        Ok(judge(stands, self.clock.now()))
    }

    /// Whether a file is still where the message says, and where the account's files go.
    fn stands(&self, account: &Account, attachment: &Attachment, placement: &Placement) -> bool {
        let is_where_files_go = match &account.hosting {
            AttachmentHosting::AddressOnly => false,
            AttachmentHosting::Storage(config) => {
                placement.place == HostingPlace::Storage && placement.storage.as_ref() == Some(config)
            }
            AttachmentHosting::Listener => {
                placement.place == HostingPlace::Listener
                    && listener_base(&self.publisher.live(), account).is_ok_and(|base| {
                        listener_url(&base, &placement.token, &attachment.name) == attachment.url
                    })
            }
        };
        is_where_files_go && placement.url.as_ref() == Some(&attachment.url)
    }
}

/// What follows from how a file is placed; `None` if it is not where its message says.
fn judge(placement: Option<&Placement>, now: Timestamp) -> Leaving {
    let ended = || Leaving::PrepareFirst(Some(Reason::new(ReasonKind::AttachmentAddressEnded)));
    let Some(placement) = placement else {
        return ended();
    };
    if placement
        .expires_at
        .is_some_and(|until| until < now.plus(ADDRESS_LASTS))
    {
        return ended();
    }
    match placement.checked_at {
        // A check that lies in the future says that the clock was set back, and nothing about the file.
        Some(at) if at <= now && now.since(at) < CHECK_LASTS => Leaving::Now,
        _ => Leaving::PrepareFirst(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::hosting::HOSTED_MAX;
    use std::time::Duration;

    #[test]
    fn an_address_is_good_while_it_was_looked_at_lately_and_lasts() {
        let placed = Timestamp(1_000_000_000);
        let placement = Placement {
            place: HostingPlace::Listener,
            token: String::new(),
            storage: None,
            upload: None,
            url: None,
            placed_at: Some(placed),
            checked_at: Some(placed),
            expires_at: Some(placed.plus(HOSTED_MAX)),
        };
        let after = |secs| judge(Some(&placement), placed.plus(Duration::from_secs(secs)));
        assert_eq!(after(0), Leaving::Now);
        assert_eq!(after(599), Leaving::Now);
        assert_eq!(after(600), Leaving::PrepareFirst(None));
        let ended = Leaving::PrepareFirst(Some(Reason::new(ReasonKind::AttachmentAddressEnded)));
        assert_eq!(after(6 * 24 * 3_600 + 1), ended);
        assert_eq!(judge(None, placed), ended);
        assert_eq!(
            judge(Some(&placement), placed.minus(Duration::from_secs(60))),
            Leaving::PrepareFirst(None)
        );
    }
}
