/// The engine for many members: events in a PostgreSQL database, whose row locks fence.
@NullMarked
package dev.troupe.persistence.postgresql;

import org.jspecify.annotations.NullMarked;
