/// How members of a cluster are found by one who wants to join it.
@NullMarked
package dev.troupe.clusterconfig.discovery;

import org.jspecify.annotations.NullMarked;
