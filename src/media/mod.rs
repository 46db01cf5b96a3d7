//! Files the operator attaches: what they are by their bytes, whether a gateway takes them, and pictures made fit to be
//! sent. Everything here blocks and may take long: it is called from threads of its own.
