//! Which company it is, and whose: matching names, domains and territories. Pure.
