/// Types that a definition describes: what the registry must know of them, and their kind, made
/// from data.
@NullMarked
package dev.troupe.resources.definition;

import org.jspecify.annotations.NullMarked;
