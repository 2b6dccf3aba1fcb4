/// Nodes, and the leases by which they show that they live.
@NullMarked
package dev.troupe.resources.kind.node;

import org.jspecify.annotations.NullMarked;
