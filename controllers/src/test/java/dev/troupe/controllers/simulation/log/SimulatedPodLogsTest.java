package dev.troupe.controllers.simulation.log;

import static dev.troupe.controllers.stage.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.api.controller.PodLogs.Line;
import dev.troupe.api.controller.PodLogs.NoSuchContainerException;
import dev.troupe.api.controller.PodLogs.Query;
import dev.troupe.controllers.scheduling.SchedulingController;
import dev.troupe.controllers.simulation.KubeletController;
import dev.troupe.controllers.simulation.SimulatedNodes;
import dev.troupe.controllers.simulation.pod.ContainerStates;
import dev.troupe.controllers.stage.Stage;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedPodLogsTest {

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final Stage stage =
      new Stage()
          .with(new SchedulingController())
          .with(new KubeletController())
          .put(new SimulatedNodes(110).describe(1))
          .put(pod("web"))
          .settle();
  private final AtomicReference<Instant> now = new AtomicReference<>(stage.now());
  private final AtomicReference<Optional<Pod>> pod = new AtomicReference<>(Optional.of(web()));
  private final SimulatedPodLogs logs =
      new SimulatedPodLogs((_, _) -> pod.get(), now::get, executor, Duration.ofMillis(5));

  private final BlockingQueue<Line> came = new LinkedBlockingQueue<>();

  @AfterEach
  void shutDown() {
    executor.shutdownNow();
  }

  @Test
  void tellsWhatTheContainerHasDone() throws Exception {
    now.set(stage.now().plusSeconds(25));

    assertThat(texts(query(false, null)))
        .containsExactly(
            "simulated container main of nginx:1",
            "started on node-1, address " + web().getStatus().getPodIP(),
            "alive for 10 s",
            "alive for 20 s");
  }

  @Test
  void tellsWhatAKnownCommandHasWritten() throws Exception {
    var speaking = web();
    speaking
        .getSpec()
        .getContainers()
        .getFirst()
        .setCommand(List.of("sh", "-c", "echo one; sleep 10; echo two; echo three; sleep 10"));
    pod.set(Optional.of(speaking));
    now.set(stage.now().plusSeconds(9));
    assertThat(texts(query(false, null))).containsExactly("one");

    now.set(stage.now().plusSeconds(15));

    assertThat(texts(query(false, null))).containsExactly("one", "two", "three");
    assertThat(texts(query(false, 1))).containsExactly("three");
  }

  @Test
  void nothingIsLostThatWasWrittenInTheSecondOfTheEnd() throws Exception {
    var brief = web();
    brief
        .getSpec()
        .getContainers()
        .getFirst()
        .setCommand(List.of("sh", "-c", "sleep 0.2; echo one; sleep 0.7; echo two"));
    var ended =
        ContainerStates.terminated(
            brief.getStatus().getContainerStatuses().getFirst(), 0, stage.now());
    brief.getStatus().setContainerStatuses(List.of(ended));
    pod.set(Optional.of(brief));

    assertThat(texts(query(false, null))).containsExactly("one", "two");
  }

  @Test
  void givesTheLastLinesOnly() throws Exception {
    now.set(stage.now().plus(Duration.ofDays(100)));

    assertThat(texts(query(false, 2)))
        .containsExactly("alive for 8639990 s", "alive for 8640000 s");
    assertThat(texts(query(false, null))).hasSize(ContainerRun.MOST_LINES);
  }

  @Test
  void followsUntilTheContainerEnds() throws Exception {
    var lines = read(query(true, null));
    now.set(stage.now().plusSeconds(12));
    awaitLines(3);
    stage.advance(Duration.ofSeconds(15));
    stage.delete(web());
    stage.settle();
    var ending = web();
    var ended =
        ContainerStates.terminated(
            ending.getStatus().getContainerStatuses().getFirst(), 0, stage.now());
    ending.getStatus().setContainerStatuses(List.of(ended));
    pod.set(Optional.of(ending));

    assertThat(lines.get(5, TimeUnit.SECONDS).stream().map(Line::text))
        .hasSize(4)
        .endsWith("alive for 10 s", "done");
  }

  @Test
  void endsWhenThePodIsGone() throws Exception {
    var lines = read(query(true, null));
    awaitLines(2);
    pod.set(Optional.empty());

    assertThat(lines.get(5, TimeUnit.SECONDS)).hasSize(2);
  }

  @Test
  void refusesContainersThatAreNotThere() {
    assertThatThrownBy(() -> texts(new Query("default", "web", "other", false, false, null, null)))
        .cause()
        .isInstanceOf(NoSuchContainerException.class)
        .hasMessage("container other is not valid for pod web");
    assertThatThrownBy(() -> texts(new Query("default", "web", "main", false, true, null, null)))
        .cause()
        .hasMessageContaining("previous terminated container \"main\" in pod \"web\" not found");
    pod.set(Optional.of(pod("web")));
    assertThatThrownBy(() -> texts(query(false, null)))
        .cause()
        .hasMessageContaining("is waiting to start: ContainerCreating");
  }

  private Pod web() {
    return stage.get(Pod.class, "web");
  }

  private static Query query(boolean follow, @Nullable Integer tail) {
    return new Query("default", "web", "main", follow, false, tail, null);
  }

  private List<String> texts(Query query)
      throws InterruptedException, ExecutionException, TimeoutException {
    return read(query).get(5, TimeUnit.SECONDS).stream().map(Line::text).toList();
  }

  private void awaitLines(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      assertThat(came.poll(20, TimeUnit.SECONDS)).as("line %s of %s", i, count).isNotNull();
    }
  }

  private CompletableFuture<List<Line>> read(Query query) {
    var lines = new ArrayList<Line>();
    var all = new CompletableFuture<List<Line>>();
    logs.read(query)
        .subscribe(
            new Flow.Subscriber<>() {
              private Flow.@Nullable Subscription subscription;

              @Override
              public void onSubscribe(Flow.Subscription given) {
                subscription = given;
                given.request(1);
              }

              @Override
              public void onNext(Line line) {
                lines.add(line);
                came.add(line);
                Objects.requireNonNull(subscription).request(1);
              }

              @Override
              public void onError(Throwable failure) {
                all.completeExceptionally(failure);
              }

              @Override
              public void onComplete() {
                all.complete(lines);
              }
            });
    return all;
  }
}
