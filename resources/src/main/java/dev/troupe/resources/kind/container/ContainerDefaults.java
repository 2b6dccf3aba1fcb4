package dev.troupe.resources.kind.container;

import dev.troupe.resources.defaults.Given;
import dev.troupe.resources.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Defaults of containers of every sort.
public final class ContainerDefaults {

  private ContainerDefaults() {}

  public static void complete(ObjectNode container) {
    Given.orElse(container, "terminationMessagePath", "/dev/termination-log");
    Given.orElse(container, "terminationMessagePolicy", "File");
    Given.orElse(container, "imagePullPolicy", pullPolicy(Json.text(container, "image")));
    for (var port : Json.objects(container, "ports")) {
      Given.orElse(port, "protocol", "TCP");
    }
    for (var variable : Json.objects(container, "env")) {
      field(Json.object(Json.object(variable, "valueFrom"), "fieldRef"));
    }
    for (var probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      probe(Json.object(container, probe));
    }
    var lifecycle = Json.object(container, "lifecycle");
    httpGet(Json.object(lifecycle, "postStart"));
    httpGet(Json.object(lifecycle, "preStop"));
  }

  /// A moving tag is pulled always, a fixed one when it is not there.
  public static String pullPolicy(String image) {
    int digest = image.indexOf('@');
    var name = digest < 0 ? image : image.substring(0, digest);
    int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
    boolean latest = colon < 0 ? digest < 0 : name.substring(colon + 1).equals("latest");
    return latest && !name.isEmpty() ? "Always" : "IfNotPresent";
  }

  private static void probe(@Nullable ObjectNode probe) {
    if (probe == null) {
      return;
    }
    Given.nonZeroOrElse(probe, "timeoutSeconds", 1);
    Given.nonZeroOrElse(probe, "periodSeconds", 10);
    Given.nonZeroOrElse(probe, "successThreshold", 1);
    Given.nonZeroOrElse(probe, "failureThreshold", 3);
    httpGet(probe);
    var grpc = Json.object(probe, "grpc");
    if (grpc != null) {
      Given.orElse(grpc, "service", "");
    }
  }

  private static void httpGet(@Nullable ObjectNode handler) {
    var get = Json.object(handler, "httpGet");
    if (get != null) {
      Given.orElse(get, "path", "/");
      Given.orElse(get, "scheme", "HTTP");
    }
  }

  public static void field(@Nullable ObjectNode fieldRef) {
    if (fieldRef != null) {
      Given.orElse(fieldRef, "apiVersion", "v1");
    }
  }
}
