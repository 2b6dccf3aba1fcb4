/// What a partition does: how it opens, in which order it releases, how it ends.
@NullMarked
package dev.troupe.runtime.collection.logic;

import org.jspecify.annotations.NullMarked;
