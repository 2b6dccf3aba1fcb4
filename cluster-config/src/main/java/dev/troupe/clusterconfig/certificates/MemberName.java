package dev.troupe.clusterconfig.certificates;

import static java.util.stream.Collectors.toCollection;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.wildfly.security.x500.GeneralName;

/// Whose a member's certificate is: its name, and the hosts at which others reach it.
///
/// @param hosts names and addresses
public record MemberName(String name, List<String> hosts) {

  /// What all members have in common.
  static final String ORGANIZATION = "troupe:members";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?");
  private static final Pattern SUBJECT =
      Pattern.compile("CN=" + NAME.pattern() + ",O=" + Pattern.quote(ORGANIZATION));
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

  /// The one member of a cluster on one machine.
  static final MemberName SINGLE =
      new MemberName("member", List.of("localhost", "127.0.0.1", "::1"));

  /// @throws IllegalArgumentException if it is no name, or a host is none
  public MemberName {
    hosts = List.copyOf(hosts);
    asShown(hosts);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "a member's name is made of small letters, digits, dots and hyphens: " + name);
    }
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("a member has at least one host: name it with --host");
    }
    for (var host : hosts) {
      if (!(isAddress(host) ? isWhole(host) : NAME.matcher(host).matches())) {
        throw new IllegalArgumentException(host + " is neither a host's name nor its address");
      }
    }
  }

  private static boolean isAddress(String host) {
    return ADDRESS.matcher(host).matches();
  }

  /// `10.1` stands for an address as well, but nobody means it.
  private static boolean isWhole(String address) {
    return address.contains(":") || InetAddress.ofLiteral(address).getHostAddress().equals(address);
  }

  List<GeneralName> alternatives() {
    return alternatives(hosts.stream());
  }

  /// As a certificate names them.
  static List<GeneralName> alternatives(Stream<String> hosts) {
    return hosts
        .<GeneralName>map(host ->
            isAddress(host) ? new GeneralName.IPAddress(host) : new GeneralName.DNSName(host))
        .toList();
  }

  /// As [#hosts(X509Certificate)] shows them.
  ///
  /// @throws IllegalArgumentException if one that looks like an address is none
  static Set<String> asShown(List<String> hosts) {
    return hosts.stream()
        .map(host -> isAddress(host) ? InetAddress.ofLiteral(host).getHostAddress() : host)
        .collect(toCollection(TreeSet::new));
  }

  /// Whether a certificate was issued for just this.
  boolean isOn(X509Certificate certificate) {
    return subject(certificate).equals("CN=" + name + ",O=" + ORGANIZATION)
        && hosts(certificate).equals(asShown(hosts));
  }

  private static String subject(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName();
  }

  /// Whether a certificate is a member's, whosever it is.
  static boolean isOf(X509Certificate certificate) {
    return SUBJECT.matcher(subject(certificate)).matches();
  }

  /// Whether whoever connects to that host accepts the certificate.
  static boolean isValidFor(X509Certificate certificate, String host) {
    return hosts(certificate).containsAll(asShown(List.of(host)));
  }

  /// The names and addresses that a certificate is valid for.
  static Set<String> hosts(X509Certificate certificate) {
    try {
      var names = certificate.getSubjectAlternativeNames();
      var hosts = new TreeSet<String>();
      if (names != null) {
        names.forEach(name -> hosts.add(String.valueOf(name.getLast())));
      }
      return hosts;
    } catch (CertificateParsingException damaged) {
      return Set.of();
    }
  }
}
