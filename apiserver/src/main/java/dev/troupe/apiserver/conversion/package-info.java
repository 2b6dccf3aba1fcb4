/// Objects of types whose versions somebody else converts: he is asked on the way in and out, so
/// that partitions know the stored version alone.
@NullMarked
package dev.troupe.apiserver.conversion;

import org.jspecify.annotations.NullMarked;
