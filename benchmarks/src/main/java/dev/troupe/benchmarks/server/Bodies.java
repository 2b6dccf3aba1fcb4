package dev.troupe.benchmarks.server;

/// The objects that benchmarks send.
public final class Bodies {

  private static final int BYTES = 1_500;
  private static final String FILLER = "x".repeat(BYTES - 150);

  private static final String SMALL_FILLER = "x".repeat(850);

  private Bodies() {}

  /// A config map of about 1.5 KB.
  public static String configMap(String prefix, long number) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
        + prefix
        + "-"
        + number
        + "\",\"labels\":{\"app\":\"bench\"}},\"data\":{\"filler\":\""
        + FILLER
        + "\"}}";
  }

  /// A config map of about 1 KB, with a label that one in a hundred has.
  ///
  /// @param name in the order of its number
  public static String listed(String name, long number) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
        + name
        + "\",\"labels\":{\"part\":\"p"
        + number % 100
        + "\"}},\"data\":{\"number\":\""
        + number
        + "\",\"filler\":\""
        + SMALL_FILLER
        + "\"}}";
  }

  /// A config map of about 300 bytes as it is stored.
  public static String small(String prefix, long number) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
        + prefix
        + "-"
        + number
        + "\"},\"data\":{\"number\":\""
        + number
        + "\"}}";
  }

  public static String deployment(String name, int replicas) {
    return """
    {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"%s"},
     "spec":{"replicas":%d,"selector":{"matchLabels":{"app":"%s"}},
      "template":{"metadata":{"labels":{"app":"%s"}},
       "spec":{"containers":[{"name":"main","image":"main:1",
        "resources":{"requests":{"cpu":"10m","memory":"16Mi"}}}]}}}}
    """
        .formatted(name, replicas, name, name);
  }
}
