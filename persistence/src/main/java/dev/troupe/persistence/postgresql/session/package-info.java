/// Connections to the database, and whether it is the one that it was.
@NullMarked
package dev.troupe.persistence.postgresql.session;

import org.jspecify.annotations.NullMarked;
