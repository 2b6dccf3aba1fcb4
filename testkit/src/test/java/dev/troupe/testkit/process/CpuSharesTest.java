package dev.troupe.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuSharesTest {

  @TempDir private Path mount;

  @Test
  void processIsPutIntoAGroupThatHasItsShare() throws IOException {
    Files.writeString(mount.resolve("cgroup.subtree_control"), "memory");
    var shares = CpuShares.below(mount);

    shares.give(42, 0.5);

    assertThat(mount.resolve("cgroup.subtree_control")).hasContent("+cpu");
    try (var found = Files.walk(mount)) {
      var group = found.filter(path -> path.endsWith("p42")).findFirst().orElseThrow();
      assertThat(group.resolve("cpu.max")).hasContent("5000 10000");
      assertThat(group.resolve("cgroup.procs")).hasContent("42");
      shares.free(42);
      assertThat(group.resolve("cpu.max")).hasContent("max 10000");
    }
  }

  @Test
  void groupsOfTheFirstVersionHaveAPeriodAndAQuota() throws IOException {
    var cpu = Files.createDirectory(mount.resolve("cpu"));
    Files.writeString(cpu.resolve("cpu.cfs_quota_us"), "-1");
    var shares = CpuShares.below(mount);

    shares.give(42, 0.5);

    try (var found = Files.walk(cpu)) {
      var group = found.filter(path -> path.endsWith("p42")).findFirst().orElseThrow();
      assertThat(group.resolve("cpu.cfs_period_us")).hasContent("10000");
      assertThat(group.resolve("cpu.cfs_quota_us")).hasContent("5000");
      assertThat(group.resolve("cgroup.procs")).hasContent("42");
      shares.free(42);
      assertThat(group.resolve("cpu.cfs_quota_us")).hasContent("-1");
    }
  }

  @Test
  void whoHasNoShareIsNotFreed() throws IOException {
    Files.writeString(mount.resolve("cgroup.subtree_control"), "cpu");
    var shares = CpuShares.below(mount);

    shares.free(42);

    try (var found = Files.list(shares.parent())) {
      assertThat(found.map(path -> path.getFileName().toString()))
          .containsExactly("cgroup.subtree_control");
    }
  }

  @Test
  void placeWithoutGroupsIsRefused() {
    assertThatThrownBy(() -> CpuShares.below(mount))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("no control groups");
  }
}
