/// The actors under a write, without HTTPS.
@NullMarked
package dev.troupe.benchmarks.actors;

import org.jspecify.annotations.NullMarked;
