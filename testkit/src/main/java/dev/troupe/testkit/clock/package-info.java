/// Wrong clocks of JVMs: an agent lets everything in a process take another time for the present,
/// as its machine's clock would if it were wrong.
@NullMarked
package dev.troupe.testkit.clock;

import org.jspecify.annotations.NullMarked;
