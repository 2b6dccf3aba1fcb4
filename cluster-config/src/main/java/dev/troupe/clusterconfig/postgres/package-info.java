/// A PostgreSQL of our own: a process that outlives whoever starts it, on binaries that Troupe
/// carries. For many members on one machine; `troupe up --members N` will use it.
@NullMarked
package dev.troupe.clusterconfig.postgres;

import org.jspecify.annotations.NullMarked;
