/// What a member measures of itself, and how others see it: counts, levels and durations, without
/// the library that shows them.
@NullMarked
package dev.troupe.runtime.measure;

import org.jspecify.annotations.NullMarked;
