//! One fault of a file: place, message, remedy, drawn with a caret; and the nearest name.
