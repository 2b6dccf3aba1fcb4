package dev.troupe.api.controller;

import dev.troupe.api.resource.ResourceKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What shall be true, and what to do once: the answer of a reconcile, as data.
///
/// Immutable; every method returns a plan with one thing more. The order of `writes` is kept; they
/// are carried out one after the other and the first that fails ends the plan, after which the
/// object is reconciled again.
public record Plan(
    List<Write> writes,
    List<Timer> timers,
    List<Activity> calls,
    List<Note> events,
    List<Wait> waits,
    boolean releases) {

  /// A change to one object. Preconditions that are null are not checked.
  public sealed interface Write {

    /// Creates the object, or merges the planned fields into it; it gets a controlling owner
    /// reference to the reconciled object.
    record Own(HasMetadata object) implements Write {}

    /// Creates the object, or merges the planned fields into it.
    record Apply(HasMetadata object) implements Write {}

    /// Replaces the status of the reconciled object by this one (conditions keep their transition
    /// times), if it differs.
    record Status(Object status) implements Write {}

    /// A JSON merge patch (RFC 7396) of an object, or of one of its subresources (`status`,
    /// `finalize`, …; empty for the object itself).
    record Patch(
        ResourceKey key,
        String subresource,
        Map<String, @Nullable Object> patch,
        @Nullable String uid,
        @Nullable String resourceVersion)
        implements Write {}

    /// Deletes an object. One that is gone already, or that fails a precondition on uid, is not an
    /// error.
    record Delete(
        ResourceKey key,
        @Nullable String uid,
        @Nullable String resourceVersion,
        @Nullable Long gracePeriodSeconds,
        Propagation propagation)
        implements Write {}

    /// Binds a pod to a node, once.
    record Bind(ResourceKey pod, String uid, String node) implements Write {}
  }

  /// What happens to the dependents of a deleted object.
  public enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  /// A timer that shall be set. A running one of the same name is never restarted; one that is no
  /// longer planned is cancelled.
  public record Timer(String name, Duration after) {}

  /// A Kubernetes Event about the reconciled object (or about `about`, where it is not null).
  public record Note(boolean warning, String reason, String message, @Nullable HasMetadata about) {}

  /// What the object waits for, and why, in words.
  public record Wait(String subject, String explanation) {}

  private static final Plan NOTHING =
      new Plan(List.of(), List.of(), List.of(), List.of(), List.of(), false);

  public Plan {
    writes = List.copyOf(writes);
    timers = List.copyOf(timers);
    calls = List.copyOf(calls);
    events = List.copyOf(events);
    waits = List.copyOf(waits);
  }

  /// Nothing to do: all is as it should be. Timers that are set are cancelled.
  public static Plan nothing() {
    return NOTHING;
  }

  public Plan own(HasMetadata child) {
    return write(new Write.Own(child));
  }

  public Plan apply(HasMetadata object) {
    return write(new Write.Apply(object));
  }

  public Plan status(Object status) {
    return write(new Write.Status(status));
  }

  public Plan delete(ResourceKey key, @Nullable String uid) {
    return write(new Write.Delete(key, uid, null, null, Propagation.BACKGROUND));
  }

  /// Deletes an object that was seen, in the background; not another of the same name.
  public Plan delete(HasMetadata seen) {
    return delete(ResourceKey.of(seen), seen.getMetadata().getUid());
  }

  public Plan write(Write write) {
    return new Plan(with(writes, write), timers, calls, events, waits, releases);
  }

  public Plan timer(String name, Duration after) {
    return new Plan(writes, with(timers, new Timer(name, after)), calls, events, waits, releases);
  }

  public Plan call(Activity activity) {
    return new Plan(writes, timers, with(calls, activity), events, waits, releases);
  }

  public Plan event(String reason, String message) {
    return note(new Note(false, reason, message, null));
  }

  public Plan warning(String reason, String message) {
    return note(new Note(true, reason, message, null));
  }

  public Plan note(Note note) {
    return new Plan(writes, timers, calls, with(events, note), waits, releases);
  }

  public Plan waitFor(String subject, String explanation) {
    return new Plan(
        writes, timers, calls, events, with(waits, new Wait(subject, explanation)), releases);
  }

  /// After all writes and calls of this plan have succeeded, the controller's finalizer goes.
  public Plan release() {
    return new Plan(writes, timers, calls, events, waits, true);
  }

  private static <T> List<T> with(List<T> list, T element) {
    var longer = new ArrayList<T>(list.size() + 1);
    longer.addAll(list);
    longer.add(element);
    return longer;
  }
}
