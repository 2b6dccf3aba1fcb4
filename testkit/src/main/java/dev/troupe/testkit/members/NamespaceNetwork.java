package dev.troupe.testkit.members;

import dev.troupe.testkit.members.machine.IpCommand;
import dev.troupe.testkit.members.machine.PacketFilter;
import dev.troupe.testkit.proxy.FaultProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Each member in a network namespace of its own, behind a router in another one: what the router
/// drops, nobody is told of. The database's port is reached at an address on the router's other
/// side, where whoever made this network is. Many may be beside each other on a machine: each has
/// addresses of its own.
///
/// It needs root, and `ip` of iproute2.
public final class NamespaceNetwork implements MemberNetwork {

  private static final int FIRST_NET = 213;
  private static final int LAST_NET = 252;
  private static final String DROPPED = "100";

  private final int net;
  private final int members;
  private final FaultProxy database;

  /// @param net the second number of all addresses
  private NamespaceNetwork(int net, int members, FaultProxy database) {
    this.net = net;
    this.members = members;
    this.database = database;
  }

  /// Why there can be none here; empty if there can. Under `TROUPE_REQUIRE_NAMESPACES` that is a
  /// failure, and not a reason to skip a test.
  public static String obstacle() {
    var probe = "troupe-probe-" + ProcessHandle.current().pid();
    var refused = IpCommand.attempt("netns", "add", probe);
    if (refused.isEmpty()) {
      IpCommand.run("netns", "delete", probe);
    } else if (System.getenv("TROUPE_REQUIRE_NAMESPACES") != null) {
      throw new IllegalStateException(
          "network namespaces are required here: be root, or unset TROUPE_REQUIRE_NAMESPACES; "
              + refused);
    }
    return refused;
  }

  /// Why packets cannot be lost here; empty if they can.
  public static String obstacleToLoss() {
    var probe = "troupe-probe-loss-" + ProcessHandle.current().pid();
    var refused = IpCommand.attempt("netns", "add", probe);
    if (!refused.isEmpty()) {
      return refused;
    }
    try {
      return PacketFilter.obstacle(probe);
    } finally {
      IpCommand.run("netns", "delete", probe);
    }
  }

  /// @param storeUrl a database on the loopback, which is made reachable for members
  public static NamespaceNetwork of(int members, String storeUrl) {
    int port = URI.create(storeUrl.substring("jdbc:".length())).getPort();
    var database = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    var network = new NamespaceNetwork(claimedNet(), members, FaultProxy.to(database, 0));
    try {
      network.make();
    } catch (RuntimeException failure) {
      network.close();
      throw failure;
    }
    return network;
  }

  /// Addresses to which this machine has no route. They are taken by the cable to the outside,
  /// which can be laid once.
  private static int claimedNet() {
    var refused = "this machine has routes to all of them";
    for (int net = FIRST_NET; net <= LAST_NET; net++) {
      if (IpCommand.output("route", "show", "root", range(net)).isEmpty()) {
        refused = lay(net, 0);
        if (refused.isEmpty()) {
          return net;
        }
      }
    }
    throw new IllegalStateException(
        "no addresses from %s to %s can be had for members: %s"
            .formatted(range(FIRST_NET), range(LAST_NET), refused));
  }

  private static String range(int net) {
    return "10." + net + ".0.0/16";
  }

  /// @param end 1 or 2
  private static String cable(int net, int number, int end) {
    return "tr" + net + (end == 1 ? "a" : "b") + number;
  }

  /// @return what went wrong; empty if nothing
  private static String lay(int net, int number) {
    var near = cable(net, number, 1);
    return IpCommand.attempt(
        "link", "add", near, "type", "veth", "peer", "name", cable(net, number, 2));
  }

  /// Removes what is left of the networks of a process that is gone.
  ///
  /// @return how many namespaces that were
  public static int removeThoseOf(long pid) {
    var left =
        IpCommand.output("netns", "list")
            .lines()
            .map(line -> line.split(" ", 2)[0])
            .filter(name -> name.startsWith(prefix(pid)))
            .toList();
    left.forEach(name -> IpCommand.run("netns", "delete", name));
    return left.size();
  }

  /// Tells whose it is.
  private static String prefix(long pid) {
    return "troupe-" + pid + "-";
  }

  private String named(String place) {
    return prefix(ProcessHandle.current().pid()) + net + "-" + place;
  }

  private String router() {
    return named("router");
  }

  private String place(int member) {
    return named("m" + member);
  }

  /// The cable between a member and the router; 0 is between the outside and the router.
  private String address(int number, int end) {
    return "10." + net + "." + number + "." + end;
  }

  private void make() {
    IpCommand.run("netns", "add", router());
    plug(0, "", router());
    IpCommand.run("route", "add", range(net), "via", address(0, 2));
    IpCommand.run("netns", "exec", router(), "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    IpCommand.in(router(), "route", "add", "default", "via", address(0, 1));
    for (int member = 1; member <= members; member++) {
      IpCommand.run("netns", "add", place(member));
      var refused = lay(net, member);
      if (!refused.isEmpty()) {
        throw new IllegalStateException(refused);
      }
      plug(member, router(), place(member));
      IpCommand.in(place(member), "route", "add", "default", "via", address(member, 1));
    }
    var _ = database.listen(new InetSocketAddress(address(0, 1), 0));
  }

  /// The ends of a cable have the addresses 1 and 2.
  private void plug(int number, String one, String other) {
    plug(cable(net, number, 1), one, address(number, 1));
    plug(cable(net, number, 2), other, address(number, 2));
  }

  private static void plug(String cable, String place, String address) {
    if (!place.isEmpty()) {
      IpCommand.run("link", "set", cable, "netns", place);
      IpCommand.in(place, "link", "set", "lo", "up");
    }
    IpCommand.in(place, "address", "add", address + "/30", "dev", cable);
    IpCommand.in(place, "link", "set", cable, "up");
  }

  @Override
  public String host(int member) {
    return address(member, 2);
  }

  @Override
  public String storeUrl(int member, String url) {
    return StoreLinks.at(database.address(), url);
  }

  @Override
  public List<String> at(int member, List<String> command) {
    var all = new ArrayList<>(List.of("ip", "netns", "exec", place(member)));
    all.addAll(command);
    return all;
  }

  @Override
  public void cut(int one, int other) {
    cutOneWay(one, other);
    cutOneWay(other, one);
  }

  @Override
  public void cutOneWay(int from, int to) {
    drop(host(from), host(to));
  }

  @Override
  public void cutOff(int member) {
    drop(host(member), "0.0.0.0/0");
    drop("0.0.0.0/0", host(member));
  }

  private void drop(String from, String to) {
    IpCommand.in(router(), "rule", "add", "from", from, "to", to, "blackhole", "priority", DROPPED);
  }

  @Override
  public void lose(int member, int percent) {
    PacketFilter.begin(router(), cable(net, member, 1), percent, ((10 << 8) | net) << 8);
  }

  @Override
  public void loseNothing(int member) {
    PacketFilter.end(router(), cable(net, member, 1));
  }

  @Override
  public void heal() {
    String done;
    do {
      done = IpCommand.attempt("-n", router(), "rule", "delete", "priority", DROPPED);
    } while (done.isEmpty());
  }

  @Override
  public void close() {
    database.close();
    for (int member = 1; member <= members; member++) {
      IpCommand.attempt("netns", "delete", place(member));
    }
    // The route goes with it. Namespaces go later, when all that was in them has ended.
    IpCommand.attempt("link", "delete", cable(net, 0, 1));
    IpCommand.attempt("netns", "delete", router());
  }
}
