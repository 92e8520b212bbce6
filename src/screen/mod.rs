//! The model -> cells; it only reads.
