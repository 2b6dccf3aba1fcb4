package dev.troupe.testkit.members;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Each member in a network namespace of its own, behind a router in another one: what the router
/// drops, nobody is told of. The database's port is reached at an address on the router's other
/// side, where whoever made this network is.
///
/// It needs root, and `ip` of iproute2.
public final class NamespaceNetwork implements MemberNetwork {

  private static final String NET = "10.213.";
  private static final String DROPPED = "100";

  private final String name;
  private final int members;
  private final PortForward database;

  private NamespaceNetwork(String name, int members, PortForward database) {
    this.name = name;
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

  /// @param storeUrl a database on the loopback, which is made reachable for members
  public static NamespaceNetwork of(int members, String storeUrl) {
    int port = URI.create(storeUrl.substring("jdbc:".length())).getPort();
    var name = "tr" + ProcessHandle.current().pid() % 100_000;
    var network = new NamespaceNetwork(name, members, PortForward.to(port));
    try {
      network.make();
    } catch (RuntimeException failure) {
      network.close();
      throw failure;
    }
    return network;
  }

  private String router() {
    return name + "r";
  }

  private String place(int member) {
    return name + "m" + member;
  }

  /// The network between a member and the router; 0 is between the outside and the router.
  private static String address(int net, int end) {
    return NET + net + "." + end;
  }

  private void make() {
    IpCommand.run("netns", "add", router());
    join("", router(), 0);
    IpCommand.run("route", "add", NET + "0.0/16", "via", address(0, 2));
    IpCommand.run("netns", "exec", router(), "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
    IpCommand.in(router(), "route", "add", "default", "via", address(0, 1));
    for (int member = 1; member <= members; member++) {
      IpCommand.run("netns", "add", place(member));
      join(router(), place(member), member);
      IpCommand.in(place(member), "route", "add", "default", "via", address(member, 1));
    }
    database.listen(address(0, 1));
  }

  /// Lays a cable between two places: the first end has the address 1, the other 2.
  private void join(String one, String other, int net) {
    var near = name + "a" + net;
    var far = name + "b" + net;
    IpCommand.run("link", "add", near, "type", "veth", "peer", "name", far);
    plug(near, one, address(net, 1));
    plug(far, other, address(net, 2));
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
  public String storeUrl(String url) {
    return url.replaceFirst("//[^/]+/", "//" + address(0, 1) + ":" + database.port() + "/");
  }

  @Override
  public List<String> at(int member, List<String> command) {
    var all = new ArrayList<>(List.of("ip", "netns", "exec", place(member)));
    all.addAll(command);
    return all;
  }

  @Override
  public void cut(int one, int other) {
    drop(host(one), host(other));
    drop(host(other), host(one));
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
    // The cable to the outside goes with the router, and its route with it.
    IpCommand.attempt("netns", "delete", router());
  }
}
