/// A whole server as a process of its own, measured through HTTPS.
@NullMarked
package dev.troupe.benchmarks.server;

import org.jspecify.annotations.NullMarked;
