/// What a controller's host decides: which collections it follows, who is awake and for how long,
/// who is told what, and when it wants to be told the time.
@NullMarked
package dev.troupe.runtime.controller.logic.host;

import org.jspecify.annotations.NullMarked;
