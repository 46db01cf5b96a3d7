//! A long past in a database: so many messages of so many people, both ways, written straight into the tables. It is made
//! from a seed, so that it is the same in every run, and kept between runs.

use super::account;
use super::writer::{Chance, Writer, Zipf};
use recado::domain::{Account, AccountId, ConversationId, MessageId, PhoneNumber, Timestamp};
use recado::store::Store;
use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _, QueryBuilder};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// Changed when what is made here changes, so that an older one is not taken for it.
const EDITION: u32 = 1;
const SEED: u64 = 0x5EED_0F0A_C1D0_CAFE;
const PEOPLE: usize = 2_000;
/// Time between two messages, in milliseconds.
const STEP_MS: i64 = 45_000;
/// Rows that are written by one statement.
const ROWS: usize = 300;

const NAMES: &str = "Ana Beatriz Bruno Camila Carlos Daniela Débora Eduardo Fernanda Gabriel Helena Igor Joana João Júlia \
    Larissa Lívia Lucas Luíza Marcos Mariana Marina Mateus Natália Otávio Paula Pedro Rafael Renata Sérgio Sílvia Tatiana \
    Tiago Vítor Yasmin";

/// A word that stands in one message only, near the beginning.
pub const RARE_AND_OLD: &str = "hipopótamo";
/// A word that stands nowhere.
pub const NOWHERE: &str = "paralelepípedo";

/// Where it is and what is in it.
pub struct Past {
    pub folder: PathBuf,
    pub account: AccountId,
    pub messages: usize,
    /// How long it took to make; none if it was there.
    pub made_in: Option<Duration>,
    /// The conversation with the most messages, and how many.
    pub largest: (ConversationId, usize),
    /// The message with [`RARE_AND_OLD`].
    pub rare: MessageId,
}

/// The folded text, as the store keeps it for its search.
fn folded(text: &str) -> String {
    text.nfkd()
        .filter(|character| !is_combining_mark(*character))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A message that is to be written.
struct Row {
    id: Uuid,
    person: usize,
    at: i64,
    text: String,
    file: Option<String>,
    kind: Option<&'static str>,
    state: &'static str,
}

impl Past {
    /// A past of so many messages, from the disk or made now.
    pub async fn of(messages: usize) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let schema = schema().await;
        let folder = home.join(format!("past-{EDITION}-{schema}-{SEED:x}-{messages}"));
        let mut made_in = None;
        if !folder.exists() {
            let making = home.join(format!("past-in-the-making-{}", std::process::id()));
            let begun = Instant::now();
            make(&making, messages).await;
            made_in = Some(begun.elapsed());
            std::fs::rename(&making, &folder).unwrap();
        }
        let mut connection = connect(&folder).await;
        let (conversation, count): (Uuid, i64) = sqlx::query_as(
            "SELECT conversation, count(*) FROM messages GROUP BY conversation ORDER BY 2 DESC LIMIT 1",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        let rare: Uuid = sqlx::query_scalar("SELECT id FROM messages WHERE sequence = $1")
            .bind(i64::try_from(rare_at(messages)).unwrap() + 1)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        let account: Uuid = sqlx::query_scalar(
            "SELECT account FROM conversations GROUP BY account ORDER BY count(*) LIMIT 1",
        )
        .fetch_one(&mut connection)
        .await
        .unwrap();
        connection.close().await.unwrap();
        Self {
            folder,
            account: AccountId(account),
            messages,
            made_in,
            largest: (ConversationId(conversation), usize::try_from(count).unwrap()),
            rare: MessageId(rare),
        }
    }

    /// Size of the database in bytes.
    pub fn bytes(&self) -> u64 {
        std::fs::metadata(self.folder.join("recado.sqlite3"))
            .unwrap()
            .len()
    }
}

/// Where [`RARE_AND_OLD`] stands: in the first hundredth.
fn rare_at(messages: usize) -> usize {
    messages / 120
}

pub async fn connect(folder: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(folder.join("recado.sqlite3"))
        .foreign_keys(true)
        .pragma("synchronous", "OFF")
        .pragma("cache_size", "-200000")
        .disable_statement_logging();
    options.connect().await.unwrap()
}

/// The schema this program writes.
async fn schema() -> i64 {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    let mut connection = connect(folder.path()).await;
    let version = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    version
}

async fn make(folder: &Path, messages: usize) {
    let store = Store::open(folder).await.unwrap();
    let accounts: Vec<Account> = (0..3).map(|_| account("http://127.0.0.1/")).collect();
    for account in &accounts {
        store.put_account(account).await.unwrap();
    }
    store.close().await;
    let mut connection = connect(folder).await;
    let mut chance = Chance(SEED);
    let end = Timestamp::now().0;
    let begin = end - STEP_MS * i64::try_from(messages).unwrap();
    let mut transaction = connection.begin().await.unwrap();
    let people = people(&mut transaction, &mut chance, &accounts, begin).await;
    let writer = Writer::new(&mut chance);
    let size = Zipf::new(PEOPLE);
    let mut rows = Vec::with_capacity(ROWS);
    for index in 0..messages {
        let person = size.pick(&mut chance);
        let at =
            begin + STEP_MS * i64::try_from(index).unwrap() + i64::try_from(chance.below(40_000)).unwrap();
        rows.push(row(&writer, &mut chance, index, messages, person, at));
        if rows.len() == ROWS || index + 1 == messages {
            write(&mut transaction, &mut chance, &people, &rows).await;
            rows.clear();
        }
    }
    sqlx::raw_sql(LINES).execute(&mut *transaction).await.unwrap();
    transaction.commit().await.unwrap();
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
}

/// The list's lines, from the last message of each conversation.
const LINES: &str = "UPDATE conversations SET \
    last_message = m.id, last_text = substr(replace(m.body, char(10), ' '), 1, 160), last_attachment = m.attachment_name, \
    last_state = m.state, last_at = m.created_at, \
    last_kind = (SELECT kind FROM incoming WHERE message = m.id), \
    problems = (SELECT count(*) FROM messages AS p WHERE p.conversation = conversations.id \
                AND p.state IN ('rejected', 'unknown') AND p.put_aside_at IS NULL), \
    unread = CASE WHEN m.direction = 'in' AND m.sequence % 3 = 0 THEN 1 + m.sequence % 7 ELSE 0 END, \
    read_until = m.sequence \
    FROM messages AS m \
    WHERE m.sequence = (SELECT max(sequence) FROM messages WHERE conversation = conversations.id)";

/// A person: conversation, account, number.
type Person = (Uuid, Uuid, String);

async fn people(
    connection: &mut SqliteConnection,
    chance: &mut Chance,
    accounts: &[Account],
    at: i64,
) -> Vec<Person> {
    let names: Vec<&str> = NAMES.split_whitespace().collect();
    let mut people = Vec::with_capacity(PEOPLE);
    for index in 0..PEOPLE {
        let account = accounts[if index % 20 == 19 { 1 + index / 20 % 2 } else { 0 }]
            .id
            .0;
        let phone = PhoneNumber::from_digits(&format!("551190000{index:04}")).unwrap();
        let name = (index % 5 != 4).then(|| {
            let mut pick = || names[chance.below(names.len())];
            format!("{} {}", pick(), pick())
        });
        let other = phone.other_form();
        let found_by = format!(
            "{} {} {}",
            phone.digits(),
            other.as_ref().map(PhoneNumber::digits).unwrap_or_default(),
            folded(name.as_deref().unwrap_or_default())
        );
        let id = chance.uuid(at);
        sqlx::query(
            "INSERT INTO conversations (id, account, contact_key, phone, name, search_text, created_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id)
        .bind(account)
        .bind(phone.contact_key())
        .bind(phone.digits())
        .bind(name)
        .bind(found_by)
        .bind(at)
        .execute(&mut *connection)
        .await
        .unwrap();
        people.push((id, account, phone.digits().to_owned()));
    }
    people
}

fn row(writer: &Writer, chance: &mut Chance, index: usize, of: usize, person: usize, at: i64) -> Row {
    let id = chance.uuid(at);
    let mut text = writer.text(chance, index);
    if index == rare_at(of) {
        text = format!("Vimos um {RARE_AND_OLD} na rua");
    }
    let (mut kind, mut state) = (None, "received");
    let file;
    if chance.below(100) < 45 {
        let (of_kind, ending) = match chance.below(100) {
            0..78 => ("text", None),
            78..87 => ("image", Some("jpg")),
            87..93 => ("voice", Some("ogg")),
            93..97 => ("document", Some("pdf")),
            97..99 => ("place", None),
            _ => ("revoked", None),
        };
        kind = Some(of_kind);
        file = ending.map(|ending| format!("{}-{index}.{ending}", writer.word(chance)));
        if matches!(of_kind, "voice" | "place" | "revoked") {
            text.clear();
        }
    } else {
        state = match chance.below(1_000) {
            0..700 => "read",
            700..850 => "delivered",
            850..940 => "sent",
            940..960 => "accepted",
            960..985 => "rejected",
            985..990 => "unknown",
            _ => "cancelled",
        };
        if index + 12 > of {
            state = "queued";
        }
        file = chance.one_in(25).then(|| format!("orçamento-{index}.pdf"));
    }
    Row {
        id,
        person,
        at,
        text,
        file,
        kind,
        state,
    }
}

async fn write(connection: &mut SqliteConnection, chance: &mut Chance, people: &[Person], rows: &[Row]) {
    write_messages(connection, people, rows).await;
    write_steps(connection, rows).await;
    write_incoming(connection, chance, people, rows).await;
}

async fn write_messages(connection: &mut SqliteConnection, people: &[Person], rows: &[Row]) {
    let mut query: QueryBuilder<Sqlite> = QueryBuilder::new(
        "INSERT INTO messages (id, account, conversation, direction, phone, body, attachment_url, attachment_name, \
         attachment_kind, client_id, gateway_id, state, attempts, next_attempt_at, put_aside_at, created_at, updated_at, \
         search_text) ",
    );
    query.push_values(rows, |mut list, row| {
        let (conversation, account, phone) = &people[row.person];
        let out = row.kind.is_none();
        let attached = row.file.as_ref().filter(|_| out);
        let problem = matches!(row.state, "rejected" | "unknown");
        list.push_bind(row.id)
            .push_bind(*account)
            .push_bind(*conversation)
            .push_bind(if out { "out" } else { "in" })
            .push_bind(phone)
            .push_bind(&row.text)
            .push_bind(attached.map(|name| format!("https://files.example/{name}")))
            .push_bind(attached)
            .push_bind(attached.map(|_| "document"))
            .push_bind(out.then(|| format!("{:032x}", row.id.as_u128())))
            .push_bind(format!("{:X}", row.id.as_u128() & 0xFFFF_FFFF_FFFF))
            .push_bind(row.state)
            .push_bind(i64::from(out))
            .push_bind((row.state == "queued").then_some(row.at))
            .push_bind((problem && row.at % 10 != 0).then_some(row.at))
            .push_bind(row.at)
            .push_bind(row.at + 5_000)
            .push_bind(folded(&format!(
                "{} {}",
                row.text,
                row.file.as_deref().unwrap_or_default()
            )));
    });
    query.build().execute(connection).await.unwrap();
}

async fn write_steps(connection: &mut SqliteConnection, rows: &[Row]) {
    let mut steps: QueryBuilder<Sqlite> =
        QueryBuilder::new("INSERT INTO message_steps (message, at, state, attempt) ");
    let ours = rows.iter().filter(|row| row.kind.is_none());
    let twice = ours.flat_map(|row| [(row, "queued", 0_i64), (row, row.state, 1)]);
    steps.push_values(twice, |mut list, (row, state, attempt)| {
        list.push_bind(row.id)
            .push_bind(row.at + attempt)
            .push_bind(state)
            .push_bind(attempt);
    });
    if rows.iter().any(|row| row.kind.is_none()) {
        steps.build().execute(connection).await.unwrap();
    }
}

async fn write_incoming(
    connection: &mut SqliteConnection,
    chance: &mut Chance,
    people: &[Person],
    rows: &[Row],
) {
    let mut theirs: QueryBuilder<Sqlite> = QueryBuilder::new(
        "INSERT INTO incoming (message, account, gateway_id, kind, sender_name, sent_at, latitude, longitude, mime, \
         width, height, told_bytes, thumbnail) ",
    );
    let came: Vec<_> = rows
        .iter()
        .filter_map(|row| row.kind.map(|kind| (row, kind)))
        .collect();
    if came.is_empty() {
        return;
    }
    theirs.push_values(came, |mut list, (row, kind)| {
        let place = (kind == "place").then_some(-23.5);
        let picture = (kind == "image").then(|| {
            (0..250)
                .flat_map(|_| chance.next().to_le_bytes())
                .collect::<Vec<u8>>()
        });
        list.push_bind(row.id)
            .push_bind(people[row.person].1)
            .push_bind(format!("{:032X}", row.id.as_u128()))
            .push_bind(kind)
            .push_bind("Marina")
            .push_bind(row.at)
            .push_bind(place)
            .push_bind(place)
            .push_bind(row.file.as_ref().map(|_| "application/octet-stream"))
            .push_bind(picture.as_ref().map(|_| 1_280_i64))
            .push_bind(picture.as_ref().map(|_| 960_i64))
            .push_bind(row.file.as_ref().map(|_| 184_000_i64))
            .push_bind(picture);
    });
    theirs.build().execute(connection).await.unwrap();
}
