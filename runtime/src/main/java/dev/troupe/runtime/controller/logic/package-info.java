/// What one reconciled object's actor decides: causes in, effects out, and the small state that is
/// persisted with each decision.
@NullMarked
package dev.troupe.runtime.controller.logic;

import org.jspecify.annotations.NullMarked;
