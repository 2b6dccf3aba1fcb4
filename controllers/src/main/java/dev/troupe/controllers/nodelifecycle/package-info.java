/// Notices nodes that are silent or not ready, and taints them.
@NullMarked
package dev.troupe.controllers.nodelifecycle;

import org.jspecify.annotations.NullMarked;
