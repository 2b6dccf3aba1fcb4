package dev.troupe.benchmarks.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.etcd.EtcdTarget;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.benchmarks.server.Requests;
import dev.troupe.testkit.process.TroupeProcess;

/// What is listed: config maps of 1 KB, the same in etcd.
final class ListedObjects {

  static final String PREFIX = "/registry/configmaps/default/";

  /// Where the same objects are without owners.
  static final String BARE = "/api/v1/namespaces/bare/configmaps";

  private static final int WRITERS = 64;

  private ListedObjects() {}

  static void create(TroupeProcess server, int count) {
    try (var creates =
        new Creates(server, WRITERS, number -> Bodies.listed(name(number), number))) {
      ClosedLoop.fill(creates, WRITERS, count);
    }
  }

  /// The same in another namespace, and nobody owns anything of them.
  static void createBare(TroupeProcess server, int count) {
    var namespace = "{\"metadata\":{\"name\":\"bare\"}}";
    try (var begin =
        new Requests(server, 1, (client, _) -> client.create("/api/v1/namespaces", namespace))) {
      ClosedLoop.fill(begin, 1, 1);
    }
    try (var creates =
        new Requests(
            server,
            WRITERS,
            (client, number) ->
                client
                    .create(BARE, Bodies.listed(name(number), number))
                    .compose(_ -> client.update(BARE + "/" + name(number), bare(number))))) {
      ClosedLoop.fill(creates, WRITERS, count);
    }
  }

  /// An empty entry says that there are no owners.
  private static String bare(long number) {
    return Bodies.listed(name(number), number)
        .replace("\"metadata\":{", "\"metadata\":{\"managedFields\":[{}],");
  }

  static void put(EtcdProcess etcd, int count) {
    try (var puts =
        new EtcdTarget(
            etcd,
            WRITERS,
            WRITERS,
            ListedObjects::key,
            number -> Bodies.listed(name(number), number).getBytes(UTF_8))) {
      ClosedLoop.fill(puts, WRITERS, count);
    }
  }

  static String key(long number) {
    return PREFIX + name(number);
  }

  /// Numbers are in the order of names.
  private static String name(long number) {
    return "object-%07d".formatted(number);
  }
}
