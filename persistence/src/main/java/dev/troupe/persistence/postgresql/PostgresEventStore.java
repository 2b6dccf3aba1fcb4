package dev.troupe.persistence.postgresql;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.persistence.backup.Replaceable;
import dev.troupe.persistence.format.ArchivedEntry;
import dev.troupe.persistence.format.StoredFormat;
import dev.troupe.persistence.postgresql.append.AppendSql;
import dev.troupe.persistence.postgresql.append.EncodedGroup;
import dev.troupe.persistence.postgresql.cluster.FormerCluster;
import dev.troupe.persistence.postgresql.cluster.PostgresRoll;
import dev.troupe.persistence.postgresql.epoch.FenceProof;
import dev.troupe.persistence.postgresql.lane.LaneTask;
import dev.troupe.persistence.postgresql.lane.StoreLanes;
import dev.troupe.persistence.postgresql.query.Archive;
import dev.troupe.persistence.postgresql.query.EventQueries;
import dev.troupe.persistence.postgresql.query.Pruning;
import dev.troupe.persistence.postgresql.query.ReaderThreads;
import dev.troupe.persistence.postgresql.schema.Catalog;
import dev.troupe.persistence.postgresql.schema.PartitionCount;
import dev.troupe.persistence.postgresql.schema.Schema;
import dev.troupe.persistence.postgresql.session.Database;
import dev.troupe.persistence.postgresql.session.Origin;
import dev.troupe.persistence.postgresql.session.ReadLease;
import dev.troupe.persistence.postgresql.session.SessionProof;
import dev.troupe.persistence.postgresql.session.SoleUse;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import dev.troupe.runtime.store.PartitionId;
import dev.troupe.runtime.store.StoreException;
import dev.troupe.runtime.store.cluster.ClusterStore;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The event store of many members, in a PostgreSQL database.
///
/// A database that fails over must replicate synchronously: an asynchronous standby that is
/// promoted lacks what was acknowledged last.
public final class PostgresEventStore implements EventStore, Replaceable {

  private final Database database;
  private final Schema schema;
  private final Catalog catalog = new Catalog();
  private final EventQueries queries;
  private final Pruning pruning;
  private final StoreLanes lanes;
  private final ReaderThreads readers;
  private @Nullable ReadLease lease;
  private @Nullable PostgresRoll roll;
  private volatile int stored;

  private PostgresEventStore(
      Database database,
      Schema schema,
      InstantSource clock,
      AppendSql appendSql,
      int pruneStep,
      ToIntFunction<Database> tables) {
    this.database = database;
    this.schema = schema;
    queries = new EventQueries(database, catalog);
    pruning = new Pruning(database, clock, pruneStep);
    new SessionProof(database).prove();
    stored = tables.applyAsInt(database);
    new FenceProof(database, appendSql).proveOnce();
    lanes = StoreLanes.start(database, catalog, appendSql);
    readers = new ReaderThreads(database.settings().readers());
  }

  /// Connects to the database, and makes or upgrades the tables. What it opens it opens for the
  /// present cluster, whoever is in it.
  ///
  /// @param clock tells [#prune] how old an event is
  /// @throws StoreException if the database cannot be reached, is another's, was written by a newer
  ///   Troupe, or does not fence; says what to do
  public static PostgresEventStore open(PostgresSettings settings, InstantSource clock) {
    return open(settings, clock, AppendSql.STANDARD, Pruning.STEP);
  }

  /// The same, for a control plane that shares its database with no other.
  ///
  /// @param displaced is told once when another has opened it so, or a cluster was formed on it
  /// @throws StoreException also if another process has opened it so, or a cluster is on it
  public static PostgresEventStore openAlone(
      PostgresSettings settings, InstantSource clock, Consumer<StoreException> displaced) {
    var use = SoleUse.take(settings);
    try {
      var store = open(settings, clock);
      try {
        new FormerCluster(store.database).end();
        store.lease = ReadLease.begin(settings, store.database.timeline(), use, displaced);
        return store;
      } catch (RuntimeException failure) {
        store.close();
        throw failure;
      }
    } catch (RuntimeException failure) {
      use.release();
      throw failure;
    }
  }

  /// The same, for one of many members: it can open partitions when it has found itself in the
  /// [#roll], and knows by a lease of the others whether what it has is current.
  public static PostgresEventStore openShared(PostgresSettings settings, InstantSource clock) {
    return openShared(settings, clock, Schema.OURS);
  }

  /// The same, for a release that knows other tables than this one.
  public static PostgresEventStore openShared(
      PostgresSettings settings, InstantSource clock, Schema schema) {
    var store = connect(settings, schema, clock, AppendSql.STANDARD, Pruning.STEP, schema::share);
    store.roll = new PostgresRoll(store.database);
    return store;
  }

  static PostgresEventStore open(
      PostgresSettings settings, InstantSource clock, AppendSql appendSql, int pruneStep) {
    var schema = Schema.OURS;
    var store = connect(settings, schema, clock, appendSql, pruneStep, schema::prepare);
    try {
      new FormerCluster(store.database).join();
      return store;
    } catch (RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  private static PostgresEventStore connect(
      PostgresSettings settings,
      Schema schema,
      InstantSource clock,
      AppendSql appendSql,
      int pruneStep,
      ToIntFunction<Database> tables) {
    var database = new Database(settings, clock);
    try {
      return new PostgresEventStore(database, schema, clock, appendSql, pruneStep, tables);
    } catch (RuntimeException failure) {
      database.close();
      throw failure;
    }
  }

  /// Of a store that was opened to be shared.
  public ClusterStore roll() {
    return Objects.requireNonNull(roll, "the store is not shared");
  }

  /// The latest version of the tables that this release knows, which members tell each other.
  public int knownTables() {
    return schema.newest();
  }

  /// The latest version of records that this release reads, and the one that it writes.
  public static int records() {
    return StoredFormat.EVENTS;
  }

  /// The version that the tables have, as far as this process has seen.
  public int storedTables() {
    return stored;
  }

  /// How often the store has begun anew.
  public long incarnation() {
    return database.incarnation().present().store();
  }

  /// Makes the tables those that all members know, if they are older. Other members do the same,
  /// one after the other: to be called again as long as they are.
  ///
  /// @param known the lowest among their [#knownTables]
  /// @param inRoll the number of the roll whose members have said so
  /// @throws StoreException if the database does not answer
  public void upgrade(int known, long inRoll) {
    stored = schema.upgrade(database, known, inRoll);
  }

  /// Which database this is, unlike every other one. A promoted standby is the same as before.
  ///
  /// @throws StoreException if the database does not answer
  public String origin() {
    return database.ask(Origin::place);
  }

  @Override
  public CompletionStage<Opened> open(PartitionId partition) {
    var answer = new CompletableFuture<Opened>();
    lanes.add(partition, new LaneTask.Open(partition, answer));
    return answer;
  }

  @Override
  public CompletionStage<Void> close(PartitionId partition, long epoch, boolean served) {
    var answer = new CompletableFuture<Boolean>();
    lanes.add(partition, new LaneTask.Close(partition, epoch, served, answer));
    return answer.thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<List<Outcome>> append(List<Group> groups) {
    var answers = groups.stream().map(this::append).toList();
    if (answers.size() == 1) {
      return answers.getFirst().thenApply(List::of);
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(_ -> answers.stream().map(CompletableFuture::resultNow).toList());
  }

  private CompletableFuture<Outcome> append(Group group) {
    var answer = new CompletableFuture<Outcome>();
    lanes.add(group.partition(), new LaneTask.Append(EncodedGroup.of(group), answer));
    return answer;
  }

  @Override
  public CompletionStage<Long> scan(
      PartitionId partition, long atVersion, Consumer<EventRecord> each) {
    return read(() -> queries.scan(partition, atVersion, each));
  }

  @Override
  public CompletionStage<Tail> tail(TypeRef collection, long after, Most most) {
    return read(() -> queries.tail(collection, after, most));
  }

  @Override
  public CompletionStage<List<EventRecord>> history(ResourceKey key, Most most) {
    return read(() -> queries.history(key, most));
  }

  @Override
  public CompletionStage<Void> prune(Retention retention) {
    return read(
            () -> {
              pruning.prune(retention);
              return true;
            })
        .thenAccept(_ -> {});
  }

  @Override
  public CompletionStage<Integer> partitions(TypeRef collection, int wanted) {
    return read(() ->
        database.ask(connection -> PartitionCount.fix(connection, catalog, collection, wanted)));
  }

  @Override
  public CompletionStage<Long> copy(Consumer<ArchivedEntry> each) {
    return read(() -> new Archive(database, catalog).copy(each));
  }

  /// All of it or nothing.
  @Override
  public CompletionStage<Long> restore(Iterator<ArchivedEntry> entries) {
    return read(() -> new Archive(database, new Catalog()).restore(entries));
  }

  @Override
  public CompletionStage<Long> replace(Iterator<ArchivedEntry> entries) {
    return read(() -> new Archive(database, new Catalog()).replace(entries));
  }

  private <T> CompletionStage<T> read(Supplier<T> question) {
    return readers.read(question);
  }

  @Override
  public boolean isCurrent() {
    return lease == null || lease.holds();
  }

  @Override
  public Optional<String> trouble() {
    return lease == null ? database.trouble() : lease.trouble();
  }

  /// Stores what was appended before, and lets the database go.
  @Override
  public void close() {
    var reason = new StoreException("the event store is closed");
    lanes.close(reason);
    readers.close(reason);
    if (roll != null) {
      roll.close();
    }
    database.close();
    if (lease != null) {
      lease.close();
    }
  }
}
