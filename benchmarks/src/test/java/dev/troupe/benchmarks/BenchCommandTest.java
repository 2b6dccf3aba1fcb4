package dev.troupe.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final CommandLine command =
      new CommandLine(new BenchCommand())
          .setOut(new PrintWriter(out))
          .setErr(new PrintWriter(err))
          .setExecutionExceptionHandler((problem, _, _) -> {
            err.append(problem.getMessage());
            return 1;
          });

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create",
        "deploy",
        "start",
        "store",
        "postgresql",
        "actors",
        "recovery",
        "list",
        "watch",
        "grow",
        "open",
        "failover",
        "scale",
        "hop"
      })
  void everyBenchmarkTellsItsOptions(String benchmark) {
    assertThat(command.execute(benchmark, "--help")).isZero();
    assertThat(out.toString()).contains("--rounds", "--output", "--directory");
  }

  @Test
  void failoverTellsWhatACutNeeds() {
    assertThat(command.execute("failover", "--help")).isZero();
    assertThat(out.toString()).contains("cut", "root");
  }

  @Test
  void soakTellsItsOptions() {
    assertThat(command.execute("soak", "--help")).isZero();
    assertThat(out.toString()).contains("--minutes", "exit code 1");
  }

  @Test
  void nothingIsSoakedForNoTime() {
    assertThat(command.execute("soak", "--minutes=0")).isEqualTo(CommandLine.ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds=0", "--seconds=-1", "--writers=64,0"})
  void nothingIsMeasuredZeroTimes(String option) {
    assertThat(command.execute("store", option)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--rounds=0", "--writers=64,0", "--partitions=0"})
  void databaseIsNotMeasuredZeroTimes(String option) {
    assertThat(command.execute("postgresql", option)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("must be at least 1");
  }

  // command and option
  @ParameterizedTest
  @CsvSource({
    "list, --objects=0",
    "list, '--clients=16,0'",
    "watch, '--watchers=1,0'",
    "watch, --events=-1",
    "hop, '--writers=1,0'",
    "open, '--objects=20,0'",
    "failover, --writes=0",
    "scale, '--members=1,0'"
  })
  void nothingIsReadByNobody(String command, String option) {
    assertThat(this.command.execute(command, option)).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("must be at least 1");
  }

  @Test
  void urlOfAnotherDatabaseIsRefused(@TempDir Path parent) {
    var url = "jdbc:paper://localhost/drawer";

    assertThat(command.execute("postgresql", "--directory", parent.toString(), "--url", url))
        .isEqualTo(1);
    assertThat(err.toString()).contains("not the URL of a PostgreSQL database: " + url);
  }

  @Test
  void unknownPeerIsRefusedWithThoseThatAreKnown() {
    assertThat(command.execute("store", "--against", "paper"))
        .isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(err.toString()).contains("paper", "etcd");
  }

  @Test
  void scaleSaysWhereItCannotBeMeasured(@TempDir Path parent) {
    assertThat(
            command.execute(
                "scale", "--directory", parent.toString(), "--groups", parent.toString()))
        .isEqualTo(1);
    assertThat(err.toString())
        .contains("cannot be given fixed shares of the processors here", "no control groups");
  }

  @Test
  void missingDirectoryIsNamed(@TempDir Path parent) {
    var missing = parent.resolve("missing");

    assertThat(command.execute("store", "--directory", missing.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("there is no directory " + missing);
  }
}
