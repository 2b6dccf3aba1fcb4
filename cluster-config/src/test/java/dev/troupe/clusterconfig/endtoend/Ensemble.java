package dev.troupe.clusterconfig.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.audit.Audit;
import dev.troupe.testkit.audit.Violation;
import dev.troupe.testkit.load.AskedServer;
import dev.troupe.testkit.load.Impact;
import dev.troupe.testkit.load.LoadSettings;
import dev.troupe.testkit.load.OpenLoad;
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

/// Three members under load, to one of which something happens; all that clients saw is held
/// against what the API promises, as if it were one server.
final class Ensemble implements AutoCloseable {

  private static final int MEMBERS = 3;
  private static final List<String> OPTIONS = List.of("-Xmx512m");
  private static final String COLLECTION = "configmaps";

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

  /// Waits until all that a victim owned has been written again by others.
  Impact awaitWritable(MemberServer victim, Set<String> owned, long since, Duration patience)
      throws InterruptedException {
    long deadline = since + patience.toNanos();
    Impact impact;
    do {
      Thread.sleep(100);
      impact = impact(victim, owned, since);
    } while (impact.writable() < 0 && System.nanoTime() < deadline);
    assertThat(impact.writable())
        .as("objects of %s are writable again; %s", victim, impact.lines())
        .isPositive();
    return impact;
  }

  Impact impact(MemberServer victim, Set<String> owned, long since) {
    return Impact.of(load.requests(), load.sightings(), since, endpoint(victim), owned);
  }

  /// Ends the load; nothing that anybody saw may contradict what the API promises.
  void verify() {
    load.end();
    List<Violation> violations = Audit.of(load.history());
    if (!violations.isEmpty()) {
      load.history().writeTo(HISTORY);
    }
    assertThat(violations).as("history in %s", HISTORY).isEmpty();
  }

  @Override
  public void close() {
    load.close();
    servers.close();
  }
}
