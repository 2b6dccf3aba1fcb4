/// Event stores and the journal plugins above them.
@NullMarked
package dev.troupe.persistence;

import org.jspecify.annotations.NullMarked;
