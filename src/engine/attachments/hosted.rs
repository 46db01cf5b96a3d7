//! What our own listener hands out, by token. Kept in memory, so that nobody's guessing reaches the database; the rows it
//! follows from are read at the start.

use super::super::inbox::media_folder;
use super::super::shared::{Shared, lock};
use crate::domain::hosting::{HostingPlace, Placement};
use crate::domain::{AccountId, OutgoingFile, OutgoingFileId, Timestamp};
use crate::listener::HostedAttachment;
use crate::store::StoreError;
use std::path::PathBuf;
use std::sync::Mutex;
use subtle::ConstantTimeEq as _;

/// One file that can be had.
#[derive(Debug)]
pub(super) struct Hosted {
    pub(super) token: String,
    /// Nothing is handed out for an account that is not running.
    pub(super) account: AccountId,
    /// The file behind it; `None` for one that only tries the place.
    pub(super) file: Option<OutgoingFileId>,
    pub(super) attachment: HostedAttachment,
    pub(super) expires_at: Option<Timestamp>,
}

/// See the module.
#[derive(Default)]
pub(super) struct HostedBook(Mutex<Vec<Hosted>>);

impl HostedBook {
    /// Hands something out from now on.
    pub(super) fn put(&self, hosted: Hosted) {
        let mut all = lock(&self.0);
        all.retain(|known| known.token != hosted.token);
        all.push(hosted);
    }

    /// Hands out no more what is like this.
    pub(super) fn forget(&self, is: impl Fn(&Hosted) -> bool) {
        lock(&self.0).retain(|known| !is(known));
    }

    /// What is behind a token. Every one is compared, also after one has matched: the time taken tells nothing.
    pub(super) fn find(&self, token: &str, now: Timestamp) -> Option<(AccountId, HostedAttachment)> {
        let mut found = None;
        for hosted in lock(&self.0).iter() {
            let same = bool::from(hosted.token.as_bytes().ct_eq(token.as_bytes()));
            if same && hosted.expires_at.is_none_or(|until| now < until) {
                found = Some((hosted.account, hosted.attachment.clone()));
            }
        }
        found
    }
}

impl Shared {
    /// What the listener hands out under a token.
    pub(in super::super) fn hosted_attachment(&self, token: &str) -> Option<HostedAttachment> {
        let (account, attachment) = self.attachments.hosted.find(token, self.clock.now())?;
        self.running(account).map(|_| attachment)
    }

    /// Reads what can be had of our listener.
    pub(in super::super) async fn load_hosted(&self) -> Result<(), StoreError> {
        for hosted in self.store.hosted_files().await? {
            self.hand_out(&hosted.file, &hosted.placement);
        }
        Ok(())
    }

    /// Hands a file out, if it is placed in our listener.
    pub(super) fn hand_out(&self, file: &OutgoingFile, placement: &Placement) {
        if placement.place != HostingPlace::Listener {
            return;
        }
        self.attachments.hosted.put(Hosted {
            token: placement.token.clone(),
            account: file.account,
            file: Some(file.id),
            attachment: HostedAttachment {
                path: self.local_copy(file),
                mime: file.file.mime.clone(),
                extension: extension(&file.file.name).to_owned(),
                bytes: file.file.bytes,
            },
            expires_at: placement.expires_at,
        });
    }

    /// Where our copy of a file is.
    pub(super) fn local_copy(&self, file: &OutgoingFile) -> PathBuf {
        file.file.path(&media_folder(self))
    }
}

/// The extension of a file's name, without the dot.
pub(super) fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("bin", |(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosted(token: &str, expires_at: Option<i64>) -> Hosted {
        Hosted {
            token: token.to_owned(),
            account: AccountId::new(),
            file: None,
            attachment: HostedAttachment {
                path: PathBuf::from(token),
                mime: "text/plain".to_owned(),
                extension: extension("a.b.txt").to_owned(),
                bytes: 1,
            },
            expires_at: expires_at.map(Timestamp),
        }
    }

    #[test]
    fn only_the_whole_token_finds_and_only_in_its_time() {
        let book = HostedBook::default();
        book.put(hosted("aa", Some(1_000)));
        book.put(hosted("bb", None));
        book.put(hosted("bb", None));
        let path = |token: &str, now| {
            book.find(token, Timestamp(now))
                .map(|(_, attachment)| attachment.path)
        };
        assert_eq!(path("aa", 999), Some(PathBuf::from("aa")));
        assert_eq!(path("aa", 1_000), None);
        assert_eq!(path("bb", i64::MAX), Some(PathBuf::from("bb")));
        for guess in ["", "a", "aaa", "AA", "cc"] {
            assert_eq!(path(guess, 0), None, "{guess}");
        }
        book.forget(|hosted| hosted.token == "bb");
        assert_eq!(path("bb", 0), None);
    }
}
