/// Worlds of virtual time, seeded schedules and faults.
@NullMarked
package dev.troupe.testkit.world;

import org.jspecify.annotations.NullMarked;
