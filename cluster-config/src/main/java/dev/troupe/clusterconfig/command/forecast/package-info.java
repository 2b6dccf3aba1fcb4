/// What would come of a change, found out on a copy of everything.
@NullMarked
package dev.troupe.clusterconfig.command.forecast;

import org.jspecify.annotations.NullMarked;
