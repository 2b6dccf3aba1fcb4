/// Entries of many, put into one frame, synced once and then told to the index.
@NullMarked
package dev.troupe.persistence.embedded.commit;

import org.jspecify.annotations.NullMarked;
