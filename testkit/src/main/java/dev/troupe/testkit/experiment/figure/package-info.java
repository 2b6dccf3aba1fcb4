/// What a record says in numbers: over time, by partition, by member, and of takeovers.
@NullMarked
package dev.troupe.testkit.experiment.figure;

import org.jspecify.annotations.NullMarked;
