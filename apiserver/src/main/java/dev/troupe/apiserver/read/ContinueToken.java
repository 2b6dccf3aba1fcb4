package dev.troupe.apiserver.read;

import dev.troupe.apiserver.status.RefusedException;
import dev.troupe.runtime.collection.Snapshot.Position;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// Where the next page of a list begins, in the form that Kubernetes uses.
///
/// @param version that of the first page, or [#LATEST]
/// @param after the last item of the page before
record ContinueToken(long version, Position after) {

  /// Goes on with whatever is there now: the price of a token that has expired.
  static final long LATEST = -1;

  private static final String FORMAT = "meta.k8s.io/v1";
  private static final int LONGEST = 4096;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// @throws RefusedException with 400 unless it is one of ours
  static ContinueToken parse(String text) {
    try {
      if (text.length() > LONGEST) {
        throw invalid("it is too long");
      }
      String padless = text.replace("=", "");
      JsonNode token = JSON.readTree(Base64.getUrlDecoder().decode(padless));
      if (!token.path("v").asString("").equals(FORMAT)) {
        throw invalid("server does not recognize this encoded version");
      }
      JsonNode version = token.path("rv");
      String start = token.path("start").asString("");
      if (!version.isIntegralNumber()
          || !version.canConvertToLong()
          || version.longValue() < LATEST
          || version.longValue() == 0
          || !start.endsWith("\0")) {
        throw invalid("incorrect encoded start resourceVersion or key");
      }
      String key = start.substring(0, start.length() - 1);
      int slash = key.indexOf('/');
      return new ContinueToken(
          version.longValue(),
          slash < 0
              ? new Position("", key)
              : new Position(key.substring(0, slash), key.substring(slash + 1)));
    } catch (IllegalArgumentException | JacksonException _) {
      throw invalid("it is not base64 of JSON");
    }
  }

  String text() {
    String key =
        after.namespace().isEmpty() ? after.name() : after.namespace() + "/" + after.name();
    var token =
        JsonNodeFactory.instance
            .objectNode()
            .put("v", FORMAT)
            .put("rv", version)
            .put("start", key + "\0");
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(token.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static RefusedException invalid(String why) {
    return RefusedException.badRequest("continue key is not valid: " + why);
  }
}
