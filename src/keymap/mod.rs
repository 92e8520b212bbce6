//! Keys as data: chords, the file format, layers, and the help made from them.
