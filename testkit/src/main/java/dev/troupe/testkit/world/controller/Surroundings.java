package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.testkit.world.Disturbances;
import dev.troupe.testkit.world.WorldSteps;
import dev.troupe.testkit.world.replay.WatchedDecoder;
import dev.troupe.testkit.world.story.Story;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What a controller needs of the world around it.
interface Surroundings {

  WorldStore store();

  Story story();

  WorldSteps steps();

  Disturbances disturbances();

  WatchedDecoder decoder();

  /// Does something after the longest time that changes take to be seen, or earlier.
  void later(Runnable what);

  /// @param admits whether the sender may write when the write arrives; it is not answered if not
  void write(
      Predicate<Object> admits, PlannedWrite write, long seen, Consumer<WriteOutcome> answer);

  /// @param about the object that the activity is carried out for
  void call(ResourceKey about, ObjectEffect.Call call, Consumer<ObjectMessage> answer);
}
