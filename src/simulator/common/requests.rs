//! What a played vendor that speaks JSON does with a request.

use super::super::faults::{Fault, FaultRule};
use super::super::life::Played as _;
use super::ledger::RequestRecord;
use super::page::Page;
use super::state::VendorState;
use super::vendor::{Function, Vendor};
use bytes::Bytes;
use tokio::time::Instant;

/// A request as it came.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) authorization: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) body: Bytes,
}

impl<V: Vendor> VendorState<V> {
    /// Takes a request for a function: strikes it with a fault or carries it out, and writes it into the book.
    pub(super) fn take_request(
        &mut self,
        function: Function,
        request: Request,
        now: Instant,
    ) -> (Page, Option<Fault>) {
        let rule = self.faults.take(function);
        let processed = rule.as_ref().is_none_or(FaultRule::is_processed);
        let authorized =
            !self.credentials_refused && self.vendor.is_authorised(request.authorization.as_deref());
        let page = match (processed, authorized) {
            (false, _) => self.vendor.broken(),
            (true, false) => self.vendor.unauthorised(),
            (true, true) => V::answer(self, function, &request.body, now),
        };
        let fault = rule.map(|rule| rule.fault);
        self.record(Some(function), request, processed, fault.as_ref(), now);
        (page, fault)
    }

    /// Writes a request into the book.
    pub(super) fn record(
        &mut self,
        function: Option<Function>,
        request: Request,
        processed: bool,
        fault: Option<&Fault>,
        now: Instant,
    ) {
        let scheme = request.authorization.as_deref();
        let record = RequestRecord {
            method: request.method,
            path: request.path,
            function,
            at: self.since_start(now),
            scheme: scheme
                .and_then(|header| header.split_once(' '))
                .map(|(scheme, _)| scheme.to_owned()),
            content_type: request.content_type,
            body: String::from_utf8_lossy(&request.body).into_owned(),
            processed,
            fault: fault.map(|fault| format!("{fault:?}").chars().take(80).collect()),
        };
        self.book.requests.push(record);
        self.touch();
    }
}
