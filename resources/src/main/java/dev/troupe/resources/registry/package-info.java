/// Which resource types there are, and the facts about each.
@NullMarked
package dev.troupe.resources.registry;

import org.jspecify.annotations.NullMarked;
