/// The whole, as a stranger meets it: real processes, real clients.
@NullMarked
package dev.troupe.clusterconfig.endtoend;

import org.jspecify.annotations.NullMarked;
