//! Which speech models exist; fetching, checking and choosing them.
