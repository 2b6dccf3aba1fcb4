/// Which nodes a pod may go to, and which is the best.
@NullMarked
package dev.troupe.controllers.scheduling.placement;

import org.jspecify.annotations.NullMarked;
