//! Testing, saving, changing and removing accounts; what happens when their secrets cannot be had.

use crate::program::{Program, number};
use crate::stage::{Stage, TOKEN, draft, ready_status};
use futures_util::future::{BoxFuture, FutureExt as _, ready};
use recado::domain::account::{AccountDraft, DraftProblemKind};
use recado::domain::conversation::ConversationFilter;
use recado::domain::message::{MessageState, ReasonKind};
use recado::domain::{AccountId, Connection, Secret};
use recado::engine::{
    AccountCommand, AccountError, Answer, CallErrorKind, Command, Notice, Question, TestResult,
};
use recado::secrets::{SecretError, SecretStatus, SecretVault, Secrets};
use recado::simulator::{Endpoint, Fault, Times};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A place for secrets that fails as it is told.
#[derive(Default)]
pub struct MoodyVault {
    entries: Mutex<BTreeMap<(AccountId, &'static str), Secret>>,
    /// What everything is answered, while it is set.
    mood: Mutex<Option<SecretError>>,
}

impl MoodyVault {
    pub fn secrets(self: &Arc<Self>) -> Secrets {
        Secrets::with_vault(Arc::clone(self) as Arc<dyn SecretVault>, ready_status())
    }

    pub fn set_mood(&self, mood: Option<SecretError>) {
        *self.mood.lock().unwrap() = mood;
    }

    /// How many secrets there are.
    pub fn len(&self) -> usize {
        self.entries.lock().unwrap().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn with<T>(
        &self,
        act: impl FnOnce(&mut BTreeMap<(AccountId, &'static str), Secret>) -> T,
    ) -> Result<T, SecretError> {
        match self.mood.lock().unwrap().clone() {
            Some(error) => Err(error),
            None => Ok(act(&mut self.entries.lock().unwrap())),
        }
    }
}

impl SecretVault for MoodyVault {
    fn status(&self) -> BoxFuture<'_, SecretStatus> {
        ready(ready_status()).boxed()
    }

    fn get(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<Secret, SecretError>> {
        let found = self.with(|entries| entries.get(&(account, field)).cloned());
        ready(found.and_then(|secret| secret.ok_or(SecretError::NotFound))).boxed()
    }

    fn put(
        &self,
        account: AccountId,
        field: &'static str,
        secret: Secret,
    ) -> BoxFuture<'_, Result<(), SecretError>> {
        ready(
            self.with(|entries| entries.insert((account, field), secret))
                .map(drop),
        )
        .boxed()
    }

    fn remove(&self, account: AccountId, field: &'static str) -> BoxFuture<'_, Result<(), SecretError>> {
        ready(self.with(|entries| entries.remove(&(account, field))).map(drop)).boxed()
    }
}

fn test(
    program: &mut Program,
    id: Option<AccountId>,
    draft: AccountDraft,
) -> Result<TestResult, AccountError> {
    let ticket = program.ticket();
    program.command(Command::Account(AccountCommand::Test {
        ticket,
        id,
        draft: Box::new(draft),
    }));
    match program.answer(ticket) {
        Answer::Tested(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

fn reveal(program: &mut Program, id: AccountId) -> Result<Secret, SecretError> {
    let ticket = program.ticket();
    program.command(Command::Account(AccountCommand::Reveal {
        ticket,
        id,
        field: "token",
    }));
    match program.answer(ticket) {
        Answer::Revealed(outcome) => outcome,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_test_sends_nothing_and_disconnects_nothing() {
    let stage = Stage::new();
    let mut gateway = stage.gateway();
    let mut program = stage.program();
    let found = test(
        &mut program,
        None,
        draft("Loja", &gateway.url, &format!(" {TOKEN}\r\n")),
    )
    .unwrap();
    let phone = found.phone.unwrap();
    assert!(phone.paired && phone.online && phone.name.as_deref() == Some("Balcão da loja"));
    let refused = test(&mut program, None, draft("Loja", &gateway.url, "wrong-token-1")).unwrap_err();
    assert!(
        matches!(&refused, AccountError::Call(error) if error.kind == CallErrorKind::CredentialsRefused),
        "{refused:?}"
    );
    assert!(!format!("{refused:?}").contains("wrong-token-1"));
    let requests = gateway.ledger.all_requests();
    assert_eq!(requests.len(), 2);
    assert!(
        requests
            .iter()
            .all(|request| request.endpoint == Some(Endpoint::Status))
    );
    assert!(program.link.live.borrow().accounts.is_empty(), "nothing is saved");
    gateway.stop();
    let unreachable = test(&mut program, None, draft("Loja", &gateway.url, TOKEN)).unwrap_err();
    assert!(matches!(unreachable, AccountError::Call(error) if error.kind == CallErrorKind::Unreachable));
}

#[test]
fn what_was_typed_wrong_is_told_field_by_field() {
    let stage = Stage::new();
    let mut program = stage.program();
    let wrong = AccountDraft {
        name: " ".to_owned(),
        ..draft("", "http://gateway.example/", "")
    };
    for outcome in [
        test(&mut program, None, wrong.clone()).map(drop),
        program.save(None, wrong).map(drop),
    ] {
        let Err(AccountError::Fields(problems)) = outcome else {
            panic!()
        };
        let problems: Vec<_> = problems
            .iter()
            .map(|problem| (problem.field.as_str(), problem.kind))
            .collect();
        assert_eq!(
            problems,
            [
                ("name", DraftProblemKind::Empty),
                ("base_url", DraftProblemKind::NotEncrypted),
                ("token", DraftProblemKind::Empty)
            ]
        );
    }
}

#[test]
fn a_change_keeps_the_secret_that_was_not_typed() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    let account = program.add_account("Loja", &gateway);
    program.until(account, "works", |view| {
        view.health.connection == Connection::Ready
    });
    let taken = program
        .save(None, draft("LOJA", &gateway.url, TOKEN))
        .unwrap_err();
    assert!(
        matches!(&taken, AccountError::Fields(problems) if problems[0].kind == DraftProblemKind::NameTaken)
    );
    let mut change = draft("Loja Norte", &gateway.url, "");
    change.default_country = "pt".to_owned();
    test(&mut program, Some(account), change.clone()).unwrap();
    assert_eq!(program.save(Some(account), change), Ok(account));
    let view = program.account_view(account);
    assert_eq!(
        (view.account.name.as_str(), view.account.default_country.as_str()),
        ("Loja Norte", "PT")
    );
    assert_eq!(reveal(&mut program, account).unwrap().reveal(), TOKEN);
    let message = program.send_one(account, &number(1), "Oi");
    program.until_state(message.id, MessageState::Accepted);
    program.shutdown();
    let mut again = stage.program_with(|options| options.secrets = vault.secrets());
    assert_eq!(again.account_view(account).account.name, "Loja Norte");
    let message = again.send_one(account, &number(1), "Oi");
    again.until_state(message.id, MessageState::Accepted);
}

#[test]
fn an_account_whose_secret_cannot_be_kept_is_not_saved() {
    let stage = Stage::new();
    let gateway = stage.gateway();
    let vault = Arc::new(MoodyVault::default());
    let mut program = stage.program_with(|options| options.secrets = vault.secrets());
    for error in [
        SecretError::NoAnswer,
        SecretError::Absent("none".to_owned()),
        SecretError::Failed("no".to_owned()),
    ] {
        vault.set_mood(Some(error));
        let outcome = program.save(None, draft("Loja", &gateway.url, TOKEN));
        assert!(matches!(outcome, Err(AccountError::Secrets(_))), "{outcome:?}");
    }
    assert!(program.link.live.borrow().accounts.is_empty());
    vault.set_mood(None);
    program.add_account("Loja", &gateway);
}

#[test]
fn a_queue_without_its_credentials_waits_and_loses_nothing() {
    for mood in [
        SecretError::NotFound,
        SecretError::NoAnswer,
        SecretError::Absent("gone".to_owned()),
    ] {
        let stage = Stage::new();
        let gateway = stage.gateway();
        let vault = Arc::new(MoodyVault::default());
        let mut program = stage.program_with(|options| options.secrets = vault.secrets());
        let account = program.add_account("Loja", &gateway);
        program.pause(account, true);
        let first = program.send_one(account, &number(1), "Oi");
        program.pause(account, true);
        program.shutdown();
        let reads = gateway.ledger.all_requests().len();

        vault.set_mood(Some(mood));
        let mut again = stage.program_with(|options| options.secrets = vault.secrets());
        again.pause(account, false);
        let second = again.send_one(account, &number(2), "Oi");
        let view = again.until(account, "held", |view| {
            view.held
                .as_ref()
                .is_some_and(|reason| reason.kind == ReasonKind::CredentialsMissing)
                && view.health.connection == Connection::CredentialsMissing
        });
        assert_eq!(
            (view.outbox.queued, view.outbox.rejected, view.outbox.unknown),
            (2, 0, 0)
        );
        assert_eq!(again.message(first.id).attempts, 0);
        assert_eq!(gateway.ledger.all_requests().len(), reads, "nothing was asked");
        vault.set_mood(None);
        again.refresh(account);
        for message in [first, second] {
            again.until_state(message.id, MessageState::Accepted);
        }
        again.until(account, "not held", |view| view.held.is_none());
        gateway.wait_until_drained();
        gateway.assert_nothing_doubled();
    }
}

fn conversations(program: &mut Program) -> usize {
    let question = Question::Conversations {
        filter: ConversationFilter::default(),
        before: None,
        limit: 10,
    };
    match program.ask(question) {
        Answer::Conversations(rows) => rows.len(),
        other => panic!("{other:?}"),
    }
}

fn remove(program: &mut Program, id: AccountId, with_history: bool) {
    program.command(Command::Account(AccountCommand::Remove { id, with_history }));
    program.until_notice("removed", |notice| matches!(notice, Notice::AccountRemoved(_)));
    assert!(program.link.live.borrow().account(id).is_none());
}

#[test]
fn a_removed_account_leaves_its_history_or_nothing() {
    for with_history in [false, true] {
        let stage = Stage::new();
        let gateway = stage.gateway();
        let vault = Arc::new(MoodyVault::default());
        let mut program = stage.program_with(|options| options.secrets = vault.secrets());
        let account = program.add_account("Loja", &gateway);
        let sent = program.send_one(account, &number(1), "Oi");
        program.until_state(sent.id, MessageState::Accepted);
        program.pause(account, true);
        let waiting = program.send_one(account, &number(2), "Oi");
        remove(&mut program, account, with_history);
        assert!(vault.entries.lock().unwrap().is_empty(), "the secret is gone");
        assert!(reveal(&mut program, account).is_err());
        if with_history {
            assert_eq!(conversations(&mut program), 0);
            assert!(matches!(
                program.ask(Question::Message(sent.id)),
                Answer::Failed(_)
            ));
        } else {
            assert_eq!(conversations(&mut program), 2);
            assert_eq!(program.message(sent.id).state, MessageState::Accepted);
            assert_eq!(program.message(waiting.id).state, MessageState::Cancelled);
        }
        let ticket = program.begin_send(account, &[&number(3)], "Oi");
        assert!(matches!(program.answer(ticket), Answer::Enqueued(Err(_))));
        let reads = gateway.ledger.all_requests().len();
        program.shutdown();
        let again = stage.program_with(|options| options.secrets = vault.secrets());
        assert!(again.link.live.borrow().accounts.is_empty());
        assert_eq!(gateway.ledger.all_requests().len(), reads);
    }
}

#[test]
fn an_account_can_be_removed_while_it_sends() {
    for with_history in [false, true] {
        let stage = Stage::new();
        let gateway = stage.gateway();
        let delay = Fault::Delay(Duration::from_millis(600));
        gateway.fault(Endpoint::Send, delay, Times::ONCE, None);
        let mut program = stage.program();
        let account = program.add_account("Loja", &gateway);
        let message = program.send_one(account, &number(1), "Oi");
        gateway.wait("under way", |state| {
            state.ledger().requests_to(Endpoint::Send) == 1
        });
        remove(&mut program, account, with_history);
        if !with_history {
            program.until_state(message.id, MessageState::Accepted);
        }
        program.shutdown();
        program.take_events();
        let failed: Vec<_> = program
            .notices
            .iter()
            .filter(|notice| matches!(notice, Notice::Failed(_)))
            .collect();
        assert!(failed.is_empty(), "{failed:?}");
        gateway.assert_nothing_doubled();
    }
}
