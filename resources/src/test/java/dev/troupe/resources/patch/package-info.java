@NullMarked
package dev.troupe.resources.patch;

import org.jspecify.annotations.NullMarked;
