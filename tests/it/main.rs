//! One test binary: every feature is tested through one door with data.
mod domain;
mod ears;
