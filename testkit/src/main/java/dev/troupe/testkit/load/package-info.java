/// A load on several servers at a fixed rate, whatever becomes of them, and what its clients
/// noticed.
@NullMarked
package dev.troupe.testkit.load;

import org.jspecify.annotations.NullMarked;
