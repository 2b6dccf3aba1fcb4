/// The columns that `kubectl get` prints, per kind.
@NullMarked
package dev.troupe.resources.table;

import org.jspecify.annotations.NullMarked;
