/// The members of a control plane on one machine: what is where, at which ports, and what each of
/// them is told.
@NullMarked
package dev.troupe.clusterconfig.ensemble;

import org.jspecify.annotations.NullMarked;
