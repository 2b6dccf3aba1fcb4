package dev.troupe.runtime.collection.whereabouts;

import dev.troupe.resources.mutation.Refusal;
import dev.troupe.runtime.collection.Resources.UnavailableException;
import dev.troupe.runtime.lease.LeaseBoard;
import dev.troupe.runtime.resource.WriteReply;
import java.util.concurrent.CompletionStage;

/// Whether what was read here until now was the newest there was: asked where the partition is,
/// after it was read.
public record Freshness(LeaseBoard board) {

  public boolean holds() {
    return board.covers();
  }

  private String notCurrent() {
    return board.why() + ", so that nobody knows what the newest state is";
  }

  /// @throws UnavailableException if nobody knows
  public void require() {
    if (!holds()) {
      throw new UnavailableException(notCurrent());
    }
  }

  /// Passes on what is being read, if nobody can have written behind this member's back before.
  public <T> CompletionStage<T> of(CompletionStage<T> read) {
    var known = read.toCompletableFuture();
    return known.isDone() && holds()
        ? read
        : known.thenApply(state -> {
          require();
          return state;
        });
  }

  /// What was stored is true, as the store has said so; what is only about the present state is
  /// like a read.
  public WriteReply of(WriteReply reply) {
    boolean tellsOfTheState =
        switch (reply) {
          case WriteReply.Written written -> written.outcome() == WriteReply.Outcome.UNCHANGED;
          case WriteReply.Removed _ -> false;
          case WriteReply.Refused refused -> refused.refusal().reason().isConflict();
        };
    return tellsOfTheState && !holds()
        ? new WriteReply.Refused(Refusal.unavailable(notCurrent() + "; the write was not stored"))
        : reply;
  }
}
