/// How the members of one machine are restarted one after the other.
@NullMarked
package dev.troupe.clusterconfig.ensemble.logic;

import org.jspecify.annotations.NullMarked;
