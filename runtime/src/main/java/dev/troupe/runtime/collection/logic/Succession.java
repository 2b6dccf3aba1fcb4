package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.logic.PartitionPhase.Legacy;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.lease.MemberId;
import dev.troupe.runtime.store.EventStore;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the next epoch of a partition comes about: it is opened under a lease that was asked for
/// since it was wanted, read, and served under one that was asked for since it was opened, when the
/// store has a note of who serves it.
///
/// Without the first a member that has been replaced would take the partition back from its
/// successor. Without the second it would read what a still later owner has changed already.
final class Succession {

  private final Lasting lasting;
  private final Retries retries;
  private final @Nullable MemberId owner;

  /// The last lease that was waited for.
  private long tickets;

  /// @param owner the member that will serve; null if it is alone, and nobody need know
  Succession(Lasting lasting, Retries retries, @Nullable MemberId owner) {
    this.lasting = lasting;
    this.retries = retries;
    this.owner = owner;
  }

  /// This member has the partition.
  PartitionPhase.Between begin(long now) {
    lasting.steps().began(now);
    return start(Legacy.NONE);
  }

  private PartitionPhase.Between start(Legacy past) {
    lasting.effects().add(new PartitionEffect.AwaitLease(++tickets));
    return new PartitionPhase.Waiting(past, tickets);
  }

  PartitionPhase.Between startLater(Legacy past) {
    lasting.effects().add(new PartitionEffect.RetryAfter(retries.next()));
    return new PartitionPhase.Waiting(past, PartitionPhase.Waiting.LATER);
  }

  /// @return how it goes on
  PartitionPhase.Between on(PartitionMessage.Opening news, PartitionPhase.Between phase, long now) {
    var next = next(news, phase);
    if (!next.equals(phase)) {
      lasting.steps().on(news, now);
    }
    return next;
  }

  private PartitionPhase.Between next(PartitionMessage.Opening news, PartitionPhase.Between phase) {
    return switch (news) {
      case PartitionMessage.Retry() -> retry(phase);
      case PartitionMessage.Leased(var ticket) -> leased(phase, ticket);
      case PartitionMessage.Opened(var result) -> opened(phase, result);
      case PartitionMessage.GivenUp(var epoch) -> givenUp(phase, epoch);
      case PartitionMessage.Loaded loaded -> loaded(phase, loaded);
      case PartitionMessage.OpenFailed(var why) -> failed(phase, why);
    };
  }

  private PartitionPhase.Between retry(PartitionPhase.Between phase) {
    return phase instanceof PartitionPhase.Waiting(var past, var ticket)
            && ticket == PartitionPhase.Waiting.LATER
        ? start(past)
        : phase;
  }

  private PartitionPhase.Between leased(PartitionPhase.Between phase, long ticket) {
    return switch (phase) {
      case PartitionPhase.Waiting waiting when waiting.ticket() == ticket -> {
        lasting.effects().add(new PartitionEffect.Open());
        yield new PartitionPhase.Opening(waiting.past());
      }
      case PartitionPhase.Loading loading when loading.ticket() == ticket -> loading.covered();
      case PartitionPhase.Guarding(var loading, var loaded) when loading.ticket() == ticket ->
          complete(loading, loaded);
      case PartitionPhase.Between other -> other;
    };
  }

  /// The events are read while the lease is waited for: nobody stores another before a later epoch.
  private PartitionPhase.Between opened(PartitionPhase.Between phase, EventStore.Opened result) {
    if (!(phase instanceof PartitionPhase.Opening(var before))) {
      return phase;
    }
    var past = before.with(result.epoch());
    var former = OwnerFact.last(result);
    boolean isGuarded = past.foreign() && OwnerFact.mayBeServed(result, owner);
    tickets++;
    lasting
        .effects()
        .add(
            isGuarded
                ? new PartitionEffect.AwaitGuard(tickets, former)
                : new PartitionEffect.AwaitLease(tickets));
    lasting.effects().add(new PartitionEffect.Load(result.epoch(), Lost.keys(past.lost())));
    var loading =
        new PartitionPhase.Loading(past, result, tickets, isGuarded ? former : null, false);
    ask(loading);
    return loading;
  }

  /// Whom it waits for may live, and be struck never: it is asked again and again.
  void tick(PartitionPhase.Between phase) {
    switch (phase) {
      case PartitionPhase.Loading loading -> ask(loading);
      case PartitionPhase.Guarding(var loading, _) -> ask(loading);
      case PartitionPhase.Waiting _,
          PartitionPhase.Opening _,
          PartitionPhase.Noting _,
          PartitionPhase.Ready _ -> {}
    }
  }

  private void ask(PartitionPhase.Loading loading) {
    var former = loading.former();
    if (former != null) {
      lasting.effects().add(new PartitionEffect.AskFormer(former, loading.opened().epoch()));
    }
  }

  /// A former owner that lives has said that it is none any more.
  private PartitionPhase.Between givenUp(PartitionPhase.Between phase, long epoch) {
    return switch (phase) {
      case PartitionPhase.Loading loading when isAsked(loading, epoch) -> unguarded(loading);
      case PartitionPhase.Guarding(var loading, var loaded) when isAsked(loading, epoch) ->
          new PartitionPhase.Guarding(unguarded(loading), loaded);
      case PartitionPhase.Between other -> other;
    };
  }

  private static boolean isAsked(PartitionPhase.Loading loading, long epoch) {
    return loading.former() != null && loading.opened().epoch() == epoch;
  }

  private PartitionPhase.Loading unguarded(PartitionPhase.Loading loading) {
    lasting.effects().add(new PartitionEffect.AwaitLease(++tickets));
    return new PartitionPhase.Loading(loading.past(), loading.opened(), tickets, null, false);
  }

  private PartitionPhase.Between loaded(
      PartitionPhase.Between phase, PartitionMessage.Loaded loaded) {
    if (phase instanceof PartitionPhase.Loading loading
        && loading.opened().epoch() == loaded.epoch()) {
      return loading.leased()
          ? complete(loading, loaded)
          : new PartitionPhase.Guarding(loading, loaded);
    }
    return phase;
  }

  /// Everything is there. Whoever opens the partition from now on must learn that it is served.
  private PartitionPhase.Between complete(
      PartitionPhase.Loading loading, PartitionMessage.Loaded loaded) {
    var ready = new PartitionPhase.Ready(loading.past(), loading.opened(), loaded);
    var facts = OwnerFact.before(ready.opened(), owner);
    return facts.isEmpty() ? ready : noting(ready, facts);
  }

  /// What an epoch leaves that is closed here.
  ///
  /// @param served whether it has answered readers
  Map<String, byte[]> leaves(boolean served) {
    return served ? OwnerFact.after(owner) : Map.of();
  }

  private PartitionPhase.Noting noting(PartitionPhase.Ready ready, Map<String, byte[]> facts) {
    lasting
        .effects()
        .add(
            new PartitionEffect.Keep(ready.opened().epoch(), PartitionPhase.Noting.KEEPING, facts));
    return new PartitionPhase.Noting(ready);
  }

  /// What becomes of the note.
  ///
  /// @return how it goes on; null if somebody else has the partition
  PartitionPhase.@Nullable Between on(PartitionMessage.InEpoch news, PartitionPhase.Noting noting) {
    return switch (news) {
      case PartitionMessage.Kept _ -> noting.ready();
      case PartitionMessage.KeepRefused _ -> failed(noting.past(), "the store takes nothing");
      case PartitionMessage.KeepFailed(_, _, var why) -> failed(noting.past(), why);
      case PartitionMessage.Fenced _ -> null;
      case PartitionMessage.Stored _,
          PartitionMessage.Decided _,
          PartitionMessage.Refused _,
          PartitionMessage.Failed _ ->
          noting;
    };
  }

  private PartitionPhase.Between failed(PartitionPhase.Between phase, String why) {
    return switch (phase) {
      case PartitionPhase.Opening(var past) -> failed(past, why);
      case PartitionPhase.Loading loading -> failed(loading.past(), why);
      case PartitionPhase.Waiting _,
          PartitionPhase.Guarding _,
          PartitionPhase.Noting _,
          PartitionPhase.Ready _ ->
          phase;
    };
  }

  private PartitionPhase.Between failed(Legacy past, String why) {
    lasting.report(past.last(), "could not be opened: " + why);
    return startLater(past);
  }
}
