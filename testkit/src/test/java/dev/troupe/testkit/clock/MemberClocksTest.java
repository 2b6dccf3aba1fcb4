package dev.troupe.testkit.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Wrong clocks of a real JVM.
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class MemberClocksTest {

  private static final long A_MINUTE = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  private MemberClocks clocks;
  private Process process;
  private BufferedReader said;

  @BeforeEach
  void start() throws IOException {
    clocks = MemberClocks.below(directory);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(clocks.options(1));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), TimeTeller.class.getName()));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    said = process.inputReader(StandardCharsets.UTF_8);
  }

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  /// By how many minutes it is ahead, each way it tells the time.
  private List<Long> ahead() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    var line = said.readLine();
    long now = System.currentTimeMillis();
    assertThat(line).matches("([0-9]+ ){4}[0-9]+");
    return Arrays.stream(line.split(" ", -1))
        .map(time -> Math.round((Long.parseLong(time) - now) / (double) A_MINUTE))
        .toList();
  }

  private void awaitAhead(long minutes) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ahead().equals(List.of(minutes, minutes, minutes, minutes, minutes))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
    }
  }

  @Test
  void clockGoesRightUntilItIsSetAndHoweverTheTimeIsAskedFor() throws IOException {
    assertThat(ahead()).containsOnly(0L);
    clocks.set(1, Duration.ofHours(2));
    awaitAhead(120);
    clocks.set(1, Duration.ofMinutes(-30));
    awaitAhead(-30);
    clocks.set(1, Duration.ZERO);
    awaitAhead(0);
  }
}
