package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.audit.Observation.EventType;
import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.witness.Informed;
import dev.troupe.testkit.experiment.witness.ObjectChange;
import dev.troupe.testkit.experiment.witness.Settlement;
import dev.troupe.testkit.experiment.witness.Testimony;
import dev.troupe.testkit.experiment.witness.WitnessedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds what controllers promise against what informers were shown of their objects.
final class ObjectVerdicts {

  private static final Set<String> OVER = Set.of("Succeeded", "Failed");

  private final Testimony testimony;

  ObjectVerdicts(Testimony testimony) {
    this.testimony = testimony;
  }

  Optional<InvariantVerdict> finalizersHold() {
    var offences = new ArrayList<Offence>();
    long checked = 0;
    for (var families : testimony.of("families").stream().toList()) {
      var holding = new HashMap<String, ObjectChange>();
      for (var change : families.changes()) {
        if (!change.state().finalizers().isEmpty()) {
          holding.put(change.state().uid(), change);
        }
        var held = holding.get(change.state().uid());
        if (change.isDeletion() && held != null) {
          checked++;
          if (!isReleased(change)) {
            offences.add(
                new Offence(
                    change.state().key() + " has gone while a finalizer was on it",
                    List.of(held.toString(), change.toString())));
          }
        }
      }
    }
    return InvariantVerdicts.verdict(Invariant.FINALIZERS_HOLD, checked, offences);
  }

  private boolean isReleased(ObjectChange deletion) {
    var released = testimony.released().get(deletion.state().key());
    return deletion.state().finalizers().isEmpty()
        && released != null
        && released < deletion.nanos();
  }

  Optional<InvariantVerdict> ownersGoFirst() {
    var offences = new ArrayList<Offence>();
    long checked = 0;
    for (var families : testimony.of("families").stream().toList()) {
      var living = new HashMap<String, ObjectChange>();
      for (var change : families.changes()) {
        if (!change.isDeletion()) {
          living.put(change.state().uid(), change);
          continue;
        }
        living.remove(change.state().uid());
        if (!change.state().owners().isEmpty()) {
          checked++;
          change.state().owners().stream()
              .filter(living::containsKey)
              .findFirst()
              .ifPresent(owner -> offences.add(early(change, living.get(owner))));
        }
      }
    }
    unmet(true).forEach(offences::add);
    return InvariantVerdicts.verdict(Invariant.OWNERS_GO_FIRST, checked, offences);
  }

  private static Offence early(ObjectChange collected, @Nullable ObjectChange owner) {
    return new Offence(
        collected.state().key() + " is collected while its owner is there",
        List.of(String.valueOf(owner), collected.toString()));
  }

  private List<Offence> unmet(boolean ofCollectionOnly) {
    return testimony.settlement().stream()
        .flatMap(settlement -> settlement.unmet().stream())
        .filter(want -> want.isCollection() || !ofCollectionOnly)
        .map(want -> new Offence(want.what(), want.objects()))
        .toList();
  }

  Optional<InvariantVerdict> controllersSettle() {
    var offences = new ArrayList<>(unmet(false));
    testimony.settlement().stream()
        .flatMap(settlement -> settlement.left().stream())
        .map(want -> new Offence("it did not stay so: " + want.what(), want.objects()))
        .forEach(offences::add);
    return InvariantVerdicts.verdict(
        Invariant.CONTROLLERS_SETTLE,
        testimony.settlement().map(Settlement::wants).orElse(0L),
        offences);
  }

  /// Whoever has missed something of the one cannot say how many there may be of the other.
  Optional<InvariantVerdict> nothingTwice() {
    var sets = testimony.of("replicasets").filter(Informed::gapless);
    var pods = testimony.of("pods").filter(Informed::gapless);
    if (sets.isEmpty() || pods.isEmpty()) {
      return Optional.empty();
    }
    var offences = new ArrayList<Offence>();
    long checked = templates(sets.get(), offences) + places(sets.get(), pods.get(), offences);
    return InvariantVerdicts.verdict(Invariant.NOTHING_TWICE, checked, offences);
  }

  private record Template(String deployment, String hash) {}

  /// A deployment has one replica set for each template.
  private static long templates(Informed sets, List<Offence> offences) {
    Map<Template, Map<String, ObjectChange>> living = new HashMap<>();
    var known = new HashSet<String>();
    for (var change : sets.changes()) {
      var set = change.state();
      for (var owner : set.owners()) {
        var ofTemplate =
            living.computeIfAbsent(
                new Template(owner, set.facts().getOrDefault("template", "")),
                _ -> new LinkedHashMap<>());
        if (change.isDeletion() || set.deleting()) {
          ofTemplate.remove(set.uid());
        } else if (ofTemplate.put(set.uid(), change) == null && ofTemplate.size() > 1) {
          offences.add(
              new Offence(
                  set.key() + " is made for a template that has one",
                  ofTemplate.values().stream().map(ObjectChange::toString).toList()));
        }
      }
      known.add(set.uid());
    }
    return known.size();
  }

  /// A replica set never has more pods than it has ever wanted.
  private static long places(Informed sets, Informed pods, List<Offence> offences) {
    Map<String, WitnessedState> most = new HashMap<>();
    for (var change : sets.changes()) {
      most.merge(
          change.state().uid(),
          change.state(),
          (one, other) -> one.number("wanted") >= other.number("wanted") ? one : other);
    }
    Map<String, Map<String, ObjectChange>> living = new HashMap<>();
    long checked = 0;
    for (var change : pods.changes()) {
      var pod = change.state();
      for (var owner : pod.owners()) {
        var ofSet = living.computeIfAbsent(owner, _ -> new LinkedHashMap<>());
        boolean isOver = OVER.contains(pod.facts().getOrDefault("phase", ""));
        if (change.isDeletion() || pod.deleting() || isOver) {
          ofSet.remove(pod.uid());
          continue;
        }
        ofSet.put(pod.uid(), change);
        var set = most.get(owner);
        if (change.type() == EventType.ADDED && set != null) {
          checked++;
          if (ofSet.size() > set.number("wanted")) {
            var shown = new ArrayList<>(List.of("replica set " + set));
            ofSet.values().forEach(each -> shown.add(each.toString()));
            offences.add(
                new Offence(
                    "%s is one of %d pods of a replica set that never wanted more than %d"
                        .formatted(pod.key(), ofSet.size(), set.number("wanted")),
                    shown));
          }
        }
      }
    }
    return checked;
  }
}
