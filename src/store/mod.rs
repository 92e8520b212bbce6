//! The deeds on disk: a journal that is the truth, sled that is read and rebuilt.
