/// The fields that an object has, how two objects differ, how one is merged into another.
@NullMarked
package dev.troupe.resources.ownership.merging;

import org.jspecify.annotations.NullMarked;
