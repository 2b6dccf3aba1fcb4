package dev.troupe.testkit.world.controller;

import dev.troupe.api.controller.Failure;
import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.controller.logic.object.ObjectEffect;
import dev.troupe.runtime.controller.logic.object.ObjectMessage;
import dev.troupe.runtime.controller.plan.PlannedWrite;
import dev.troupe.runtime.controller.plan.WriteOutcome;
import dev.troupe.runtime.controller.view.ControllerJson;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.testkit.world.Disturbances;
import dev.troupe.testkit.world.Schedule;
import dev.troupe.testkit.world.Transit;
import dev.troupe.testkit.world.WorldSteps;
import dev.troupe.testkit.world.replay.WatchedDecoder;
import dev.troupe.testkit.world.story.Story;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A world's resources and activities as its controllers reach them: one way to each collection,
/// and one to the outside.
final class Around implements Surroundings {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NO_ANSWER = "no answer came";

  private final Schedule schedule;
  private final WorldStore store;
  private final WorldActivities activities;
  private final WatchedDecoder decoder;
  private final Story story;
  private final WorldSteps steps = new WorldSteps();
  private final Disturbances disturbances = new Disturbances();
  private final Transit transit;
  private final Map<TypeRef, Transit.Way> partitions = new HashMap<>();
  private final Transit.Way outside;

  Around(
      Schedule schedule,
      WorldStore store,
      WorldActivities activities,
      WatchedDecoder decoder,
      Story story) {
    this.schedule = schedule;
    this.store = store;
    this.activities = activities;
    this.decoder = decoder;
    this.story = story;
    this.transit = new Transit(schedule, disturbances::delay);
    this.outside = transit.way();
  }

  @Override
  public WorldStore store() {
    return store;
  }

  @Override
  public Story story() {
    return story;
  }

  @Override
  public WorldSteps steps() {
    return steps;
  }

  @Override
  public Disturbances disturbances() {
    return disturbances;
  }

  @Override
  public WatchedDecoder decoder() {
    return decoder;
  }

  /// When the next of what is on its way arrives.
  long nextArrival() {
    return transit.nextArrival();
  }

  @Override
  public void later(Runnable what) {
    transit.way().send(disturbances.lag(), what);
  }

  @Override
  public void write(
      Predicate<Object> admits, PlannedWrite write, long seen, Consumer<WriteOutcome> answer) {
    steps.passed(() -> "a write to " + write.key() + " was sent");
    partitions
        .computeIfAbsent(write.key().type(), _ -> transit.way())
        .send(() -> {
          if (admits.test(write)) {
            var outcome = outcome(write, seen);
            steps.passed(() -> "a write to " + write.key() + " was decided on");
            answer(write, outcome, answer);
          }
        });
  }

  private WriteOutcome outcome(PlannedWrite write, long seen) {
    var reply = reply(write, seen);
    if (reply instanceof WriteReply.Refused(var refusal)) {
      story.happened(
          write.cause().name(),
          write.key(),
          () -> "is refused a write to " + write.key() + ": " + refusal.message());
    }
    return WriteOutcome.of(write, reply);
  }

  private void answer(PlannedWrite write, WriteOutcome outcome, Consumer<WriteOutcome> answer) {
    if (isLost()) {
      story.happened("world", write.key(), () -> "loses the answer to a write to " + write.key());
      var failure = new WriteOutcome.Failed(new Failure.Broken(NO_ANSWER));
      transit.after(PATIENCE, () -> answer.accept(failure));
    } else if (disturbances.delay().isZero()) {
      answer.accept(outcome);
    } else {
      transit.way().send(() -> answer.accept(outcome));
    }
  }

  private boolean isLost() {
    return disturbances.lostAnswers() > 0 && schedule.chance(disturbances.lostAnswers());
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
  public void call(ResourceKey about, ObjectEffect.Call call, Consumer<ObjectMessage> answer) {
    steps.passed(() -> call.name() + " was called");
    outside.send(() -> {
      var result = answered(about, call);
      steps.passed(() -> call.name() + " was carried out");
      answer(about, call, result, answer);
    });
  }

  private void answer(
      ResourceKey about,
      ObjectEffect.Call call,
      ObjectMessage result,
      Consumer<ObjectMessage> answer) {
    if (isLost()) {
      story.happened("world", about, () -> "loses the answer of " + call.name());
      var failure = new ObjectMessage.CallFailed(call.name(), call.key(), NO_ANSWER);
      transit.after(PATIENCE, () -> answer.accept(failure));
    } else {
      answer.accept(result);
    }
  }

  private ObjectMessage answered(ResourceKey about, ObjectEffect.Call call) {
    try {
      var result = activities.carryOut(call.activity(), call.key());
      story.happened(
          "outside",
          about,
          () -> "carries out " + call.activity() + (result.isEmpty() ? "" : " → " + result));
      return new ObjectMessage.CallSucceeded(call.name(), call.key(), result);
    } catch (RuntimeException thrown) {
      var message = String.valueOf(thrown.getMessage());
      story.happened(
          "outside", about, () -> "fails to carry out " + call.activity() + ": " + message);
      return new ObjectMessage.CallFailed(call.name(), call.key(), message);
    }
  }
}
