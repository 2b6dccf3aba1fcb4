package dev.troupe.benchmarks.list;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.troupe.benchmarks.etcd.EtcdProcess;
import dev.troupe.benchmarks.etcd.EtcdTarget;
import dev.troupe.benchmarks.load.ClosedLoop;
import dev.troupe.benchmarks.server.Bodies;
import dev.troupe.benchmarks.server.Creates;
import dev.troupe.testkit.process.TroupeProcess;

/// What is listed: config maps of 1 KB, the same in etcd.
final class ListedObjects {

  static final String PREFIX = "/registry/configmaps/default/";

  private static final int WRITERS = 64;

  private ListedObjects() {}

  static void create(TroupeProcess server, int count) {
    try (var creates =
        new Creates(server, WRITERS, number -> Bodies.listed(name(number), number))) {
      ClosedLoop.fill(creates, WRITERS, count);
    }
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
