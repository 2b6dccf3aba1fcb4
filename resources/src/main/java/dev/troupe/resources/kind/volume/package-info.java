/// The volumes of pods.
@NullMarked
package dev.troupe.resources.kind.volume;

import org.jspecify.annotations.NullMarked;
