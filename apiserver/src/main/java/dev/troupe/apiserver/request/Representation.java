package dev.troupe.apiserver.request;

import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The form in which a client wants objects.
///
/// @param version that of `meta.k8s.io` for tables and metadata
/// @param objects what the rows of a table hold beside their cells
public record Representation(
    Format format, boolean pretty, Shape shape, String version, IncludeObject objects) {

  public enum Format {
    JSON,
    YAML,
    PROTOBUF
  }

  /// What can be had beside JSON and YAML.
  ///
  /// @param tables whether there is a table form of the objects in question
  /// @param protobuf whether there is a protobuf message for them; asked for those alone who want
  ///   one, as all messages are read then
  /// @param metadata whether `PartialObjectMetadata` of them can be had as protobuf
  public record Offer(boolean tables, BooleanSupplier protobuf, boolean metadata) {

    /// Of a document that is no object.
    public static final Offer DOCUMENT = new Offer(false, () -> false, false);

    /// Of an answer to whatever was asked for.
    public static final Offer ANYTHING = new Offer(true, () -> true, true);

    /// The same for a client that is to be answered in text.
    public Offer asText() {
      return new Offer(tables, () -> false, false);
    }
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

  private static final List<String> TEXT = List.of(MediaType.JSON, MediaType.YAML);
  private static final List<String> ALL =
      List.of(MediaType.JSON, MediaType.YAML, MediaType.PROTOBUF);

  /// What the request asks for: the most wanted clause of `Accept` that can be served.
  public static Representation of(ApiRequest request, Offer offer) {
    String accept = request.text("accept");
    boolean pretty = pretty(request);
    List<MediaType> clauses = MediaType.accepted(accept);
    if (accept.isBlank()) {
      return pretty ? PLAIN.prettier() : PLAIN;
    }
    for (MediaType clause : clauses) {
      var found = of(clause, pretty, offer, request.query());
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new RefusedException(Refusals.notAcceptable(offer.protobuf.getAsBoolean() ? ALL : TEXT));
  }

  private static Optional<Representation> of(
      MediaType clause, boolean pretty, Offer offer, UrlQuery query) {
    if (clause.type().equals(MediaType.PROTOBUF)) {
      return binary(clause, offer);
    }
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
          offer.tables && meta(clause)
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

  /// There is no protobuf of tables.
  private static Optional<Representation> binary(MediaType clause, Offer offer) {
    var shape =
        switch (clause.parameter("as")) {
          case "" -> offer.protobuf.getAsBoolean() ? Shape.WHOLE : null;
          case "PartialObjectMetadata", "PartialObjectMetadataList" ->
              offer.metadata && meta(clause) ? Shape.METADATA : null;
          default -> null;
        };
    return Optional.ofNullable(shape)
        .map(wanted ->
            new Representation(
                Format.PROTOBUF, false, wanted, clause.parameter("v"), IncludeObject.METADATA));
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
    return switch (format) {
      case JSON -> MediaType.JSON;
      case YAML -> MediaType.YAML;
      case PROTOBUF -> MediaType.PROTOBUF;
    };
  }

  /// The type of a watch, whose events follow each other: of protobuf it says so.
  public String streamType() {
    return format == Format.PROTOBUF ? MediaType.PROTOBUF + ";stream=watch" : contentType();
  }
}
