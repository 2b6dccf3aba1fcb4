/// Pekko's journal and snapshot plugins over the event store port.
@NullMarked
package dev.troupe.persistence.journal;

import org.jspecify.annotations.NullMarked;
