/// What a controller remembers of one object: the small state that is persisted with each decision,
/// how a plan changes it, and when it calls for another attempt.
@NullMarked
package dev.troupe.runtime.controller.logic.state;

import org.jspecify.annotations.NullMarked;
