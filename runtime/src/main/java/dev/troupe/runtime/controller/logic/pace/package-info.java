/// When the turn of a controller's objects comes: at times that they have asked for, again and
/// again without a change, and not more of them in a second than may be.
@NullMarked
package dev.troupe.runtime.controller.logic.pace;

import org.jspecify.annotations.NullMarked;
