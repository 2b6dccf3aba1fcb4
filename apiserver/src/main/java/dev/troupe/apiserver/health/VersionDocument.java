package dev.troupe.apiserver.health;

import dev.troupe.apiserver.answer.Answer;
import dev.troupe.apiserver.encoding.Encoding;
import dev.troupe.apiserver.request.ApiRequest;
import dev.troupe.apiserver.request.Representation;
import dev.troupe.apiserver.request.Representation.Offer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// `/version`: the Kubernetes API that is spoken, and who speaks it.
public final class VersionDocument {

  private static final String MAJOR = "1";
  private static final String MINOR = "36";

  private final ObjectNode document;

  private VersionDocument(ObjectNode document) {
    this.document = document;
  }

  public static VersionDocument ofThisBuild() {
    String build = VersionDocument.class.getPackage().getImplementationVersion();
    return new VersionDocument(
        JsonNodeFactory.instance
            .objectNode()
            .put("major", MAJOR)
            .put("minor", MINOR)
            .put(
                "gitVersion",
                "v" + MAJOR + "." + MINOR + ".0+troupe" + (build == null ? "" : "." + build))
            .put("gitCommit", "")
            .put("gitTreeState", "")
            .put("buildDate", "")
            .put("goVersion", "")
            .put("compiler", "javac")
            .put(
                "platform",
                System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT)
                    + "/"
                    + System.getProperty("os.arch", "")));
  }

  /// Such as `v1.36.0+troupe`.
  public String text() {
    return document.path("gitVersion").asString("");
  }

  public Answer answer(ApiRequest request) {
    var representation = Representation.of(request, Offer.DOCUMENT);
    return new Answer.Document(
        200, representation.contentType(), Encoding.encode(document, representation));
  }
}
