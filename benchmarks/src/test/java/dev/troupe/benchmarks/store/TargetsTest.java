package dev.troupe.benchmarks.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.load.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/// What is compared really stores, and counts its syncs.
class TargetsTest {

  @TempDir private Path directory;

  @Test
  void embeddedStoreSyncsOnceForSeveralWriters() {
    assertSyncsAreShared(EmbeddedTarget.KIND);
  }

  @Test
  @EnabledIf("hasEtcd")
  void etcdSyncsOnceForSeveralWriters() {
    assertSyncsAreShared(EtcdStore.kind());
  }

  @Test
  void bareLoopSyncsWhatItIsTold() {
    try (var bare = BareLoop.on(directory.resolve("bare"))) {
      var load = bare.run(10, Duration.ofMillis(100));

      assertThat(load.perSync()).isEqualTo(10);
      assertThat(load.perSecond()).isGreaterThan(10);
    }
  }

  private void assertSyncsAreShared(Target.Kind kind) {
    try (var target = kind.starter().start(directory.resolve("store"), 16)) {
      long before = target.syncs();
      ClosedLoop.fill(target, 16, 500);

      assertThat(target.syncs() - before).isPositive().isLessThan(500);
    }
  }

  static boolean hasEtcd() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, "etcd")));
  }
}
