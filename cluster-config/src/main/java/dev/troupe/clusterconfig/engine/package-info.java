/// Which engine keeps the events of a member: the one place that knows them all.
@NullMarked
package dev.troupe.clusterconfig.engine;

import org.jspecify.annotations.NullMarked;
