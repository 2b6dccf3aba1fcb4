/// One resource under several group-versions.
@NullMarked
package dev.troupe.resources.conversion;

import org.jspecify.annotations.NullMarked;
