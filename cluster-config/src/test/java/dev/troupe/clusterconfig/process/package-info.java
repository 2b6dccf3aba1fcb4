/// Tests of how the process ends.
@NullMarked
package dev.troupe.clusterconfig.process;

import org.jspecify.annotations.NullMarked;
