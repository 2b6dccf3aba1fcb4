package dev.troupe.testkit.world.controller;

import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import java.util.function.Consumer;

/// What a controller needs of the world around it.
interface Surroundings {

  WorldStore store();

  void write(PlannedWrite write, long seen, Consumer<WriteOutcome> answer);

  void call(ObjectEffect.Call call, Consumer<ObjectMessage> answer);
}
