/// The roll of the members that share the database, and what whoever wants the database for itself
/// has to do about it.
@NullMarked
package dev.troupe.persistence.postgresql.cluster;

import org.jspecify.annotations.NullMarked;
