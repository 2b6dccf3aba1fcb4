package dev.troupe.resources.kind.network;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.IpAddresses;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import dev.troupe.resources.validation.Validation;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

final class EndpointSliceValidation implements Validation {

  private static final List<String> ADDRESS_TYPES = List.of("FQDN", "IPv4", "IPv6");
  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final int MAX_ENDPOINTS = 1000;
  private static final int MAX_ADDRESSES = 100;
  private static final int MAX_PORTS = 20_000;

  @Override
  public void check(ObjectNode slice, FieldErrors errors) {
    Checks.requiredOneOf(slice, "addressType", ADDRESS_TYPES, Path.ROOT, errors);
    var endpoints = Json.objects(slice, "endpoints");
    if (endpoints.size() > MAX_ENDPOINTS) {
      errors.tooMany(Path.ROOT.child("endpoints"), endpoints.size(), MAX_ENDPOINTS);
      return;
    }
    var type = Json.text(slice, "addressType");
    int index = 0;
    for (var endpoint : endpoints) {
      endpoint(endpoint, type, Path.ROOT.child("endpoints").item(index++), errors);
    }
    ports(Json.objects(slice, "ports"), errors);
  }

  private static void endpoint(ObjectNode endpoint, String type, Path path, FieldErrors errors) {
    var addresses = Json.strings(endpoint, "addresses");
    var at = path.child("addresses");
    if (addresses.isEmpty()) {
      errors.required(at, "must contain at least 1 address");
    } else if (addresses.size() > MAX_ADDRESSES) {
      errors.tooMany(at, addresses.size(), MAX_ADDRESSES);
      return;
    }
    for (int i = 0; i < addresses.size(); i++) {
      address(addresses.get(i), type, at.item(i), errors);
    }
    Checks.text(endpoint, "nodeName", Names::subdomain, path, errors);
    Checks.text(endpoint, "hostname", Names::label, path, errors);
  }

  private static void address(String address, String type, Path path, FieldErrors errors) {
    switch (type) {
      case "IPv4" -> {
        if (!IpAddresses.isV4(address)) {
          errors.invalid(path, address, "must be a valid IPv4 address");
        } else {
          IpAddresses.special(address).ifPresent(wrong -> errors.invalid(path, address, wrong));
        }
      }
      case "IPv6" -> {
        if (!IpAddresses.isV6(address)) {
          errors.invalid(path, address, "must be a valid IPv6 address");
        } else {
          IpAddresses.special(address).ifPresent(wrong -> errors.invalid(path, address, wrong));
        }
      }
      case "FQDN" ->
          Names.subdomain(address).ifPresent(wrong -> errors.invalid(path, address, wrong));
      default -> {}
    }
  }

  private static void ports(List<ObjectNode> ports, FieldErrors errors) {
    var path = Path.ROOT.child("ports");
    if (ports.size() > MAX_PORTS) {
      errors.tooMany(path, ports.size(), MAX_PORTS);
      return;
    }
    var names = new HashSet<String>();
    int index = 0;
    for (var port : ports) {
      var at = path.item(index++);
      var name = Json.text(port, "name");
      if (!name.isEmpty()) {
        Names.label(name).ifPresent(wrong -> errors.invalid(at.child("name"), name, wrong));
      }
      if (!names.add(name)) {
        errors.duplicate(at.child("name"), name);
      }
      Checks.requiredOneOf(port, "protocol", PROTOCOLS, at, errors);
      Checks.text(port, "appProtocol", Names::qualified, at, errors);
    }
  }

  @Override
  public void warn(ObjectNode object, @Nullable ObjectNode old, FieldWarnings warnings) {
    if (Json.text(object, "addressType").equals("FQDN")) {
      warnings.add(Path.ROOT.child("addressType"), "FQDN endpoints are deprecated");
    }
  }

  @Override
  public void checkChange(ObjectNode slice, ObjectNode old, FieldErrors errors) {
    errors.immutable(
        Path.ROOT.child("addressType"),
        Json.get(slice, "addressType"),
        Json.get(old, "addressType"));
  }
}
