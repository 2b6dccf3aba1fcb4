/// What happened in the world, as clients and watchers saw it, and whether it may have.
@NullMarked
package dev.troupe.testkit.history;

import org.jspecify.annotations.NullMarked;
