package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an epoch knows and must not say yet, by the version that it waits for.
final class Unreleased {

  /// Events that are stored.
  private final Map<Long, PartitionMessage.Stored> stored = new HashMap<>();

  /// Answers that are true once the version they were decided on is released.
  private final Map<Long, List<ResourceEffect.Answer>> answers = new HashMap<>();

  void add(PartitionMessage.Stored event) {
    stored.put(event.event().version(), event);
  }

  void add(ResourceEffect.Answer answer) {
    answers.computeIfAbsent(answer.decidedOn(), _ -> new ArrayList<>()).add(answer);
  }

  /// Takes the event of a version out, if it is stored.
  PartitionMessage.@Nullable Stored take(long version) {
    return stored.remove(version);
  }

  boolean hasAnswers() {
    return !answers.isEmpty();
  }

  /// Takes out the answers that were decided on a version.
  List<ResourceEffect.Answer> answers(long version) {
    var ready = answers.remove(version);
    return ready == null ? List.of() : ready;
  }
}
