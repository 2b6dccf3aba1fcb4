/// Where each partition is, and how it is spoken to there.
@NullMarked
package dev.troupe.runtime.collection.whereabouts;

import org.jspecify.annotations.NullMarked;
