package dev.troupe.testkit.experiment.plot;

import java.util.List;
import java.util.Optional;

/// Names of partitions beside their rows, where there is room for a few letters: what all have in
/// common is said once, and what tells them apart is never cut off.
public record RowNames(List<String> partitions) {

  private static final int ROOM = 11;
  private static final String SEVERAL = "all lists";

  public RowNames {
    partitions = List.copyOf(partitions);
  }

  /// What all are partitions of, if that is the same.
  public Optional<String> collection() {
    var collections =
        partitions.stream()
            .filter(partition -> !partition.isEmpty())
            .map(partition -> partition.substring(0, end(partition)))
            .distinct()
            .toList();
    return collections.size() == 1 && !collections.getFirst().isEmpty()
        ? Optional.of(collections.getFirst())
        : Optional.empty();
  }

  private static int end(String partition) {
    int end = partition.lastIndexOf('#');
    return end < 0 ? partition.length() : end;
  }

  /// A heading that names it.
  public String heading(String text) {
    return collection().map(of -> text + " of " + Phrases.clipped(of)).orElse(text);
  }

  public List<Label> labels() {
    boolean isOne = collection().isPresent();
    return Panel.rowLabels(partitions.stream().map(partition -> label(partition, isOne)).toList());
  }

  private static String label(String partition, boolean isOne) {
    if (partition.isEmpty()) {
      return SEVERAL;
    }
    var number = partition.substring(end(partition));
    if (isOne && !number.isEmpty()) {
      return number;
    }
    int room = ROOM - number.length();
    boolean fits = end(partition) <= room || room < 1;
    return fits ? partition : partition.substring(0, room - 1) + "…" + number;
  }
}
