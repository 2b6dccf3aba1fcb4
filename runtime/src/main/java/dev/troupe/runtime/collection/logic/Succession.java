package dev.troupe.runtime.collection.logic;

import dev.troupe.runtime.collection.logic.PartitionPhase.Legacy;
import dev.troupe.runtime.collection.protocol.PartitionEffect;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.store.EventStore;

/// How the next epoch of a partition comes about: it is opened under a lease that was asked for
/// since it was wanted, read, and served under one that was asked for since it was opened.
///
/// Without the first a member that has been replaced would take the partition back from its
/// successor. Without the second it would read what a still later owner has changed already.
final class Succession {

  private final Lasting lasting;
  private final Retries retries;

  /// The last lease that was waited for.
  private long tickets;

  Succession(Lasting lasting, Retries retries) {
    this.lasting = lasting;
    this.retries = retries;
  }

  PartitionPhase.Between start(Legacy past) {
    lasting.effects().add(new PartitionEffect.AwaitLease(++tickets));
    return new PartitionPhase.Waiting(past, tickets);
  }

  PartitionPhase.Between startLater(Legacy past) {
    lasting.effects().add(new PartitionEffect.RetryAfter(retries.next()));
    return new PartitionPhase.Waiting(past, PartitionPhase.Waiting.LATER);
  }

  /// @return how it goes on
  PartitionPhase.Between on(PartitionMessage.Opening news, PartitionPhase.Between phase) {
    return switch (news) {
      case PartitionMessage.Retry() -> retry(phase);
      case PartitionMessage.Leased(var ticket) -> leased(phase, ticket);
      case PartitionMessage.Opened(var result) -> opened(phase, result);
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
          new PartitionPhase.Ready(loading.past(), loading.opened(), loaded);
      case PartitionPhase.Between other -> other;
    };
  }

  /// The events are read while the lease is waited for: nobody stores another before a later epoch.
  private PartitionPhase.Between opened(PartitionPhase.Between phase, EventStore.Opened result) {
    if (!(phase instanceof PartitionPhase.Opening(var before))) {
      return phase;
    }
    var past = before.with(result.epoch());
    boolean isGuarded = past.foreign() && !result.clean();
    tickets++;
    lasting
        .effects()
        .add(
            isGuarded
                ? new PartitionEffect.AwaitGuard(tickets)
                : new PartitionEffect.AwaitLease(tickets));
    lasting.effects().add(new PartitionEffect.Load(result.epoch(), Lost.keys(past.lost())));
    return new PartitionPhase.Loading(past, result, tickets, false);
  }

  private static PartitionPhase.Between loaded(
      PartitionPhase.Between phase, PartitionMessage.Loaded loaded) {
    if (phase instanceof PartitionPhase.Loading loading
        && loading.opened().epoch() == loaded.epoch()) {
      return loading.leased()
          ? new PartitionPhase.Ready(loading.past(), loading.opened(), loaded)
          : new PartitionPhase.Guarding(loading, loaded);
    }
    return phase;
  }

  private PartitionPhase.Between failed(PartitionPhase.Between phase, String why) {
    return switch (phase) {
      case PartitionPhase.Opening(var past) -> failed(past, why);
      case PartitionPhase.Loading loading -> failed(loading.past(), why);
      case PartitionPhase.Waiting _, PartitionPhase.Guarding _, PartitionPhase.Ready _ -> phase;
    };
  }

  private PartitionPhase.Between failed(Legacy past, String why) {
    lasting.report("could not be opened: " + why);
    return startLater(past);
  }
}
