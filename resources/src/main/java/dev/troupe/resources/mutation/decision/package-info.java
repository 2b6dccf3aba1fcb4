/// How a mutation is decided: read, patched, held against preconditions and rules, written or
/// refused.
@NullMarked
package dev.troupe.resources.mutation.decision;

import org.jspecify.annotations.NullMarked;
