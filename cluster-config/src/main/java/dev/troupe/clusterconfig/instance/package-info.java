/// The one process that may use a data directory, and how other processes find it.
@NullMarked
package dev.troupe.clusterconfig.instance;

import org.jspecify.annotations.NullMarked;
