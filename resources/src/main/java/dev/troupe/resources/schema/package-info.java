/// The fields of every type: their types, what lists and maps mean, and how an object is held
/// against them.
@NullMarked
package dev.troupe.resources.schema;

import org.jspecify.annotations.NullMarked;
