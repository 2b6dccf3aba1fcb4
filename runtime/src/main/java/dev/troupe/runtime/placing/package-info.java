/// Which member holds which partition: sharding places them, and somebody keeps them awake.
@NullMarked
package dev.troupe.runtime.placing;

import org.jspecify.annotations.NullMarked;
