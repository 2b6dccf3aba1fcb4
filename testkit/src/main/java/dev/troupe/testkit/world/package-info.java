/// What worlds for tests stand on: virtual time, a seeded schedule, and a store with faults.
@NullMarked
package dev.troupe.testkit.world;

import org.jspecify.annotations.NullMarked;
