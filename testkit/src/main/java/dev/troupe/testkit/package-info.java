/// A world of virtual time and seeded schedules for tests.
@NullMarked
package dev.troupe.testkit;

import org.jspecify.annotations.NullMarked;
