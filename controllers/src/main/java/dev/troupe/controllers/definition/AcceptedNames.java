package dev.troupe.controllers.definition;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which of the names that a definition asks for it gets: those that nobody else has. One that it
/// does not get it keeps as it was.
///
/// @param reason why it does not get them all; null if it does
/// @param message the same in words
record AcceptedNames(CustomResourceDefinitionNames names, @Nullable String reason, String message) {

  private static final String IN_USE = "\"%s\" is already in use";

  /// @param former that it has got before; null if none
  static AcceptedNames of(
      CustomResourceDefinitionNames wanted,
      @Nullable CustomResourceDefinitionNames former,
      TakenNames taken) {
    var names = new CustomResourceDefinitionNames();
    names.setCategories(wanted.getCategories());
    var conflicts = new Conflicts();
    var old = former == null ? new CustomResourceDefinitionNames() : former;
    names.setPlural(
        conflicts.settle("Plural", wanted.getPlural(), old.getPlural(), taken.resources()));
    names.setSingular(
        conflicts.settle("Singular", wanted.getSingular(), old.getSingular(), taken.resources()));
    names.setShortNames(
        conflicts.settleShort(shortNames(wanted), shortNames(old), taken.resources()));
    names.setKind(conflicts.settle("Kind", wanted.getKind(), old.getKind(), taken.kinds()));
    names.setListKind(
        conflicts.settle("ListKind", wanted.getListKind(), old.getListKind(), taken.kinds()));
    return new AcceptedNames(names, conflicts.reason, conflicts.message);
  }

  static List<String> shortNames(CustomResourceDefinitionNames names) {
    return Objects.requireNonNullElse(names.getShortNames(), List.of());
  }

  /// The first that is found is the one that is told.
  private static final class Conflicts {

    private @Nullable String reason;
    private String message = "";

    private @Nullable String settle(
        String which, @Nullable String wanted, @Nullable String former, Set<String> taken) {
      if (wanted == null || !taken.contains(wanted)) {
        return wanted;
      }
      tell(which + "Conflict", IN_USE.formatted(wanted));
      return former;
    }

    private List<String> settleShort(List<String> wanted, List<String> former, Set<String> taken) {
      var conflicting = wanted.stream().filter(taken::contains).toList();
      if (conflicting.isEmpty()) {
        return wanted;
      }
      var words = new ArrayList<>(conflicting.stream().map(IN_USE::formatted).toList());
      tell(
          "ShortNamesConflict",
          words.size() == 1 ? words.getFirst() : "[" + String.join(", ", words) + "]");
      return former;
    }

    private void tell(String why, String words) {
      if (reason == null) {
        reason = why;
        message = words;
      }
    }
  }
}
