/// What authors of controllers test them in: a world of virtual time in which everything may crash.
@NullMarked
package dev.troupe.testkit;

import org.jspecify.annotations.NullMarked;
