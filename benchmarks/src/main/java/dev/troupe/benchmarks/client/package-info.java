/// Clients that cost little of the processors that they share with the server.
@NullMarked
package dev.troupe.benchmarks.client;

import org.jspecify.annotations.NullMarked;
