/// One process on a data directory: here or in the background, until it ends or is stopped.
@NullMarked
package dev.troupe.clusterconfig.command.run;

import org.jspecify.annotations.NullMarked;
