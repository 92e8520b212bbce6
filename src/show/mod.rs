//! The show folder: found, read, checked; never fails halfway.
