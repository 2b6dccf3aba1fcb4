package dev.troupe.persistence.embedded.index;

import dev.troupe.persistence.format.LogEntry.FactsSet;
import dev.troupe.persistence.format.LogEntry.OfPartition;
import dev.troupe.persistence.format.LogEntry.PartitionState;
import dev.troupe.runtime.store.EventStore.Opened;
import dev.troupe.runtime.store.PartitionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Epoch, facts and highest version of every partition: a fold of the log. Belongs to the writer.
public final class PartitionLedger {

  private static final Account NONE = new Account();

  private final Map<PartitionId, Account> accounts = new HashMap<>();

  private Account account(PartitionId partition) {
    return accounts.computeIfAbsent(partition, _ -> new Account());
  }

  /// For reading: whoever asks for a partition does not make it.
  private Account known(PartitionId partition) {
    return accounts.getOrDefault(partition, NONE);
  }

  /// What opening the partition would answer.
  public Opened next(PartitionId partition) {
    var account = known(partition);
    boolean clean = !account.unclean && !account.open;
    return new Opened(account.epoch + 1, Map.copyOf(account.facts), clean, account.highestVersion);
  }

  public boolean isOpen(PartitionId partition, long epoch) {
    var account = known(partition);
    return account.open && account.epoch == epoch;
  }

  public long highestVersion(PartitionId partition) {
    return known(partition).highestVersion;
  }

  public void stored(PartitionId partition, long version) {
    var account = account(partition);
    account.highestVersion = Math.max(account.highestVersion, version);
  }

  void apply(OfPartition said) {
    switch (said) {
      case PartitionState state -> set(state);
      case FactsSet facts -> set(facts);
    }
  }

  public void set(PartitionState state) {
    var account = account(state.partition());
    account.epoch = state.epoch();
    account.open = state.open();
    account.unclean = state.unclean();
    account.highestVersion = Math.max(account.highestVersion, state.highestVersion());
    account.facts.clear();
    account.facts.putAll(state.facts());
  }

  public void set(FactsSet set) {
    var facts = account(set.partition()).facts;
    set.facts()
        .forEach((name, value) -> {
          if (value.length == 0) {
            facts.remove(name);
          } else {
            facts.put(name, value);
          }
        });
  }

  /// The state of a partition once its next epoch is open.
  public PartitionState opened(PartitionId partition, Opened next) {
    return known(partition).state(partition, next.epoch(), true, !next.clean());
  }

  /// The state of a partition once its present epoch is closed.
  ///
  /// @param served see `EventStore.close`
  public PartitionState closed(PartitionId partition, boolean served) {
    var account = known(partition);
    return account.state(partition, account.epoch, false, account.unclean && !served);
  }

  public List<PartitionState> states() {
    return accounts.entrySet().stream()
        .map(entry -> entry.getValue().state(entry.getKey()))
        .toList();
  }

  private static final class Account {
    private final Map<String, byte[]> facts = new HashMap<>();
    private long epoch;
    private boolean open;
    private boolean unclean;
    private long highestVersion;

    PartitionState state(PartitionId partition) {
      return state(partition, epoch, open, unclean);
    }

    PartitionState state(PartitionId partition, long epoch, boolean open, boolean unclean) {
      return new PartitionState(partition, epoch, open, unclean, highestVersion, Map.copyOf(facts));
    }
  }
}
