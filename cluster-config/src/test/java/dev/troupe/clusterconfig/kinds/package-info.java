/// Kinds that extensions bring along, in a member that runs them.
@NullMarked
package dev.troupe.clusterconfig.kinds;

import org.jspecify.annotations.NullMarked;
