/// The rules that definitions of custom resources have as expressions: what is wrong with them, and
/// with objects that do not keep them.
@NullMarked
package dev.troupe.resources.expression;

import org.jspecify.annotations.NullMarked;
