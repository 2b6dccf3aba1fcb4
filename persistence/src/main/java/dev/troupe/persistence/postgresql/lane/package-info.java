/// Threads that change partitions in the order of the calls, many groups at once.
@NullMarked
package dev.troupe.persistence.postgresql.lane;

import org.jspecify.annotations.NullMarked;
