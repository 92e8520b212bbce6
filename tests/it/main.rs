//! One test binary: every feature is tested through one door with data.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop where it stands; clippy.toml knows only `#[test]` functions
#![allow(clippy::too_many_lines, clippy::type_complexity)] // a table of cases is one function
#![allow(clippy::format_push_string, clippy::assigning_clones)] // test data is built as it reads best
#![allow(clippy::match_wild_err_arm, clippy::struct_field_names)] // what was waited for is the message

mod accounts;
mod alerts;
mod app;
mod attendees;
mod badge;
mod badge_cases;
mod cli;
mod diagnostic;
mod domain;
mod ears;
mod ears_bridge;
mod ears_decode;
mod ears_devices;
mod ears_endpoint;
mod ears_governor;
mod ears_lanes;
mod ears_rehearsal;
mod ears_seam;
mod ears_words;
mod echo;
mod follow_up;
mod import;
mod keymap;
mod listens;
mod models;
mod newcomer;
mod night;
mod night_bad;
mod night_bucket;
mod night_delta;
mod night_destinations;
mod night_eyes;
mod night_gaps;
mod night_list;
mod night_packets;
mod night_parquet;
mod night_sealed;
mod night_server;
mod polish;
mod qualify;
mod qualify_learn;
mod report;
mod report_browser;
mod respell;
mod returns;
mod scanner;
mod screen;
mod screen_code;
mod screen_words;
mod show;
mod store;
mod store_strike;
mod stories;
mod terminal;
mod theme;
mod tidy;
mod webhook;
