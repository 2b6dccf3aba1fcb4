package dev.troupe.testkit.experiment.run;

import dev.troupe.testkit.experiment.fault.FaultKind;
import dev.troupe.testkit.experiment.fault.InjectedFault.RollingMembers;
import dev.troupe.testkit.experiment.injector.InjectionGround;
import dev.troupe.testkit.experiment.injector.Injections;
import dev.troupe.testkit.experiment.injector.MemberKeeper;
import dev.troupe.testkit.experiment.injector.NetworkCuts;
import dev.troupe.testkit.experiment.observer.MemberPolls;
import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.record.ExperimentRecord;
import dev.troupe.testkit.experiment.run.RunSeen.RunEnd;
import dev.troupe.testkit.experiment.schedule.FaultSchedule;
import dev.troupe.testkit.experiment.schedule.ScheduledFault;
import dev.troupe.testkit.experiment.witness.RunWitnesses;
import dev.troupe.testkit.experiment.witness.RunWitnesses.Patience;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.load.OpenLoad;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// A run from the beginning of its load to the end of it. One thread does everything, again and
/// again: it looks who has ended, does what is due, and waits a moment.
final class RunningExperiment {

  private static final long STEP_NANOS = 20_000_000;

  private final ExperimentPlan plan;
  private final FaultSchedule schedule;
  private final RunMeans means;
  private final RunSite site;
  private final MemberServers servers;
  private final OpenLoad load;
  private final MemberPolls polls;
  private final RunClock clock;
  private final MemberWatch watch;
  private final FaultDrive drive;
  private RunEnd end = RunEnd.NONE;

  RunningExperiment(
      ExperimentPlan plan,
      FaultSchedule schedule,
      RunMeans means,
      RunSite site,
      RunStage stage,
      OpenLoad load,
      MemberPolls polls,
      RunClock clock) {
    this.plan = plan;
    this.schedule = schedule;
    this.means = means;
    this.site = site;
    this.servers = stage.servers();
    this.load = load;
    this.polls = polls;
    this.clock = clock;
    var keeper =
        new MemberKeeper(
            servers,
            member -> {
              stage.inventory().look();
              polls.forget(member.name());
            },
            System::nanoTime);
    this.watch = new MemberWatch(keeper, this::isReady, clock::micros, this::say);
    this.drive =
        new FaultDrive(
            schedule.faults().stream()
                .filter(fault -> !means.missing().containsKey(fault.fault().kind()))
                .toList(),
            plan.faults().overlaps(),
            this::isCalm,
            new Injections(ground(stage, keeper))::of,
            clock::micros,
            new Telling());
  }

  private InjectionGround ground(RunStage stage, MemberKeeper keeper) {
    return new InjectionGround(
        servers,
        keeper,
        stage.database(),
        new NetworkCuts(servers.network()),
        stage::link,
        stage.shares(),
        stage.memory(),
        stage.clocks(),
        plan.topology().olderBuild(),
        () -> polls.holdings().values(),
        member -> isReady(member) && polls.isServed(ExperimentRun.COLLECTION),
        member -> watch.lost(List.of(member)),
        member -> {
          stage.inventory().look();
          polls.add(asked(member));
        },
        System::nanoTime);
  }

  static MemberPolls.Asked asked(MemberServer member) {
    return new MemberPolls.Asked(member.name(), member.address(), member.api());
  }

  private boolean isReady(MemberServer member) {
    return polls.isReady(member.name());
  }

  private void say(String what) {
    site.progress().accept(String.format(Locale.ROOT, "%7.1f s  %s", clock.micros() / 1e6, what));
  }

  private final class Telling implements FaultDrive.Told {

    @Override
    public void began(ScheduledFault fault, List<MemberServer> victims) {
      if (!(fault.fault() instanceof RollingMembers)) {
        watch.lost(victims);
      }
      if (fault.fault().kind() == FaultKind.DATABASE_FAILOVER) {
        load.pastMayEnd();
      }
      var names = victims.stream().map(MemberServer::name).collect(Collectors.joining(" "));
      say(
          "%d of %d: %s %s for %s"
              .formatted(
                  fault.number(),
                  schedule.faults().size(),
                  fault.fault().kind().word(),
                  names,
                  DurationRange.text(fault.lasts())));
    }

    @Override
    public void ended(ScheduledFault fault) {
      say("%d is over".formatted(fault.number()));
    }

    @Override
    public void leftOut(ScheduledFault fault, String why) {
      say("%d, %s, is left out: %s".formatted(fault.number(), fault.fault().kind().word(), why));
    }
  }

  /// Until all is done and is there again, or somebody stops it.
  void carryOut(BooleanSupplier stopped) {
    say(
        "members: %d, all serve and are under load; faults: %d, in %s"
            .formatted(
                servers.all().size(),
                schedule.faults().size(),
                DurationRange.text(schedule.length().truncatedTo(ChronoUnit.SECONDS))));
    boolean isThere = false;
    var failure = "";
    try {
      while (!stopped.getAsBoolean() && !isTimeUp()) {
        step();
      }
      if (stopped.getAsBoolean()) {
        say("it is stopped");
        drive.heal();
        while (!drive.isOver()) {
          step();
        }
      }
      long latest = Math.max(clock.micros(), drive.lastEnd() + micros(patience()));
      isThere = isAllThere();
      while (!isThere && !stopped.getAsBoolean() && clock.micros() < latest) {
        step();
        isThere = isAllThere();
      }
    } catch (RuntimeException broken) {
      failure = broken.toString();
      say("it cannot go on: " + failure);
    }
    long over = clock.micros();
    end = new RunEnd(over, isThere, failure, endLoad());
  }

  /// Whether it could not go on.
  boolean hasFailed() {
    return !end.failure().isEmpty();
  }

  private void step() {
    watch.look();
    drive.proceed();
    LockSupport.parkNanos(STEP_NANOS);
  }

  private boolean isTimeUp() {
    var whole = plan.timing().whole();
    long until =
        whole == null
            ? Math.max(drive.lastEnd(), micros(plan.timing().warmUp()))
                + micros(plan.timing().quiet())
            : micros(whole);
    return drive.isOver() && clock.micros() >= until;
  }

  private static long micros(Duration length) {
    return length.toNanos() / 1_000;
  }

  private Duration patience() {
    return plan.topology().startsWithin();
  }

  /// A fault shows what it costs only where what the one before has cost is there again. Who needs
  /// longer than he may is not waited for.
  private boolean isCalm() {
    return isAllThere() || clock.micros() >= drive.lastEnd() + micros(patience());
  }

  private boolean isAllThere() {
    return servers.all().stream().allMatch(member -> member.isAlive() && isReady(member))
        && polls.isServed(ExperimentRun.COLLECTION);
  }

  /// @return why a client could not go on; empty if all could
  private String endLoad() {
    say("the load ends");
    try {
      load.end();
      return "";
    } catch (IllegalStateException failure) {
      return String.valueOf(failure.getMessage());
    }
  }

  ExperimentRecord record(
      String command,
      List<LoadSettings.Namespace> namespaces,
      RunWitnesses witnesses,
      boolean stopped) {
    boolean isCalm = end.isAllThere() && end.failure().isEmpty() && !stopped;
    say("controllers come to rest, and the past is asked for");
    var testimony = witnesses.end(Patience.STANDARD, isCalm);
    say("what clients saw is held against what must hold");
    var seen = new RunSeen(load, drive, watch, polls, servers, clock, end, testimony);
    return new RunRecord(plan, schedule, means, site, seen).of(command, namespaces, stopped);
  }
}
