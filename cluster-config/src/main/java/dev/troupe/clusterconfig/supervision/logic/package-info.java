/// When a process that has ended is started again.
@NullMarked
package dev.troupe.clusterconfig.supervision.logic;

import org.jspecify.annotations.NullMarked;
