/// Definitions of own kinds: how they are made from classes, and what a change of one would lose.
@NullMarked
package dev.troupe.api.definition;

import org.jspecify.annotations.NullMarked;
