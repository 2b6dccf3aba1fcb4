package dev.troupe.testkit.experiment.schedule;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.fault.InjectedFault.FullRestart;
import dev.troupe.testkit.experiment.fault.InjectedFault.PartialCut;
import dev.troupe.testkit.experiment.fault.InjectedFault.RingCut;
import dev.troupe.testkit.experiment.fault.InjectedFault.RollingMembers;
import dev.troupe.testkit.experiment.fault.InjectedFault.Scattering;
import dev.troupe.testkit.experiment.fault.InjectedFault.Targeted;
import dev.troupe.testkit.experiment.fault.Who;
import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.FaultPlan;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Draws one schedule: moments, lengths, kinds and whom they hit, in this order for each fault.
final class FaultDraw {

  /// A multiple of every count of partitions or members up to 16, so that each is as likely.
  private static final int PLACES = 720_720;

  private final ExperimentPlan plan;
  private final Random random;
  private final List<ScheduledFault> found = new ArrayList<>();

  FaultDraw(ExperimentPlan plan, long seed) {
    this.plan = plan;
    this.random = new Random(seed);
  }

  List<ScheduledFault> all() {
    plan.faults().planned().forEach(this::addPlanned);
    var drawn = plan.faults().random();
    if (drawn != null) {
      draw(drawn);
    }
    if (found.isEmpty() && drawn != null) {
      throw new RefusedExperiment(
          "a run of %s has no time for a fault".formatted(text(plan.timing().whole())));
    }
    found.sort(Comparator.comparing(ScheduledFault::at));
    return IntStream.range(0, found.size()).mapToObj(this::numbered).toList();
  }

  private ScheduledFault numbered(int place) {
    var one = found.get(place);
    return new ScheduledFault(place + 1, one.at(), one.lasts(), one.fault(), one.aim());
  }

  private static String text(@Nullable Duration length) {
    return length == null ? "no length" : DurationRange.text(length);
  }

  private void addPlanned(FaultPlan.Planned planned) {
    var at = plan.timing().warmUp().plus(planned.at());
    var lasts = planned.lasts().draw(random);
    if (isTooLate(at.plus(lasts))) {
      throw new RefusedExperiment(
          "a run of %s ends before %s at %s is over, and %s of quiet behind it"
              .formatted(
                  text(plan.timing().whole()),
                  planned.fault().kind().word(),
                  text(at),
                  text(plan.timing().quiet())));
    }
    add(at, lasts, planned.fault());
  }

  private boolean isTooLate(Duration end) {
    var whole = plan.timing().whole();
    return whole != null && end.plus(plan.timing().quiet()).compareTo(whole) > 0;
  }

  private void draw(FaultPlan.Drawn drawn) {
    var planned = List.copyOf(found);
    var at = plan.timing().warmUp().plus(drawn.gap().draw(random));
    for (int i = 0; i < drawn.count(); i++) {
      var lot = lot(drawn.of());
      var lasts = lot.lasts().draw(random);
      if (!plan.faults().overlaps()) {
        at = free(at, lasts, planned, drawn.gap());
      }
      if (isTooLate(at.plus(lasts))) {
        return;
      }
      add(at, lasts, lot.fault());
      var from = plan.faults().overlaps() ? at : at.plus(lasts);
      at = from.plus(drawn.gap().draw(random));
    }
  }

  private FaultPlan.Lot lot(List<FaultPlan.Lot> lots) {
    int at = random.nextInt(lots.stream().mapToInt(FaultPlan.Lot::weight).sum());
    for (var lot : lots) {
      at -= lot.weight();
      if (at < 0) {
        return lot;
      }
    }
    throw new IllegalStateException("no lot was drawn from " + lots);
  }

  /// The first moment at which there is room between planned ones.
  private Duration free(
      Duration wanted, Duration lasts, List<ScheduledFault> planned, DurationRange gap) {
    var at = wanted;
    for (var other : planned) {
      if (at.compareTo(other.end()) < 0 && at.plus(lasts).compareTo(other.at()) > 0) {
        at = other.end().plus(gap.draw(random));
      }
    }
    return at;
  }

  private void add(Duration at, Duration lasts, InjectedFault fault) {
    found.add(new ScheduledFault(found.size() + 1, at, lasts, fault, aim(fault)));
  }

  private Aim aim(InjectedFault fault) {
    return switch (fault) {
      case Targeted hit -> aim(hit.who());
      case PartialCut(var between) when !between.isEmpty() -> new Aim.Members(between);
      case PartialCut _ -> two();
      case Scattering _, RingCut _, RollingMembers _, FullRestart _ -> everybody();
      default -> new Aim.NoMember();
    };
  }

  private Aim aim(Who who) {
    return switch (who) {
      case Who.MemberNumber(int number) -> new Aim.Members(List.of(number));
      case Who.Role role ->
          switch (role) {
            case OWNER -> new Aim.PartitionOwner(random.nextInt(PLACES));
            case COORDINATOR -> new Aim.Coordinator();
            case LEADER -> new Aim.Leader();
            case OTHER -> new Aim.NotTheCoordinator(random.nextInt(PLACES));
            case ANY -> new Aim.Members(List.of(1 + random.nextInt(members())));
            case ALL -> everybody();
          };
    };
  }

  private int members() {
    return plan.topology().members();
  }

  private Aim two() {
    int one = 1 + random.nextInt(members());
    int other = 1 + random.nextInt(members() - 1);
    return new Aim.Members(List.of(one, other < one ? other : other + 1));
  }

  private Aim everybody() {
    return new Aim.Members(IntStream.rangeClosed(1, members()).boxed().toList());
  }
}
