package dev.troupe.testkit.members;

import dev.troupe.testkit.proxy.FaultProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/// A network in which each member has a link of its own to the database, that can be disturbed.
public final class StoreLinks extends NetworkAround {

  private final long seed;
  private final Map<Integer, FaultProxy> links = new TreeMap<>();

  /// @param seed of what chance decides
  public StoreLinks(MemberNetwork network, long seed) {
    super(network);
    this.seed = seed;
  }

  /// A member's link, once it has been told where the database is.
  public synchronized MemberLink link(int member) {
    var link = links.get(member);
    if (link == null) {
      throw new IllegalStateException("member " + member + " has no link to the database");
    }
    return MemberLink.through(link);
  }

  /// The same database at another address.
  static String at(InetSocketAddress address, String url) {
    return url.replaceFirst(
        "//[^/]+/", "//" + address.getHostString() + ":" + address.getPort() + "/");
  }

  private static InetSocketAddress address(String url) {
    var store = URI.create(url.substring("jdbc:".length()));
    return new InetSocketAddress(store.getHost(), store.getPort());
  }

  /// On this machine members find it where the network says that they find the database.
  @Override
  public synchronized String storeUrl(int member, String url) {
    var link =
        links.computeIfAbsent(
            member,
            _ -> {
              var host = address(super.storeUrl(member, url)).getAddress();
              return FaultProxy.to(address(url), seed + member)
                  .listen(new InetSocketAddress(host, 0));
            });
    return at(link.address(), url);
  }

  /// From now on all members find the database at another address of this machine.
  public synchronized void redirect(String url) {
    links.values().forEach(link -> link.redirect(address(url)));
  }

  @Override
  public synchronized void close() {
    links.values().forEach(FaultProxy::close);
    super.close();
  }
}
