//! What it costs that no message is lost and none goes out twice: messages a second through the outbox, where each is
//! committed before, while and after it is sent, beside bare calls of the same client to the same gateway.
//!
//! Prints medians of alternating rounds. Run with `cargo bench --bench outbox`.

#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod support;

use recado::domain::outbox::SendVerdict;
use recado::domain::{ClientMessageId, PhoneNumber};
use recado::engine::{Command, Engine, EngineOptions, Link, OutboxCommand, Ticket};
use recado::gateway::{Gateway, SendRequest, connect};
use std::sync::Arc;
use std::time::{Duration, Instant};
use support::{World, median, number_of};

const ROUNDS: usize = 5;
const MESSAGES: usize = 200;
const PATIENCE: Duration = Duration::from_secs(120);

fn main() {
    let world = World::new();
    let gateway = connect(world.account.gateway, world.credentials()).unwrap();
    let options = EngineOptions::new(world.folder.path().to_path_buf(), world.secrets.clone());
    let mut engine = Engine::start(options).unwrap();
    let mut link = engine.take_link().unwrap();
    let (mut bare, mut outbox) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        bare.push(rate(|| bare_calls(&world, &gateway)));
        outbox.push(rate(|| through_the_outbox(&world, &mut link, round)));
    }
    engine.shutdown();
    let really = world.simulator.ledger().messages().len();
    assert_eq!(really, 2 * ROUNDS * MESSAGES, "messages at the gateway");
    let (bare, outbox) = (median(bare), median(outbox));
    println!("messages a second, one after the other, {ROUNDS} rounds of {MESSAGES} each in turn:");
    println!("  bare calls        {bare:.0}");
    println!("  through the outbox {outbox:.0}, ratio {:.2}", outbox / bare);
}

fn rate(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    MESSAGES as f64 / begun.elapsed().as_secs_f64()
}

fn people() -> Vec<PhoneNumber> {
    (0..MESSAGES).map(number_of).collect()
}

fn bare_calls(world: &World, gateway: &Arc<dyn Gateway>) {
    for to in people() {
        let request = SendRequest {
            client_id: ClientMessageId::random(),
            to,
            text: "Seu pedido está pronto 📦".to_owned(),
            attachment: None,
            template: None,
            callback: None,
        };
        let report = world.runtime.block_on(gateway.send(&request));
        assert!(
            matches!(report.verdict, SendVerdict::Accepted { .. }),
            "{report:?}"
        );
    }
}

fn through_the_outbox(world: &World, link: &mut Link, round: usize) {
    let wanted = u64::try_from((round + 1) * MESSAGES).unwrap();
    let command = OutboxCommand::Send {
        template: None,
        ticket: Ticket(wanted),
        account: world.account.id,
        to: people(),
        names: Vec::new(),
        text: "Seu pedido está pronto 📦".to_owned(),
        attachments: Vec::new(),
        not_before: None,
    };
    world.runtime.block_on(async {
        link.commands.send(Command::Outbox(command)).await.ok().unwrap();
        let done = link.live.wait_for(|live| {
            let counts = live.accounts[0].outbox;
            counts.accepted + counts.sent + counts.delivered + counts.read >= wanted
        });
        tokio::time::timeout(PATIENCE, done).await.unwrap().unwrap();
        while link.events.try_recv().is_ok() {}
    });
}
