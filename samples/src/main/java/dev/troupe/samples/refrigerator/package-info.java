/// A kind of one's own, a thermometer that is simulated, and a compressor that is switched.
@NullMarked
package dev.troupe.samples.refrigerator;

import org.jspecify.annotations.NullMarked;
