/// A PostgreSQL of our own: a process that outlives whoever starts it, on binaries that Troupe
/// carries. The members that `troupe up --members N` starts share it.
@NullMarked
package dev.troupe.clusterconfig.postgres;

import org.jspecify.annotations.NullMarked;
