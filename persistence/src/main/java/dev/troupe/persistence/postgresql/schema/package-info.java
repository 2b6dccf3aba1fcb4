/// The tables, and the numbers that they have given to collections and partitions.
@NullMarked
package dev.troupe.persistence.postgresql.schema;

import org.jspecify.annotations.NullMarked;
