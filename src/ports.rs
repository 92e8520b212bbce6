//! What the loop needs of the world, as traits.
