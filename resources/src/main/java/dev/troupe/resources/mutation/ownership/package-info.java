/// Who owns which fields of an object, and what becomes of that when it is written or applied.
@NullMarked
package dev.troupe.resources.mutation.ownership;

import org.jspecify.annotations.NullMarked;
