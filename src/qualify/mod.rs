//! What was said -> signals with their quotes, the rating, who they say they are. Pure.
