package dev.troupe.apiserver.openapi;

import dev.troupe.apiserver.discovery.HashedDocument;
import dev.troupe.apiserver.discovery.ServedGroups;
import dev.troupe.apiserver.discovery.ServedGroups.ServedType;
import dev.troupe.resources.codec.JsonDecoder;
import dev.troupe.resources.registry.KnownTypes;
import dev.troupe.resources.schema.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// The OpenAPI documents of the types that there are at one moment: of v3 one per group-version and
/// an index of them, of v2 one for all. Made at their first use, then kept. Safe for any number of
/// threads.
public final class OpenApiDocuments {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  private final Schemas schemas;
  private final String version;
  private final Map<String, List<ServedType>> byPath = new TreeMap<>();
  private final FieldDocumentation documentation;
  private final Map<String, HashedDocument> ready = new ConcurrentHashMap<>();
  private volatile @Nullable HashedDocument index;
  private volatile @Nullable Swagger swagger;

  /// The document of v2 in its two forms.
  ///
  /// @param protobuf shared, never modified
  public record Swagger(HashedDocument json, byte[] protobuf) {}

  /// @param version of the server, such as `v1.36.0`
  public OpenApiDocuments(KnownTypes types, String version) {
    this(types, version, new FieldDocumentation());
  }

  private OpenApiDocuments(KnownTypes types, String version, FieldDocumentation documentation) {
    this.schemas = types.schemas();
    this.version = version;
    this.documentation = documentation;
    new ServedGroups(types)
        .groups()
        .forEach((group, versions) ->
            versions.forEach((name, those) -> byPath.put(path(group, name), those)));
  }

  /// Those of other types, which have with these the documents in common that would be the same.
  public OpenApiDocuments of(KnownTypes types) {
    var next = new OpenApiDocuments(types, version, documentation);
    ready.forEach((path, document) -> {
      if (byPath.getOrDefault(path, List.of()).equals(next.byPath.get(path))) {
        next.ready.put(path, document);
      }
    });
    return next;
  }

  private static String path(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  /// `/openapi/v3`: where each document is, with a hash that changes when it does.
  public HashedDocument index() {
    var made = index;
    if (made == null) {
      made = makeIndex();
      index = made;
    }
    return made;
  }

  private HashedDocument makeIndex() {
    var content = NODES.objectNode();
    var paths = content.putObject("paths");
    for (var path : byPath.keySet()) {
      var hash = document(path).map(HashedDocument::hash).orElse("");
      paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path + "?hash=" + hash);
    }
    return HashedDocument.of(content);
  }

  /// `/openapi/v3/<path>`.
  ///
  /// @param path such as `api/v1` or `apis/apps/v1`
  public Optional<HashedDocument> document(String path) {
    var types = byPath.get(path);
    return types == null
        ? Optional.empty()
        : Optional.of(ready.computeIfAbsent(path, _ -> make(path, types)));
  }

  /// `/openapi/v2`.
  public Swagger swagger() {
    var made = swagger;
    return made == null ? makeSwagger() : made;
  }

  private synchronized Swagger makeSwagger() {
    var made = swagger;
    if (made == null) {
      var all = new SwaggerDocument();
      for (var path : byPath.keySet()) {
        document(path).ifPresent(each -> all.add(JsonDecoder.stored(each.json())));
      }
      var content = all.document(version);
      made = new Swagger(HashedDocument.of(content), SwaggerProtobuf.of(content));
      swagger = made;
    }
    return made;
  }

  private HashedDocument make(String path, List<ServedType> types) {
    var components = new Components(schemas, documentation);
    var paths = new Paths("/" + path, components);
    for (var served : types) {
      declareKinds(components, served);
      paths.add(served);
    }
    var content = NODES.objectNode().put("openapi", "3.0.0");
    content.putObject("info").put("title", "Kubernetes").put("version", version);
    content.set("paths", paths.document());
    content.putObject("components").set("schemas", components.document());
    return HashedDocument.of(content);
  }

  private static void declareKinds(Components components, ServedType served) {
    var as = served.served();
    var kind = served.type().names().kind();
    components.declareKind(as.schemaType(), as.group(), as.version(), kind);
    if (served.type().kind().isDefined()) {
      components.declareSelectable(as.schemaType(), served.type().selectableFields().keySet());
    }
    if (served.type().stored()) {
      components.declareKind(
          as.schemaType() + "List", as.group(), as.version(), served.type().names().listKind());
    }
    for (var subresource : served.type().subresources()) {
      components.reference(served.form(subresource).schemaType());
    }
    components.reference(META + "Status");
  }
}
