/// Small programs that show how Troupe is used.
@NullMarked
package dev.troupe.samples;

import org.jspecify.annotations.NullMarked;
