package dev.troupe.testkit.experiment.file;

import dev.troupe.testkit.experiment.plan.RefusedExperiment;
import dev.troupe.testkit.experiment.plan.Workload;
import dev.troupe.testkit.experiment.plan.WorkloadKind;
import java.time.Duration;
import java.util.Map;

/// Reads which workload a part of a file means.
final class WorkloadReader {

  private static final Map<String, WorkloadKind> KINDS =
      FaultReader.words(WorkloadKind.values(), WorkloadKind::word);

  private WorkloadReader() {}

  static Workload read(YamlPart part) {
    var section = Section.of(FileSection.WORKLOAD, part);
    var kind = section.choice(FileKey.WORKLOAD_KIND, KINDS);
    var workload = workload(kind, section);
    section.end("a workload " + kind.word());
    return workload;
  }

  /// @throws RefusedExperiment if something is not as the kind wants it
  static Workload workload(WorkloadKind kind, Section section) {
    return switch (kind) {
      case STEADY -> new Workload.Steady(perSecond(section));
      case CRUD ->
          new Workload.Crud(
              perSecond(section),
              clients(section),
              section.number(FileKey.NAMESPACES),
              section.number(FileKey.OBJECTS));
      case HOT_OBJECT -> new Workload.HotObject(perSecond(section), clients(section));
      case MANY_NAMESPACES ->
          new Workload.ManyNamespaces(
              perSecond(section), clients(section), section.number(FileKey.NAMESPACES));
      case INFORMERS -> new Workload.Informers(clients(section), every(section));
      case LIST_WATCH -> new Workload.ListWatch(clients(section), every(section));
      case DEPLOYMENTS -> new Workload.Deployments(section.number(FileKey.OBJECTS), every(section));
      case LEASES -> new Workload.Leases(clients(section), every(section));
    };
  }

  private static int perSecond(Section section) {
    return section.number(FileKey.PER_SECOND);
  }

  private static int clients(Section section) {
    return section.number(FileKey.CLIENTS);
  }

  private static Duration every(Section section) {
    return section.length(FileKey.WORKLOAD_EVERY);
  }
}
