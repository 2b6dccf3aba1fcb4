/// Finds a node for every pod.
@NullMarked
package dev.troupe.controllers.scheduling;

import org.jspecify.annotations.NullMarked;
