/// Member assembly, configuration and the troupe command.
@NullMarked
package dev.troupe.clusterconfig;

import org.jspecify.annotations.NullMarked;
