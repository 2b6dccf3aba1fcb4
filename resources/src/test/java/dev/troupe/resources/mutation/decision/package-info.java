@NullMarked
package dev.troupe.resources.mutation.decision;

import org.jspecify.annotations.NullMarked;
