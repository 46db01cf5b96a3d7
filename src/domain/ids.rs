//! Identifiers. All are made by this program (UUID version 7, so they sort by the time they were made), except
//! [`ClientMessageId`], which is random on purpose.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier; later ones sort after earlier ones.
            #[must_use]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }

            /// Reads the hyphenated text form. `None` if it is not a UUID.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::parse_str(text).ok().map(Self)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::new()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

uuid_id!(
    /// One gateway account of the operator.
    AccountId
);
uuid_id!(
    /// One person, seen from one account.
    ConversationId
);
uuid_id!(
    /// One message, of ours or of a customer.
    MessageId
);

uuid_id!(
    /// One file of the operator's, taken in to be sent.
    OutgoingFileId
);

uuid_id!(
    /// One template of an account's library.
    TemplateId
);

/// The identifier of a message that goes over the wire, and by which a gateway that can do so recognises a repeated
/// send. Minted once per message, random (never a counter or a clock), stored before the first byte leaves.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ClientMessageId(String);

impl ClientMessageId {
    /// A new random identifier: 32 lower-case hexadecimal digits, 122 random bits.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4().simple().to_string())
    }

    /// Takes an identifier back from the database.
    #[must_use]
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// The text as it goes over the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ClientMessageId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn client_ids_do_not_repeat_within_a_burst() {
        let ids: HashSet<_> = (0..10_000).map(|_| ClientMessageId::random()).collect();
        assert_eq!(ids.len(), 10_000);
    }

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        let ids: Vec<_> = (0..1000).map(|_| MessageId::new()).collect();
        assert!(ids.is_sorted());
        assert_eq!(MessageId::parse(&ids[0].to_string()), Some(ids[0]));
        assert_eq!(MessageId::parse("no"), None);
    }
}
