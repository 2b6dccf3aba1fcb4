/// The pods that wait for a node, and what calls for another look at them.
@NullMarked
package dev.troupe.controllers.scheduling.queue;

import org.jspecify.annotations.NullMarked;
