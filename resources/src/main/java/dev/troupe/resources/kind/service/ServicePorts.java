package dev.troupe.resources.kind.service;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.Checks;
import dev.troupe.resources.validation.FieldErrors;
import dev.troupe.resources.validation.Names;
import dev.troupe.resources.validation.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// The ports of a service of one type.
record ServicePorts(String type, FieldErrors errors) {

  private static final List<String> PROTOCOLS = List.of("SCTP", "TCP", "UDP");
  private static final int FIRST_NODE_PORT = 30_000;
  private static final int LAST_NODE_PORT = 32_767;

  static final String OUT_OF_RANGE =
      "provided port is not in the valid range. The range of valid ports is "
          + FIRST_NODE_PORT
          + "-"
          + LAST_NODE_PORT;

  static boolean inRange(long number) {
    return number >= FIRST_NODE_PORT && number <= LAST_NODE_PORT;
  }

  void check(List<ObjectNode> ports) {
    var names = new HashSet<String>();
    var numbers = new HashSet<String>();
    var nodePorts = new HashSet<String>();
    int index = 0;
    for (var port : ports) {
      var path = Path.SPEC.child("ports").item(index++);
      name(port, ports.size() > 1, names, path);
      Checks.portNumber(Json.number(port, "port", 0), path.child("port"), errors);
      Checks.requiredOneOf(port, "protocol", PROTOCOLS, path, errors);
      var target = Json.get(port, "targetPort");
      if (target != null) {
        Checks.portNumberOrName(target, path.child("targetPort"), errors);
      }
      Checks.text(port, "appProtocol", Names::qualified, path, errors);
      var protocol = Json.text(port, "protocol");
      if (!numbers.add(protocol + Json.number(port, "port", 0))) {
        errors.duplicate(path, port);
      }
      nodePort(port, nodePorts, path.child("nodePort"));
    }
  }

  private void name(ObjectNode port, boolean required, Set<String> names, Path path) {
    var name = Json.text(port, "name");
    if (name.isEmpty()) {
      if (required) {
        errors.required(path.child("name"), "");
      }
      return;
    }
    Names.label(name).ifPresent(wrong -> errors.invalid(path.child("name"), name, wrong));
    if (!names.add(name)) {
      errors.duplicate(path.child("name"), name);
    }
  }

  private void nodePort(ObjectNode port, Set<String> taken, Path path) {
    long number = Json.number(port, "nodePort", 0);
    if (number == 0) {
      return;
    }
    if (type.equals("ClusterIP")) {
      errors.forbidden(path, "may not be used when `type` is '" + type + "'");
    } else if (!inRange(number)) {
      errors.invalid(path, number, OUT_OF_RANGE);
    } else if (!taken.add(Json.text(port, "protocol") + number)) {
      errors.duplicate(path, number);
    }
  }
}
