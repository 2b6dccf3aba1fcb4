package dev.troupe.persistence.postgresql.lane;

import dev.troupe.persistence.postgresql.append.AppendSql;
import dev.troupe.persistence.postgresql.append.AppendStatements;
import dev.troupe.persistence.postgresql.epoch.Epochs;
import dev.troupe.persistence.postgresql.epoch.RowHolders;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/// The lanes of a store. A partition always has the same one.
public final class StoreLanes {

  private final List<StoreLane> lanes = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final RowHolders holders;

  private StoreLanes(RowHolders holders) {
    this.holders = holders;
  }

  public static StoreLanes start(Database database, Catalog catalog, AppendSql appendSql) {
    var incarnation = database.incarnation();
    var lanes = new StoreLanes(new RowHolders(database));
    for (int number = 0; number < database.settings().lanes(); number++) {
      lanes.add(
          number,
          new StoreLane(
              database,
              new BatchAppend(
                  database,
                  new AppendStatements(appendSql, catalog, incarnation),
                  new HeldRows(catalog)),
              new Epochs(catalog, lanes.holders, incarnation)));
    }
    return lanes;
  }

  private void add(int number, StoreLane lane) {
    lanes.add(lane);
    threads.add(Thread.ofPlatform().daemon().name("store-lane-" + number).start(lane));
  }

  public void add(PartitionId partition, LaneTask waiting) {
    lanes.get(Math.floorMod(partition.hashCode(), lanes.size())).add(waiting);
  }

  /// Returns when what waits has been answered.
  public void close(StoreException reason) {
    lanes.forEach(lane -> lane.end(reason));
    try {
      for (var thread : threads) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
    holders.close();
  }
}
