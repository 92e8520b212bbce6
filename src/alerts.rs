//! Desktop notifications, sent off the loop.
