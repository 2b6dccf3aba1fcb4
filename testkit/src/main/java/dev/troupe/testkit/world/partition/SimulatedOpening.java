package dev.troupe.testkit.world.partition;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.resources.codec.index.IndexEntryReader;
import dev.troupe.runtime.collection.index.IndexLoader;
import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.version.CeilingFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// How a partition begins an epoch: it opens, and then reads what there is.
final class SimulatedOpening {

  private final PartitionId id;
  private final EventStore store;
  private final IndexEntryReader reader;
  private final Flaw flaw;
  private final Consumer<PartitionMessage> partition;

  /// What was read before it opened.
  private final List<EventRecord> early = new ArrayList<>();

  SimulatedOpening(
      PartitionId id,
      EventStore store,
      IndexEntryReader reader,
      Flaw flaw,
      Consumer<PartitionMessage> partition) {
    this.id = id;
    this.store = store;
    this.reader = reader;
    this.flaw = flaw;
    this.partition = partition;
  }

  void open() {
    if (flaw == Flaw.SCANS_BEFORE_IT_OPENS) {
      early.clear();
      store
          .scan(id, Long.MAX_VALUE, early::add)
          .whenComplete((_, failure) -> {
            if (failure == null) {
              openNow();
            } else {
              failed(failure);
            }
          });
    } else {
      openNow();
    }
  }

  private void openNow() {
    store
        .open(id)
        .whenComplete((opened, failure) -> {
          if (failure == null) {
            partition.accept(new PartitionMessage.Opened(known(opened)));
          } else {
            failed(failure);
          }
        });
  }

  private EventStore.Opened known(EventStore.Opened opened) {
    if (flaw != Flaw.FORGETS_PROMISES) {
      return opened;
    }
    var facts = new HashMap<>(opened.facts());
    facts.keySet().removeIf(CeilingFacts::is);
    return new EventStore.Opened(opened.epoch(), facts, opened.clean(), opened.highestVersion());
  }

  void load(long epoch, Set<ResourceKey> wanted) {
    var loader = new IndexLoader(reader, wanted);
    if (flaw == Flaw.SCANS_BEFORE_IT_OPENS) {
      early.forEach(loader::add);
      loaded(epoch, loader);
      return;
    }
    store
        .scan(id, Long.MAX_VALUE, loader::add)
        .whenComplete((_, failure) -> {
          if (failure == null) {
            loaded(epoch, loader);
          } else {
            failed(failure);
          }
        });
  }

  private void loaded(long epoch, IndexLoader loader) {
    partition.accept(new PartitionMessage.Loaded(epoch, loader.index(), loader.found()));
  }

  private void failed(Throwable failure) {
    partition.accept(new PartitionMessage.OpenFailed(failure.toString()));
  }
}
