package dev.troupe.apiserver.conversion;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.conversion.ConversionHook.Address;
import dev.troupe.resources.json.Json;
import dev.troupe.runtime.collection.Resources;
import dev.troupe.runtime.collection.reading.ListQuery;
import dev.troupe.runtime.collection.reading.Pull;
import dev.troupe.runtime.resource.StoredResource;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import tools.jackson.databind.node.ObjectNode;

/// Where those are whom definitions name: at a URL, or behind a service.
final class HookAddresses {

  private static final TypeRef SERVICES = TypeRef.core("services");
  private static final TypeRef SLICES = new TypeRef("discovery.k8s.io", "endpointslices");
  private static final String OF_SERVICE = "kubernetes.io/service-name";
  private static final int HTTPS = 443;

  private final Resources resources;
  private final Executor workers;

  HookAddresses(Resources resources, Executor workers) {
    this.resources = resources;
    this.workers = workers;
  }

  /// @param host whose certificate is expected
  /// @param port that he is said to be at
  /// @param path of the URL
  /// @param server and `serverPort` where he really is
  record Place(String host, int port, String path, String server, int serverPort) {}

  /// The URL that is asked, as messages have it.
  static String url(Address address) {
    return switch (address) {
      case Address.AtUrl(var url) -> url + "?timeout=30s";
      case Address.OfService(var namespace, var name, var port, var path) ->
          "https://" + name + "." + namespace + ".svc:" + port + path + "?timeout=30s";
    };
  }

  /// @return fails with [HookFailure] if there is no such place
  CompletionStage<Place> of(Address address) {
    return switch (address) {
      case Address.AtUrl(var url) -> CompletableFuture.completedFuture(place(URI.create(url)));
      case Address.OfService service -> ofService(service);
    };
  }

  private static Place place(URI url) {
    int port = url.getPort() < 0 ? HTTPS : url.getPort();
    var path = url.getRawPath() == null ? "" : url.getRawPath();
    return new Place(url.getHost(), port, path, url.getHost(), port);
  }

  private CompletionStage<Place> ofService(Address.OfService address) {
    return resources
        .get(new ResourceKey(SERVICES, address.namespace(), address.name()))
        .thenCompose(found -> {
          if (found.isEmpty()) {
            throw new HookFailure("service \"" + address.name() + "\" not found");
          }
          var spec = Json.child(JsonDecoder.stored(found.get().json()), "spec");
          return Json.text(spec, "type").equals("ExternalName")
              ? CompletableFuture.completedFuture(
                  at(address, Json.text(spec, "externalName"), address.port()))
              : behind(address, port(address, spec));
        });
  }

  private static ObjectNode port(Address.OfService address, ObjectNode spec) {
    return Json.objects(spec, "ports").stream()
        .filter(port -> Json.number(port, "port", 0) == address.port())
        .findFirst()
        .orElseThrow(() ->
            new HookFailure(
                "no service port %d found for service \"%s\""
                    .formatted(address.port(), address.name())));
  }

  private CompletionStage<Place> behind(Address.OfService address, ObjectNode port) {
    return resources
        .list(ListQuery.of(SLICES, address.namespace()))
        .thenCompose(list -> new Pull(list).all(workers))
        .thenApply(slices ->
            places(address, Json.text(port, "name"), slices).stream()
                .findFirst()
                .orElseThrow(() ->
                    new HookFailure(
                        "no endpoints available for service \"" + address.name() + "\"")));
  }

  private static List<Place> places(
      Address.OfService address, String portName, Iterator<StoredResource> slices) {
    var places = new ArrayList<Place>();
    while (slices.hasNext()) {
      var slice = slices.next();
      if (address.name().equals(slice.labels().get(OF_SERVICE))) {
        add(address, portName, JsonDecoder.stored(slice.json()), places);
      }
    }
    return places;
  }

  private static void add(
      Address.OfService address, String portName, ObjectNode slice, List<Place> places) {
    for (var port : Json.objects(slice, "ports")) {
      if (Json.text(port, "name").equals(portName)) {
        int number = (int) Json.number(port, "port", 0);
        for (var endpoint : Json.objects(slice, "endpoints")) {
          var conditions = Json.object(endpoint, "conditions");
          if (!Json.has(conditions, "ready") || Json.truth(conditions, "ready")) {
            Json.strings(endpoint, "addresses")
                .forEach(server -> places.add(at(address, server, number)));
          }
        }
      }
    }
  }

  private static Place at(Address.OfService address, String server, int port) {
    return new Place(
        address.name() + "." + address.namespace() + ".svc",
        address.port(),
        address.path(),
        server,
        port);
  }
}
