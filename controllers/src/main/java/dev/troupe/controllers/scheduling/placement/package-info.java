/// Which nodes a pod may go to, which is the best, and who would have to make room.
@NullMarked
package dev.troupe.controllers.scheduling.placement;

import org.jspecify.annotations.NullMarked;
