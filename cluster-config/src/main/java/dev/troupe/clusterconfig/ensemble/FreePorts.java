package dev.troupe.clusterconfig.ensemble;

import dev.troupe.clusterconfig.member.MemberFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Finds ports on loopback that nobody has, below those that systems give away by themselves.
public final class FreePorts {

  static final int API = 6_444;
  static final int MEMBERS = 7_400;
  static final int PROBES = 7_500;

  private static final int MOST_TRIED = 500;

  private final IntPredicate isFree;

  FreePorts(IntPredicate isFree) {
    this.isFree = isFree;
  }

  public static FreePorts ofThisMachine() {
    return new FreePorts(FreePorts::canBeTaken);
  }

  /// @param kept is taken again if it can be; it is not among `used`
  /// @param first of those that are tried otherwise
  /// @param used gets the port
  int port(Optional<Integer> kept, int first, Set<Integer> used) {
    int port =
        IntStream.concat(
                kept.stream().mapToInt(Integer::intValue),
                IntStream.range(first, first + MOST_TRIED).filter(one -> !used.contains(one)))
            .filter(isFree)
            .findFirst()
            .orElseThrow(() ->
                new MemberFailedException(
                    "no port of %d to %d is free".formatted(first, first + MOST_TRIED - 1), null));
    used.add(port);
    return port;
  }

  private static boolean canBeTaken(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
