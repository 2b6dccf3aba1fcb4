package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.fault.InjectedFault;
import dev.troupe.testkit.experiment.plan.DurationRange;
import dev.troupe.testkit.experiment.plan.ExperimentPlan;
import dev.troupe.testkit.experiment.plan.FaultPlan;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.plan.MustHold;
import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.plan.Timing;
import dev.troupe.testkit.experiment.plan.Topology;
import dev.troupe.testkit.experiment.plan.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads an experiment from a file. It takes nothing that it does not understand: a wrong word,
/// unit or key is refused with its line and column, what may stand there, and what may have been
/// meant.
public final class ExperimentReader {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?");
  private static final Pattern COLLECTION = Pattern.compile("[a-z][a-z0-9.-]{0,99}");
  private static final Pattern OPTION = Pattern.compile("-[^\\s]{1,199}");
  private static final int MOST_PARTITIONS = 256;

  private static final Map<String, Invariant> INVARIANTS =
      FaultReader.words(Invariant.values(), Invariant::word);

  private static final Map<String, Topology.Storage> STORES =
      FaultReader.words(Topology.Storage.values(), Topology.Storage::word);
  private static final Map<String, Boolean> ANSWERS =
      FaultReader.words(new Boolean[] {true, false}, answer -> answer ? "yes" : "no");

  private final Section experiment;
  private final Section durations;
  private final DurationRange fault;

  private ExperimentReader(YamlPart part) {
    this.experiment = Section.of(FileSection.EXPERIMENT, part);
    this.durations = experiment.section(FileKey.DURATIONS, FileSection.DURATIONS);
    this.fault = durations.lengths(FileKey.FAULT);
  }

  /// @param file how it is called in messages
  /// @throws RefusedExperiment if it is none
  public static ExperimentPlan read(String file, byte[] bytes) {
    return new ExperimentReader(YamlParts.read(file, bytes)).plan();
  }

  /// @throws RefusedExperiment if it is none
  /// @throws IOException if it cannot be read
  public static ExperimentPlan read(Path file) throws IOException {
    try (var bytes = Files.newInputStream(file)) {
      return read(file.toString(), bytes.readNBytes(YamlParts.MOST_BYTES + 1));
    }
  }

  private ExperimentPlan plan() {
    var topology = topology(experiment.section(FileKey.MEMBERS, FileSection.MEMBERS));
    var workload =
        experiment.list(FileKey.WORKLOAD, 1, 10).stream().map(WorkloadReader::read).toList();
    var faults = faults(topology);
    var timing = timing();
    var mustHold = mustHold(experiment.section(FileKey.MUST_HOLD, FileSection.MUST_HOLD));
    return build(topology, workload, faults, timing, mustHold);
  }

  private ExperimentPlan build(
      Topology topology,
      List<Workload> workload,
      FaultPlan faults,
      Timing timing,
      MustHold mustHold) {
    var name = experiment.text(FileKey.NAME);
    if (!NAME.matcher(name).matches()) {
      throw experiment
          .place(FileKey.NAME)
          .refusal("\"" + name + "\" is no name: it has small letters, digits and - in it");
    }
    var shows = experiment.text(FileKey.SHOWS).strip().replaceAll("\\s+", " ");
    return at(
        experiment.place(),
        () -> new ExperimentPlan(name, shows, topology, workload, faults, timing, mustHold));
  }

  /// What does not fit together is told with the place where it is said.
  private static <T> T at(FilePlace place, Supplier<T> made) {
    try {
      return made.get();
    } catch (RefusedExperiment refused) {
      throw place.refusal(refused.why());
    }
  }

  private static Topology topology(Section members) {
    return new Topology(
        members.number(FileKey.MEMBER_COUNT),
        partitions(members),
        members.list(FileKey.JVM, 0, 20).stream().map(ExperimentReader::option).toList(),
        members.choice(FileKey.STORE, STORES),
        members.length(FileKey.STARTS_WITHIN),
        members.length(FileKey.LEAVES_WITHIN),
        members.has(FileKey.OLDER_BUILD) ? members.text(FileKey.OLDER_BUILD) : "");
  }

  private static Map<String, Integer> partitions(Section members) {
    var partitions = new TreeMap<String, Integer>();
    members
        .entries(FileKey.PARTITIONS)
        .forEach((type, found) -> {
          if (!COLLECTION.matcher(type).matches()) {
            throw found.key().refusal("\"" + type + "\" is no type: write it as \"pods\"");
          }
          int count = Section.number(FileKey.PARTITIONS, found.value());
          if (count < 1 || count > MOST_PARTITIONS) {
            throw found
                .value()
                .place()
                .refusal("a collection has 1 to " + MOST_PARTITIONS + " partitions, not " + count);
          }
          partitions.put(type, count);
        });
    return partitions;
  }

  private static String option(YamlPart part) {
    if (part instanceof YamlPart.YamlText(_, String text) && OPTION.matcher(text).matches()) {
      return text;
    }
    throw part.place()
        .refusal("an option of a JVM begins with - and has no spaces, this is " + part.words());
  }

  private FaultPlan faults(Topology topology) {
    var faults = experiment.section(FileKey.FAULTS, FileSection.FAULTS);
    var planned =
        faults.list(FileKey.PLANNED, 0, 100).stream().map(item -> planned(item, topology)).toList();
    var random = faults.has(FileKey.RANDOM) ? random(faults, topology) : null;
    boolean overlap = faults.choice(FileKey.OVERLAP, ANSWERS);
    return at(faults.place(FileKey.PLANNED), () -> new FaultPlan(planned, random, overlap));
  }

  private FaultPlan.Planned planned(YamlPart part, Topology topology) {
    var section = Section.of(FileSection.FAULT, part);
    var fault = fault(section, topology, FileKey.AT);
    return new FaultPlan.Planned(section.length(FileKey.AT), fault, lasts(section));
  }

  private FaultPlan.Drawn random(Section faults, Topology topology) {
    var random = faults.section(FileKey.RANDOM, FileSection.RANDOM);
    return new FaultPlan.Drawn(
        random.list(FileKey.OF, 1, 100).stream().map(item -> lot(item, topology)).toList(),
        random.lengths(FileKey.GAP),
        random.number(FileKey.COUNT));
  }

  private FaultPlan.Lot lot(YamlPart part, Topology topology) {
    var section = Section.of(FileSection.FAULT, part);
    var fault = fault(section, topology, FileKey.WEIGHT);
    return new FaultPlan.Lot(fault, lasts(section), section.number(FileKey.WEIGHT));
  }

  /// @param more a key that it may have here
  private static InjectedFault fault(Section section, Topology topology, FileKey more) {
    var kind = FaultReader.kind(section);
    var fault = FaultReader.fault(kind, section);
    section.allow(FileKey.FOR);
    section.allow(more);
    section.end("a fault " + kind.word() + " here");
    var obstacle = topology.obstacle(fault);
    if (!obstacle.isEmpty()) {
      throw section.place().refusal(obstacle);
    }
    return fault;
  }

  private DurationRange lasts(Section section) {
    return section.has(FileKey.FOR) ? section.lengths(FileKey.FOR) : fault;
  }

  private Timing timing() {
    var warmUp = durations.length(FileKey.WARM_UP);
    var quiet = durations.length(FileKey.QUIET);
    var whole = optional(durations, FileKey.WHOLE);
    return at(durations.place(FileKey.WHOLE), () -> new Timing(warmUp, quiet, whole));
  }

  private static @Nullable Duration optional(Section section, FileKey key) {
    return section.has(key) ? section.length(key) : null;
  }

  private static MustHold mustHold(Section section) {
    return new MustHold(
        invariants(section),
        optional(section, FileKey.WRITABLE_WITHIN),
        optional(section, FileKey.WATCHES_SILENT),
        optional(section, FileKey.CONTROLLERS_ACT),
        section.has(FileKey.FAILED_REQUESTS) ? section.number(FileKey.FAILED_REQUESTS) : null);
  }

  private static List<Invariant> invariants(Section section) {
    if (section.says(FileKey.INVARIANTS, "all")) {
      return Arrays.asList(Invariant.values());
    }
    return section.list(FileKey.INVARIANTS, 1, INVARIANTS.size()).stream()
        .map(item -> Section.choice(FileKey.INVARIANTS, item, INVARIANTS))
        .distinct()
        .toList();
  }
}
