package dev.troupe.clusterconfig.command.experiment;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.run.StopHook;
import dev.troupe.clusterconfig.postgres.DatabaseFailedException;
import dev.troupe.testkit.experiment.guest.Guest;
import dev.troupe.testkit.experiment.outcome.OutcomeWords;
import dev.troupe.testkit.experiment.outcome.RunFiles;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import dev.troupe.testkit.experiment.run.ExperimentRun;
import dev.troupe.testkit.experiment.run.RunSite;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Runs experiments, one after the other, and writes and tells what came of each. Interrupted, it
/// lets the one that is on its way come to its end, and begins no other.
final class RunSession {

  /// Members that are stopped in the middle of anything are back, or given up, by then.
  private static final Duration LAST_WORDS = Duration.ofMinutes(8);

  private static final int LAST_LINES = 15;

  private final String program;
  private final Path output;
  private final PrintWriter out;
  private final CompletableFuture<Integer> code = new CompletableFuture<>();
  private volatile @Nullable ExperimentRun current;
  private volatile boolean stopped;

  /// @param program the class whose `main` runs the command: what members are as well
  /// @param output where reports are written, and members have their files
  RunSession(Class<?> program, Path output, PrintWriter out) {
    this.program = program.getName();
    this.output = output;
    this.out = out;
  }

  /// What came of a run, and where it is written.
  record Outcome(ExperimentRecord record, RunFiles files) {

    Verdict verdict() {
      return record.verdict();
    }
  }

  /// Does the work of the session, which may be interrupted.
  ///
  /// @return with which code the process ends
  int during(IntSupplier work) {
    var hook = new StopHook(this::stop);
    hook.install();
    try {
      code.complete(work.getAsInt());
      return code.join();
    } catch (RuntimeException failure) {
      code.completeExceptionally(failure);
      throw failure;
    } finally {
      hook.forget();
    }
  }

  /// Whether no other run is to begin.
  boolean isStopped() {
    return stopped;
  }

  /// @param command repeats the run, with its seed
  /// @throws dev.troupe.testkit.experiment.plan.RefusedExperiment if it cannot be run here
  /// @throws CommandFailedException if it failed
  Outcome run(ExperimentPlan plan, long seed, String command) {
    var run = ExperimentRun.of(plan, seed, command, site());
    current = run;
    if (stopped) {
      run.stop();
    }
    out.printf("%s: %s%nseed %d%n", plan.name(), plan.shows(), seed);
    out.flush();
    try {
      var record = run.run();
      var files = RunFiles.write(output, record);
      tell(record, files);
      return new Outcome(record, files);
    } catch (IllegalStateException | DatabaseFailedException failure) {
      throw new CommandFailedException("the run has failed: " + shortened(failure.getMessage()));
    } finally {
      current = null;
    }
  }

  /// The first line, and the last of those that follow it: of a log, what came last.
  private static String shortened(@Nullable String message) {
    var lines = String.valueOf(message).concat("\n").lines().toList();
    var last = lines.subList(Math.max(1, lines.size() - LAST_LINES), lines.size());
    return lines.getFirst() + last.stream().map(line -> "\n" + line).collect(Collectors.joining());
  }

  private RunSite site() {
    return new LocalRunSites()
        .at(
            output.resolve("running"),
            line -> {
              out.println(line);
              out.flush();
            })
        .with(new Guest(program, Guest.NONE.work()));
  }

  private void tell(ExperimentRecord record, RunFiles files) {
    record.verdicts().stream().filter(one -> one.verdict() != Verdict.HELD).forEach(this::tell);
    OutcomeWords.leftOut(record).forEach(out::println);
    out.printf(
        "%n%s: %s%nreport %s%nrecord %s%nagain  %s%n",
        record.run().experiment(),
        OutcomeWords.sentence(record),
        files.page(),
        files.record(),
        record.run().command());
    out.flush();
  }

  private void tell(InvariantVerdict verdict) {
    out.printf(
        "%s %s: %s%n",
        verdict.invariant(),
        verdict.verdict() == Verdict.BROKEN ? "is broken" : "is open",
        verdict.offences().stream().map(Offence::what).findFirst().orElse(verdict.note()));
  }

  private int stop() {
    stopped = true;
    var run = current;
    if (run != null) {
      run.stop();
    }
    try {
      return code.get(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      out.println("troupe: " + String.valueOf(failure.getCause()));
    } catch (TimeoutException late) {
      out.printf(
          "the run has not come to its end after %d min; the next one removes what is left of it%n",
          LAST_WORDS.toMinutes());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.flush();
    return 1;
  }
}
