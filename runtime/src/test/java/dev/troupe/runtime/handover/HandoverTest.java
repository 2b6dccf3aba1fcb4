package dev.troupe.runtime.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// On which thread an actor goes on that is told something.
class HandoverTest {

  private final ActorSystem<Void> system =
      ActorSystem.create(
          Behaviors.empty(),
          "handover",
          ConfigFactory.parseString(
                  """
                  pekko.actor.provider = local
                  pekko.actor.default-dispatcher.executor = "%s"
                  pekko.jvm-exit-on-fatal-error = off
                  pekko.loglevel = OFF
                  pekko.stdout-loglevel = OFF
                  """
                      .formatted(HandoverExecutor.class.getName()))
              .withFallback(ConfigFactory.load()));
  private final Handover handover = new Handover();
  private final BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
  private int actors;

  @AfterEach
  void stop() {
    system.terminate();
  }

  /// One that is idle: the last thing that it did it did here.
  private ActorRef<Runnable> actor() {
    var actor = system.systemActorOf(runs(), "runs-" + actors++, Props.empty());
    idle(actor);
    return actor;
  }

  private void idle(ActorRef<Runnable> actor) {
    var quiet = new Handover();
    do {
      quiet.tell(() -> actor.tell(() -> {}));
    } while (next() != Thread.currentThread());
  }

  private Behavior<Runnable> runs() {
    return Behaviors.receiveMessage(work -> {
      work.run();
      ran.add(Thread.currentThread());
      return Behaviors.same();
    });
  }

  private Thread next() {
    try {
      var thread = ran.poll(5, TimeUnit.SECONDS);
      assertThat(thread).isNotNull();
      return thread;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void actorGoesOnHereForAWriteThatIsAlone() {
    var actor = actor();

    handover.begin();
    handover.tell(() -> actor.tell(() -> {}));

    assertThat(ran.poll()).isSameAs(Thread.currentThread());
  }

  @Test
  void actorGoesOnOnItsDispatcherAmongManyWrites() {
    var actor = actor();

    handover.begin();
    handover.begin();
    handover.tell(() -> actor.tell(() -> {}));
    assertThat(next()).isNotSameAs(Thread.currentThread());

    handover.end();
    idle(actor);
    handover.tell(() -> actor.tell(() -> {}));
    assertThat(ran.poll()).isSameAs(Thread.currentThread());
  }

  @Test
  void whatTheActorTellsOthersIsTheirDispatchers() throws InterruptedException {
    var first = actor();
    var second = actor();
    var told = new LinkedBlockingQueue<String>();

    handover.tell(() ->
        first.tell(() -> {
          told.add(Thread.currentThread().getName());
          second.tell(() -> told.add(Thread.currentThread().getName()));
        }));

    assertThat(told.poll(5, TimeUnit.SECONDS)).isEqualTo(Thread.currentThread().getName());
    assertThat(told.poll(5, TimeUnit.SECONDS)).contains("dispatcher");
  }

  /// A write goes through several actors: each is told within the one before.
  @Test
  void actorsGoOnHereOneWithinTheOther() {
    var first = actor();
    var second = actor();

    handover.tell(() -> first.tell(() -> handover.tell(() -> second.tell(() -> {}))));

    assertThat(ran).containsExactly(Thread.currentThread(), Thread.currentThread());
  }

  @Test
  void actorThatIsAtWorkIsNotWaitedFor() {
    var actor = actor();
    var busy = new LinkedBlockingQueue<String>();
    actor.tell(() -> {
      try {
        busy.take();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    });

    handover.tell(() -> actor.tell(() -> {}));

    assertThat(ran).isEmpty();
    busy.add("go on");
    assertThat(next()).isNotSameAs(Thread.currentThread());
    assertThat(next()).isNotSameAs(Thread.currentThread());
  }

  @Test
  void whatEndsTheSystemEndsItFromHereToo() throws Exception {
    var actor = actor();

    handover.tell(() ->
        actor.tell(() -> {
          throw new StackOverflowError("as asked for");
        }));

    system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void actorGoesOnEvenIfTellingFails() {
    var actor = actor();

    assertThatThrownBy(() ->
            handover.tell(() -> {
              actor.tell(() -> {});
              throw new IllegalStateException("as asked for");
            }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(ran.poll()).isSameAs(Thread.currentThread());
  }

  @Test
  void mistakeOfAnActorIsItsOwn() {
    var actor = actor();

    handover.tell(() ->
        actor.tell(() -> {
          throw new IllegalStateException("as asked for");
        }));

    idle(actor());
    assertThat(system.getWhenTerminated().toCompletableFuture().isDone()).isFalse();
  }
}
