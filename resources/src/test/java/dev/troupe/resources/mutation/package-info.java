@NullMarked
package dev.troupe.resources.mutation;

import org.jspecify.annotations.NullMarked;
