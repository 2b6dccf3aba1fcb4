package dev.troupe.controllers.objects;

import java.nio.charset.StandardCharsets;

/// Name parts that look random and are not: the same seed gives the same part. They have neither
/// vowels nor the digits that look like letters, as in Kubernetes, so that no words arise.
public final class SafeNames {

  private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
  private static final int SUFFIX_LENGTH = 5;

  private SafeNames() {}

  /// Five characters by the seed.
  public static String suffix(String seed) {
    long rest = mix(fnv64(seed));
    var suffix = new StringBuilder(SUFFIX_LENGTH);
    for (int i = 0; i < SUFFIX_LENGTH; i++) {
      suffix.append(ALPHABET.charAt((int) Long.remainderUnsigned(rest, ALPHABET.length())));
      rest = Long.divideUnsigned(rest, ALPHABET.length());
    }
    return suffix.toString();
  }

  /// The text with each character replaced by one of the alphabet.
  public static String encode(String text) {
    var encoded = new StringBuilder(text.length());
    text.chars().forEach(c -> encoded.append(ALPHABET.charAt(c % ALPHABET.length())));
    return encoded.toString();
  }

  private static long fnv64(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
    }
    return hash;
  }

  /// Spreads every bit over all others, because FNV leaves similar seeds similar.
  private static long mix(long hash) {
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }
}
