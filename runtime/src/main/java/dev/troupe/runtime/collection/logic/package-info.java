/// What a partition does: the order of release, the epochs, who waits and who follows.
@NullMarked
package dev.troupe.runtime.collection.logic;

import org.jspecify.annotations.NullMarked;
