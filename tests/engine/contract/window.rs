//! The day after a person's last word.

use super::desk::{Desk, LONGER_THAN_A_DAY};
use super::played::TEMPLATE;
use crate::program::{Program, number};
use crate::stage::{Stage, TOKEN, token_for_all};
use recado::domain::message::{MessageState, ReasonKind};
use recado::domain::time::Clock;
use recado::domain::{AccountId, TemplateMessage, Timestamp};
use recado::engine::{Answer, EnqueueError, Notice};
use recado::simulator::devino::PlayedDevino;
use recado::simulator::{Contact, Said};
use recado::store::Store;
use std::time::Duration;

/// A shop whose customers write to a number of a gateway that knows such a time.
struct Shop {
    stage: Stage,
    desk: Desk<PlayedDevino>,
    clock: Clock,
    account: AccountId,
    program: Program,
}

impl Shop {
    /// The gateway calls us.
    fn open() -> Self {
        let stage = Stage::new();
        let desk = Desk::<PlayedDevino>::open_with(&stage, |common| common.window = None);
        // The played gateway tells the real time of what is written: never later than it came.
        let clock = Clock::held(Timestamp::now().minus(LONGER_THAN_A_DAY * 5));
        let mut program = begin(&stage, &clock);
        let account = desk.account(&mut program, "Loja");
        desk.control.set_webhook(Some(program.until_listening(account)));
        Self {
            stage,
            desk,
            clock,
            account,
            program,
        }
    }

    /// Maria writes, and it has come.
    fn maria_writes(&mut self, words: &str) {
        let now = self.clock.now();
        self.desk
            .control
            .contact_writes(Contact::new(&number(1), "Maria Souza"), Said::text(words));
        self.program.until(self.account, "she is heard", |view| {
            view.inbox.last_message_at.is_some_and(|at| at >= now)
        });
    }

    /// The program is started again after so long. Listening went on all the while, or nobody listened.
    fn goes_on_after(&mut self, time: Duration, listened: bool) {
        self.program.shutdown();
        let from = self.clock.now();
        self.clock.advance(time);
        if listened {
            self.stage.handle().block_on(async {
                let store = Store::open(self.stage.folder.path()).await.unwrap();
                store.listened(from, self.clock.now()).await.unwrap();
                store.close().await;
            });
        }
        self.program = begin(&self.stage, &self.clock);
        self.program.until_live("somebody listens again", |live| {
            live.listener.unbroken_since.is_some()
        });
    }

    /// Who is refused free text; nothing is sent to anybody then.
    fn refused(&mut self, people: &[&str]) -> Vec<String> {
        let ticket = self.program.begin_send(self.account, people, "Promoção");
        match self.program.answer(ticket) {
            Answer::Enqueued(Err(EnqueueError::OutsideWindow(numbers))) => {
                numbers.iter().map(|number| number.digits().to_owned()).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn arrives(&mut self, to: &str, text: &str) {
        let sent = self.program.send_one(self.account, to, text);
        self.program.until_state(sent.id, MessageState::Read);
    }
}

fn begin(stage: &Stage, clock: &Clock) -> Program {
    stage.program_with(|options| {
        options.clock = clock.clone();
        options.secrets = token_for_all(TOKEN);
    })
}

#[test]
fn free_text_goes_within_a_day_and_a_template_always() {
    let mut shop = Shop::open();
    // As long as nobody has written, it cannot be told whether what is written comes here.
    shop.arrives(&number(2), "Oi");
    shop.maria_writes("Bom dia");
    // Nor whether somebody wrote before the first word came.
    shop.arrives(&number(2), "Oi");

    shop.goes_on_after(LONGER_THAN_A_DAY, true);
    assert_eq!(shop.refused(&[&number(1), &number(2)]), [number(1), number(2)]);
    let template = TemplateMessage {
        key: TEMPLATE.to_owned(),
        language: "pt_BR".to_owned(),
        values: vec!["Ana".to_owned()],
    };
    let sent = shop.program.send_template(shop.account, &number(2), template);
    shop.program.until_state(sent.id, MessageState::Read);
    shop.maria_writes("Ainda estão aí?");
    assert_eq!(
        shop.refused(&[&number(1), &number(2)]),
        [number(2)],
        "only who did not write"
    );
    shop.arrives(&number(1), "Bom dia, Maria");

    // Stored in time; its time is over before it can leave.
    shop.program.pause(shop.account, true);
    let sends = shop.desk.sends();
    let late = shop.program.send_one(shop.account, &number(1), "Até amanhã");
    shop.goes_on_after(LONGER_THAN_A_DAY, true);
    shop.program.pause(shop.account, false);
    let rejected = shop.program.until_state(late.id, MessageState::Rejected);
    assert_eq!(
        (rejected.reason.unwrap().kind, rejected.attempts),
        (ReasonKind::OutsideWindow, 0)
    );
    shop.program.until_notice("it is said", |notice| {
        matches!(notice, Notice::Problem(id, reason)
            if *id == late.id && reason.kind == ReasonKind::OutsideWindow)
    });
    assert_eq!(shop.desk.sends(), sends);
}

#[test]
fn what_may_have_been_written_while_nobody_listened_is_not_held_against_anybody() {
    let mut shop = Shop::open();
    shop.maria_writes("Bom dia");
    shop.goes_on_after(LONGER_THAN_A_DAY, true);
    assert_eq!(shop.refused(&[&number(1)]), [number(1)]);

    // Over a night in which nobody listened she may have written.
    shop.goes_on_after(Duration::from_secs(8 * 3_600), false);
    shop.arrives(&number(1), "Bom dia, Maria");
    shop.arrives(&number(2), "Bom dia");
}

#[test]
fn a_clock_that_is_set_ahead_ends_nobodys_time() {
    let mut shop = Shop::open();
    shop.maria_writes("Bom dia");
    shop.goes_on_after(LONGER_THAN_A_DAY, true);
    shop.maria_writes("Boa tarde");
    shop.program.pause(shop.account, true);
    let message = shop.program.send_one(shop.account, &number(1), "Olá");
    shop.clock.advance(LONGER_THAN_A_DAY);
    shop.program.pause(shop.account, false);
    shop.program.until_state(message.id, MessageState::Read);
}
