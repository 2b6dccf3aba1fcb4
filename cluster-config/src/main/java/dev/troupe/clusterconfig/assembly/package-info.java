/// Where the modules become one member: the only place that knows all of them.
@NullMarked
package dev.troupe.clusterconfig.assembly;

import org.jspecify.annotations.NullMarked;
