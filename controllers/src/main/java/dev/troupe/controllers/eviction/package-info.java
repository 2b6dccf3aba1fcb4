/// Takes pods from nodes that refuse them, have failed or are gone.
@NullMarked
package dev.troupe.controllers.eviction;

import org.jspecify.annotations.NullMarked;
