/// Sorted rows in RocksDB, changed only by whole files, all or nothing.
@NullMarked
package dev.troupe.persistence.embedded.tables;

import org.jspecify.annotations.NullMarked;
