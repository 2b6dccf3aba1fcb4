package dev.troupe.clusterconfig.command;

import dev.troupe.api.extension.Extension;
import dev.troupe.clusterconfig.assembly.CompanyMember;
import dev.troupe.clusterconfig.assembly.SingleMember;
import dev.troupe.clusterconfig.certificates.DamagedCertificateException;
import dev.troupe.clusterconfig.command.create.NewCommand;
import dev.troupe.clusterconfig.command.data.CommandFailedException;
import dev.troupe.clusterconfig.command.experiment.ExperimentCommand;
import dev.troupe.clusterconfig.command.forecast.WhatIfCommand;
import dev.troupe.clusterconfig.command.journal.BlameCommand;
import dev.troupe.clusterconfig.command.journal.CauseCommand;
import dev.troupe.clusterconfig.command.journal.HistoryCommand;
import dev.troupe.clusterconfig.command.journal.QuarantineCommand;
import dev.troupe.clusterconfig.command.journal.TimersCommand;
import dev.troupe.clusterconfig.command.journal.UndoCommand;
import dev.troupe.clusterconfig.command.journal.WhyCommand;
import dev.troupe.clusterconfig.command.object.ChangesCommand;
import dev.troupe.clusterconfig.command.object.GetCommand;
import dev.troupe.clusterconfig.command.run.Foreground;
import dev.troupe.clusterconfig.configuration.WrongConfigurationException;
import dev.troupe.clusterconfig.member.CompanyStarter;
import dev.troupe.clusterconfig.member.MemberFailedException;
import dev.troupe.clusterconfig.member.MemberStarter;
import dev.troupe.clusterconfig.member.NotAdmittedException;
import dev.troupe.clusterconfig.member.Release;
import dev.troupe.clusterconfig.plugin.ControllerJars;
import dev.troupe.clusterconfig.process.FatalEnd;
import dev.troupe.controllers.BuiltInControllers;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.record.RecordFile;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `troupe` command.
@Command(
    name = "troupe",
    description = "A Kubernetes-compatible control plane, built as a troupe of actors.",
    version = "troupe " + Release.NAME,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class TroupeCommand {

  private static final int MOST_CAUSES = 16;

  /// Others must do something before it is of use to start again.
  private static final int NOT_ADMITTED = 4;

  private TroupeCommand() {}

  public static void main(String[] arguments) {
    run(TroupeCommand.class, Extension.NONE, arguments);
  }

  /// Runs the command, for programs whose members run more than Kubernetes, and exits.
  ///
  /// @param program the class whose `main` calls this: what `up --detach` starts again
  public static void run(Class<?> program, Extension extension, String... arguments) {
    FatalEnd.install();
    if (startsHere(arguments)) {
      Thread.ofPlatform().name("preparation").daemon().start(SingleMember::prepare);
    }
    refuseRenegotiation();
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    MemberStarter starter =
        settings -> SingleMember.start(settings, more(extension, settings.controllers()));
    CompanyStarter company =
        (configuration, told, begins) ->
            CompanyMember.start(
                configuration,
                more(
                    extension,
                    ControllerJars.of(configuration.controllers(), configuration.data())),
                told,
                begins);
    var commands = commandLine(program, starter, company, out, Foreground::uptime);
    if (!isKnown(commands, arguments)) {
      ServiceLoader.load(Subcommand.class).forEach(commands::addSubcommand);
    }
    System.exit(commands.execute(arguments));
  }

  private static Extension more(Extension extension, List<Path> jars) {
    return jars.isEmpty()
        ? extension
        : ControllerJars.added(extension, jars, BuiltInControllers.names());
  }

  /// Reading a command takes 0.2 s, in which another core can begin with what a member needs.
  private static boolean startsHere(String... arguments) {
    var all = List.of(arguments);
    return all.contains("member")
        || (all.contains("up")
            && !all.contains("--detach")
            && all.stream().noneMatch(word -> word.startsWith("--members")));
  }

  /// A client of TLS 1.2 could ask for one handshake after the other, each of which costs the
  /// server more than him. Read when TLS is first spoken.
  private static void refuseRenegotiation() {
    System.setProperty("jdk.tls.rejectClientInitiatedRenegotiation", "true");
  }

  /// Looking for the commands of other jars takes most of 0.2 s, which a start need not wait for.
  private static boolean isKnown(CommandLine commands, String... arguments) {
    return arguments.length > 0 && commands.getSubcommands().containsKey(arguments[0]);
  }

  static CommandLine commandLine(MemberStarter starter, PrintWriter out) {
    return commandLine(
        TroupeCommand.class,
        starter,
        (configuration, told, begins) ->
            CompanyMember.start(configuration, Extension.NONE, told, begins),
        out);
  }

  static CommandLine commandLine(
      Class<?> program, MemberStarter starter, CompanyStarter company, PrintWriter out) {
    return commandLine(program, starter, company, out, () -> Duration.ZERO);
  }

  /// @param age of the command: how long whoever has typed it waits already
  private static CommandLine commandLine(
      Class<?> program,
      MemberStarter starter,
      CompanyStarter company,
      PrintWriter out,
      Supplier<Duration> age) {
    return new CommandLine(new TroupeCommand())
        .addSubcommand(new UpCommand(program, starter, out))
        .addSubcommand(new MemberCommand(company, out))
        .addSubcommand(new DownCommand(out))
        .addSubcommand(new RestartCommand(out))
        .addSubcommand(new StatusCommand(out, age))
        .addSubcommand(new BackupCommand(out))
        .addSubcommand(new RestoreCommand(out))
        .addSubcommand(new AuthorityCommand(out))
        .addSubcommand(new CertificateCommand(out))
        .addSubcommand(new RepartitionCommand(out))
        .addSubcommand(new GetCommand(out))
        .addSubcommand(new HistoryCommand(out))
        .addSubcommand(new BlameCommand(out))
        .addSubcommand(new CauseCommand(out))
        .addSubcommand(new WhyCommand(out))
        .addSubcommand(new UndoCommand(out))
        .addSubcommand(new WhatIfCommand(out, InstantSource.system()))
        .addSubcommand(new TimersCommand(out))
        .addSubcommand(new QuarantineCommand(out))
        .addSubcommand(new ChangesCommand(out))
        .addSubcommand(ExperimentCommand.commandLine(program, out))
        .addSubcommand(NewCommand.commandLine(out))
        .addSubcommand(new RehearseCommand(starter))
        .setOut(out)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(TroupeCommand::report);
  }

  /// What a person can mend is told in one line; anything else is a bug and shown whole.
  private static int report(Exception problem, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (isDiskFull(problem)) {
      command
          .getErr()
          .println(
              "troupe: the disk is full; free some space, then do it again: "
                  + problem.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (!isForPeople(problem)) {
      throw problem;
    }
    command.getErr().println("troupe: " + problem.getMessage());
    return switch (problem) {
      case WrongConfigurationException _, RefusedExperiment _, RecordFile.UnreadableException _ ->
          CommandLine.ExitCode.USAGE;
      case NotAdmittedException _ -> NOT_ADMITTED;
      default -> CommandLine.ExitCode.SOFTWARE;
    };
  }

  /// Whoever notices it wraps it in an exception of its own; the words are the system's.
  private static boolean isDiskFull(Exception problem) {
    return Stream.<Throwable>iterate(problem, Objects::nonNull, Throwable::getCause)
        .limit(MOST_CAUSES)
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(words -> words.contains("No space left on device"));
  }

  private static boolean isForPeople(Exception problem) {
    return problem instanceof CommandFailedException
        || problem instanceof MemberFailedException
        || problem instanceof NotAdmittedException
        || problem instanceof WrongConfigurationException
        || problem instanceof RefusedExperiment
        || problem instanceof RecordFile.UnreadableException
        || problem instanceof DamagedCertificateException
        || problem instanceof StoreException
        || problem instanceof UncheckedIOException;
  }
}
