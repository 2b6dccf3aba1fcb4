/// What a partition does: the index, the order of release, the epochs.
@NullMarked
package dev.troupe.runtime.collection.logic;

import org.jspecify.annotations.NullMarked;
