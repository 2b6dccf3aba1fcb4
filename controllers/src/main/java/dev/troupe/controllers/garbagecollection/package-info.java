/// Deletes what has lost its owners.
@NullMarked
package dev.troupe.controllers.garbagecollection;

import org.jspecify.annotations.NullMarked;
