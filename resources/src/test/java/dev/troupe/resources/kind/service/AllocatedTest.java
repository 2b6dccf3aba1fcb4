package dev.troupe.resources.kind.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.resources.json.Json;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class AllocatedTest {

  /// Ports are written as `name:port/protocol=nodePort`, each part but the port left out if it is
  /// not given.
  @ParameterizedTest
  @CsvSource({
    // had, sent, kept
    "80=30001, 80, 80=30001",
    "80=30001, 8080, 8080=30001",
    "80=30001, 80/UDP, 80/UDP=30001",
    "http:80=30001, http:8080, http:8080=30001",
    "http:80=30001, web:80, web:80",
    "http:80=30001, 80, 80",
    "a:80=30001 b:81=30002, b:80 a:81, b:80=30002 a:81=30001",
    "a:80=30001 b:81=30002, a:80=30002 b:81, a:80=30002 b:81",
    "a:80=30001 b:81=30002, b:81=30001 a:80, b:81=30001 a:80",
    "a:80=30001 b:81=30002, a:80=30003 b:81, a:80=30003 b:81=30002",
    "a:80=30001, a:80 b:81, a:80=30001 b:81",
    "a:53=30001 b:53/UDP=30001, a:53 b:53/UDP, a:53=30001 b:53/UDP=30001",
    "a:80, a:80, a:80"
  })
  void nodePortsFollowTheNamesOfPorts(String had, String sent, String kept) {
    var service = service(sent);

    Allocated.keep(service, service(had));

    assertThat(ports(service)).isEqualTo(kept);
  }

  private static ObjectNode service(String ports) {
    var service = Json.object();
    var spec = service.putObject("spec").put("type", "NodePort");
    var list = spec.putArray("ports");
    for (var text : ports.split(" ", -1)) {
      var port = list.addObject();
      var equals = text.split("=", -1);
      if (equals.length > 1) {
        port.put("nodePort", Integer.parseInt(equals[1]));
      }
      var slash = equals[0].split("/", -1);
      port.put("protocol", slash.length > 1 ? slash[1] : "TCP");
      var colon = slash[0].split(":", -1);
      if (colon.length > 1) {
        port.put("name", colon[0]);
      }
      port.put("port", Integer.parseInt(colon[colon.length - 1]));
    }
    return service;
  }

  private static String ports(ObjectNode service) {
    return Json.objects(service.path("spec"), "ports").stream()
        .map(port -> {
          var name = Json.text(port, "name");
          var protocol = Json.text(port, "protocol");
          long number = Json.number(port, "nodePort", 0);
          return (name.isEmpty() ? "" : name + ":")
              + Json.number(port, "port", 0)
              + (protocol.equals("TCP") ? "" : "/" + protocol)
              + (number == 0 ? "" : "=" + number);
        })
        .collect(Collectors.joining(" "));
  }
}
