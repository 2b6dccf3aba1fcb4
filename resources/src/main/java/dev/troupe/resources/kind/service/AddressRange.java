package dev.troupe.resources.kind.service;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A range of IPv4 addresses, such as `10.96.0.0/16`. Its first and last address are not given out.
record AddressRange(String text, int base, int bits) {

  /// @throws IllegalArgumentException unless it is a range of 8 to 30 bits in CIDR notation
  static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    Integer address = slash < 0 ? null : address(text.substring(0, slash));
    int bits = slash < 0 ? 0 : Integer.parseInt(text.substring(slash + 1));
    if (address == null || bits < 8 || bits > 30) {
      throw new IllegalArgumentException("not a range of IPv4 addresses: " + text);
    }
    return new AddressRange(text, address & (-1 << (32 - bits)), bits);
  }

  /// Whether the address can be given out.
  boolean contains(String address) {
    Integer number = address(address);
    if (number == null) {
      return false;
    }
    int offset = number - base;
    return offset > 0 && offset < size() - 1;
  }

  /// The first free address from a random one on. The low band is left for those that are asked for
  /// by name.
  Optional<String> free(Predicate<String> taken, RandomGenerator random) {
    int reserved = Math.min(Math.max(16, size() / 16), 256);
    int low = size() <= 64 ? 1 : reserved;
    int count = size() - 1 - low;
    int start = random.nextInt(count);
    for (int i = 0; i < count; i++) {
      var address = format(base + low + (start + i) % count);
      if (!taken.test(address)) {
        return Optional.of(address);
      }
    }
    return Optional.empty();
  }

  private int size() {
    return 1 << (32 - bits);
  }

  /// Null unless `text` is an IPv4 address in canonical form.
  private static @Nullable Integer address(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    int address = 0;
    for (String part : parts) {
      if (!part.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(part) > 255) {
        return null;
      }
      address = address << 8 | Integer.parseInt(part);
    }
    return address;
  }

  private static String format(int address) {
    return (address >>> 24)
        + "."
        + (address >>> 16 & 255)
        + "."
        + (address >>> 8 & 255)
        + "."
        + (address & 255);
  }
}
