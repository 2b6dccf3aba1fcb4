/// The containers of pods.
@NullMarked
package dev.troupe.resources.kind.container;

import org.jspecify.annotations.NullMarked;
