/// Runs experiments, lists them, and puts two runs side by side.
@NullMarked
package dev.troupe.clusterconfig.command.experiment;

import org.jspecify.annotations.NullMarked;
