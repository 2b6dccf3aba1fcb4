/// The trace of a write: which one it belongs to, and the spans that its steps leave in it.
@NullMarked
package dev.troupe.runtime.trace;

import org.jspecify.annotations.NullMarked;
