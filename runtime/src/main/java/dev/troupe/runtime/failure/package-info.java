/// Why something that was asked for did not come.
@NullMarked
package dev.troupe.runtime.failure;

import org.jspecify.annotations.NullMarked;
