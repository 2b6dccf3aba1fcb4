/// What pods and templates of pods have in common.
@NullMarked
package dev.troupe.resources.kind.podspec;

import org.jspecify.annotations.NullMarked;
