/// What a cluster has from the beginning, and every member sees to.
@NullMarked
package dev.troupe.clusterconfig.furnishing;

import org.jspecify.annotations.NullMarked;
