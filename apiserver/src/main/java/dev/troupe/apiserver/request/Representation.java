package dev.troupe.apiserver.request;

import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import java.util.List;
import java.util.Optional;

/// The form in which a client wants objects.
///
/// @param version that of `meta.k8s.io` for tables and metadata
/// @param objects what the rows of a table hold beside their cells
public record Representation(
    Format format, boolean pretty, Shape shape, String version, IncludeObject objects) {

  public enum Format {
    JSON,
    YAML
  }

  public enum Shape {
    /// The object itself.
    WHOLE,
    TABLE,
    /// `PartialObjectMetadata`.
    METADATA
  }

  public enum IncludeObject {
    NONE,
    METADATA,
    OBJECT
  }

  /// Objects as they are stored.
  public static final Representation PLAIN =
      new Representation(Format.JSON, false, Shape.WHOLE, "", IncludeObject.METADATA);

  private static final List<String> OFFERED = List.of(MediaType.JSON, MediaType.YAML);

  /// What the request asks for: the most wanted clause of `Accept` that can be served.
  ///
  /// @param tables whether there is a table form of the objects in question
  public static Representation of(ApiRequest request, boolean tables) {
    String accept = request.text("accept");
    boolean pretty = pretty(request);
    List<MediaType> clauses = MediaType.accepted(accept);
    if (accept.isBlank()) {
      return pretty ? PLAIN.prettier() : PLAIN;
    }
    for (MediaType clause : clauses) {
      var found = of(clause, pretty, tables, request.query());
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new RefusedException(Refusals.notAcceptable(OFFERED));
  }

  private static Optional<Representation> of(
      MediaType clause, boolean pretty, boolean tables, UrlQuery query) {
    Format format;
    if (clause.allows(MediaType.JSON)) {
      format = Format.JSON;
    } else if (clause.allows(MediaType.YAML) || clause.type().equals("application/x-yaml")) {
      format = Format.YAML;
    } else {
      return Optional.empty();
    }
    String version = clause.parameter("v");
    return switch (clause.parameter("as")) {
      case "" ->
          Optional.of(new Representation(format, pretty, Shape.WHOLE, "", IncludeObject.METADATA));
      case "Table" ->
          tables && meta(clause)
              ? Optional.of(
                  new Representation(format, pretty, Shape.TABLE, version, included(query)))
              : Optional.empty();
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          meta(clause)
              ? Optional.of(
                  new Representation(
                      format, pretty, Shape.METADATA, version, IncludeObject.METADATA))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static boolean meta(MediaType clause) {
    String version = clause.parameter("v");
    return clause.parameter("g").equals("meta.k8s.io")
        && (version.equals("v1") || version.equals("v1beta1"));
  }

  private static IncludeObject included(UrlQuery query) {
    return switch (query.text("includeObject")) {
      case "", "Metadata" -> IncludeObject.METADATA;
      case "Object" -> IncludeObject.OBJECT;
      case "None" -> IncludeObject.NONE;
      default ->
          throw RefusedException.badRequest(
              "unrecognized includeObject value: \"" + query.text("includeObject") + "\"");
    };
  }

  /// Asked for, or the client is one that shows the text to a person.
  private static boolean pretty(ApiRequest request) {
    if (request.query().has("pretty")) {
      return request.query().flag("pretty");
    }
    String agent = request.userAgent();
    return agent.startsWith("curl") || agent.startsWith("Wget") || agent.startsWith("Mozilla/5.0");
  }

  private Representation prettier() {
    return new Representation(format, true, shape, version, objects);
  }

  /// The same for an object that has no table: a `Status`.
  public Representation whole() {
    return new Representation(format, pretty, Shape.WHOLE, "", objects);
  }

  public String contentType() {
    return format == Format.JSON ? MediaType.JSON : MediaType.YAML;
  }
}
