/// Troupe as real processes, for what only real processes can show: kills, clients, start-up, load.
@NullMarked
package dev.troupe.testkit.process;

import org.jspecify.annotations.NullMarked;
