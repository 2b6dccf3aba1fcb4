/// What may be taken apart in an object, and what is replaced as a whole.
@NullMarked
package dev.troupe.resources.schema.shape;

import org.jspecify.annotations.NullMarked;
