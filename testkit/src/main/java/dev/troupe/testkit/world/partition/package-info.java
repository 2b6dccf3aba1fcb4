/// A world of partitions, resources and relays, carried as their actors carry them.
@NullMarked
package dev.troupe.testkit.world.partition;

import org.jspecify.annotations.NullMarked;
