/// Pods themselves.
@NullMarked
package dev.troupe.resources.kind.pod;

import org.jspecify.annotations.NullMarked;
