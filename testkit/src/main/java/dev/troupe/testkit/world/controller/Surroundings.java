package dev.troupe.testkit.world.controller;

import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a controller needs of the world around it.
interface Surroundings {

  WorldStore store();

  /// @param admits whether the sender may write when the write arrives; it is not answered if not
  void write(
      Predicate<Object> admits, PlannedWrite write, long seen, Consumer<WriteOutcome> answer);

  void call(ObjectEffect.Call call, Consumer<ObjectMessage> answer);
}
