/// What stands behind services: endpoint slices, and the addresses that are taken.
@NullMarked
package dev.troupe.resources.kind.network;

import org.jspecify.annotations.NullMarked;
