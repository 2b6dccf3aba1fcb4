package dev.troupe.apiserver.discovery;

import dev.troupe.resources.codec.JsonEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// A document that is made once and served many times.
///
/// @param json shared, never modified
/// @param hash of the content, in hexadecimal
public record HashedDocument(byte[] json, String hash) {

  public static HashedDocument of(JsonNode content) {
    var json = JsonEncoder.encode(content);
    return new HashedDocument(json, hash(json));
  }

  /// The hash as an `ETag` header has it.
  public String etag() {
    return '"' + hash + '"';
  }

  private static String hash(byte[] json) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(json);
      return HexFormat.of().formatHex(digest).toUpperCase(Locale.ROOT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
