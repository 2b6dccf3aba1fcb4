package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.audit.Audit;
import dev.troupe.testkit.audit.Violation;
import dev.troupe.testkit.load.AskedServer;
import dev.troupe.testkit.load.DueRequest;
import dev.troupe.testkit.load.Impact;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.load.OpenLoad;
import dev.troupe.testkit.load.Sightings;
import dev.troupe.testkit.members.MemberNetwork;
import dev.troupe.testkit.members.MemberServer;
import dev.troupe.testkit.members.MemberServers;
import dev.troupe.testkit.members.Premises;
import dev.troupe.testkit.process.Api;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Three members under load, to which something happens; all that clients saw is held against what
/// the API promises, as if it were one server.
final class Ensemble implements AutoCloseable {

  static final int MEMBERS = 3;

  /// The endpoint that is nobody's.
  static final int NOBODY = -1;

  private static final List<String> OPTIONS = List.of("-Xmx512m");
  private static final String COLLECTION = "configmaps";

  /// Who has to wait longer for an answer is late.
  private static final Duration LATE = Duration.ofSeconds(1);

  private static final Duration CATCH_UP = Duration.ofSeconds(60);
  private static final Duration TAKEOVER = Duration.ofSeconds(30);

  /// Written if something is wrong: all that clients did and saw.
  private static final Path HISTORY = Path.of("target", "members-history.jsonl");

  private final MemberServers servers;
  private final OpenLoad load;

  private Ensemble(MemberServers servers, OpenLoad load) {
    this.servers = servers;
    this.load = load;
  }

  /// @param writesPerSecond as many as the machine bears with everything else
  static Ensemble start(Premises premises, MemberNetwork network, int writesPerSecond) {
    return under(MemberServers.start(MEMBERS, premises, network, OPTIONS), writesPerSecond);
  }

  /// The same, and it is known who is the oldest.
  static Ensemble startByAge(Premises premises, MemberNetwork network, int writesPerSecond) {
    return under(MemberServers.startByAge(MEMBERS, premises, network, OPTIONS), writesPerSecond);
  }

  private static Ensemble under(MemberServers servers, int writesPerSecond) {
    try {
      servers.awaitSpread(COLLECTION);
      var asked = new ArrayList<AskedServer>();
      for (var member : servers.all()) {
        asked.add(new AskedServer(asked.size(), Api.overOneConnection(member.kubeconfig())));
      }
      var settings =
          new LoadSettings(
              "load",
              LoadSettings.spread(servers.partitions(COLLECTION)),
              writesPerSecond,
              writesPerSecond / 2,
              Duration.ofMillis(500));
      return new Ensemble(servers, OpenLoad.start(asked, settings));
    } catch (RuntimeException failure) {
      servers.close();
      throw failure;
    }
  }

  MemberServers servers() {
    return servers;
  }

  OpenLoad load() {
    return load;
  }

  /// The number of a member's endpoint.
  static int endpoint(MemberServer member) {
    return member.number() - 1;
  }

  /// The last of those that were started; it is not the oldest.
  MemberServer last() {
    return servers.get(MEMBERS);
  }

  /// What of the load's objects a member has.
  Set<String> owned(MemberServer member) {
    var owned = servers.ownedBy(member);
    owned.removeIf(partition -> !partition.startsWith(COLLECTION + "#"));
    return owned;
  }

  /// Starts a member that has ended again, and waits until it has some of the load's objects.
  void restart(MemberServer member) {
    servers.restart(member);
    servers.awaitSpread(COLLECTION);
  }

  /// Waits until clients are asking for what is due now, and not for what they had to wait with.
  void awaitPunctual() throws InterruptedException {
    long deadline = System.nanoTime() + CATCH_UP.toNanos();
    var behind = load.behind();
    while (behind.compareTo(LATE) > 0) {
      assertThat(System.nanoTime()).as("clients are late by %s", behind).isLessThan(deadline);
      Thread.sleep(50);
      behind = load.behind();
    }
  }

  /// Waits until all that a victim owned has been written again by others.
  Impact awaitWritable(MemberServer victim, Set<String> owned, long since)
      throws InterruptedException {
    return awaitWritable(endpoint(victim), owned, since);
  }

  /// The same for whatever endpoint, or that of nobody.
  Impact awaitWritable(int victim, Set<String> owned, long since) throws InterruptedException {
    long deadline = since + TAKEOVER.toNanos();
    Impact impact;
    do {
      Thread.sleep(100);
      impact = Impact.of(load.requests(), load.sightings(), since, victim, owned);
    } while (impact.writable() < 0 && System.nanoTime() < deadline);
    assertThat(impact.writable())
        .as("all can be written again; %s", impact.lines())
        .isNotNegative();
    return impact;
  }

  /// Waits until others have all that a victim owned, also of what nobody writes.
  void awaitReplaced(MemberServer victim) {
    servers.awaitReplaced(victim, TAKEOVER);
  }

  /// Some of the requests that have failed since a moment, for people.
  List<String> failed(long since, Predicate<DueRequest> which) {
    return load.requests().stream()
        .filter(request -> request.end() > since && !request.succeeded() && which.test(request))
        .map(request -> line(request, since))
        .toList();
  }

  private static String line(DueRequest request, long since) {
    return "%s through member %d, about %s: due at %.3f s, begun at %.3f s, over at %.3f s: %s"
        .formatted(
            request.client(),
            request.through() + 1,
            request.subject().isEmpty() ? "everything" : request.subject(),
            seconds(request.due() - since),
            seconds(request.start() - since),
            seconds(request.end() - since),
            request.fault());
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /// Watches that could not be begun until now.
  List<String> failedWatches() {
    return load.sightings().stream().map(Sightings::faults).flatMap(List::stream).toList();
  }

  /// Ends the load; nothing that anybody saw may contradict what the API promises.
  ///
  /// @param happened what did, for people
  void verify(String happened) {
    load.end();
    List<Violation> violations = Audit.of(load.history());
    if (!violations.isEmpty()) {
      load.history().writeTo(HISTORY);
    }
    assertThat(violations).as("%s; history in %s", happened, HISTORY).isEmpty();
  }

  @Override
  public void close() {
    load.close();
    servers.close();
  }
}
