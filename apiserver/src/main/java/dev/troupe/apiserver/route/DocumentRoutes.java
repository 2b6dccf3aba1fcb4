package dev.troupe.apiserver.route;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.answer.Answer.Header;
import dev.troupe.apiserver.discovery.DiscoveryDocuments;
import dev.troupe.apiserver.discovery.HashedDocument;
import dev.troupe.apiserver.discovery.MadeOfTypes;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.openapi.OpenApiDocuments;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.MediaType;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.resources.codec.JsonDecoder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Serves the documents that say what there is: discovery and OpenAPI.
public final class DocumentRoutes {

  private static final String OPEN_API = "/openapi/v3";
  private static final String SWAGGER = "/openapi/v2";
  private static final String SWAGGER_PROTOBUF =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  /// The names under which clients ask for the protobuf form; kubectl still uses the old one.
  private static final Set<String> SWAGGER_PROTOBUF_NAMES =
      Set.of(SWAGGER_PROTOBUF, "application/com.github.proto-openapi.spec.v2@v1.0+protobuf");

  private final MadeOfTypes<DiscoveryDocuments> discovery;
  private final MadeOfTypes<OpenApiDocuments> openApi;

  public DocumentRoutes(
      MadeOfTypes<DiscoveryDocuments> discovery, MadeOfTypes<OpenApiDocuments> openApi) {
    this.discovery = discovery;
    this.openApi = openApi;
  }

  static boolean serves(String path) {
    return path.equals("/api")
        || path.equals("/apis")
        || path.startsWith("/api/")
        || path.startsWith("/apis/")
        || path.equals(SWAGGER)
        || path.equals(OPEN_API)
        || path.startsWith(OPEN_API + "/");
  }

  /// @throws RefusedException with 404 if there is no such document
  Answer answer(ApiRequest request) {
    String path = request.path().plain();
    var made = discovery.get();
    return switch (path) {
      case "/api" -> aggregated(request, made.coreVersions(), made::aggregatedCore);
      case "/apis" -> aggregated(request, made.groupList(), made::aggregatedGroups);
      case SWAGGER -> swagger(request);
      case OPEN_API -> document(request, Optional.of(openApi.get().index()));
      default -> document(request, find(made, path, request.path().segments()));
    };
  }

  private Optional<HashedDocument> find(
      DiscoveryDocuments made, String path, List<String> segments) {
    if (path.startsWith(OPEN_API)) {
      return openApi.get().document(path.substring(OPEN_API.length() + 1));
    }
    boolean core = segments.getFirst().equals("api");
    return switch (segments.size()) {
      case 2 -> core ? made.resources(segments.get(1)) : made.group(segments.get(1));
      case 3 -> core ? Optional.empty() : made.resources(segments.get(1) + "/" + segments.get(2));
      default -> Optional.empty();
    };
  }

  /// All in one document for clients that ask for it, else the first of those that lead on.
  private static Answer aggregated(
      ApiRequest request,
      HashedDocument legacy,
      Function<String, Optional<HashedDocument>> aggregated) {
    for (MediaType clause : MediaType.accepted(request.text("accept"))) {
      if (clause.allows(MediaType.JSON) && clause.parameter("as").isEmpty()) {
        break;
      }
      if (clause.parameter("as").equals("APIGroupDiscoveryList")
          && clause.parameter("g").equals("apidiscovery.k8s.io")) {
        String version = clause.parameter("v");
        var found = aggregated.apply(version);
        if (found.isPresent()) {
          return tagged(
              request,
              found.get(),
              DiscoveryDocuments.aggregatedMediaType(version),
              found.get().json());
        }
      }
    }
    return document(request, Optional.of(legacy));
  }

  private Answer swagger(ApiRequest request) {
    var document = openApi.get().swagger();
    for (MediaType clause : MediaType.accepted(request.text("accept"))) {
      if (SWAGGER_PROTOBUF_NAMES.contains(clause.type())) {
        return tagged(request, document.json(), SWAGGER_PROTOBUF, document.protobuf());
      }
      if (clause.allows(MediaType.JSON)) {
        break;
      }
    }
    return document(request, Optional.of(document.json()));
  }

  private static Answer document(ApiRequest request, Optional<HashedDocument> found) {
    var document = found.orElseThrow(() -> new RefusedException(Refusals.unknownPath()));
    var representation = Representation.of(request, Offer.DOCUMENT);
    byte[] body =
        representation.equals(Representation.PLAIN)
            ? document.json()
            : Encoding.encode(JsonDecoder.stored(document.json()), representation);
    return tagged(request, document, representation.contentType(), body);
  }

  private static Answer tagged(
      ApiRequest request, HashedDocument document, String contentType, byte[] body) {
    var headers = List.of(new Header("ETag", document.etag()), new Header("Vary", "Accept"));
    boolean known = request.text("if-none-match").equals(document.etag());
    return new Answer.Document(
        known ? 304 : 200, contentType, known ? List.of() : List.of(body), headers);
  }
}
