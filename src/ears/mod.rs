//! Microphone or recording -> utterances.
