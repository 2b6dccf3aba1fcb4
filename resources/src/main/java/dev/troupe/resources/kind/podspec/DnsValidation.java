package dev.troupe.resources.kind.podspec;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How a pod finds names: whom it asks, where it looks first, and whom it knows itself.
final class DnsValidation {

  private static final List<String> POLICIES =
      List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
  private static final int MAX_SERVERS = 3;
  private static final int MAX_SEARCHES = 32;
  private static final int MAX_SEARCH_CHARS = 2048;

  private DnsValidation() {}

  static void check(ObjectNode spec, Path path, FieldErrors errors) {
    Checks.requiredOneOf(spec, "dnsPolicy", POLICIES, path, errors);
    config(spec, path.child("dnsConfig"), errors);
    aliases(spec, path.child("hostAliases"), errors);
  }

  private static void config(ObjectNode spec, Path path, FieldErrors errors) {
    var config = Json.object(spec, "dnsConfig");
    var servers = Json.strings(config, "nameservers");
    if (Json.text(spec, "dnsPolicy").equals("None")) {
      if (config == null) {
        errors.required(path, "must provide `dnsConfig` when `dnsPolicy` is None");
      } else if (servers.isEmpty()) {
        errors.required(
            path.child("nameservers"),
            "must provide at least one DNS nameserver when `dnsPolicy` is None");
      }
    }
    if (config == null) {
      return;
    }
    if (servers.size() > MAX_SERVERS) {
      errors.invalid(
          path.child("nameservers"),
          Json.get(config, "nameservers"),
          "must not have more than " + MAX_SERVERS + " nameservers");
    }
    for (int i = 0; i < servers.size(); i++) {
      address(servers.get(i), path.child("nameservers").item(i), errors);
    }
    searches(config, path.child("searches"), errors);
    int index = 0;
    for (var option : Json.objects(config, "options")) {
      if (Json.text(option, "name").isEmpty()) {
        errors.required(path.child("options").item(index), "must not be empty");
      }
      index++;
    }
  }

  private static void searches(ObjectNode config, Path path, FieldErrors errors) {
    var searches = Json.strings(config, "searches");
    if (searches.size() > MAX_SEARCHES) {
      errors.invalid(
          path,
          Json.get(config, "searches"),
          "must not have more than " + MAX_SEARCHES + " search paths");
    }
    if (String.join(" ", searches).length() > MAX_SEARCH_CHARS) {
      errors.invalid(
          path,
          Json.get(config, "searches"),
          "must not have more than "
              + MAX_SEARCH_CHARS
              + " characters (including spaces) in the search list");
    }
    for (int i = 0; i < searches.size(); i++) {
      var at = path.item(i);
      var search = searches.get(i);
      var name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
      if (!search.equals(".")) {
        Names.searchDomain(name).ifPresent(wrong -> errors.invalid(at, name, wrong));
      }
    }
  }

  private static void aliases(ObjectNode spec, Path path, FieldErrors errors) {
    int index = 0;
    for (var alias : Json.objects(spec, "hostAliases")) {
      var at = path.item(index++);
      address(Json.text(alias, "ip"), at.child("ip"), errors);
      var names = Json.strings(alias, "hostnames");
      for (int i = 0; i < names.size(); i++) {
        var name = names.get(i);
        var namePath = at.child("hostnames").item(i);
        Names.subdomain(name).ifPresent(wrong -> errors.invalid(namePath, name, wrong));
      }
    }
  }

  private static void address(String address, Path path, FieldErrors errors) {
    IpAddresses.check(address).ifPresent(wrong -> errors.invalid(path, address, wrong));
  }
}
