//! Starts the edges, runs the loop, performs effects, stops in order.
