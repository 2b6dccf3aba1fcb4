package dev.troupe.runtime.resource.logic;

import dev.troupe.api.resource.Version;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.WriteReply;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the events of one resource add up to.
///
/// @param sequence the number of the last event
/// @param version the version of the last event; [Version#NONE] if there was none
/// @param exists false if there was no event, or the last one was a deletion
/// @param json the object; nothing if it does not exist
/// @param answered the last events that may be asked for again, newest last
public record ResourceState(
    long sequence, long version, boolean exists, byte[] json, List<Answered> answered) {

  /// More are kept by nobody: a writer that repeats does so soon.
  private static final int KEPT = 4;

  private static final byte[] NOTHING = {};

  /// An event and the key under which it may be asked for again.
  record Answered(String mutationKey, EventRecord.Type type, long version, byte[] json) {

    WriteReply reply() {
      return Draft.reply(type, json, version, List.of());
    }
  }

  /// A resource of which nothing is known.
  ///
  /// @param sequence a number that is not below that of any event of it that the log may still have
  public static ResourceState unknown(long sequence) {
    return new ResourceState(sequence, Version.NONE, false, NOTHING, List.of());
  }

  /// The state after the newest event, as the index remembers it.
  public static ResourceState after(
      EventRecord.Type type, StoredResource resource, long sequence, String mutationKey) {
    boolean exists = type != EventRecord.Type.DELETED;
    return new ResourceState(
        sequence,
        resource.version(),
        exists,
        exists ? resource.json() : NOTHING,
        mutationKey.isEmpty()
            ? List.of()
            : List.of(new Answered(mutationKey, type, resource.version(), resource.json())));
  }

  /// Applies one past event.
  public ResourceState apply(EventRecord event) {
    boolean lives = event.type() != EventRecord.Type.DELETED;
    return new ResourceState(
        event.sequence(),
        event.version(),
        lives,
        lives ? event.body() : NOTHING,
        event.mutationKey().isEmpty() ? answered : remember(event));
  }

  /// The event that was written under this key, if it is remembered.
  Optional<Answered> answered(String mutationKey) {
    return mutationKey.isEmpty()
        ? Optional.empty()
        : answered.stream().filter(past -> past.mutationKey().equals(mutationKey)).findFirst();
  }

  private List<Answered> remember(EventRecord event) {
    var kept = new ArrayList<>(answered);
    kept.add(new Answered(event.mutationKey(), event.type(), event.version(), event.body()));
    return List.copyOf(kept.subList(Math.max(0, kept.size() - KEPT), kept.size()));
  }
}
