package dev.troupe.resources.expression.notation;

import dev.troupe.resources.expression.value.WrongValue;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/// A range of addresses, by one of them and the length of what they share.
public record Cidr(Ip ip, int length) {

  private static final Pattern LENGTH = Pattern.compile("0|[1-9][0-9]{0,2}");

  /// @throws WrongValue in Kubernetes' words
  public static Cidr parse(String text) {
    return attempt(text)
        .orElseThrow(() ->
            new WrongValue(
                "network address parse error during conversion from string: network address"
                    + " parse error during conversion from string: netip.ParsePrefix(\""
                    + text
                    + "\"): invalid prefix"));
  }

  public static Optional<Cidr> attempt(String text) {
    int slash = text.lastIndexOf('/');
    var length = text.substring(slash + 1);
    if (slash < 0 || !LENGTH.matcher(length).matches()) {
      return Optional.empty();
    }
    int bits = Integer.parseInt(length);
    return Ip.attempt(text.substring(0, slash))
        .filter(ip -> bits <= ip.bits())
        .map(ip -> new Cidr(ip, bits));
  }

  public boolean contains(Ip other) {
    return other.isFour() == ip.isFour() && prefix(other).equals(prefix(ip));
  }

  public boolean contains(Cidr other) {
    return length <= other.length && contains(other.ip);
  }

  private BigInteger prefix(Ip of) {
    return new BigInteger(1, of.address().getAddress()).shiftRight(ip.bits() - length);
  }

  /// The range by its first address.
  public Cidr masked() {
    var first = prefix(ip).shiftLeft(ip.bits() - length).toByteArray();
    var bytes = new byte[ip.bits() / 8];
    int count = Math.min(first.length, bytes.length);
    System.arraycopy(first, first.length - count, bytes, bytes.length - count, count);
    try {
      return new Cidr(new Ip(InetAddress.getByAddress(bytes)), length);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + bytes.length + " bytes", e);
    }
  }

  public String text() {
    return ip.text() + "/" + length;
  }
}
