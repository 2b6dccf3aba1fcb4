/// What one reconciled object's actor decides: messages in, effects out, and the small state that
/// is persisted with each decision.
@NullMarked
package dev.troupe.runtime.controller.logic.object;

import org.jspecify.annotations.NullMarked;
