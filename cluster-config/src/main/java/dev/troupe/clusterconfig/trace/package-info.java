/// Sends the spans of a member to a collector, if it is told one.
@NullMarked
package dev.troupe.clusterconfig.trace;

import org.jspecify.annotations.NullMarked;
