/// Collections of resources: partitions that hold them, the index that is read, and the way in for
/// everybody else.
@NullMarked
package dev.troupe.runtime.collection;

import org.jspecify.annotations.NullMarked;
