/// The members of one machine: started together and taken care of, restarted, stopped.
@NullMarked
package dev.troupe.clusterconfig.command.ensemble;

import org.jspecify.annotations.NullMarked;
