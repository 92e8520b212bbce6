//! The program as a state machine: messages in, the model changed, effects out.
