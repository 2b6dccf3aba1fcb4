package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The ports of one container.
final class PortValidation {

  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");

  private PortValidation() {}

  /// @param hostPorts those of the machine that containers beside this one have
  static void check(List<ObjectNode> ports, Set<String> hostPorts, Path path, FieldErrors errors) {
    var names = new HashSet<String>();
    for (int i = 0; i < ports.size(); i++) {
      var port = ports.get(i);
      var at = path.item(i);
      var name = Json.text(port, "name");
      if (!name.isEmpty()) {
        Checks.portName(name, at.child("name"), errors);
        if (!names.add(name)) {
          errors.duplicate(at.child("name"), name);
        }
      }
      numbers(port, hostPorts, at, errors);
      Checks.requiredOneOf(port, "protocol", PROTOCOLS, at, errors);
    }
  }

  private static void numbers(
      ObjectNode port, Set<String> hostPorts, Path path, FieldErrors errors) {
    long number = Json.number(port, "containerPort", 0);
    if (number == 0) {
      errors.required(path.child("containerPort"), "");
    } else {
      Checks.portNumber(number, path.child("containerPort"), errors);
    }
    long host = Json.number(port, "hostPort", 0);
    if (host == 0) {
      return;
    }
    Checks.portNumber(host, path.child("hostPort"), errors);
    var taken = Json.text(port, "protocol") + "/" + Json.text(port, "hostIP") + "/" + host;
    if (!hostPorts.add(taken)) {
      errors.duplicate(path.child("hostPort"), taken);
    }
  }
}
