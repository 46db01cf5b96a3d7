//! What comes in: from the played gateway's webhook over HTTP into the conversations, once each, in any order and form.

use crate::program::{Program, number};
use crate::stage::{PATIENCE, Played, Stage, TOKEN, token_for_all};
use recado::domain::incoming::IncomingMessage;
use recado::domain::message::MessageState;
use recado::domain::{AccountId, ConversationId, IncomingKind, ThreadEntry};
use recado::engine::{Answer, Command, InboxCommand, ListenerState, Notice, OutboxCommand, Question};
use recado::simulator::scenery::pictures::Scene;
use recado::simulator::style::NumberStyle;
use recado::simulator::webhook::{
    BodyShape, ContentTypeStyle, ExtensionStyle, FileEncoding, FileOrder, FileStyle, StatusName, StatusStyle,
};
use recado::simulator::{Contact, Endpoint, Fault, Said, SimulatorState, Times, WebhookRetry, WebhookStyle};

/// The address at which the account's gateway is to call.
#[track_caller]
pub fn webhook_of(program: &mut Program, account: AccountId) -> url::Url {
    program.until_live("listening", |live| {
        matches!(live.listener.state, ListenerState::Listening(_))
            && live
                .account(account)
                .is_some_and(|view| live.webhook_url(view).is_some())
    });
    let live = program.link.live.borrow().clone();
    let url = live.webhook_url(live.account(account).unwrap()).unwrap();
    url.parse().unwrap()
}

/// A program with an account whose gateway calls it.
fn connected(stage: &Stage, gateway: &Played) -> (Program, AccountId) {
    let mut program = stage.lasting_program();
    let account = program.add_account("Loja", gateway);
    let url = webhook_of(&mut program, account);
    gateway.control.set_webhook(Some(url));
    (program, account)
}

fn quiet(gateway: &Played) {
    gateway.wait("everything is told", SimulatorState::is_webhook_quiet);
}

fn maria() -> Contact {
    Contact::new(&number(44), "Maria Souza")
}

/// The incoming messages of a conversation, oldest first.
fn incoming(program: &mut Program, conversation: ConversationId) -> Vec<IncomingMessage> {
    program
        .thread(conversation)
        .into_iter()
        .filter_map(|entry| match entry {
            ThreadEntry::Incoming(message) => Some(*message),
            ThreadEntry::Outgoing(_) => None,
        })
        .collect()
}

/// The only conversation there is.
#[track_caller]
fn only_conversation(program: &mut Program, account: AccountId) -> ConversationId {
    let rows = program.conversations(account);
    assert_eq!(rows.len(), 1, "{rows:#?}");
    rows[0].conversation.id
}

/// The token that the account is sent with is no word of the gateway's here: a person has written it.
#[test]
fn what_a_person_writes_is_kept_to_the_letter() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let (mut program, account) = connected(&stage, &gateway);
    let words = format!("A senha da loja é {TOKEN}?");
    gateway.control.contact_writes(maria(), Said::text(&words));
    program.until(account, "it has come", |view| view.inbox.unread == 1);
    let conversation = only_conversation(&mut program, account);
    let came = incoming(&mut program, conversation);
    assert_eq!(came[0].text, words);
}

#[test]
fn everything_people_send_is_read_in_every_form_of_the_webhook() {
    for (index, style) in styles().into_iter().enumerate() {
        let stage = Stage::new();
        let gateway = stage.gateway();
        gateway.control.set_webhook_style(style.clone());
        let (mut program, account) = connected(&stage, &gateway);
        let said = [
            (IncomingKind::Text, Said::text("Olá! *Tudo* bem? ação ñ 👋🏽")),
            (IncomingKind::Image, Said::picture(Scene::Street, "A vitrine")),
            (IncomingKind::Voice, Said::voice()),
            (
                IncomingKind::Document,
                Said::pdf("Comprovante.pdf", "Comprovante", &["Pago"]),
            ),
            (IncomingKind::Place, Said::place(-23.55, -46.63, false)),
            (IncomingKind::Video, Said::video("Olha")),
            (
                IncomingKind::ContactCard,
                Said::contact_card("João Pereira", &number(13)),
            ),
        ];
        for (_, said) in &said {
            gateway.control.contact_writes(maria(), said.clone());
        }
        quiet(&gateway);
        let seen = program.until(account, "all are counted", |view| {
            view.inbox.unread == said.len() as u64
        });
        assert_eq!(seen.inbox.unreadable, 0, "style {index}: {style:?}");
        let conversation = only_conversation(&mut program, account);
        let came = incoming(&mut program, conversation);
        let kinds: Vec<_> = came.iter().map(|message| message.kind).collect();
        for (kind, _) in &said {
            assert_eq!(
                kinds.iter().filter(|one| *one == kind).count(),
                1,
                "style {index}: {kinds:?}"
            );
        }
        for message in &came {
            if message.kind.has_file() {
                let media = message.media.as_ref().unwrap();
                let file = media
                    .file
                    .as_ref()
                    .unwrap_or_else(|| panic!("style {index}: {message:#?}"));
                let path = file.path(&stage.folder.path().join("media"));
                assert_eq!(std::fs::metadata(&path).unwrap().len(), file.bytes);
            }
        }
        let text = came
            .iter()
            .find(|message| message.kind == IncomingKind::Text)
            .unwrap();
        assert_eq!(text.text, "Olá! *Tudo* bem? ação ñ 👋🏽");
        let place = came.iter().find_map(|message| message.place).unwrap();
        assert!((place.latitude + 23.55).abs() < 1e-6 && (place.longitude + 46.63).abs() < 1e-6);
        assert_eq!(
            program.conversations(account)[0].conversation.shown_name(),
            Some("Maria Souza")
        );
        let files = std::fs::read_dir(stage.folder.path().join("media"))
            .unwrap()
            .count();
        assert_eq!(
            files, 4,
            "style {index}: one for each file, whatever was told twice"
        );
    }
}

#[test]
fn the_ticks_follow_the_reports_and_never_go_back() {
    for style in styles() {
        let stage = Stage::new();
        let gateway = stage.gateway();
        gateway.control.set_webhook_style(style);
        let (mut program, account) = connected(&stage, &gateway);
        let messages = program.send(account, &[&number(1), &number(2), &number(3)], "Olá");
        for message in &messages {
            let read = program.until_state(message.id, MessageState::Read);
            assert_eq!(read.reason, None);
        }
        quiet(&gateway);
        for message in &messages {
            assert_eq!(program.message(message.id).state, MessageState::Read);
            let steps = program.history(message.id);
            let reads = steps
                .iter()
                .filter(|step| step.state == MessageState::Read)
                .count();
            assert_eq!(reads, 1, "{steps:#?}");
        }
    }
}

#[test]
fn a_report_settles_a_send_whose_answer_was_lost() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let style = WebhookStyle {
        statuses: StatusStyle {
            // By our own identifier: without the answer the gateway's is not known.
            name: StatusName::ClientId,
            ..StatusStyle::default()
        },
        ..WebhookStyle::default()
    };
    gateway.control.set_webhook_style(style);
    let (mut program, account) = connected(&stage, &gateway);
    gateway.fault(Endpoint::Send, Fault::ResetAfterReading, Times::ONCE, Some(true));
    let message = program.send_one(account, &number(5), "Olá");
    program.until_state(message.id, MessageState::Read);
    gateway.wait_until_drained();
    gateway.assert_nothing_doubled();
    quiet(&gateway);
    assert_eq!(program.message(message.id).state, MessageState::Read);
}

#[test]
fn what_is_read_counts_as_read_and_is_announced_once() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let (told, heard) = std::sync::mpsc::channel();
    let mut program = stage.program_with(|options| {
        options.on_arrival = std::sync::Arc::new(move |arrivals| {
            // The test may be over by then.
            let _ = told.send(arrivals.clone());
        });
    });
    let account = program.add_account("Loja", &gateway);
    let url = webhook_of(&mut program, account);
    gateway.control.set_webhook(Some(url));
    program.change_settings(|settings| settings.notification_text = false);
    for text in ["Oi", "Tem em estoque?", "Preciso para hoje"] {
        gateway.control.contact_writes(maria(), Said::text(text));
    }
    let arrivals = heard.recv_timeout(PATIENCE).unwrap();
    assert!(arrivals.show && !arrivals.show_text && !arrivals.sound);
    assert_eq!(
        (arrivals.people, arrivals.newest.name.as_str()),
        (1, "Maria Souza")
    );
    program.until(account, "three unread", |view| view.inbox.unread == 3);
    program.until_notice("told in the window", |notice| {
        matches!(notice, Notice::Incoming(_))
    });
    let conversation = only_conversation(&mut program, account);
    let came = incoming(&mut program, conversation);
    program.command(Command::Inbox(InboxCommand::Seen(conversation, came[1].id)));
    program.until(account, "one unread", |view| view.inbox.unread == 1);
    program.command(Command::Inbox(InboxCommand::Seen(conversation, came[2].id)));
    program.until(account, "none unread", |view| view.inbox.unread == 0);
    program.command(Command::Inbox(InboxCommand::Unseen(conversation)));
    program.until(account, "unread again", |view| view.inbox.unread == 1);
}

#[test]
fn the_address_outlives_a_restart_and_an_older_one_is_answered_for_a_while() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let (mut program, account) = connected(&stage, &gateway);
    let first = webhook_of(&mut program, account);
    program.shutdown();
    let mut program = stage.lasting_program();
    assert_eq!(
        webhook_of(&mut program, account),
        first,
        "the vendor's panel has it"
    );
    program.command(Command::Inbox(InboxCommand::RotatePath(account)));
    program.until(account, "a new address", |view| view.inbox.older_until.is_some());
    let second = webhook_of(&mut program, account);
    assert_ne!(second, first);
    for url in [first, second] {
        gateway.control.set_webhook(Some(url));
        gateway.control.contact_writes(maria(), Said::text("Oi"));
        quiet(&gateway);
    }
    program.until(account, "both came", |view| view.inbox.unread == 2);
    assert!(program.account_view(account).inbox.last_called_at.is_some());
}

#[test]
fn a_gateway_that_tries_again_loses_nothing_while_the_program_is_closed() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    gateway.control.set_webhook_retry(WebhookRetry::fast());
    let (mut program, account) = connected(&stage, &gateway);
    program.shutdown();
    for index in 0..5 {
        gateway
            .control
            .contact_writes(maria(), Said::text(&format!("{index}")));
    }
    let mut program = stage.lasting_program();
    program.until(account, "all came", |view| view.inbox.unread == 5);
    let conversation = only_conversation(&mut program, account);
    let texts: Vec<String> = incoming(&mut program, conversation)
        .into_iter()
        .map(|message| message.text)
        .collect();
    assert_eq!(texts, ["0", "1", "2", "3", "4"]);
}

#[test]
fn what_cannot_be_read_is_kept_and_can_be_exported() {
    use recado::engine::{ArchiveCommand, ExportFormat, ExportScope};
    let stage = Stage::new();
    let gateway = stage.gateway();
    let (mut program, account) = connected(&stage, &gateway);
    let url = webhook_of(&mut program, account);
    let status = stage.handle().block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let body = "<br />\n<b>Fatal error</b>: nothing in here is JSON";
        client.post(url).body(body).send().await.unwrap().status()
    });
    assert_eq!(status, 200, "it is on the disk");
    program.until(account, "it is counted", |view| view.inbox.unreadable == 1);
    let Answer::RawDeliveries(list) = program.ask(Question::RawDeliveries(account)) else {
        panic!("no list")
    };
    assert!(list[0].beginning.contains("Fatal error"), "{list:?}");
    let to = stage.folder.path().join("raw.json");
    let ticket = program.ticket();
    program.command(Command::Archive(ArchiveCommand::Export {
        ticket,
        scope: ExportScope::Unreadable(account),
        format: ExportFormat::Json,
        to: to.clone(),
    }));
    assert!(matches!(program.answer(ticket), Answer::Exported(Ok(1))));
    assert!(
        std::fs::read_to_string(to)
            .unwrap()
            .contains("nothing in here is JSON")
    );
}

#[test]
fn the_delay_and_the_limit_of_the_day_are_kept() {
    use std::time::Duration;
    let stage = Stage::new();
    let gateway = stage.gateway_with(|config| {
        config.daily_limit = 3;
        config.daily_used = 1;
    });
    let mut program = stage.program_with(|options| options.secrets = token_for_all(TOKEN));
    let account = program.add_account("Loja", &gateway);
    program.until(account, "the limit is known", |view| view.health.limits.is_some());
    let messages = program.send(account, &[&number(1), &number(2), &number(3)], "Olá");
    program.until(account, "the day is full", |view| {
        view.outbox.accepted == 2 && view.outbox.queued == 1 && view.held.is_some()
    });
    assert_eq!(gateway.sends(), 2, "what does not fit is not tried");
    // Another day, or a larger plan.
    gateway.control.set_limit(100);
    program.refresh(account);
    for message in &messages {
        program.until_state(message.id, MessageState::Accepted);
    }
    program.until(account, "nothing is held", |view| view.held.is_none());

    let ticket = program.ticket();
    program.outbox(OutboxCommand::SetDelay {
        ticket,
        account,
        secs: 1,
    });
    assert!(matches!(program.answer(ticket), Answer::DelaySet(Ok(_))));
    let messages = program.send(account, &[&number(4), &number(5)], "Olá");
    for message in &messages {
        program.until_state(message.id, MessageState::Accepted);
    }
    let times: Vec<Duration> = gateway.ledger.read(|book| {
        let sends = book.requests().iter().rev();
        let sends = sends.filter(|request| request.endpoint == Some(Endpoint::Send));
        sends.take(2).map(|request| request.at).collect()
    });
    let apart = times[0] - times[1];
    assert!(apart >= Duration::from_millis(950), "{apart:?}");
}

#[test]
fn a_port_that_another_program_has_is_said_and_taken_when_it_is_free() {
    let stage = Stage::new();
    let mut program = stage.program();
    let account = program.add_account("Loja", &stage.gateway());
    webhook_of(&mut program, account);
    let other = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = other.local_addr().unwrap().port();
    program.change_settings(|settings| settings.listen_port = port);
    program.until_live("nobody listens", |live| {
        matches!(live.listener.state, ListenerState::Failed(_))
    });
    drop(other);
    program.command(Command::Inbox(InboxCommand::ListenAgain));
    program.until_live(
        "listening there",
        |live| matches!(live.listener.state, ListenerState::Listening(address) if address.port() == port),
    );
    program.change_settings(|settings| settings.listen = false);
    program.until_live("switched off", |live| live.listener.state == ListenerState::Off);
    program.change_settings(|settings| settings.listen = true);
    program.until_live(
        "listening again",
        |live| matches!(live.listener.state, ListenerState::Listening(address) if address.port() == port),
    );
}

#[test]
fn the_time_in_which_nobody_listened_is_told_until_it_was_read() {
    use recado::domain::time::Clock;
    use std::time::Duration;
    let stage = Stage::new();
    let clock = Clock::held(recado::domain::Timestamp::now());
    let with_clock = |clock: &Clock| {
        stage.program_with(|options| {
            options.clock = clock.clone();
            options.secrets = token_for_all(TOKEN);
        })
    };
    let mut program = with_clock(&clock);
    let account = program.add_account("Loja", &stage.gateway());
    webhook_of(&mut program, account);
    assert_eq!(
        program.link.live.borrow().listener.gap,
        None,
        "the first time ever"
    );
    program.shutdown();
    let closed_at = clock.now();
    clock.advance(Duration::from_secs(3 * 3_600));
    let mut program = with_clock(&clock);
    program.until_live("the gap is told", |live| live.listener.gap.is_some());
    let gap = program.link.live.borrow().listener.gap.unwrap();
    assert_eq!((gap.from, gap.until), (closed_at, clock.now()));
    program.command(Command::Inbox(InboxCommand::GapSeen));
    program.until_live("it was read", |live| live.listener.gap.is_none());
}

#[test]
fn who_asked_not_to_be_written_to_is_left_out_everywhere() {
    use recado::engine::ConversationCommand;
    let stage = Stage::new();
    let gateway = stage.gateway();
    let mut program = stage.program();
    let account = program.add_account("Loja", &gateway);
    program.pause(account, true);
    let message = program.send_one(account, &number(4), "Olá");
    program.outbox(OutboxCommand::Cancel(message.id));
    program.until_state(message.id, MessageState::Cancelled);
    let mark = |marked| ConversationCommand::DoNotWrite(message.conversation, marked);
    program.command(Command::Conversation(mark(true)));
    program.outbox(OutboxCommand::SendAgain(message.id));
    program.until_notice("it is said", |notice| matches!(notice, Notice::DoNotWrite(_)));
    let ticket = program.begin_send(account, &[&number(4)], "Olá de novo");
    assert!(matches!(program.answer(ticket), Answer::Enqueued(Err(_))));
    let stored = program.send(account, &[&number(4), &number(5)], "A todos");
    assert_eq!(stored.len(), 1, "the others get it");
    program.command(Command::Conversation(mark(false)));
    program.outbox(OutboxCommand::SendAgain(message.id));
    program.until(account, "it waits again", |view| view.outbox.queued == 2);
}

/// The forms in which the same is told.
fn styles() -> Vec<WebhookStyle> {
    let plain = WebhookStyle::default();
    let everything_twice = WebhookStyle {
        shape: BodyShape::Array { at_most: 5 },
        content_type: ContentTypeStyle::Missing,
        numbers: NumberStyle::Text,
        escapes: false,
        message_copies: 2,
        files: FileStyle {
            encoding: FileEncoding::Multipart,
            data_uri: false,
            order: FileOrder::BeforeMessage,
            copies: 2,
            extension: ExtensionStyle::Wrong,
            ..FileStyle::default()
        },
        statuses: StatusStyle {
            name: StatusName::ClientId,
            copies: 3,
            shuffled: true,
            ..StatusStyle::default()
        },
    };
    let careless = WebhookStyle {
        content_type: ContentTypeStyle::Form,
        files: FileStyle {
            plus_becomes_blank: true,
            extension: ExtensionStyle::WrongWithFile,
            ..FileStyle::default()
        },
        statuses: StatusStyle {
            name: StatusName::Alternating,
            copies: 2,
            ..StatusStyle::default()
        },
        ..WebhookStyle::default()
    };
    let html = WebhookStyle {
        content_type: ContentTypeStyle::Html,
        files: FileStyle {
            encoding: FileEncoding::Multipart,
            ..FileStyle::default()
        },
        ..WebhookStyle::default()
    };
    vec![plain, everything_twice, careless, html]
}
