package dev.troupe.testkit.experiment.verdict;

import dev.troupe.testkit.experiment.plan.Invariant;
import dev.troupe.testkit.experiment.record.InvariantVerdict;
import dev.troupe.testkit.experiment.record.InvariantVerdict.Offence;
import dev.troupe.testkit.experiment.witness.AskedPast;
import dev.troupe.testkit.experiment.witness.Informed;
import dev.troupe.testkit.experiment.witness.ObjectChange;
import dev.troupe.testkit.experiment.witness.Testimony;
import dev.troupe.testkit.experiment.witness.WitnessedState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds what is told of the past, and what was made of it, against what there is.
final class PastVerdicts {

  private static final int SHOWN = 10;

  private final Testimony testimony;

  PastVerdicts(Testimony testimony) {
    this.testimony = testimony;
  }

  /// Whoever is not told that it is gone gets all of it.
  Optional<InvariantVerdict> expiryIsTold() {
    var offences = new ArrayList<Offence>();
    for (var past : testimony.pasts()) {
      if (!past.expired()) {
        var told =
            past.changes().stream()
                .map(change -> change.state().version())
                .collect(Collectors.toSet());
        past.shown().stream()
            .filter(change -> !told.contains(change.state().version()))
            .forEach(missed ->
                offences.add(
                    new Offence(
                        "who asked %s for what came behind %d was not told that it is gone"
                            .formatted(past.collection(), past.after()),
                        List.of("misses " + missed))));
      }
    }
    return InvariantVerdicts.verdict(Invariant.EXPIRY_IS_TOLD, testimony.pasts().size(), offences);
  }

  Optional<InvariantVerdict> historyAddsUp() {
    var offences = new ArrayList<Offence>();
    long checked = 0;
    for (var past : testimony.pasts()) {
      if (!past.expired()) {
        checked += past.changes().size();
        addUp(past, offences);
      }
    }
    return InvariantVerdicts.verdict(Invariant.HISTORY_ADDS_UP, checked, offences);
  }

  private static void addUp(AskedPast past, List<Offence> offences) {
    Map<String, WitnessedState> sum = new HashMap<>(past.base());
    for (var change : past.changes()) {
      if (change.isDeletion()) {
        sum.remove(change.state().key());
      } else {
        sum.put(change.state().key(), change.state());
      }
    }
    different(sum, past.now())
        .forEach(key ->
            offences.add(
                new Offence(
                    "%s is not what its changes behind %d add up to".formatted(key, past.after()),
                    shown(past, key, sum.get(key)))));
  }

  private static List<String> shown(AskedPast past, String key, @Nullable WitnessedState sum) {
    var shown = new ArrayList<String>();
    shown.add("listed at " + past.until() + ": " + past.now().get(key));
    shown.add("added up: " + sum);
    past.changes().stream()
        .filter(change -> change.state().key().equals(key))
        .map(ObjectChange::toString)
        .toList()
        .reversed()
        .stream()
        .limit(SHOWN)
        .forEach(shown::add);
    return shown;
  }

  Optional<InvariantVerdict> informersAgree() {
    var offences = new ArrayList<Offence>();
    long checked = 0;
    for (var informed : testimony.collections()) {
      if (informed.listed().isPresent()) {
        checked++;
        var listed = informed.listed().get();
        different(informed.held(), listed)
            .forEach(key -> offences.add(disagreement(informed, key, listed.get(key))));
      }
    }
    return InvariantVerdicts.verdict(Invariant.INFORMERS_AGREE, checked, offences);
  }

  private static Offence disagreement(
      Informed informed, String key, @Nullable WitnessedState listed) {
    var shown = new ArrayList<String>();
    shown.add("listed: " + listed);
    shown.add("held: " + informed.held().get(key));
    informed.changes().stream()
        .filter(change -> change.state().key().equals(key))
        .reduce((_, last) -> last)
        .ifPresent(last -> shown.add("shown last: " + last));
    return new Offence(
        "an informer of %s holds %s otherwise than it is listed"
            .formatted(informed.collection(), key),
        shown);
  }

  private static List<String> different(
      Map<String, WitnessedState> one, Map<String, WitnessedState> other) {
    var keys = new TreeSet<>(one.keySet());
    keys.addAll(other.keySet());
    return keys.stream()
        .filter(key -> {
          var first = one.get(key);
          var second = other.get(key);
          return first == null || second == null || !first.isSame(second);
        })
        .toList();
  }
}
