package dev.troupe.samples.webpage;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tells contents apart in a few characters.
public final class ContentDigest {

  private static final int LENGTH = 10;

  private ContentDigest() {}

  /// The same for the same content, in whatever order it is written.
  public static String of(ConfigMap map) {
    var digest = sha256();
    add(digest, map.getData());
    add(digest, map.getBinaryData());
    return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
  }

  private static void add(MessageDigest digest, @Nullable Map<String, String> files) {
    var sorted = files == null ? Map.<String, String>of() : new TreeMap<>(files);
    add(digest, sorted.size());
    sorted.forEach((name, text) -> {
      add(digest, name);
      add(digest, text);
    });
  }

  private static void add(MessageDigest digest, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    add(digest, bytes.length);
    digest.update(bytes);
  }

  private static void add(MessageDigest digest, int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
