package dev.troupe.resources.kind.container;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.validation.FieldWarnings;
import dev.troupe.resources.validation.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// Ports of one pod that are told twice, in one container or in several.
public final class PortWarnings {

  /// Enough to tell what is wrong; each is compared with all before it.
  private static final int MOST_OF_A_NUMBER = 32;

  private record Port(
      String name, long number, String protocol, String hostIp, long hostPort, Path path) {

    static Port of(ObjectNode port, Path path) {
      return new Port(
          Json.text(port, "name"),
          Json.number(port, "containerPort", 0),
          Json.text(port, "protocol"),
          Json.text(port, "hostIP"),
          Json.number(port, "hostPort", 0),
          path);
    }

    String words() {
      return "{Name:%s HostPort:%d ContainerPort:%d Protocol:%s HostIP:%s}"
          .formatted(name, hostPort, number, protocol, hostIp);
    }
  }

  private final Map<String, List<Port>> seen = new HashMap<>();
  private final FieldWarnings warnings;

  private PortWarnings(FieldWarnings warnings) {
    this.warnings = warnings;
  }

  public static void check(List<PlacedContainer> containers, FieldWarnings warnings) {
    var check = new PortWarnings(warnings);
    for (var placed : containers) {
      int index = 0;
      for (var port : Json.objects(placed.container(), "ports")) {
        check.check(Port.of(port, placed.path().child("ports").item(index++)));
      }
    }
  }

  private void check(Port port) {
    if (!port.hostIp().isEmpty() && port.hostPort() == 0) {
      warnings.add(port.path(), "hostIP set without hostPort: " + port.words());
    }
    var others =
        seen.computeIfAbsent(port.number() + "/" + port.protocol(), _ -> new ArrayList<>(1));
    for (var other : others) {
      compare(port, other);
    }
    if (others.size() < MOST_OF_A_NUMBER) {
      others.add(port);
    }
  }

  private void compare(Port port, Port other) {
    boolean sameHostPort = port.hostPort() == other.hostPort();
    if (sameHostPort && port.hostIp().equals(other.hostIp())) {
      warnings.add(port.path(), "duplicate port definition with " + other.path());
    } else if (port.hostPort() == 0 || other.hostPort() == 0) {
      warnings.add(port.path(), "overlapping port definition with " + other.path());
    } else if (sameHostPort && (port.hostIp().isEmpty() || other.hostIp().isEmpty())) {
      warnings.add(port.path(), "dangerously ambiguous port definition with " + other.path());
    }
  }
}
