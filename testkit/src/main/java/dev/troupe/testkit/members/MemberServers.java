package dev.troupe.testkit.members;

import dev.troupe.testkit.members.MemberServer.Program;
import dev.troupe.testkit.process.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// A control plane of several members, each a process of its own, on one database.
public final class MemberServers implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final int PORTS = 4;

  private final Premises premises;
  private final MemberNetwork network;
  private final Program program;
  private final List<MemberServer> members;
  private final List<MemberServer> byAge;
  private final Map<String, MemberServer> everybody = new TreeMap<>();
  private boolean isKnownByAge;

  private MemberServers(
      Premises premises, MemberNetwork network, Program program, List<MemberServer> members) {
    this.premises = premises;
    this.network = network;
    this.program = program;
    this.members = new CopyOnWriteArrayList<>(members);
    members.forEach(member -> everybody.put(member.name(), member));
    this.byAge = new ArrayList<>(members);
  }

  /// Starts all at once, with options for each JVM, and waits until all are ready.
  public static MemberServers start(
      int count, Premises premises, MemberNetwork network, List<String> options) {
    var servers = prepare(count, premises, network, Program.troupe(options));
    servers.startAndWait(servers.members);
    return servers;
  }

  /// The same with one before the others, so that it is known who is the oldest.
  public static MemberServers startByAge(
      int count, Premises premises, MemberNetwork network, List<String> options) {
    return startByAge(count, premises, network, Program.troupe(options));
  }

  /// The same with members that may be another program.
  public static MemberServers startByAge(
      int count, Premises premises, MemberNetwork network, Program program) {
    var servers = prepare(count, premises, network, program);
    servers.startAndWait(servers.members.subList(0, 1));
    servers.startAndWait(servers.members.subList(1, count));
    servers.isKnownByAge = true;
    return servers;
  }

  private void startAndWait(List<MemberServer> which) {
    try {
      which.forEach(MemberServer::start);
      awaitReady(which);
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  /// The word of a member's command line that no other process has.
  ///
  /// @param directory of the premises
  /// @param number counted from 1
  public static String word(Path directory, int number) {
    return MemberServer.word(directory.resolve(name(number)));
  }

  private static String name(int number) {
    return "m" + number;
  }

  private static MemberServers prepare(
      int count, Premises premises, MemberNetwork network, Program program) {
    var files = new ArrayList<MemberFiles>();
    for (int number = 1; number <= count; number++) {
      files.add(
          new MemberFiles(
              premises.directory(), name(number), network.host(number), freePorts(number)));
    }
    var addresses = files.stream().map(MemberFiles::address).toList();
    var members = new ArrayList<MemberServer>();
    for (var ofOne : files) {
      int number = members.size() + 1;
      write(premises, network, number, ofOne, addresses);
      members.add(new MemberServer(number, network, ofOne, program));
    }
    return new MemberServers(premises, network, program, members);
  }

  private static void write(
      Premises premises,
      MemberNetwork network,
      int number,
      MemberFiles files,
      List<String> addresses) {
    files.write(
        premises,
        network.storeUrl(number, premises.storeUrl()),
        network.bindPort(number, files.port()),
        addresses);
  }

  /// Starts one more, and waits for nothing.
  public MemberServer join() {
    int number = 1;
    while (find(number).isPresent()) {
      number++;
    }
    var files =
        new MemberFiles(
            premises.directory(), name(number), network.host(number), freePorts(number));
    write(premises, network, number, files, members.stream().map(MemberServer::address).toList());
    var member = new MemberServer(number, network, files, program);
    members.add(member);
    byAge.add(member);
    everybody.put(member.name(), member);
    member.start();
    return member;
  }

  /// One that has ended is not started again, and is not one of them any more.
  public void dismiss(MemberServer member) {
    members.remove(member);
    byAge.remove(member);
  }

  /// Also those that are not there any more; of those that followed each other under one name, the
  /// last.
  public List<MemberServer> everybody() {
    return List.copyOf(everybody.values());
  }

  private Optional<MemberServer> find(int number) {
    return members.stream().filter(member -> member.number() == number).findFirst();
  }

  /// A few that follow each other, and that nobody uses now. They are below those that the system
  /// gives to whoever connects.
  private static int freePorts(int number) {
    int base = 21_000 + (int) (ProcessHandle.current().pid() % 300) * 30 + number * PORTS;
    while (!areFree(base)) {
      base += 300;
    }
    return base;
  }

  private static boolean areFree(int base) {
    for (int port = base; port < base + PORTS; port++) {
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        // It is.
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }

  /// For any thread.
  public List<MemberServer> all() {
    return List.copyOf(members);
  }

  public MemberServer get(int number) {
    return find(number).orElseThrow();
  }

  public MemberNetwork network() {
    return network;
  }

  /// Who joined before all others: the coordinator of sharding is there.
  ///
  /// @throws IllegalStateException if they were started at once
  public MemberServer oldest() {
    if (!isKnownByAge) {
      throw new IllegalStateException("nobody knows who is the oldest of those started at once");
    }
    return byAge.getFirst();
  }

  /// Cuts a member off from all others, until the network is healed; clients and the database reach
  /// it all the same.
  public void cutFromOthers(MemberServer member) {
    for (var other : members) {
      if (other != member) {
        network.cut(member.number(), other.number());
      }
    }
  }

  /// Starts a member that has ended again, and waits until it is ready.
  public void restart(MemberServer member) {
    revive(member);
    awaitReady(List.of(member));
  }

  /// Starts a member that has ended again, and waits for nothing.
  public void revive(MemberServer member) {
    byAge.remove(member);
    byAge.add(member);
    member.start();
  }

  /// In the order in which they were started last.
  public List<MemberServer> byAge() {
    return List.copyOf(byAge);
  }

  public void awaitReady(Collection<MemberServer> which) {
    long deadline = System.nanoTime() + START.toNanos();
    for (var member : which) {
      while (!member.isReady()) {
        if (!member.isAlive() || System.nanoTime() > deadline) {
          throw new IllegalStateException(member + " is not ready:\n" + member.log());
        }
        pause(Duration.ofMillis(50));
      }
    }
  }

  /// Waits until every partition of a collection has an owner, and every member has some of them.
  public void awaitSpread(String collection) {
    var _ =
        await(_ -> true, owners -> isSpread(collection, owners), START, "not everything is spread");
  }

  private boolean isSpread(String collection, Map<String, MemberServer> owners) {
    return members.stream()
        .allMatch(member ->
            owners.entrySet().stream()
                .anyMatch(
                    one -> one.getKey().startsWith(collection + "#") && one.getValue() == member));
  }

  /// Waits until others have everything that a member had, as another one tells it.
  public void awaitReplaced(MemberServer member, Duration patience) {
    var _ =
        await(
            other -> other != member,
            owners -> !owners.containsValue(member),
            patience,
            "not everything that " + member + " had has another owner");
  }

  /// How many partitions a collection has.
  public int partitions(String collection) {
    return (int) owners().keySet().stream().filter(id -> id.startsWith(collection + "#")).count();
  }

  /// Empty while somebody who answers does not know of all.
  private Map<String, MemberServer> ownersNow(Predicate<MemberServer> asked) {
    var owners = new HashMap<String, MemberServer>();
    for (var partition : status(asked).body().path("partitions")) {
      var owner = named(partition.path("owner").asString(""));
      if (owner.isEmpty()) {
        return Map.of();
      }
      owners.put(partition.path("partition").asString(), owner.get());
    }
    return owners;
  }

  /// What a member has at a moment at which it is known of every partition who has it.
  public Set<String> ownedBy(MemberServer member) {
    var owned = new TreeSet<String>();
    owners()
        .forEach((partition, owner) -> {
          if (owner == member) {
            owned.add(partition);
          }
        });
    return owned;
  }

  /// By partition, who has it, as soon as somebody who answers knows it of all.
  public Map<String, MemberServer> owners() {
    return await(_ -> true, _ -> true, START, "not everything has an owner");
  }

  private Map<String, MemberServer> await(
      Predicate<MemberServer> asked,
      Predicate<Map<String, MemberServer>> wanted,
      Duration patience,
      String otherwise) {
    long deadline = System.nanoTime() + patience.toNanos();
    var owners = ownersNow(asked);
    while (owners.isEmpty() || !wanted.test(owners)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(otherwise + ": " + status(asked));
      }
      pause(Duration.ofMillis(50));
      owners = ownersNow(asked);
    }
    return owners;
  }

  private Optional<MemberServer> named(String owner) {
    return members.stream().filter(member -> owner.endsWith(member.address())).findFirst();
  }

  /// As some member tells it that is there.
  private Api.Answer status(Predicate<MemberServer> asked) {
    for (var member : members) {
      try {
        if (member.isAwake() && asked.test(member)) {
          return member.api().get("/troupe/status");
        }
      } catch (UncheckedIOException gone) {
        // The next one.
      }
    }
    throw new IllegalStateException("nobody is there");
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    members.forEach(MemberServer::end);
    network.close();
  }
}
