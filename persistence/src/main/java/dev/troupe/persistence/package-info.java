/// Event stores, one per engine, and what they share.
@NullMarked
package dev.troupe.persistence;

import org.jspecify.annotations.NullMarked;
