//! What an operator does with files, as plain calls, and what a gateway would see of them.

use super::storage_server::{SECRET_KEY, Server, keys};
use crate::program::Program;
use crate::stage::Stage;
use recado::domain::hosting::{AttachmentHosting, HostedFile, HostingError, HostingTest, StorageKeys};
use recado::domain::message::Message;
use recado::domain::outgoing::{FileProblem, FileSource, PictureChange};
use recado::domain::{AccountId, Attachment, OutgoingFile, PhoneNumber, Timestamp};
use recado::engine::{Answer, AttachmentCommand, Command, OutboxCommand, Question, Ticket};
use std::path::{Path, PathBuf};
use std::time::Instant;

impl Program {
    pub fn attachment(&self, command: AttachmentCommand) {
        self.command(Command::Attachment(command));
    }

    #[track_caller]
    pub fn try_take_in(&mut self, account: AccountId, path: &Path) -> Result<OutgoingFile, FileProblem> {
        let ticket = self.ticket();
        self.attachment(AttachmentCommand::TakeIn {
            ticket,
            account,
            source: FileSource::Path(path.to_owned()),
            change: PictureChange::Keep,
        });
        match self.answer(ticket) {
            Answer::TakenIn(taken) => taken,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub fn take_in(&mut self, account: AccountId, path: &Path) -> OutgoingFile {
        match self.try_take_in(account, path) {
            Ok(file) => file,
            Err(problem) => panic!("{problem:?}"),
        }
    }

    pub fn begin_send_files(
        &mut self,
        account: AccountId,
        to: &[&str],
        text: &str,
        files: &[OutgoingFile],
        not_before: Option<Timestamp>,
    ) -> Ticket {
        let ticket = self.ticket();
        self.outbox(OutboxCommand::Send {
            template: None,
            ticket,
            account,
            to: to
                .iter()
                .map(|digits| PhoneNumber::from_digits(digits).unwrap())
                .collect(),
            names: Vec::new(),
            text: text.to_owned(),
            attachments: files.iter().map(Attachment::from_file).collect(),
            not_before,
        });
        ticket
    }

    #[track_caller]
    pub fn send_files(
        &mut self,
        account: AccountId,
        to: &[&str],
        text: &str,
        files: &[OutgoingFile],
    ) -> Vec<Message> {
        let ticket = self.begin_send_files(account, to, text, files, None);
        match self.answer(ticket) {
            Answer::Enqueued(Ok(messages)) => messages,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub fn send_file(&mut self, account: AccountId, to: &str, file: &OutgoingFile) -> Message {
        self.send_files(account, &[to], "", std::slice::from_ref(file))
            .remove(0)
    }

    #[track_caller]
    pub fn hosted_files(&mut self) -> Vec<HostedFile> {
        match self.ask(Question::HostedFiles) {
            Answer::HostedFiles(files) => files,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until the files outside look like this.
    #[track_caller]
    pub fn until_hosted(&mut self, what: &str, looks: impl Fn(&[HostedFile]) -> bool) -> Vec<HostedFile> {
        let until = Instant::now() + crate::stage::PATIENCE;
        loop {
            let files = self.hosted_files();
            if looks(&files) {
                return files;
            }
            assert!(Instant::now() < until, "{what}: {files:#?}");
            self.next_event(Instant::now() + std::time::Duration::from_millis(20));
        }
    }

    #[track_caller]
    pub fn set_hosting(
        &mut self,
        account: AccountId,
        hosting: AttachmentHosting,
        keys: Option<StorageKeys>,
    ) -> Result<(), HostingError> {
        let ticket = self.ticket();
        self.attachment(AttachmentCommand::SetHosting {
            ticket,
            account,
            hosting,
            keys,
        });
        match self.answer(ticket) {
            Answer::HostingSaved(saved) => saved,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    pub fn test_hosting(
        &mut self,
        account: AccountId,
        hosting: AttachmentHosting,
        keys: Option<StorageKeys>,
    ) -> Result<HostingTest, HostingError> {
        let ticket = self.ticket();
        self.attachment(AttachmentCommand::TestHosting {
            ticket,
            account,
            hosting,
            keys,
        });
        match self.answer(ticket) {
            Answer::HostingTested(tested) => tested,
            other => panic!("{other:?}"),
        }
    }

    /// Waits until somebody listens.
    #[track_caller]
    pub fn until_listening(&mut self, account: AccountId) -> url::Url {
        crate::inbox::webhook_of(self, account)
    }
}

/// Storage of a test, with a runtime of its own: what it does may be held up.
pub struct Bucket {
    pub server: Server,
    pub root: PathBuf,
    _runtime: tokio::runtime::Runtime,
}

impl Bucket {
    pub fn start(stage: &Stage) -> Self {
        let root = stage.folder.path().join("storage");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let server = runtime.block_on(Server::start(&root));
        Self {
            server,
            root,
            _runtime: runtime,
        }
    }

    pub fn hosting(&self) -> AttachmentHosting {
        AttachmentHosting::Storage(self.server.config())
    }

    /// Saves it as the place of an account's files.
    #[track_caller]
    pub fn choose(&self, program: &mut Program, account: AccountId) {
        let saved = program.set_hosting(account, self.hosting(), Some(keys(SECRET_KEY)));
        assert_eq!(saved, Ok(()));
    }

    /// The objects there are.
    pub fn objects(&self) -> Vec<PathBuf> {
        let mut found = Vec::new();
        files_in(&self.root.join(super::storage_server::BUCKET), &mut found);
        found
    }
}

fn files_in(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files_in(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// Writes a document of this size onto the operator's disk, like no other.
pub fn document(stage: &Stage, name: &str, bytes: usize) -> (PathBuf, Vec<u8>) {
    use rand::{Rng as _, SeedableRng as _};
    let mut content = b"%PDF-1.7\n".to_vec();
    let begun = content.len();
    content.resize(bytes, 0);
    let seed = stage.seed ^ name.len() as u64 ^ bytes as u64;
    rand::rngs::StdRng::seed_from_u64(seed).fill_bytes(&mut content[begun..]);
    content.extend(b"\n%%EOF\n");
    let path = stage.folder.path().join("disk").join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, &content).unwrap();
    (path, content)
}

/// What an address answers to somebody from outside: the status, and the body.
pub fn fetched(stage: &Stage, url: &str) -> (u16, Vec<u8>) {
    let url = url.to_owned();
    stage.handle().block_on(async move {
        let answer = super::storage_server::anyone().get(url).send().await.unwrap();
        let status = answer.status().as_u16();
        (status, answer.bytes().await.unwrap().to_vec())
    })
}

/// Waits until an address answers nothing any more.
#[track_caller]
pub fn until_gone(stage: &Stage, program: &mut Program, url: &str) {
    let until = Instant::now() + crate::stage::PATIENCE;
    while fetched(stage, url).0 != 404 {
        assert!(Instant::now() < until, "{url} can still be had");
        program.next_event(Instant::now() + std::time::Duration::from_millis(20));
    }
}

/// The address in a message.
#[track_caller]
pub fn url_of(message: &Message) -> String {
    message.attachment.as_ref().unwrap().url.clone()
}
