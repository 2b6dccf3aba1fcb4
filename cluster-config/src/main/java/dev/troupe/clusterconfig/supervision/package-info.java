/// Watches over the processes of a control plane on one machine, members and database, and starts
/// again what has ended. They outlive it. `troupe up --members N` does it.
@NullMarked
package dev.troupe.clusterconfig.supervision;

import org.jspecify.annotations.NullMarked;
