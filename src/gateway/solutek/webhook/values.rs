//! Values of this vendor's webhook: the shared readers, with its names for things.

use crate::domain::PhoneNumber;
use crate::gateway::inbound::values;
use crate::gateway::tolerant::Object;

pub(super) use values::{clean, digest_of, name, readable, time};

/// Who wrote.
///
/// # Errors
/// Why it is no person's number.
pub(super) fn sender(object: &Object) -> Result<PhoneNumber, String> {
    values::sender(object, "whatsapp")
}

/// An identifier: a text or a number, or an object that holds it, as some libraries write them.
pub(super) fn identifier(object: &Object, key: &str) -> Option<String> {
    values::identifier(object, key, &["_serialized", "id", "idmsg"])
}
