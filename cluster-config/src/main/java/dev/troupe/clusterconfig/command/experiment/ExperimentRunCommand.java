package dev.troupe.clusterconfig.command.experiment;

import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.option.Ranges;
import dev.troupe.clusterconfig.command.status.TextTable;
import dev.troupe.testkit.experiment.file.BoxedExperiments;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Verdict;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs one experiment, or all that are in the box, and writes their reports.
@Command(
    name = "run",
    description = {
      "Run an experiment, and write a report (HTML) and a record (JSON).",
      "Interrupted, it undoes what it has done and writes the report of what it has seen.",
      "Ends with 0 if everything held, with 1 if something did not or a run did not come to its"
          + " end, with 2 if it cannot be run."
    },
    mixinStandardHelpOptions = true)
final class ExperimentRunCommand implements Callable<Integer> {

  private static final int SEEDS = 1_000_000;

  @ArgGroup(multiplicity = "1")
  private final Which which = new Which();

  private static final class Which {

    @Parameters(
        paramLabel = "NAME|FILE",
        description = "An experiment of `troupe experiment list`, or a file with one")
    private String experiment = "";

    @Option(names = "--all", description = "All that are in the box and can be run here")
    private boolean all;
  }

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "The same seed has the same faults at the same moments (default: a fresh one)")
  private @Nullable Long seed;

  @Option(
      names = "--duration",
      paramLabel = "D",
      converter = ExperimentLength.class,
      description =
          "For how long members are under load, as 90s, 5m or 2h (default: as the experiment says)")
  private @Nullable Duration duration;

  @Option(
      names = "--members",
      paramLabel = "N",
      converter = Ranges.MemberCount.class,
      description = "How many members there are (default: as the experiment says)")
  private @Nullable Integer members;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "Where the report is written, and members have their files (default: ${DEFAULT-VALUE})")
  private Path output = Path.of("experiments");

  @Option(
      names = "--open",
      description = "Show the report in a browser when the run is over, if there is a desktop")
  private boolean open;

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Class<?> program;
  private final PrintWriter out;

  /// @param program the class whose `main` runs the command: what members are as well
  ExperimentRunCommand(Class<?> program, PrintWriter out) {
    this.program = program;
    this.out = out;
  }

  @Override
  public Integer call() {
    if (open && which.all) {
      throw new ParameterException(
          spec.commandLine(), "--open shows one report, and --all makes many");
    }
    var session = new RunSession(program, output, out);
    return which.all
        ? session.during(() -> runAll(session))
        : session.during(() -> run(session, which.experiment));
  }

  private int run(RunSession session, String experiment) {
    var outcome = outcome(session, experiment);
    if (open && !session.isStopped()) {
      var said = ReportViewer.here().show(outcome.files().page());
      if (!said.isEmpty()) {
        out.println(said);
      }
    }
    return outcome.verdict() == Verdict.HELD ? 0 : 1;
  }

  private RunSession.Outcome outcome(RunSession session, String experiment) {
    long drawn = seed == null ? new SecureRandom().nextInt(SEEDS) : seed;
    return session.run(plan(experiment), drawn, repeats(experiment, drawn));
  }

  /// What cannot be run here is named, and is no failure.
  private int runAll(RunSession session) {
    var table = new TextTable("EXPERIMENT", "VERDICT", "SEED", "SECONDS", "FAULTS", "REPORT");
    int code = 0;
    for (var name : BoxedExperiments.names()) {
      if (session.isStopped()) {
        code = 1;
        table.row(name, "not run", "", "", "", "interrupted");
      } else {
        try {
          var outcome = outcome(session, name);
          code = outcome.verdict() == Verdict.HELD ? code : 1;
          row(table, outcome);
        } catch (RefusedExperiment refused) {
          table.row(name, "not run", "", "", "", String.valueOf(refused.getMessage()));
        } catch (CommandFailedException failure) {
          code = 1;
          out.println(failure.getMessage());
          table.row(name, "failed", "", "", "", "");
        }
      }
    }
    out.println();
    table.print(out);
    out.flush();
    return code;
  }

  private static void row(TextTable table, RunSession.Outcome outcome) {
    var run = outcome.record().run();
    table.row(
        run.experiment(),
        outcome.verdict().toString().toLowerCase(Locale.ROOT),
        Long.toString(run.seed()),
        Long.toString(run.duration() / 1_000_000),
        Integer.toString(outcome.record().faults().size()),
        outcome.files().page().toString());
  }

  private ExperimentPlan plan(String experiment) {
    var plan = BoxedExperiments.find(experiment);
    if (members != null) {
      plan = plan.withMembers(members);
    }
    return duration == null ? plan : plan.lasting(duration);
  }

  /// What runs the same again.
  private String repeats(String experiment, long drawn) {
    var command = new StringBuilder("troupe experiment run " + experiment + " --seed " + drawn);
    if (duration != null) {
      command.append(" --duration ").append(duration.toSeconds()).append('s');
    }
    if (members != null) {
      command.append(" --members ").append(members);
    }
    return command.toString();
  }
}
