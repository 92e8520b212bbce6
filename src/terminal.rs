//! Raw mode and back whatever happens, the panic hook, the log's and the terminal's place.
