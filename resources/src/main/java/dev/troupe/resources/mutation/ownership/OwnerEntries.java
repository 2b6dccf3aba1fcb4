package dev.troupe.resources.mutation.ownership;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.mutation.ownership.FieldOwner.Operation;
import dev.troupe.resources.ownership.field.FieldSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The owners of the fields of one object: its `managedFields`.
record OwnerEntries(List<OwnerEntry> entries) {

  static final OwnerEntries NONE = new OwnerEntries(List.of());

  /// As many of those who update as are told apart.
  private static final int MOST_UPDATERS = 10;

  private static final String ANCIENT = "ancient-changes";

  /// The oldest first.
  private static final Comparator<OwnerEntry> AGE =
      Comparator.comparingLong(OwnerEntry::seconds)
          .thenComparing(entry -> entry.owner().name())
          .thenComparing(entry -> entry.owner().apiVersion())
          .thenComparing(entry -> entry.owner().subresource());

  /// Those who apply first.
  private static final Comparator<OwnerEntry> ORDER =
      Comparator.<OwnerEntry, Operation>comparing(entry -> entry.owner().operation())
          .thenComparing(AGE);

  static OwnerEntries stored(@Nullable ArrayNode managedFields) {
    if (managedFields == null) {
      return NONE;
    }
    var entries = new ArrayList<OwnerEntry>(managedFields.size());
    for (var entry : managedFields) {
      if (entry instanceof ObjectNode object) {
        entries.add(OwnerEntry.stored(object));
      }
    }
    return new OwnerEntries(entries);
  }

  /// What a client has sent; empty if that makes no sense.
  static Optional<OwnerEntries> sent(ArrayNode managedFields) {
    var entries = new ArrayList<OwnerEntry>(managedFields.size());
    for (var sent : managedFields) {
      var entry =
          sent instanceof ObjectNode object
              ? OwnerEntry.sent(object)
              : Optional.<OwnerEntry>empty();
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      entries.removeIf(other -> other.owner().isSame(entry.get().owner()));
      entries.add(entry.get());
    }
    return Optional.of(new OwnerEntries(entries));
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  @Nullable OwnerEntry find(FieldOwner owner) {
    for (var entry : entries) {
      if (entry.owner().isSame(owner)) {
        return entry;
      }
    }
    return null;
  }

  /// With every entry changed; those that are empty then are gone.
  OwnerEntries map(UnaryOperator<OwnerEntry> change) {
    return new OwnerEntries(
        entries.stream().map(change).filter(entry -> !entry.isEmpty()).toList());
  }

  /// With this entry in the place of that of its owner.
  OwnerEntries with(OwnerEntry entry) {
    var all = new ArrayList<>(entries);
    all.removeIf(other -> other.owner().isSame(entry.owner()));
    if (!entry.isEmpty()) {
      all.add(entry);
    }
    return new OwnerEntries(all);
  }

  /// With fields that an owner has got now, beside those that it has.
  OwnerEntries with(FieldOwner owner, FieldSet fields, String now) {
    var known = find(owner);
    return with(known == null ? OwnerEntry.of(owner, now, fields) : known.with(fields, now));
  }

  /// Of too many who have updated, the oldest are put together, those of each version.
  OwnerEntries bounded() {
    var updates =
        entries.stream().filter(entry -> entry.owner().operation() == Operation.UPDATE).toList();
    int updaters = updates.size();
    if (updaters <= MOST_UPDATERS) {
      return this;
    }
    var bounded = this;
    var firsts = new ArrayList<OwnerEntry>();
    for (var entry : updates.stream().sorted(AGE).toList()) {
      if (updaters <= MOST_UPDATERS) {
        break;
      }
      var version = entry.owner().apiVersion();
      var first =
          firsts.stream()
              .filter(one -> one.owner().apiVersion().equals(version))
              .findFirst()
              .orElse(null);
      if (first == null) {
        firsts.add(entry);
      } else {
        bounded = bounded.together(first, entry);
        updaters--;
      }
    }
    return bounded;
  }

  private OwnerEntries together(OwnerEntry first, OwnerEntry entry) {
    var bucket = new FieldOwner(ANCIENT, Operation.UPDATE, entry.owner().apiVersion(), "");
    var there = find(bucket);
    var all = new ArrayList<>(entries);
    all.remove(first);
    all.remove(entry);
    var before = there == null ? first.fields() : there.fields();
    return new OwnerEntries(all)
        .with(OwnerEntry.of(bucket, entry.time(), before.union(entry.fields())));
  }

  ArrayNode write() {
    var written = Json.array();
    entries.stream().sorted(ORDER).forEach(entry -> written.add(entry.write()));
    return written;
  }

  /// Whether two lists say the same but for times.
  static boolean sameButTimes(@Nullable JsonNode one, @Nullable JsonNode other) {
    int size = one == null ? 0 : one.size();
    if (size != (other == null ? 0 : other.size())) {
      return false;
    }
    for (int i = 0; i < size && one != null && other != null; i++) {
      if (!Json.same(timeless(one.get(i)), timeless(other.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static JsonNode timeless(JsonNode entry) {
    if (!(entry instanceof ObjectNode object)) {
      return entry;
    }
    var copy = Json.shallow(object);
    copy.remove("time");
    return copy;
  }
}
