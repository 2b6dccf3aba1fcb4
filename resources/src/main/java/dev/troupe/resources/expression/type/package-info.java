/// What expressions know of a structural schema: the types of its fields, and how large they may
/// be.
@NullMarked
package dev.troupe.resources.expression.type;

import org.jspecify.annotations.NullMarked;
