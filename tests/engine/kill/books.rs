//! The books compared: the gateway's ledger with the program's own, after it was killed again and again.

use super::victim::Heard;
use crate::attachments::bench::Bucket;
use crate::program::Program;
use crate::stage::{Played, Stage, TOKEN, token_for_all};
use recado::domain::message::MessageState;
use recado::domain::{AccountId, ThreadEntry};
use recado::engine::{Answer, OutboxCommand, Question};
use recado::simulator::SimulatorState;
use recado::simulator::webhook::{Told, WebhookEnd, WebhookRecord};
use sha2::{Digest as _, Sha256};
use sqlx::{ConnectOptions as _, Connection as _};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

/// After a start, everything is final, queued or unknown within this time.
pub const TAKEN_UP_WITHIN: Duration = Duration::from_secs(5);

/// What happened, for the reader of the test's output.
pub struct Figures {
    pub sent: usize,
    /// How many of them with a file of the operator's.
    pub with_file: usize,
    pub incoming: usize,
    pub files: usize,
    /// Deliveries that were committed and whose answer never reached the gateway.
    pub committed_unanswered: i64,
    /// Files that a kill left without a row.
    pub orphans: usize,
}

impl std::fmt::Display for Figures {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            sent,
            with_file,
            incoming,
            files,
            committed_unanswered,
            orphans,
        } = self;
        write!(
            out,
            "{sent} messages sent, {with_file} with a file, {incoming} and {files} files received, {committed_unanswered} kills between a commit \
             and its answer, {orphans} between a file and its commit"
        )
    }
}

/// A program over the folder of the killed ones, in this process.
pub fn open(stage: &Stage, data: &Path) -> (Program, AccountId) {
    let begun = Instant::now();
    let mut program = stage.program_with(|options| {
        options.folder = data.to_owned();
        options.secrets = token_for_all(TOKEN);
    });
    let account = program.link.live.borrow().accounts[0].account.id;
    // Nothing is under way that was when the program ended.
    program.until(account, "taken up", |view| view.outbox.in_flight <= 1);
    assert!(begun.elapsed() < TAKEN_UP_WITHIN, "{:?}", begun.elapsed());
    (program, account)
}

/// Lets everything go its way to the end, and compares both books.
pub fn compare(stage: &Stage, gateway: &Played, bucket: &Bucket, data: &Path, heard: &Heard) -> Figures {
    let (mut program, account) = open(stage, data);
    for (id, client_id) in &heard.stored {
        assert_eq!(program.message(*id).client_id.as_str(), client_id);
    }
    hurry(&mut program, account, heard);
    gateway.wait("everything is sent, read and told", is_over);
    gateway.assert_nothing_doubled();

    let mut ours = Ours::read(&mut program, account);
    for (_, client_id) in &heard.stored {
        assert!(ours.outgoing.contains_key(client_id), "{client_id} is lost");
    }
    for (client_id, state) in &ours.outgoing {
        let sent = gateway.ledger.sent_count(client_id);
        assert_eq!((*state, sent), (MessageState::Read, 1), "{client_id}");
    }
    let mut with_file = 0;
    for message in gateway.ledger.messages() {
        let recorded = ours.outgoing.contains_key(&message.client_id);
        assert!(recorded, "sent without a record: {message:?}");
        let came = message.attachment.as_ref().map(|came| (came.status, came.sha256));
        let ours = ours.attached.get(&message.client_id);
        assert_eq!(came, ours.map(|sha256| (Some(200), *sha256)), "{message:?}");
        with_file += usize::from(ours.is_some());
    }
    program.until_hosted("nothing is left outside", |files| {
        files.is_empty() && bucket.objects().is_empty()
    });
    let webhooks = gateway.ledger.webhooks();
    for webhook in &webhooks {
        assert_eq!(
            webhook.end,
            Some(WebhookEnd::Acknowledged),
            "tried again until it was taken: {webhook:?}"
        );
        ours.cross_off(webhook, data);
    }
    assert_eq!(ours.texts, BTreeMap::new(), "nobody wrote that");
    program.shutdown();
    let answered = count_answers(&webhooks);
    Figures {
        sent: ours.outgoing.len(),
        with_file,
        incoming: ours.seen_texts.len(),
        files: ours.seen_files.len(),
        committed_unanswered: stage.handle().block_on(deliveries(data)) - answered,
        orphans: tidy(stage, data),
    }
}

/// Everything that was accepted is sent and seen, and all of it was told.
fn is_over(state: &SimulatorState) -> bool {
    state.queue_length() == 0
        && state.is_webhook_quiet()
        && state
            .ledger()
            .messages()
            .iter()
            .all(|message| message.statuses.len() == 3)
}

/// Has every message that waits for another attempt tried now.
fn hurry(program: &mut Program, account: AccountId, heard: &Heard) {
    for (id, _) in &heard.stored {
        let message = program.message(*id);
        let rests = message.state == MessageState::Queued && message.attempts > 0;
        if rests || message.state == MessageState::Preparing {
            program.outbox(OutboxCommand::Retry(*id));
        }
        program.until_message(*id, "accepted at least", |message| {
            message.state.progress() >= MessageState::Accepted.progress()
        });
    }
    // Also those whose storing was never answered.
    program.until(account, "all gone", |view| {
        view.outbox.preparing + view.outbox.queued + view.outbox.in_flight == 0
    });
}

/// The program's own book.
struct Ours {
    /// Outgoing messages by their identifier on the wire.
    outgoing: BTreeMap<String, MessageState>,
    /// What each of them with a file should have brought along.
    attached: BTreeMap<String, [u8; 32]>,
    /// How often each text came, until it is found at the gateway.
    texts: BTreeMap<String, usize>,
    seen_texts: BTreeSet<String>,
    /// How many messages have the file with this hash, and its name on the disk.
    files: BTreeMap<[u8; 32], (usize, String)>,
    seen_files: BTreeSet<[u8; 32]>,
}

impl Ours {
    fn read(program: &mut Program, account: AccountId) -> Self {
        let mut ours = Self {
            outgoing: BTreeMap::new(),
            attached: BTreeMap::new(),
            texts: BTreeMap::new(),
            seen_texts: BTreeSet::new(),
            files: BTreeMap::new(),
            seen_files: BTreeSet::new(),
        };
        for row in program.conversations(account) {
            for entry in program.thread(row.conversation.id) {
                match entry {
                    ThreadEntry::Outgoing(message) => {
                        assert_steps(program, &message);
                        if let Some(file) = message.attachment.as_ref().and_then(|attachment| attachment.file)
                        {
                            let Answer::OutgoingFile(file) = program.ask(Question::OutgoingFile(file)) else {
                                panic!("the file is lost: {message:?}");
                            };
                            ours.attached
                                .insert(message.client_id.to_string(), file.file.sha256);
                        }
                        ours.outgoing.insert(message.client_id.to_string(), message.state);
                    }
                    ThreadEntry::Incoming(message) => {
                        let file = message.media.and_then(|media| media.file);
                        if let Some(file) = &file {
                            let known = ours.files.entry(file.sha256);
                            known.or_insert((0, file.stored_name.clone())).0 += 1;
                        } else {
                            *ours.texts.entry(message.text).or_default() += 1;
                        }
                    }
                }
            }
        }
        ours
    }

    /// Finds something the gateway has told and that was acknowledged.
    fn cross_off(&mut self, webhook: &WebhookRecord, data: &Path) {
        match &webhook.told {
            Told::Message { said, .. } => {
                let recado::simulator::Said::Text(text) = said else {
                    return;
                };
                if self.seen_texts.insert(text.clone()) {
                    assert_eq!(self.texts.remove(text), Some(1), "{text}");
                }
            }
            Told::File { bytes, .. } => {
                let hash: [u8; 32] = Sha256::digest(bytes).into();
                if self.seen_files.insert(hash) {
                    let (count, name) = self.files.get(&hash).expect("the file is lost");
                    assert_eq!(*count, 1);
                    let on_disk = std::fs::read(data.join("media").join(name)).unwrap();
                    assert!(on_disk == bytes[..], "the file is another one");
                }
            }
            // The states were compared.
            Told::Status { .. } => {}
        }
    }
}

/// No report was applied twice.
fn assert_steps(program: &mut Program, message: &recado::domain::message::Message) {
    let steps = program.history(message.id);
    for state in [MessageState::Sent, MessageState::Delivered, MessageState::Read] {
        let count = steps.iter().filter(|step| step.state == state).count();
        assert!(count <= 1, "{steps:#?}");
    }
}

/// How many calls were answered 2xx. Webhooks told in one call would count several times; none are here.
fn count_answers(webhooks: &[WebhookRecord]) -> i64 {
    let answers = webhooks
        .iter()
        .flat_map(|webhook| &webhook.attempts)
        .filter(|attempt| attempt.status.is_some_and(|status| (200..300).contains(&status)))
        .count();
    i64::try_from(answers).unwrap()
}

/// How many deliveries were committed.
async fn deliveries(data: &Path) -> i64 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data.join("recado.sqlite3"));
    let mut connection = options.connect().await.unwrap();
    let count = sqlx::query_scalar("SELECT count(*) FROM deliveries")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    count
}

/// Our copies of the operator's files.
async fn taken_in(data: &Path) -> Vec<String> {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(data.join("recado.sqlite3"));
    let mut connection = options.connect().await.unwrap();
    let names = sqlx::query_scalar("SELECT stored_name FROM outgoing_files")
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    names
}

/// Lets two hours pass and starts once more: every file on the disk has its row then, and nothing waits to be read.
/// Answers how many had none.
fn tidy(stage: &Stage, data: &Path) -> usize {
    let media = data.join("media");
    let before = names_in(&media);
    let long_ago = SystemTime::now() - Duration::from_secs(7_200);
    for name in &before {
        let file = std::fs::File::options().write(true).open(media.join(name));
        file.unwrap().set_modified(long_ago).unwrap();
    }
    let (mut program, account) = open(stage, data);
    // It tidies before it listens.
    crate::inbox::webhook_of(&mut program, account);
    let after = names_in(&media);
    let mut with_row = BTreeSet::new();
    for row in program.conversations(account) {
        for entry in program.thread(row.conversation.id) {
            let file = entry
                .incoming()
                .and_then(|message| message.media.as_ref()?.file.as_ref());
            with_row.extend(file.map(|file| file.stored_name.clone()));
        }
    }
    // Also what was taken in, and killed before it was in a message.
    with_row.extend(stage.handle().block_on(taken_in(data)));
    assert_eq!(
        after, with_row,
        "no file without a row, and no row without its file"
    );
    assert_eq!(names_in(&data.join("spool")), BTreeSet::new());
    before.len() - after.len()
}

fn names_in(folder: &Path) -> BTreeSet<String> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect()
}
