//! Any payload of a badge -> a person; a burst of keys -> one scan. Pure.
