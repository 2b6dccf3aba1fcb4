package dev.troupe.clusterconfig.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/// Members that are the addresses of one name, all on the same port: A and AAAA records, or what
/// the machine's resolver knows otherwise. Each of them is called by its address.
final class DnsAddresses implements Seeds {

  private final String name;
  private final int port;

  DnsAddresses(String name, int port) {
    this.name = name;
    this.port = port;
  }

  @Override
  public CompletionStage<List<String>> find() {
    return Lookup.of(() -> addresses().map(this::named).toList());
  }

  private Stream<InetAddress> addresses() {
    try {
      return Stream.of(InetAddress.getAllByName(name));
    } catch (UnknownHostException none) {
      throw new LookupFailedException("the name " + name + " has no address", none);
    }
  }

  private String named(InetAddress address) {
    var text = address.getHostAddress();
    return (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
  }
}
