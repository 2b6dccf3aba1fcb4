/// Schemas that definitions bring along, compiled: what they prune, fill in and refuse.
@NullMarked
package dev.troupe.resources.structural;

import org.jspecify.annotations.NullMarked;
