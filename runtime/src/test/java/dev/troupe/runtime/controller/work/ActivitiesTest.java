package dev.troupe.runtime.controller.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.controller.Activity;
import dev.troupe.api.controller.ActivityExecutor;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.controller.platform.PlatformActivities;
import dev.troupe.runtime.failure.Failures;
import dev.troupe.runtime.resource.HostIdentity;
import dev.troupe.runtime.store.PartitionId;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/// How activities are carried out, and until when.
class ActivitiesTest {

  private record Ring(String id, Duration deadline) implements Activity {}

  /// For what is to come to an end long before.
  private static final Duration PATIENT = Duration.ofMinutes(1);

  private static final Duration HASTY = Duration.ofMillis(50);

  private static final HostIdentity HOST =
      new HostIdentity(new PartitionId(new TypeRef(PartitionId.CONTROLLERS, "test"), 0), 1);

  @Test
  void whoeverBlocksHasAVirtualThreadOfHisOwn() {
    var result =
        blocking((ring, key) -> ring.id() + " " + key + " " + Thread.currentThread().isVirtual());

    assertThat(result.toCompletableFuture().join()).isEqualTo("bell key true");
  }

  @Test
  void whatIsThrownIsAFailedAttempt() {
    var result =
        blocking((_, _) -> {
          throw new IOException("nobody listens");
        });

    assertThat(failure(result)).isInstanceOf(IOException.class).hasMessage("nobody listens");
  }

  @Test
  void endlessActivityEndsAtItsDeadline() throws Exception {
    var interrupted = new CountDownLatch(1);
    var result =
        blocking(
            HASTY,
            (_, _) -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
              return "late";
            });

    assertThat(failure(result)).hasMessage("no result after PT0.05S, its deadline");
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void stageThatNeverComesEndsAtItsDeadline() {
    var never = new CompletableFuture<String>();
    var result = activities().with(Ring.class, (_, _) -> never).carryOut(ring(HASTY), "key", HOST);

    assertThat(failure(result)).hasMessage("no result after PT0.05S, its deadline");
    assertThat(never).isCancelled();
  }

  @Test
  void timeoutOfItsOwnIsNotItsDeadline() {
    var result =
        activities()
            .with(
                Ring.class,
                (_, _) -> CompletableFuture.failedStage(new TimeoutException("the bell is slow")))
            .carryOut(ring(PATIENT), "key", HOST);

    assertThat(failure(result)).hasMessage("the bell is slow");
  }

  @Test
  void activityOfNobodySaysWhatToDo() {
    assertThat(failure(activities().carryOut(ring(PATIENT), "key", HOST)))
        .hasMessageContaining("Ring: say who does where the controller is registered");
  }

  private static CompletionStage<String> blocking(ActivityExecutor.Blocking<Ring> executor) {
    return blocking(PATIENT, executor);
  }

  private static CompletionStage<String> blocking(
      Duration deadline, ActivityExecutor.Blocking<Ring> executor) {
    var threads = Thread.ofVirtual().factory();
    return activities()
        .with(Ring.class, ActivityExecutor.blocking(threads, executor))
        .carryOut(ring(deadline), "key", HOST);
  }

  private static Ring ring(Duration deadline) {
    return new Ring("bell", deadline);
  }

  private static Throwable failure(CompletionStage<String> result) {
    return Failures.cause(result.toCompletableFuture().handle((_, failure) -> failure).join());
  }

  private static Activities activities() {
    var nothing =
        (Resources)
            Proxy.newProxyInstance(
                ActivitiesTest.class.getClassLoader(),
                new Class<?>[] {Resources.class},
                (_, method, _) -> {
                  throw new UnsupportedOperationException(method.getName());
                });
    return new Activities(
        new PlatformActivities(nothing, ResourceRegistry.standard(), InstantSource.system()));
  }
}
