package dev.troupe.runtime.placing;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/// Something that is placed here, as one life after the other: one that has failed is followed by
/// another after a pause, which grows as long as they fail soon. Each is an actor of its own, so
/// that nothing comes to it that was meant for the one before: answers of the store, or the end of
/// an actor that is no child of its own. One that ends without a failure is the last.
public final class Lives<M> {

  private record Begin() {}

  private record Lasts() {}

  /// @param first the pause after a failure
  /// @param longest the longest pause; a life of that length has gone well, and pauses begin anew
  public record Pauses(Duration first, Duration longest) {}

  /// So much longer a pause may be, so that not all begin at the same moment.
  private static final double JITTER = 0.3;

  private final ActorContext<Object> context;
  private final TimerScheduler<Object> timers;
  private final Behavior<M> life;
  private final Class<M> protocol;
  private final M stop;
  private final Pauses pauses;
  private final RandomGenerator random;
  private @Nullable ActorRef<M> living;
  private boolean stopping;
  private int failures;

  private Lives(
      ActorContext<Object> context,
      TimerScheduler<Object> timers,
      Behavior<M> life,
      Class<M> protocol,
      M stop,
      Pauses pauses,
      RandomGenerator random) {
    this.context = context;
    this.timers = timers;
    this.life = life;
    this.protocol = protocol;
    this.stop = stop;
    this.pauses = pauses;
    this.random = random;
  }

  /// What is sent to it goes to the life that there is, and is lost between two of them.
  ///
  /// @param life begins anew wherever it is spawned
  /// @param stop lets a life end, and is the last word to all of them
  public static <M> Behavior<M> of(
      Behavior<M> life, Class<M> protocol, M stop, Pauses pauses, RandomGenerator random) {
    return Behaviors.<Object>setup(context ->
            Behaviors.withTimers(timers ->
                new Lives<>(context, timers, life, protocol, stop, pauses, random).begin()))
        .narrow();
  }

  private Behavior<Object> begin() {
    live();
    return Behaviors.receive(Object.class)
        .onMessage(Begin.class, _ -> live())
        .onMessage(Lasts.class, _ -> lasts())
        .onMessage(protocol, this::told)
        .onSignal(ChildFailed.class, this::failed)
        .onSignal(Terminated.class, _ -> Behaviors.stopped())
        .build();
  }

  private Behavior<Object> live() {
    var next = context.spawnAnonymous(life);
    context.watch(next);
    living = next;
    timers.startSingleTimer(new Lasts(), pauses.longest());
    return Behaviors.same();
  }

  private Behavior<Object> lasts() {
    failures = 0;
    return Behaviors.same();
  }

  private Behavior<Object> told(M message) {
    stopping |= message.equals(stop);
    if (living != null) {
      living.tell(message);
      return Behaviors.same();
    }
    return stopping ? Behaviors.stopped() : Behaviors.same();
  }

  private Behavior<Object> failed(ChildFailed ended) {
    living = null;
    timers.cancel(new Lasts());
    if (stopping) {
      return Behaviors.stopped();
    }
    context
        .getLog()
        .info(
            "{} has failed, and begins anew: {}",
            context.getSelf().path().name(),
            ended.cause().toString());
    timers.startSingleTimer(new Begin(), pause());
    failures++;
    return Behaviors.same();
  }

  private Duration pause() {
    double doubled = pauses.first().toMillis() * Math.pow(2, failures);
    double millis = Math.min(doubled, (double) pauses.longest().toMillis());
    return Duration.ofMillis((long) (millis * (1 + JITTER * random.nextDouble())));
  }
}
