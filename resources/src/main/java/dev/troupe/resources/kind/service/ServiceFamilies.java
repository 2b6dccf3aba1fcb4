package dev.troupe.resources.kind.service;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The addresses of a service and their families, in a cluster that has IPv4 alone.
final class ServiceFamilies {

  private static final String NONE = "None";
  private static final String IPV4 = "IPv4";
  private static final String IPV6 = "IPv6";
  private static final String DUAL_STACK = "RequireDualStack";
  private static final String SINGLE_STACK = "SingleStack";
  private static final List<String> FAMILIES = List.of(IPV4, IPV6);
  private static final List<String> POLICIES = List.of("PreferDualStack", DUAL_STACK, SINGLE_STACK);

  private static final Path ADDRESSES = Path.SPEC.child("clusterIPs");
  private static final Path OF_FAMILIES = Path.SPEC.child("ipFamilies");
  private static final Path POLICY = Path.SPEC.child("ipFamilyPolicy");

  private ServiceFamilies() {}

  static boolean isHeadless(@Nullable ObjectNode spec) {
    var addresses = Json.strings(spec, "clusterIPs");
    return addresses.size() == 1 && addresses.getFirst().equals(NONE);
  }

  /// Whoever names its endpoints itself may name them in every family.
  static boolean isFree(@Nullable ObjectNode spec) {
    var selector = Json.object(spec, "selector");
    return isHeadless(spec) && (selector == null || selector.isEmpty());
  }

  static void check(@Nullable ObjectNode spec, FieldErrors errors) {
    var addresses = Json.strings(spec, "clusterIPs");
    var families = Json.strings(spec, "ipFamilies");
    agree(Json.text(spec, "clusterIP"), addresses, spec, errors);
    families(families, errors);
    var policy = Json.text(spec, "ipFamilyPolicy");
    if (!policy.isEmpty() && !POLICIES.contains(policy)) {
      errors.notSupported(POLICY, policy, POLICIES);
    }
    if (addresses(addresses, spec, errors)) {
      match(addresses, families, spec, errors);
      if (errors.isEmpty()) {
        configured(addresses, families, spec, errors);
      }
    }
  }

  /// The first address has two names.
  private static void agree(
      String address, List<String> addresses, @Nullable ObjectNode spec, FieldErrors errors) {
    var all = Json.get(spec, "clusterIPs");
    if (address.isEmpty() && !addresses.isEmpty()) {
      errors.invalid(ADDRESSES, all, "must be empty when `clusterIP` is not specified");
    } else if (!address.isEmpty() && addresses.isEmpty()) {
      errors.required(ADDRESSES, "");
    } else if (!addresses.isEmpty() && !addresses.getFirst().equals(address)) {
      errors.invalid(ADDRESSES, all, "first value must match `clusterIP`");
    }
  }

  private static void families(List<String> families, FieldErrors errors) {
    var seen = new HashSet<String>();
    for (int i = 0; i < families.size(); i++) {
      var family = families.get(i);
      if (!FAMILIES.contains(family)) {
        errors.notSupported(OF_FAMILIES.item(i), family, FAMILIES);
      }
      if (!seen.add(family)) {
        errors.duplicate(OF_FAMILIES.item(i), family);
      }
    }
  }

  /// @return whether each is an address, or they are none at all
  private static boolean addresses(
      List<String> addresses, @Nullable ObjectNode spec, FieldErrors errors) {
    boolean fine = true;
    for (int i = 0; i < addresses.size(); i++) {
      var address = addresses.get(i);
      if (i == 0 && address.equals(NONE)) {
        if (addresses.size() > 1) {
          fine = false;
          errors.invalid(
              ADDRESSES, Json.get(spec, "clusterIPs"), "'None' must be the first and only value");
        }
        continue;
      }
      var wrong = IpAddresses.check(address);
      if (wrong.isPresent()) {
        fine = false;
        errors.invalid(ADDRESSES.item(i), address, wrong.get());
      }
    }
    if (addresses.size() > 2) {
      errors.invalid(ADDRESSES, Json.get(spec, "clusterIPs"), "may only hold up to 2 values");
    }
    return fine;
  }

  private static void match(
      List<String> addresses,
      List<String> families,
      @Nullable ObjectNode spec,
      FieldErrors errors) {
    if (addresses.size() > 1
        && addresses.stream().map(ServiceFamilies::family).distinct().count() == 1) {
      errors.invalid(
          ADDRESSES,
          Json.get(spec, "clusterIPs"),
          "may specify no more than one IP for each IP family");
    }
    if (isHeadless(spec)) {
      return;
    }
    for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
      var family = families.get(i);
      if (FAMILIES.contains(family) && !family.equals(family(addresses.get(i)))) {
        errors.invalid(
            ADDRESSES.item(i),
            addresses.get(i),
            "expected an %s value as indicated by `ipFamilies[%d]`".formatted(family, i));
      }
    }
  }

  private static String family(String address) {
    return address.indexOf(':') < 0 ? IPV4 : IPV6;
  }

  private static void configured(
      List<String> addresses,
      List<String> families,
      @Nullable ObjectNode spec,
      FieldErrors errors) {
    var policy = Json.text(spec, "ipFamilyPolicy");
    if (policy.equals(SINGLE_STACK)) {
      var why = "must be 'RequireDualStack' or 'PreferDualStack' when multiple %s are specified";
      if (addresses.size() == 2) {
        errors.invalid(POLICY, policy, why.formatted("cluster IPs"));
      }
      if (families.size() == 2) {
        errors.invalid(POLICY, policy, why.formatted("IP families"));
      }
    }
    for (int i = families.size(); i < addresses.size(); i++) {
      if (!addresses.get(i).equals(NONE) && family(addresses.get(i)).equals(IPV6)) {
        errors.invalid(
            ADDRESSES.item(i),
            Json.get(spec, "clusterIPs"),
            "IPv6 is not configured on this cluster");
      }
    }
    if (!errors.isEmpty() || isFree(spec)) {
      return;
    }
    if (policy.equals(DUAL_STACK)) {
      errors.invalid(POLICY, policy, "this cluster is not configured for dual-stack services");
    }
    for (int i = 0; i < families.size(); i++) {
      if (families.get(i).equals(IPV6)) {
        errors.invalid(OF_FAMILIES.item(i), IPV6, "not configured on this cluster");
      }
    }
  }

  /// Addresses and families stay, unless the service had none or gives up the second.
  static void checkChange(
      @Nullable ObjectNode spec, @Nullable ObjectNode before, FieldErrors errors) {
    if (isHeadless(spec) && isHeadless(before)) {
      return;
    }
    stay("clusterIPs", "primary clusterIP can not be unset", spec, before, errors);
    if (isHeadless(spec) == isHeadless(before)) {
      stay("ipFamilies", "primary ipFamily can not be unset", spec, before, errors);
    }
  }

  private static void stay(
      String field,
      String whyNotUnset,
      @Nullable ObjectNode spec,
      @Nullable ObjectNode before,
      FieldErrors errors) {
    var now = Json.strings(spec, field);
    var old = Json.strings(before, field);
    if (old.isEmpty()) {
      return;
    }
    var path = Path.SPEC.child(field);
    if (now.isEmpty()) {
      errors.invalid(path.item(0), Json.get(spec, field), whyNotUnset);
      return;
    }
    for (int i = 0; i < Math.min(now.size(), old.size()); i++) {
      if (!now.get(i).equals(old.get(i))) {
        errors.invalid(path.item(i), Json.get(spec, field), "may not change once set");
      }
    }
    var policy = Json.text(spec, "ipFamilyPolicy");
    if (now.size() < old.size() && !policy.equals(SINGLE_STACK)) {
      errors.invalid(
          POLICY,
          policy,
          "must be set to 'SingleStack' when releasing the secondary "
              + (field.equals("clusterIPs") ? "clusterIP" : "ipFamily"));
    }
  }
}
