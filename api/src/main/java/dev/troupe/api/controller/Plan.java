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
///
/// A plan that makes no sense is refused as a whole before anything of it is done: two writes to
/// one object that exclude each other, two timers or activities of one name that differ, a child
/// without a name or in another namespace, more than 5,000 writes or 32 MiB. The object is tried
/// again then, as after any failure, and `troupe why` tells what was wrong.
///
/// @param memories events for the memory of a [RememberingController]
/// @param kept owned objects that stay as they are
/// @param abandoned activities that are not tried any more
/// @param prunes whether owned objects that are not planned go although the plan owns nothing
/// @param releases whether the finalizer goes
public record Plan(
    List<Write> writes,
    List<Timer> timers,
    List<Activity> calls,
    List<Note> events,
    List<Wait> waits,
    List<Object> memories,
    List<HasMetadata> kept,
    List<Activity> abandoned,
    boolean prunes,
    boolean releases) {

  /// A change to one object. Preconditions that are null are not checked.
  public sealed interface Write {

    /// Makes the object have the planned fields (see [Controller#manner]), and creates it if there
    /// is none; it gets a controlling owner reference to the reconciled object. Without a namespace
    /// it is in that of the reconciled object, where it has to be.
    record Own(HasMetadata object) implements Write {}

    /// Makes the object have the planned fields (see [Controller#manner]), and creates it if there
    /// is none. Without a namespace it is in that of the reconciled object.
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
      new Plan(
          List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
          false, false);

  public Plan {
    writes = List.copyOf(writes);
    timers = List.copyOf(timers);
    calls = List.copyOf(calls);
    events = List.copyOf(events);
    waits = List.copyOf(waits);
    memories = List.copyOf(memories);
    kept = List.copyOf(kept);
    abandoned = List.copyOf(abandoned);
  }

  /// Nothing to do: all is as it should be. Timers that are set are cancelled; what is owned stays.
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
    return withWrites(with(writes, write));
  }

  /// The same with these writes instead of its own.
  public Plan withWrites(List<Write> others) {
    return new Plan(
        others, timers, calls, events, waits, memories, kept, abandoned, prunes, releases);
  }

  /// Lets an owned object of a kind that [Observe#ownsAll] declares stay as it is, if it is there,
  /// although this plan does not own it: it is neither written nor deleted.
  public Plan keep(HasMetadata child) {
    return new Plan(
        writes,
        timers,
        calls,
        events,
        waits,
        memories,
        with(kept, child),
        abandoned,
        prunes,
        releases);
  }

  /// Lets all owned objects of the kinds that [Observe#ownsAll] declares go, but for those that
  /// this plan owns or keeps. A plan that owns anything does so by itself; one that owns nothing
  /// has to say it, so that `Plan.nothing()` never deletes anything.
  public Plan prune() {
    return new Plan(
        writes, timers, calls, events, waits, memories, kept, abandoned, true, releases);
  }

  public Plan timer(String name, Duration after) {
    var more = with(timers, new Timer(name, after));
    return new Plan(
        writes, more, calls, events, waits, memories, kept, abandoned, prunes, releases);
  }

  /// Has an activity carried out until it has succeeded, whatever later plans say, unless one of
  /// them abandons it or calls another of its name.
  public Plan call(Activity activity) {
    return new Plan(
        writes,
        timers,
        with(calls, activity),
        events,
        waits,
        memories,
        kept,
        abandoned,
        prunes,
        releases);
  }

  /// Does not try an activity any more that has not succeeded yet: what it may still come to is not
  /// told.
  public Plan abandon(Activity activity) {
    return new Plan(
        writes,
        timers,
        calls,
        events,
        waits,
        memories,
        kept,
        with(abandoned, activity),
        prunes,
        releases);
  }

  /// Adds to the memory of a [RememberingController] what has happened, as its `E`.
  public Plan remember(Object event) {
    return new Plan(
        writes,
        timers,
        calls,
        events,
        waits,
        with(memories, event),
        kept,
        abandoned,
        prunes,
        releases);
  }

  public Plan event(String reason, String message) {
    return note(new Note(false, reason, message, null));
  }

  public Plan warning(String reason, String message) {
    return note(new Note(true, reason, message, null));
  }

  public Plan note(Note note) {
    return new Plan(
        writes,
        timers,
        calls,
        with(events, note),
        waits,
        memories,
        kept,
        abandoned,
        prunes,
        releases);
  }

  public Plan waitFor(String subject, String explanation) {
    var more = with(waits, new Wait(subject, explanation));
    return new Plan(
        writes, timers, calls, events, more, memories, kept, abandoned, prunes, releases);
  }

  /// After all writes and calls of this plan have succeeded, the controller's finalizer goes.
  public Plan release() {
    return new Plan(writes, timers, calls, events, waits, memories, kept, abandoned, prunes, true);
  }

  private static <T> List<T> with(List<T> list, T element) {
    var longer = new ArrayList<T>(list.size() + 1);
    longer.addAll(list);
    longer.add(element);
    return longer;
  }
}
