package dev.troupe.testkit.world.controller;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.testkit.world.Schedule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A world's resources and activities as its controllers reach them: one mailbox for each
/// collection, and one for the outside.
final class Around implements Surroundings {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final WorldStore store;
  private final WorldActivities activities;
  private final Schedule schedule;
  private final Map<TypeRef, Schedule.Mailbox> partitions = new HashMap<>();
  private final Schedule.Mailbox outside;

  Around(WorldStore store, WorldActivities activities, Schedule schedule) {
    this.store = store;
    this.activities = activities;
    this.schedule = schedule;
    this.outside = schedule.mailbox();
  }

  @Override
  public WorldStore store() {
    return store;
  }

  @Override
  public void write(
      Predicate<Object> admits, PlannedWrite write, long seen, Consumer<WriteOutcome> answer) {
    partitions
        .computeIfAbsent(write.key().type(), _ -> schedule.mailbox())
        .put(() -> {
          if (admits.test(write)) {
            answer.accept(WriteOutcome.of(write, reply(write, seen)));
          }
        });
  }

  private WriteReply reply(PlannedWrite write, long seen) {
    var refusal = notAdmitted(write);
    return refusal != null
        ? new WriteReply.Refused(refusal)
        : store.write(
            write.request(schedule.instant(), store.namespaceUid(write.key()), seen, PATIENCE));
  }

  /// A namespace that a test did not create admits everything.
  private @Nullable Refusal notAdmitted(PlannedWrite write) {
    boolean terminating =
        write.creates()
            && store
                .namespace(write.key())
                .map(found -> ControllerJson.object(found.json()).path("metadata"))
                .filter(metadata -> metadata.has("deletionTimestamp"))
                .isPresent();
    return terminating && store.get(write.key()).isEmpty()
        ? Refusal.forbidden(write.key(), "the namespace is being terminated", List.of())
        : null;
  }

  @Override
  public void call(ObjectEffect.Call call, Consumer<ObjectMessage> answer) {
    outside.put(() -> answer.accept(answered(call)));
  }

  private ObjectMessage answered(ObjectEffect.Call call) {
    try {
      var result = activities.carryOut(call.activity(), call.key());
      return new ObjectMessage.CallSucceeded(call.name(), call.key(), result);
    } catch (RuntimeException thrown) {
      var message = String.valueOf(thrown.getMessage());
      return new ObjectMessage.CallFailed(call.name(), call.key(), message);
    }
  }
}
