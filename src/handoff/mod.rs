//! The night: rows, files and their manifest.
