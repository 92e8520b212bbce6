//! Style by role, for every depth of colour.
