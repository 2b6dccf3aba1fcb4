/// One resource: what is wanted of it, what is known of it, and the actor that holds it.
@NullMarked
package dev.troupe.runtime.resource;

import org.jspecify.annotations.NullMarked;
