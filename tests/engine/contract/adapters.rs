//! The simulators behind [`PlayedGateway`].

use super::desk::{Contracted, Desk, is_send};
use super::played::{Facts, PlayedGateway, Request, Taken};
use crate::stage::{Played, Stage, draft};
use recado::domain::account::AccountDraft;
use recado::simulator::common::{Function, Step, VendorState};
use recado::simulator::webhook::{StatusName, StatusStyle};
use recado::simulator::{
    Contact, Endpoint, Fault, FaultRule, Said, SimulatorState, Times, WebhookRetry, WebhookStyle,
};
use url::Url;

const PLENTY: u64 = 1_000_000;

/// The one with a form of its own.
pub fn form(stage: &Stage, port: u16) -> Box<dyn PlayedGateway> {
    let played = stage.gateway_with(|config| config.port = port);
    played.control.set_webhook_retry(WebhookRetry::fast());
    Box::new(played)
}

/// One that speaks JSON.
pub fn json<V: Contracted>(stage: &Stage, port: u16) -> Box<dyn PlayedGateway> {
    Box::new(Desk::<V>::open_with(stage, |common| {
        common.window = None;
        common.port = port;
    }))
}

fn facts_of_form(state: &SimulatorState) -> Facts {
    let book = state.ledger();
    let taken = book.messages().iter().map(|message| Taken {
        id: message.log_id.clone(),
        mark: message.client_id.clone(),
        to: message.to.clone(),
        text: message.text.clone(),
        template: None,
        callback: None,
        file_url: message.attachment_url.clone(),
        file: message.attachment.as_ref().map(|file| (file.status, file.sha256)),
        times_sent: message.sent_at.len(),
        seen: message.statuses.iter().any(|status| status.code == 3),
    });
    let sends = book
        .requests()
        .iter()
        .filter(|request| request.endpoint == Some(Endpoint::Send));
    let count = |is: &dyn Fn(Option<Endpoint>) -> bool| {
        let requests = book.requests().iter();
        requests.filter(|request| is(request.endpoint)).count()
    };
    Facts {
        sends: sends
            .map(|request| Request {
                body: format!("{:?}", request.fields),
            })
            .collect(),
        taken: taken.collect(),
        strays: count(&|endpoint| endpoint.is_none()),
        questions: 0,
        reads: count(&|endpoint| endpoint.is_some_and(|endpoint| endpoint != Endpoint::Send)),
        is_drained: state.queue_length() == 0,
        is_quiet: state.is_webhook_quiet(),
    }
}

impl Played {
    fn report(&self, statuses: StatusStyle) {
        self.control.set_webhook_style(WebhookStyle {
            statuses,
            ..WebhookStyle::default()
        });
    }
}

impl PlayedGateway for Played {
    fn port(&self) -> u16 {
        self.port
    }

    fn stop(&mut self) {
        Self::stop(self);
    }

    fn draft(&self, name: &str, token: &str) -> AccountDraft {
        draft(name, &self.url, token)
    }

    fn fault(&self, fault: Fault, times: Times, processed: Option<bool>) {
        Self::fault(self, Endpoint::Send, fault, times, processed);
    }

    fn clear_faults(&self) {
        self.control.clear_faults();
    }

    fn refuse_next(&self) {
        let words = "Número do whatsapp inválido".to_owned();
        Self::fault(self, Endpoint::Send, Fault::WrongErro(words), Times::ONCE, None);
    }

    fn run_out(&self) {
        self.control.set_limit(0);
    }

    fn refill(&self) {
        self.control.set_limit(PLENTY);
    }

    fn refuse_credentials(&self, refused: bool) {
        self.control.refuse_credentials(refused);
    }

    fn hold(&self, held: bool) {
        self.control.hold_queue(held);
    }

    fn call_at(&self, address: Url) {
        self.control.set_webhook(Some(address));
    }

    fn report_by_our_mark(&self) {
        self.report(StatusStyle {
            name: StatusName::ClientId,
            ..StatusStyle::default()
        });
    }

    fn report_in_disorder(&self) {
        self.report(StatusStyle {
            copies: 3,
            shuffled: true,
            ..StatusStyle::default()
        });
    }

    /// In its disorder it has told that already.
    fn report_late(&self, _: &Taken) {}

    fn hear(&self, from: &Contact, text: &str, copies: usize) {
        self.control.set_webhook_style(WebhookStyle {
            message_copies: copies,
            ..WebhookStyle::default()
        });
        self.control.contact_writes(from.clone(), Said::text(text));
    }

    fn facts(&self) -> Facts {
        self.control.read(facts_of_form)
    }

    fn wait(&self, what: &str, condition: &mut dyn FnMut(&Facts) -> bool) {
        Self::wait(self, what, |state| condition(&facts_of_form(state)));
    }
}

fn facts_of_json<V: Contracted>(state: &VendorState<V>) -> Facts {
    let book = state.book();
    let taken = book.messages().iter().map(|message| Taken {
        id: message.id.to_string(),
        mark: message.mark.clone(),
        to: message.to.clone(),
        text: message.text.clone(),
        template: message
            .template
            .clone()
            .map(|template| (template.key, template.values)),
        callback: message.callback.clone(),
        file_url: message.attachment_url.clone(),
        file: message.attachment.as_ref().map(|file| (file.status, file.sha256)),
        times_sent: usize::from(message.sent_at.is_some()),
        seen: message.latest_step() == Some(Step::Seen),
    });
    let sends = book.requests().iter().filter(|request| is_send(request));
    let with_function = book
        .requests()
        .iter()
        .filter(|request| request.function.is_some());
    Facts {
        sends: sends
            .map(|request| Request {
                body: request.body.clone(),
            })
            .collect(),
        taken: taken.collect(),
        strays: book.requests().len() - with_function.clone().count(),
        questions: book.requests_to(Function::State),
        reads: with_function.filter(|request| !is_send(request)).count(),
        is_drained: state.queue_length() == 0,
        is_quiet: state.is_all_told(),
    }
}

impl<V: Contracted> PlayedGateway for Desk<V> {
    fn port(&self) -> u16 {
        self.url.parse::<Url>().unwrap().port().unwrap()
    }

    fn stop(&mut self) {
        Self::stop(self);
    }

    fn draft(&self, name: &str, token: &str) -> AccountDraft {
        Self::draft_with(self, name, token)
    }

    fn fault(&self, fault: Fault, times: Times, processed: Option<bool>) {
        self.control.add_fault(FaultRule {
            endpoint: Some(Function::Send),
            fault,
            times,
            processed,
        });
    }

    fn clear_faults(&self) {
        self.control.clear_faults();
    }

    fn refuse_next(&self) {
        V::refuse_next(&self.control);
    }

    fn run_out(&self) {
        self.control.set_balance(0);
    }

    fn refill(&self) {
        self.control.set_balance(PLENTY);
    }

    fn refuse_credentials(&self, refused: bool) {
        self.control.refuse_credentials(refused);
    }

    fn hold(&self, held: bool) {
        self.control.hold_queue(held);
    }

    fn call_at(&self, address: Url) {
        self.control.set_webhook(Some(address));
    }

    /// It always does.
    fn report_by_our_mark(&self) {}

    fn report_in_disorder(&self) {
        V::report_thrice(&self.control);
    }

    fn report_late(&self, taken: &Taken) {
        let body = V::delivered(taken);
        self.control
            .post_body(taken.callback.clone(), Some("application/json"), body);
    }

    fn hear(&self, from: &Contact, text: &str, copies: usize) {
        V::hear(&self.control, from, text, copies);
    }

    fn facts(&self) -> Facts {
        self.control.read(facts_of_json)
    }

    fn wait(&self, what: &str, condition: &mut dyn FnMut(&Facts) -> bool) {
        Self::wait(self, what, |state| condition(&facts_of_json(state)));
    }
}
