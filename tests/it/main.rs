//! One test binary: every feature is tested through one door with data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop where it stands; clippy.toml knows only `#[test]` functions
#![allow(clippy::too_many_lines)] // a table of cases is one function

mod accounts;
mod alerts;
mod app;
mod badge;
mod cli;
mod diagnostic;
mod domain;
mod ears;
mod ears_devices;
mod ears_endpoint;
mod ears_lanes;
mod ears_rehearsal;
mod ears_words;
mod keymap;
mod models;
mod newcomer;
mod night;
mod night_destinations;
mod night_gaps;
mod night_packets;
mod report;
mod returns;
mod screen;
mod show;
mod store;
mod stories;
mod terminal;
mod theme;
mod tidy;
