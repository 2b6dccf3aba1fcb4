package dev.troupe.resources.validation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text forms of IP addresses, without asking any network.
public final class IpAddresses {

  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final int LONGEST_V4 = 15;
  private static final int GROUPS = 8;
  private static final String LOOPBACK = "may not be in the loopback range (127.0.0.0/8, ::1/128)";
  private static final String LINK_LOCAL =
      "may not be in the link-local range (169.254.0.0/16, fe80::/10)";
  private static final String LOCAL_MULTICAST =
      "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)";
  private static final String WRONG =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

  private IpAddresses() {}

  public static Optional<String> check(String text) {
    return isV4(text) || isV6(text) ? Optional.empty() : Optional.of(WRONG);
  }

  public static boolean isV4(String text) {
    if (text.length() > LONGEST_V4) {
      return false;
    }
    var octets = text.split("\\.", -1);
    if (octets.length != 4) {
      return false;
    }
    for (var octet : octets) {
      if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
        return false;
      }
    }
    return true;
  }

  public static boolean isV6(String text) {
    if (text.length() > 45 || text.indexOf(':') < 0) {
      return false;
    }
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text) == GROUPS;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return false;
    }
    int before = gap == 0 ? 0 : groups(text.substring(0, gap));
    var rest = text.substring(gap + 2);
    int after = rest.isEmpty() ? 0 : groups(rest);
    return before >= 0 && after >= 0 && before + after <= 7;
  }

  /// What is wrong with a range of addresses, as in `10.0.0.0/8`.
  public static Optional<String> checkRange(String text) {
    int slash = text.indexOf('/');
    var address = slash < 0 ? "" : text.substring(0, slash);
    var bits = text.substring(slash + 1);
    boolean fine =
        (isV4(address) || isV6(address))
            && PREFIX.matcher(bits).matches()
            && Integer.parseInt(bits) <= (isV4(address) ? 32 : 128);
    return fine
        ? Optional.empty()
        : Optional.of("must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
  }

  /// Why an address that is one cannot be anybody's endpoint; empty if it can.
  public static Optional<String> special(String text) {
    int[] groups = isV4(text) ? mapped(text) : groupsOf(text);
    boolean zero = Arrays.stream(groups, 0, 5).allMatch(group -> group == 0);
    if (zero && groups[5] == 0xffff) {
      return specialV4(groups[6], groups[7], text);
    }
    if (zero && groups[5] == 0 && groups[6] == 0 && groups[7] <= 1) {
      return Optional.of(groups[7] == 0 ? unspecified(text) : LOOPBACK);
    }
    if ((groups[0] & 0xffc0) == 0xfe80) {
      return Optional.of(LINK_LOCAL);
    }
    return (groups[0] & 0xff0f) == 0xff02 ? Optional.of(LOCAL_MULTICAST) : Optional.empty();
  }

  private static Optional<String> specialV4(int high, int low, String text) {
    if (high == 0 && low == 0) {
      return Optional.of(unspecified(text));
    }
    if (high >> 8 == 127) {
      return Optional.of(LOOPBACK);
    }
    if (high == 0xa9fe) {
      return Optional.of(LINK_LOCAL);
    }
    return high == 0xe000 && low >> 8 == 0 ? Optional.of(LOCAL_MULTICAST) : Optional.empty();
  }

  private static String unspecified(String text) {
    return "may not be unspecified (" + text + ")";
  }

  /// An IPv6 address as RFC 5952 writes it.
  public static String canonicalV6(String text) {
    return gapped(Arrays.stream(groupsOf(text)).mapToObj(Integer::toHexString).toList());
  }

  /// The eight groups of an IPv6 address.
  private static int[] groupsOf(String text) {
    var sides = text.split("::", -1);
    var groups = new ArrayList<>(numbers(sides[0]));
    var after = sides.length > 1 ? numbers(sides[1]) : List.<Integer>of();
    while (groups.size() + after.size() < GROUPS) {
      groups.add(0);
    }
    groups.addAll(after);
    return groups.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Integer> numbers(String side) {
    var numbers = new ArrayList<Integer>();
    for (var group : side.isEmpty() ? new String[0] : side.split(":", -1)) {
      if (group.indexOf('.') < 0) {
        numbers.add(Integer.parseInt(group, 16));
      } else {
        var last = mapped(group);
        numbers.add(last[6]);
        numbers.add(last[7]);
      }
    }
    return numbers;
  }

  /// An IPv4 address as an IPv6 one.
  private static int[] mapped(String v4) {
    var octets = v4.split("\\.", -1);
    return new int[] {
      0, 0, 0, 0, 0, 0xffff, pair(octets[0], octets[1]), pair(octets[2], octets[3])
    };
  }

  private static int pair(String high, String low) {
    return Integer.parseInt(high) << 8 | Integer.parseInt(low);
  }

  /// The first of the longest runs of more than one zero is left out.
  private static String gapped(List<String> groups) {
    int from = 0;
    int longest = 1;
    for (int i = 0; i < groups.size(); i++) {
      int end = i;
      while (end < groups.size() && groups.get(end).equals("0")) {
        end++;
      }
      if (end - i > longest) {
        from = i;
        longest = end - i;
      }
    }
    return longest == 1
        ? String.join(":", groups)
        : String.join(":", groups.subList(0, from))
            + "::"
            + String.join(":", groups.subList(from + longest, groups.size()));
  }

  /// How many 16-bit groups the text has; negative if it is malformed.
  private static int groups(String text) {
    var parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && isV4(parts[i])) {
        count += 2;
      } else if (GROUP.matcher(parts[i]).matches()) {
        count++;
      } else {
        return -100;
      }
    }
    return count;
  }
}
