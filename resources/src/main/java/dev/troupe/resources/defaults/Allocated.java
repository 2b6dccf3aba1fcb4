package dev.troupe.resources.defaults;

import dev.troupe.resources.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Keeps what was allocated for a service when it is written without it.
public final class Allocated {

  private Allocated() {}

  public static void keep(ObjectNode service, ObjectNode old) {
    var spec = Json.child(service, "spec");
    var before = Json.object(old, "spec");
    var type = Json.text(spec, "type");
    if (!needsClusterIp(type) || !needsClusterIp(Json.text(before, "type"))) {
      return;
    }
    if (Json.text(spec, "clusterIP").isEmpty() && Json.list(spec, "clusterIPs") == null) {
      copy("clusterIP", before, spec);
      copy("clusterIPs", before, spec);
    }
    for (var field : new String[] {"ipFamilies", "ipFamilyPolicy"}) {
      if (!Json.has(spec, field)) {
        copy(field, before, spec);
      }
    }
    if (needsNodePorts(type) && needsNodePorts(Json.text(before, "type"))) {
      keepNodePorts(spec, before);
    }
  }

  private static void keepNodePorts(ObjectNode spec, @Nullable ObjectNode before) {
    for (var port : Json.objects(spec, "ports")) {
      for (var old : Json.objects(before, "ports")) {
        boolean same =
            Json.number(port, "port", 0) == Json.number(old, "port", 0)
                && protocol(port).equals(protocol(old));
        if (same && Json.number(port, "nodePort", 0) == 0) {
          copy("nodePort", old, port);
        }
      }
    }
  }

  private static String protocol(ObjectNode port) {
    var protocol = Json.text(port, "protocol");
    return protocol.isEmpty() ? "TCP" : protocol;
  }

  private static boolean needsClusterIp(String type) {
    return !type.equals("ExternalName");
  }

  private static boolean needsNodePorts(String type) {
    return type.equals("NodePort") || type.equals("LoadBalancer");
  }

  private static void copy(String field, @Nullable ObjectNode from, ObjectNode to) {
    var value = Json.get(from, field);
    if (value != null) {
      to.set(field, value.deepCopy());
    }
  }
}
