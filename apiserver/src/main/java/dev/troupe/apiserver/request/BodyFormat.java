package dev.troupe.apiserver.request;

import dev.troupe.apiserver.status.Refusals;
import dev.troupe.apiserver.status.RefusedException;
import java.util.List;

/// The format of a request's body.
public enum BodyFormat {
  JSON(MediaType.JSON),
  YAML(MediaType.YAML),
  PROTOBUF(MediaType.PROTOBUF),
  JSON_PATCH("application/json-patch+json"),
  MERGE_PATCH("application/merge-patch+json"),
  STRATEGIC_PATCH("application/strategic-merge-patch+json"),
  APPLY_PATCH("application/apply-patch+yaml");

  private static final List<BodyFormat> OBJECTS = List.of(JSON, YAML, PROTOBUF);
  private static final List<BodyFormat> PATCHES =
      List.of(JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY_PATCH);

  private final String type;

  BodyFormat(String type) {
    this.type = type;
  }

  /// The format of an object. No `Content-Type` means JSON.
  public static BodyFormat ofObject(ApiRequest request) {
    String type = MediaType.parse(request.text("content-type")).type();
    if (type.isEmpty() || type.equals("*/*")) {
      return JSON;
    }
    return find(OBJECTS, type.equals("application/x-yaml") ? MediaType.YAML : type);
  }

  /// The format of a patch.
  public static BodyFormat ofPatch(ApiRequest request) {
    return find(PATCHES, MediaType.parse(request.text("content-type")).type());
  }

  private static BodyFormat find(List<BodyFormat> among, String type) {
    for (BodyFormat format : among) {
      if (format.type.equals(type)) {
        return format;
      }
    }
    throw new RefusedException(
        Refusals.unsupportedMediaType(among.stream().map(format -> format.type).toList()));
  }
}
