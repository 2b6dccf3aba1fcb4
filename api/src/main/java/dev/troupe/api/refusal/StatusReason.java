package dev.troupe.api.refusal;

/// Why a request was refused: the reasons of a `Status` of `meta/v1`, each with its HTTP code.
///
/// Controllers remember them by the names of the constants: these are added, never renamed.
public enum StatusReason {
  BAD_REQUEST(400, "BadRequest"),
  UNAUTHORIZED(401, "Unauthorized"),
  FORBIDDEN(403, "Forbidden"),
  NOT_FOUND(404, "NotFound"),
  METHOD_NOT_ALLOWED(405, "MethodNotAllowed"),
  NOT_ACCEPTABLE(406, "NotAcceptable"),
  ALREADY_EXISTS(409, "AlreadyExists"),
  CONFLICT(409, "Conflict"),
  EXPIRED(410, "Expired"),
  REQUEST_ENTITY_TOO_LARGE(413, "RequestEntityTooLarge"),
  REQUEST_URI_TOO_LONG(414, "RequestURITooLong"),
  UNSUPPORTED_MEDIA_TYPE(415, "UnsupportedMediaType"),
  EXPECTATION_FAILED(417, ""),
  INVALID(422, "Invalid"),
  TOO_MANY_REQUESTS(429, "TooManyRequests"),
  REQUEST_HEADER_FIELDS_TOO_LARGE(431, "RequestHeaderFieldsTooLarge"),
  INTERNAL_ERROR(500, "InternalError"),

  /// Something that Kubernetes has no reason for.
  UNKNOWN(500, ""),
  NOT_IMPLEMENTED(501, ""),
  SERVICE_UNAVAILABLE(503, "ServiceUnavailable"),
  TIMEOUT(504, "Timeout"),
  HTTP_VERSION_NOT_SUPPORTED(505, ""),

  /// The store is full. Kubernetes has no word of its own for it.
  INSUFFICIENT_STORAGE(507, "InternalError");

  private static final int FIRST_SERVER_ERROR = 500;

  private final int code;
  private final String text;

  StatusReason(int code, String text) {
    this.code = code;
    this.text = text;
  }

  /// The HTTP status that it is answered with.
  public int code() {
    return code;
  }

  /// How clients read it.
  public String text() {
    return text;
  }

  /// Things are not as the one who asked took them to be. That is expected where others write too,
  /// and to look again helps.
  public boolean isConflict() {
    return this == NOT_FOUND || this == ALREADY_EXISTS || this == CONFLICT;
  }

  /// The request may have been good: to send it again may help.
  public boolean isServerError() {
    return code >= FIRST_SERVER_ERROR;
  }
}
