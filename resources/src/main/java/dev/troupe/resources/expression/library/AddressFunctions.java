package dev.troupe.resources.expression.library;

import dev.cel.common.types.SimpleType;
import dev.troupe.resources.expression.notation.Cidr;
import dev.troupe.resources.expression.notation.Ip;

/// Functions of addresses and of ranges of them.
final class AddressFunctions {

  private static final Parameter<Ip> IP = Parameter.opaque(Ip.class, "net.IP");
  private static final Parameter<Cidr> CIDR = Parameter.opaque(Cidr.class, "net.CIDR");

  private AddressFunctions() {}

  static void addTo(FunctionSet set) {
    addresses(set);
    kinds(set);
    ranges(set);
  }

  private static void addresses(FunctionSet set) {
    var text = Parameter.TEXT;
    set.global("ip", "string_to_ip", IP.cel(), text, Ip::parse);
    set.global("isIP", "is_ip", SimpleType.BOOL, text, given -> Ip.attempt(given).isPresent());
    set.global(
        "ip.isCanonical",
        "ip_is_canonical",
        SimpleType.BOOL,
        text,
        given -> Ip.parse(given).text().equals(given));
    set.global("string", "ip_to_string", SimpleType.STRING, IP, Ip::text);
    set.member("family", "ip_family", SimpleType.INT, IP, ip -> ip.isFour() ? 4L : 6L);
  }

  private static void kinds(FunctionSet set) {
    var bool = SimpleType.BOOL;
    set.member(
        "isUnspecified", "ip_is_unspecified", bool, IP, ip -> ip.address().isAnyLocalAddress());
    set.member("isLoopback", "ip_is_loopback", bool, IP, ip -> ip.address().isLoopbackAddress());
    set.member(
        "isLinkLocalMulticast",
        "ip_is_link_local_multicast",
        bool,
        IP,
        ip -> ip.address().isMCLinkLocal());
    set.member(
        "isLinkLocalUnicast",
        "ip_is_link_local_unicast",
        bool,
        IP,
        ip -> ip.address().isLinkLocalAddress());
    set.member("isGlobalUnicast", "ip_is_global_unicast", bool, IP, Ip::isGlobalUnicast);
  }

  private static void ranges(FunctionSet set) {
    var text = Parameter.TEXT;
    var bool = SimpleType.BOOL;
    set.global("cidr", "string_to_cidr", CIDR.cel(), text, Cidr::parse);
    set.global("isCIDR", "is_cidr", bool, text, given -> Cidr.attempt(given).isPresent());
    set.global("string", "cidr_to_string", SimpleType.STRING, CIDR, Cidr::text);
    set.member("ip", "cidr_ip", IP.cel(), CIDR, Cidr::ip);
    set.member("masked", "cidr_masked", CIDR.cel(), CIDR, Cidr::masked);
    set.member(
        "prefixLength", "cidr_prefix_length", SimpleType.INT, CIDR, cidr -> (long) cidr.length());
    set.member(
        "containsIP",
        "cidr_contains_ip_string",
        bool,
        CIDR,
        text,
        (cidr, ip) -> cidr.contains(Ip.parse(ip)));
    set.member("containsIP", "cidr_contains_ip_ip", bool, CIDR, IP, (a, b) -> a.contains(b));
    set.member(
        "containsCIDR",
        "cidr_contains_cidr_string",
        bool,
        CIDR,
        text,
        (cidr, other) -> cidr.contains(Cidr.parse(other)));
    set.member("containsCIDR", "cidr_contains_cidr", bool, CIDR, CIDR, (a, b) -> a.contains(b));
  }
}
