/// Fields that two writers set back and forth: found in the log, and told.
@NullMarked
package dev.troupe.runtime.fight;

import org.jspecify.annotations.NullMarked;
