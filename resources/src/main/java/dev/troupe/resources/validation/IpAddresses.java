package dev.troupe.resources.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The text forms of IP addresses, without asking any network.
public final class IpAddresses {

  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final int GROUPS = 8;
  private static final String WRONG =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";

  private IpAddresses() {}

  public static Optional<String> check(String text) {
    return isV4(text) || isV6(text) ? Optional.empty() : Optional.of(WRONG);
  }

  public static boolean isV4(String text) {
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

  /// An IPv6 address as RFC 5952 writes it, or as it is if it ends in an IPv4 address.
  public static String canonicalV6(String text) {
    if (text.indexOf('.') >= 0) {
      return text;
    }
    var sides = text.split("::", -1);
    var groups = new ArrayList<String>(shortened(sides[0]));
    if (sides.length > 1) {
      var after = shortened(sides[1]);
      while (groups.size() + after.size() < GROUPS) {
        groups.add("0");
      }
      groups.addAll(after);
    }
    return gapped(groups);
  }

  private static List<String> shortened(String side) {
    var groups = new ArrayList<String>();
    for (var group : side.isEmpty() ? new String[0] : side.split(":", -1)) {
      groups.add(Integer.toHexString(Integer.parseInt(group, 16)));
    }
    return groups;
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
