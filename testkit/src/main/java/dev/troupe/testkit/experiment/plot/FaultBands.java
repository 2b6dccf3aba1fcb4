package dev.troupe.testkit.experiment.plot;

import dev.troupe.testkit.experiment.record.FaultSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The faults of a run, as they are drawn behind every plot. Those of one name have one number; of
/// more than [#MOST] names the kinds are numbered instead.
///
/// @param byName in the order in which they came
public record FaultBands(TimeAxis time, Map<String, List<FaultSpan>> byName) {

  private static final int MOST = 20;

  /// So that one sees also what took no time.
  private static final double LEAST = 2;

  /// Numbers that are closer than that, in hundredths of the width, would be on top of each other.
  private static final double APART = 2.5;

  public static FaultBands of(TimeAxis time, List<FaultSpan> faults) {
    var byName = group(faults, false);
    return new FaultBands(time, byName.size() > MOST ? group(faults, true) : byName);
  }

  private static Map<String, List<FaultSpan>> group(List<FaultSpan> faults, boolean byKind) {
    var groups = new LinkedHashMap<String, List<FaultSpan>>();
    for (var fault : faults) {
      var name = byKind ? fault.kind() : fault.name();
      var known = groups.size() < 2 * MOST || groups.containsKey(name) ? name : "others";
      groups.computeIfAbsent(known, _ -> new ArrayList<>()).add(fault);
    }
    return groups;
  }

  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /// All of them, as high as a plot.
  PathData path(double height) {
    var path = new PathData();
    byName.values().forEach(faults -> faults.forEach(fault -> add(path, fault, 0, height)));
    return path;
  }

  /// Adds one to a path.
  public void add(PathData path, FaultSpan fault, double top, double height) {
    double from = Math.min(time.at(fault.from()), TimeAxis.WIDTH - LEAST);
    path.rectangle(from, top, Math.max(LEAST, time.at(fault.to()) - from), height);
  }

  /// The numbers above a plot, where they find room.
  List<Label> numbers() {
    var all = new ArrayList<Label>();
    int number = 0;
    for (var faults : byName.values()) {
      number++;
      for (var fault : faults) {
        all.add(new Label(Integer.toString(number), time.percent(fault.from())));
      }
    }
    all.sort(Comparator.comparingDouble(Label::percent));
    var kept = new ArrayList<Label>();
    for (var label : all) {
      if (kept.isEmpty() || label.percent() - kept.getLast().percent() >= APART) {
        kept.add(label);
      }
    }
    return kept;
  }
}
