/// What lets old events and segments go.
@NullMarked
package dev.troupe.persistence.embedded.retention;

import org.jspecify.annotations.NullMarked;
