/// What one reconciled object's actor decides: messages in, effects out.
@NullMarked
package dev.troupe.runtime.controller.logic.object;

import org.jspecify.annotations.NullMarked;
