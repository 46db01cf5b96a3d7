//! Files that came as an address: how far they are, and that they can be stopped.

use super::desk::Desk;
use crate::inbox::webhook_of;
use crate::stage::Stage;
use recado::domain::{MessageId, ThreadEntry};
use recado::engine::{Answer, Command, ContentError, FetchStep, InboxCommand};
use recado::simulator::devino::PlayedDevino;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::watch;

const BEGINNING: &[u8] = b"%PDF-1.7\n";
const END: &[u8] = b"%%EOF";

/// Serves a file to whoever asks: its beginning at once, its end only when `whole` says so.
async fn serve(listener: TcpListener, whole: watch::Receiver<bool>) {
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut whole = whole.clone();
        tokio::spawn(async move {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            let length = BEGINNING.len() + END.len();
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n");
            stream.write_all(head.as_bytes()).await.unwrap();
            stream.write_all(BEGINNING).await.unwrap();
            whole.wait_for(|whole| *whole).await.unwrap();
            // Whoever asked may be gone.
            let _ = stream.write_all(END).await;
        });
    }
}

#[test]
fn a_file_at_an_address_tells_how_far_it_is_and_can_be_stopped() {
    let stage = Stage::new();
    let desk = Desk::<PlayedDevino>::open(&stage);
    let mut program = stage.program();
    let account = desk.account(&mut program, "Loja");
    let url = webhook_of(&mut program, account);
    let listener = stage.handle().block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let address = listener.local_addr().unwrap();
    let (release, whole) = watch::channel(false);
    let server = stage.handle().spawn(serve(listener, whole));
    let body = format!(
        r#"{{"incomingMessageId":7,"to":"Recado","from":"5511900000044","ts":1795262400000,
            "contentUrl":"http://{address}/pedido.pdf","contentType":"application/pdf","contentName":"pedido.pdf"}}"#
    );
    let status = stage.handle().block_on(async {
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let post = client.post(url).header("content-type", "application/json");
        post.body(body).send().await.unwrap().status()
    });
    assert_eq!(status, 200);
    program.until(account, "it came", |view| view.inbox.last_message_at.is_some());
    let conversation = program.conversations(account)[0].conversation.id;
    let entry = program.thread(conversation).remove(0);
    let message: MessageId = entry.id();

    let fetch = |program: &mut crate::program::Program| {
        let ticket = program.ticket();
        program.command(Command::Inbox(InboxCommand::FetchContent(ticket, message)));
        ticket
    };
    let so_far = FetchStep {
        done: BEGINNING.len() as u64,
        total: Some((BEGINNING.len() + END.len()) as u64),
    };
    let stopped = fetch(&mut program);
    program.until_live("its beginning is here", |live| {
        live.fetching.get(&message) == Some(&so_far)
    });
    let twice = fetch(&mut program);
    assert!(
        matches!(
            program.answer(twice),
            Answer::ContentFetched(Err(ContentError::Stopped))
        ),
        "it is on its way"
    );
    program.command(Command::Inbox(InboxCommand::StopFetching(message)));
    let answer = program.answer(stopped);
    assert!(
        matches!(answer, Answer::ContentFetched(Err(ContentError::Stopped))),
        "{answer:?}"
    );
    program.until_live("it is no more under way", |live| live.fetching.is_empty());
    let media = stage.folder.path().join("media");
    assert_eq!(
        std::fs::read_dir(media).unwrap().count(),
        0,
        "nothing is left of it"
    );

    let again = fetch(&mut program);
    program.until_live("it comes again", |live| live.fetching.contains_key(&message));
    release.send_replace(true);
    let answer = program.answer(again);
    assert!(matches!(answer, Answer::ContentFetched(Ok(()))), "{answer:?}");
    program.until_live("it is here", |live| live.fetching.is_empty());
    let ThreadEntry::Incoming(message) = program.thread(conversation).remove(0) else {
        panic!("one that came");
    };
    let file = message.media.unwrap().file.unwrap();
    assert_eq!(
        (file.name.as_str(), file.bytes),
        ("pedido.pdf", so_far.total.unwrap())
    );
    server.abort();
}
