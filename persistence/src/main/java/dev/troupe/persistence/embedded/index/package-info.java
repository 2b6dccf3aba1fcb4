/// What a log folds to: where each event is, and the state of each partition.
@NullMarked
package dev.troupe.persistence.embedded.index;

import org.jspecify.annotations.NullMarked;
