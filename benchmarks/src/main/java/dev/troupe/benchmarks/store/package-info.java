/// Event stores without Pekko: how fast they make values durable.
@NullMarked
package dev.troupe.benchmarks.store;

import org.jspecify.annotations.NullMarked;
