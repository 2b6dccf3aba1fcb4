package dev.troupe.persistence.embedded;

import dev.troupe.persistence.embedded.WriterTask.Append;
import dev.troupe.persistence.embedded.WriterTask.Close;
import dev.troupe.persistence.embedded.WriterTask.Copy;
import dev.troupe.persistence.embedded.WriterTask.FixPartitions;
import dev.troupe.persistence.embedded.WriterTask.Open;
import dev.troupe.persistence.embedded.WriterTask.Prune;
import dev.troupe.persistence.embedded.WriterTask.Restore;
import dev.troupe.persistence.embedded.WriterTask.Stop;
import dev.troupe.persistence.embedded.commit.Commit;
import dev.troupe.persistence.embedded.commit.Staging;
import dev.troupe.persistence.embedded.index.EventIndex;
import dev.troupe.persistence.embedded.index.PartitionLedger;
import dev.troupe.persistence.embedded.log.Purpose;
import dev.troupe.persistence.embedded.retention.Retainer;
import dev.troupe.persistence.format.LogEntry.CollectionState;
import dev.troupe.persistence.format.LogEntry.FactsSet;
import dev.troupe.runtime.store.EventStore.Group;
import dev.troupe.runtime.store.EventStore.Outcome;
import dev.troupe.runtime.store.NotStoredException;
import dev.troupe.runtime.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The one thread that decides what is stored, and writes: takes everything that waits, puts it
/// into one frame, syncs once, and answers.
///
/// If a write or sync fails nobody knows what is on the disk, and nothing is tried again: the
/// engine ends, and a restart looks.
final class LogWriter implements Runnable {

  private final WriterQueue queue;
  private final PartitionLedger ledger;
  private final EventIndex index;
  private final Staging staging;
  private final Commit commit;
  private final Retainer retainer;
  private final Archivist archivist;
  private final Consumer<StoreException> ended;

  /// @param ended called once, by this thread, if the engine has to end
  LogWriter(
      WriterQueue queue,
      PartitionLedger ledger,
      EventIndex index,
      Staging staging,
      Commit commit,
      Retainer retainer,
      Archivist archivist,
      Consumer<StoreException> ended) {
    this.queue = queue;
    this.ledger = ledger;
    this.index = index;
    this.staging = staging;
    this.commit = commit;
    this.retainer = retainer;
    this.archivist = archivist;
    this.ended = ended;
  }

  @Override
  public void run() {
    List<WriterTask> taken = List.of();
    try {
      do {
        taken = queue.take();
        for (var command : taken) {
          handle(command);
        }
        commit.now();
      } while (!(taken.getLast() instanceof Stop));
    } catch (InterruptedException | IOException | RuntimeException | Error failure) {
      end(failure, taken);
    }
  }

  private void end(Throwable failure, List<WriterTask> taken) {
    var reason =
        new StoreException(
            "the event store has ended, because its log could not be written: "
                + failure
                + "; restart when the cause is gone",
            failure);
    queue.end(reason);
    taken.forEach(command -> command.fail(reason));
    ended.accept(reason);
  }

  private void handle(WriterTask command) throws IOException {
    try {
      switch (command) {
        case Append append -> append(append);
        case Open open -> open(open);
        case Close close -> close(close);
        case FixPartitions fix -> fix(fix);
        case Prune prune -> prune(prune);
        case Copy copy -> copy(copy);
        case Restore restore -> restore(restore);
        case Stop stop -> commit.then(() -> stop.answer().complete(true));
      }
    } catch (StoreException refused) {
      commit.then(() -> command.fail(refused));
    }
  }

  private void append(Append append) throws IOException {
    var outcomes = new ArrayList<Outcome>(append.groups().size());
    for (var group : append.groups()) {
      outcomes.add(append(group));
    }
    commit.then(() -> append.answer().complete(outcomes));
  }

  private Outcome append(Group group) throws IOException {
    if (!ledger.isOpen(group.partition(), group.epoch())) {
      return Outcome.FENCED;
    }
    if (!staging.isNew(group)) {
      return Outcome.DUPLICATE;
    }
    try {
      store(group);
      return Outcome.STORED;
    } catch (NotStoredException full) {
      return full.outcome();
    }
  }

  private void store(Group group) throws IOException {
    if (group.facts().isEmpty()) {
      commit.add(group);
    } else {
      var facts = new FactsSet(group.partition(), group.facts());
      commit.add(group, facts);
      ledger.set(facts);
    }
  }

  private void open(Open open) throws IOException {
    var opened = ledger.next(open.partition());
    var state = ledger.opened(open.partition(), opened);
    commit.add(Purpose.OPENING, List.of(state));
    ledger.set(state);
    commit.then(() -> open.answer().complete(opened));
  }

  private void close(Close close) throws IOException {
    if (ledger.isOpen(close.partition(), close.epoch())) {
      var state = ledger.closed(close.partition(), close.served());
      commit.add(Purpose.UPKEEP, List.of(state));
      ledger.set(state);
    }
    commit.then(() -> close.answer().complete(true));
  }

  private void fix(FixPartitions fix) throws IOException {
    var state = index.state(fix.collection());
    int count = state.partitions() == 0 ? fix.wanted() : state.partitions();
    if (state.partitions() == 0) {
      var fixed = new CollectionState(fix.collection(), fix.wanted(), state.horizon());
      commit.add(Purpose.UPKEEP, List.of(fixed));
      commit.now();
    }
    commit.then(() -> fix.answer().complete(count));
  }

  private void prune(Prune prune) throws IOException {
    commit.now();
    retainer.prune(prune.removable(), commit);
    commit.then(() -> prune.answer().complete(true));
  }

  private void copy(Copy copy) throws IOException {
    commit.now();
    copy.answer().complete(archivist.copy());
  }

  private void restore(Restore restore) throws IOException {
    archivist.restore(restore.first(), restore.entries(), commit);
    commit.then(() -> restore.answer().complete(true));
  }
}
