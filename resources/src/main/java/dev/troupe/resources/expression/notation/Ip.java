package dev.troupe.resources.expression.notation;

import dev.troupe.resources.expression.value.WrongValue;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.IpAddresses;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Optional;

/// An address of the internet.
public record Ip(InetAddress address) {

  /// @throws WrongValue in Kubernetes' words
  public static Ip parse(String text) {
    return attempt(text)
        .orElseThrow(() ->
            new WrongValue(
                text.contains(":") && IpAddresses.isV6(text)
                    ? "IPv4-mapped IPv6 address " + FieldErrors.quoted(text) + " is not allowed"
                    : "IP Address "
                        + FieldErrors.quoted(text)
                        + " parse error during conversion from string: ParseAddr("
                        + FieldErrors.quoted(text)
                        + "): unable to parse IP"));
  }

  public static Optional<Ip> attempt(String text) {
    boolean four = IpAddresses.isV4(text);
    if (!four && !IpAddresses.isV6(text)) {
      return Optional.empty();
    }
    var address = InetAddress.ofLiteral(text);
    return four == address instanceof Inet4Address
        ? Optional.of(new Ip(address))
        : Optional.empty();
  }

  public boolean isFour() {
    return address instanceof Inet4Address;
  }

  public boolean isGlobalUnicast() {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isMulticastAddress()
        && !address.isLinkLocalAddress()
        && !address.getHostAddress().equals("255.255.255.255");
  }

  /// The canonical form.
  public String text() {
    var host = address.getHostAddress();
    return isFour() ? host : IpAddresses.canonicalV6(host);
  }

  int bits() {
    return isFour() ? 32 : 128;
  }
}
