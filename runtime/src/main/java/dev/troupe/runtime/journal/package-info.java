/// What the log tells of an object: who changed what and why, who set each field, and what led to a
/// change.
@NullMarked
package dev.troupe.runtime.journal;

import org.jspecify.annotations.NullMarked;
