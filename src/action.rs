//! The registry of what a key can do: one slice that help, footer, palette and validation read.
