/// What of a stored object must be known to find it, read without decoding the rest.
@NullMarked
package dev.troupe.resources.codec.index;

import org.jspecify.annotations.NullMarked;
