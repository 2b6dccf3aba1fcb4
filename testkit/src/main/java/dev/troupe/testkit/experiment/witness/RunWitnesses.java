package dev.troupe.testkit.experiment.witness;

import dev.troupe.testkit.experiment.witness.Settlement.Want;
import dev.troupe.testkit.process.ApiCalls;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// All who look on in one run.
public final class RunWitnesses implements AutoCloseable {

  private static final Path PROCESSES = Path.of("/proc");
  private static final Duration FAMILIES_EVERY = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(250);

  /// For how long they wait at the end of a run.
  ///
  /// @param work that controllers may need until all is as it is wanted
  /// @param rest for which it has to stay so
  public record Patience(Duration work, Duration rest) {

    public static final Patience STANDARD =
        new Patience(Duration.ofSeconds(30), Duration.ofSeconds(3));
  }

  private final List<ApiCalls> servers;
  private final LongSupplier nanos;
  private final CollectionWitness configMaps;
  private final CollectionWitness families;
  private final CollectionWitness deployments;
  private final CollectionWitness replicaSets;
  private final CollectionWitness pods;
  private final FamilyMaker maker;
  private final SizeWitness sizes;

  /// @param servers asked one after the other
  /// @param members the process of each member that is there, by its name
  /// @param nanos the clock of clients
  public RunWitnesses(
      List<ApiCalls> servers, Supplier<Map<String, Long>> members, LongSupplier nanos) {
    this(servers, members, nanos, FAMILIES_EVERY);
  }

  /// @param every between two steps of each family
  RunWitnesses(
      List<ApiCalls> servers,
      Supplier<Map<String, Long>> members,
      LongSupplier nanos,
      Duration every) {
    this.servers = List.copyOf(servers);
    this.nanos = nanos;
    this.configMaps = informer(WatchedCollection.CONFIG_MAPS);
    this.families = informer(WatchedCollection.FAMILIES);
    this.deployments = informer(WatchedCollection.DEPLOYMENTS);
    this.replicaSets = informer(WatchedCollection.REPLICA_SETS);
    this.pods = informer(WatchedCollection.PODS);
    this.maker = new FamilyMaker(servers, nanos, every);
    this.sizes = new SizeWitness(PROCESSES, members, nanos);
  }

  private CollectionWitness informer(WatchedCollection collection) {
    return new CollectionWitness(collection, servers, nanos);
  }

  private List<CollectionWitness> informers() {
    return List.of(configMaps, families, deployments, replicaSets, pods);
  }

  /// Waits until everybody has listed what he follows.
  void awaitLists() throws InterruptedException {
    for (var informer : informers()) {
      informer.awaitLists(1);
    }
  }

  /// Ends the work, waits until controllers are done with it, and asks for the past.
  ///
  /// @param isCalm whether everybody is there: else nobody is waited for
  public Testimony end(Patience patience, boolean isCalm) {
    maker.close();
    if (!isCalm) {
      return new Testimony(
          informers().stream().map(one -> one.informed(Optional.empty())).toList(),
          maker.released(),
          List.of(),
          Optional.empty(),
          sizes.sizes());
    }
    informers().forEach(CollectionWitness::shake);
    var settlement = settle(patience);
    var informed =
        informers().stream().map(one -> one.informed(agreed(one, patience.work()))).toList();
    var pasts = new PastWitness(servers, nanos).ask(configMaps);
    return new Testimony(informed, maker.released(), pasts, Optional.of(settlement), sizes.sizes());
  }

  /// Looks only when informers have seen what was done last: to one that is behind, all is as it is
  /// wanted before anybody has begun.
  private Settlement settle(Patience patience) {
    for (var informer : List.of(families, deployments, replicaSets, pods)) {
      var _ = agreed(informer, patience.work());
    }
    boolean hasNodes = hasNodes();
    long until = nanos.getAsLong() + patience.work().toNanos();
    var wants = wants(hasNodes);
    while (!wants.unmet().isEmpty() && nanos.getAsLong() < until) {
      LockSupport.parkNanos(LOOK.toNanos());
      wants = wants(hasNodes);
    }
    var unmet = wants.unmet();
    var left = new ArrayList<Want>();
    long rest = nanos.getAsLong() + patience.rest().toNanos();
    while (unmet.isEmpty() && left.isEmpty() && nanos.getAsLong() < rest) {
      LockSupport.parkNanos(LOOK.toNanos());
      left.addAll(wants(hasNodes).unmet());
    }
    return new Settlement(wants.count(), unmet, left);
  }

  private Wants wants(boolean hasNodes) {
    return new Wants(held(families), held(deployments), held(replicaSets), held(pods), hasNodes);
  }

  private static Collection<WitnessedState> held(CollectionWitness informer) {
    return informer.held().values();
  }

  private boolean hasNodes() {
    for (var server : servers) {
      try {
        var answer = server.get("/api/v1/nodes");
        if (answer.code() == 200) {
          return answer.body().path("items").size() > 0;
        }
      } catch (UncheckedIOException unanswered) {
        // The next one.
      }
    }
    return false;
  }

  /// What a list says, as soon as the informer holds the same; what the last one said if it never
  /// does.
  private Optional<Map<String, WitnessedState>> agreed(
      CollectionWitness informer, Duration patience) {
    Optional<Map<String, WitnessedState>> listed = Optional.empty();
    long until = nanos.getAsLong() + patience.toNanos();
    for (int i = 0; ; i++) {
      try {
        var answer = servers.get(i % servers.size()).get(informer.collection().path());
        if (answer.code() == 200) {
          listed = Optional.of(CollectionWitness.states(informer.collection(), answer.body()));
        }
      } catch (UncheckedIOException unanswered) {
        // The next one.
      }
      boolean isSame = listed.isPresent() && Informed.isSame(informer.held(), listed.get());
      if (isSame || nanos.getAsLong() > until) {
        return listed;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  @Override
  public void close() {
    maker.close();
    sizes.close();
    informers().forEach(CollectionWitness::close);
  }
}
