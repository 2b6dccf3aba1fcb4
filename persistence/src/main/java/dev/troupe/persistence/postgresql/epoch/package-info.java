/// Begins and ends the epochs of partitions, and proves that the fence holds.
@NullMarked
package dev.troupe.persistence.postgresql.epoch;

import org.jspecify.annotations.NullMarked;
