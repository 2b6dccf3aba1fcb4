/// What members say to each other.
@NullMarked
package dev.troupe.runtime.gateway.message;

import org.jspecify.annotations.NullMarked;
