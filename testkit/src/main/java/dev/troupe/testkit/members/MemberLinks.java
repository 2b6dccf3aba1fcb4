package dev.troupe.testkit.members;

import dev.troupe.testkit.proxy.FaultProxy;
import dev.troupe.testkit.proxy.LinkCondition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All members on the loopback, each behind a proxy to which the others send: what a member sends
/// is told by the address that it sends from. By the port for probes, which is not behind it,
/// members notice at once all the same when a process ends. It needs a system on which all
/// addresses that begin with 127 are the loopback, as Linux is.
public final class MemberLinks extends NetworkAround {

  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int FROM = 100;

  /// Behind those of a member's other ports.
  private static final int BIND = 3;

  private final long seed;
  private final Map<Integer, FaultProxy> proxies = new TreeMap<>();

  /// @param seed of what chance decides
  public MemberLinks(long seed) {
    super(new LoopbackNetwork());
    this.seed = seed;
  }

  /// Why there can be none here; empty if there can.
  public static String obstacle() {
    var from = from(1);
    try (var _ = new ServerSocket(0, 1, from)) {
      return "";
    } catch (IOException refused) {
      return "this system does not let anybody send from %s: %s"
          .formatted(from.getHostAddress(), refused.getMessage());
    }
  }

  /// What a member sends to the others, and is sent by them.
  public MemberLink link(int member) {
    return new Link(member);
  }

  private final class Link implements MemberLink {

    private final int member;

    private Link(int member) {
      this.member = member;
    }

    @Override
    public void set(LinkCondition condition) {
      synchronized (proxies) {
        proxies.forEach((number, proxy) -> {
          if (number == member) {
            proxy.set(condition);
          } else {
            proxy.set(from(member), condition);
          }
        });
      }
    }

    @Override
    public void reset() {
      synchronized (proxies) {
        proxies.forEach((number, proxy) -> {
          if (number == member) {
            proxy.reset();
          } else {
            proxy.connections(from(member)).forEach(connection -> connection.reset());
          }
        });
      }
    }

    @Override
    public void heal() {
      set(LinkCondition.CLEAR);
    }
  }

  private static InetAddress from(int member) {
    return InetAddress.ofLiteral("127.0.0." + (FROM + member));
  }

  @Override
  public int bindPort(int member, int port) {
    synchronized (proxies) {
      var former = proxies.remove(member);
      if (former != null) {
        former.close();
      }
      proxies.put(
          member,
          FaultProxy.to(new InetSocketAddress(LOOPBACK, port + BIND), seed + member)
              .listen(new InetSocketAddress(LOOPBACK, port)));
    }
    return port + BIND;
  }

  @Override
  public List<String> options(int member) {
    return List.of(
        "-Dpekko.remote.artery.advanced.tcp.outbound-client-hostname="
            + from(member).getHostAddress());
  }

  @Override
  public void close() {
    synchronized (proxies) {
      proxies.values().forEach(FaultProxy::close);
    }
    super.close();
  }
}
