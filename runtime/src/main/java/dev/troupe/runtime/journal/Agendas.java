package dev.troupe.runtime.journal;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.controller.logic.state.ObjectState;
import dev.troupe.runtime.controller.logic.state.StateFormat;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What controllers have before them: the timers that are set, and what they will try again because
/// it has failed. All that they remember is looked through for it, one controller after the other.
public final class Agendas {

  private final Journal journal;
  private final List<String> controllers;

  /// @param controllers the names of all
  public Agendas(Journal journal, List<String> controllers) {
    this.journal = journal;
    this.controllers = controllers.stream().sorted().toList();
  }

  /// @param fires when, in milliseconds since the epoch
  public record SetTimer(String controller, ResourceKey key, String timer, long fires) {}

  /// @param what failed: an activity, or empty if it was all of the plan
  /// @param message why, as far as it is remembered
  /// @param next when it is tried again, in milliseconds since the epoch
  /// @param quarantined it has failed so often that it is tried at a slow pace only
  public record Failing(
      String controller,
      ResourceKey key,
      String what,
      int attempts,
      String message,
      long next,
      boolean quarantined) {}

  /// @param controller its name; empty for all
  /// @param object which objects
  public record Asked(String controller, Predicate<ResourceKey> object) {}

  /// The first of what was found.
  ///
  /// @param total how many there are
  /// @param illegible how many objects a controller remembers something of that cannot be read
  public record Found<T>(List<T> first, long total, long illegible) {

    public Found {
      first = List.copyOf(first);
    }
  }

  /// @param most how many are told; those that fire first
  public CompletionStage<Found<SetTimer>> timers(Asked asked, int most) {
    var earliest = new Earliest<SetTimer>(most, SetTimer::fires);
    return search(
        asked,
        earliest,
        state ->
            state
                .timers()
                .forEach((name, fires) ->
                    earliest.add(new SetTimer(state.controller(), state.key(), name, fires))));
  }

  /// @param most how many are told; those that are tried again first
  public CompletionStage<Found<Failing>> failing(Asked asked, int most) {
    var earliest = new Earliest<Failing>(most, Failing::next);
    return search(asked, earliest, state -> failing(state).forEach(earliest::add));
  }

  private static List<Failing> failing(ObjectState state) {
    var failing = new ArrayList<Failing>();
    var retry = state.retry();
    if (retry != null) {
      failing.add(
          new Failing(
              state.controller(),
              state.key(),
              "",
              retry.attempt(),
              retry.message(),
              retry.dueMillis(),
              retry.quarantined()));
    }
    state
        .calls()
        .forEach((name, call) -> {
          if (!call.done() && call.attempts() > 0) {
            failing.add(
                new Failing(
                    state.controller(),
                    state.key(),
                    name,
                    call.attempts(),
                    Objects.requireNonNullElse(call.problem(), ""),
                    call.dueMillis(),
                    false));
          }
        });
    return failing;
  }

  private <T> CompletionStage<Found<T>> search(
      Asked asked, Earliest<T> earliest, Consumer<ObjectState> each) {
    var illegible = new LongAdder();
    CompletionStage<Long> searched = CompletableFuture.completedFuture(0L);
    for (var controller : controllers) {
      if (asked.controller().isEmpty() || asked.controller().equals(controller)) {
        searched =
            searched.thenCompose(
                _ -> journal.decisions(controller, event -> look(event, asked, illegible, each)));
      }
    }
    return searched.thenApply(_ -> new Found<>(earliest.all(), earliest.seen(), illegible.sum()));
  }

  /// What another release has written and this one cannot read is counted.
  private static void look(
      EventRecord event, Asked asked, LongAdder illegible, Consumer<ObjectState> each) {
    if (event.type() == EventRecord.Type.DELETED) {
      return;
    }
    ObjectState state;
    try {
      state = StateFormat.decode(event.body());
    } catch (RuntimeException _) {
      illegible.increment();
      return;
    }
    if (asked.object().test(state.key())) {
      each.accept(state);
    }
  }
}
