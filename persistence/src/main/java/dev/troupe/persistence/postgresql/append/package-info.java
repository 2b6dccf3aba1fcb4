/// The statements that store groups, each behind the fence.
@NullMarked
package dev.troupe.persistence.postgresql.append;

import org.jspecify.annotations.NullMarked;
