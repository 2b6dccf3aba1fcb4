package dev.troupe.testkit.load;

import dev.troupe.testkit.process.ApiCalls;

/// One of the servers that clients may ask.
///
/// @param number its place in the list of all
public record AskedServer(int number, ApiCalls api) {}
