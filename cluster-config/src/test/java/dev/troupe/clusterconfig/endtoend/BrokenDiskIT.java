package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A disk that breaks under a running control plane ends it, with a reason: nothing is tried again
/// or acknowledged any more, and what was acknowledged is there after the next start.
@Timeout(300)
@Tag("thorough")
class BrokenDiskIT {

  private static final String PATH = "/api/v1/namespaces/default/configmaps";
  private static final int WRITERS = 4;

  @TempDir private Path directory;
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final CountDownLatch someAcknowledged = new CountDownLatch(100);
  private final AtomicLong firstFailure = new AtomicLong(Long.MAX_VALUE);
  private final AtomicLong lastBegun = new AtomicLong(Long.MIN_VALUE);

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          /dev/null, could not be synced,     troupe: the member ended by itself
          /dev/full, No space left on device, troupe: the disk is full; free some space
          """)
  void brokenLogEndsTheProcess(String device, String reason, String sentence)
      throws InterruptedException {
    var data = directory.resolve("data");
    try (var broken = TroupeProcess.up(BreakableLog.class, data)) {
      var writers = start(broken);
      assertThat(someAcknowledged.await(60, TimeUnit.SECONDS)).isTrue();
      broken.tell(device);
      assertThat(broken.awaitEnd()).isEqualTo(1);
      for (var writer : writers) {
        writer.join();
      }
      assertThat(broken.log())
          .contains(sentence)
          .contains("the member ended by itself")
          .contains("the event store has ended, because its log could not be written")
          .contains(reason)
          .contains("restart when the cause is gone");
    }
    assertThat(lastBegun)
        .as("an acknowledged write, begun after one failed")
        .hasValueLessThan(firstFailure.get());

    try (var again = TroupeProcess.up(data, 0)) {
      assertThat(found(again.api())).containsAllEntriesOf(Map.copyOf(acknowledged));
      assertThat(again.api().post(PATH, configMap("next")).code()).isEqualTo(201);
    }
  }

  private List<Thread> start(TroupeProcess troupe) {
    var writers = new ArrayList<Thread>();
    for (int number = 0; number < WRITERS; number++) {
      var prefix = "c-" + number + "-";
      var api = troupe.api();
      writers.add(Thread.ofPlatform().name("writer-" + number).start(() -> write(api, prefix)));
    }
    return writers;
  }

  /// Goes on until nobody answers.
  private void write(Api api, String prefix) {
    for (int n = 0; ; n++) {
      long start = System.nanoTime();
      try {
        var answer = api.post(PATH, configMap(prefix + n));
        if (answer.code() == 201) {
          acknowledged.put(prefix + n, version(answer.body()));
          lastBegun.accumulateAndGet(start, Math::max);
          someAcknowledged.countDown();
        } else {
          firstFailure.accumulateAndGet(System.nanoTime(), Math::min);
        }
      } catch (UncheckedIOException gone) {
        firstFailure.accumulateAndGet(System.nanoTime(), Math::min);
        return;
      }
    }
  }

  private static Map<String, String> found(Api api) {
    var found = new HashMap<String, String>();
    for (var item : api.get(PATH).body().path("items")) {
      found.put(item.path("metadata").path("name").asString(), version(item));
    }
    return found;
  }

  private static String version(tools.jackson.databind.JsonNode object) {
    return object.path("metadata").path("resourceVersion").asString();
  }

  private static String configMap(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}"
        .formatted(name);
  }
}
