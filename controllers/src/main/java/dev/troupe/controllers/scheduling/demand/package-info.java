/// What a pod asks of its node, and of the pods around it.
@NullMarked
package dev.troupe.controllers.scheduling.demand;

import org.jspecify.annotations.NullMarked;
