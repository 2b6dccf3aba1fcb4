package dev.troupe.apiserver.request;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A media type with its parameters, all names in lower case.
public record MediaType(String type, Map<String, String> parameters) {

  public static final String JSON = "application/json";
  public static final String YAML = "application/yaml";
  public static final String PROTOBUF = "application/vnd.kubernetes.protobuf";

  public static MediaType parse(String text) {
    String[] parts = text.split(";", -1);
    var parameters = new HashMap<String, String>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        parameters.put(
            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            unquoted(parts[i].substring(equals + 1).strip()));
      }
    }
    return new MediaType(parts[0].strip().toLowerCase(Locale.ROOT), parameters);
  }

  /// The clauses of an `Accept` header, the most wanted first, without those that are not wanted.
  public static List<MediaType> accepted(String header) {
    var clauses = new ArrayList<MediaType>();
    for (String clause : header.split(",", -1)) {
      if (!clause.isBlank()) {
        clauses.add(parse(clause));
      }
    }
    if (header.contains("q=") || header.contains("Q=")) {
      clauses.removeIf(clause -> clause.quality() <= 0);
      clauses.sort(Comparator.comparingDouble(MediaType::quality).reversed());
    }
    return clauses;
  }

  /// How much it is wanted, from 0 to 1.
  private double quality() {
    String given = parameter("q");
    return given.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(given) : 1;
  }

  /// The parameter, or an empty string.
  public String parameter(String name) {
    return parameters.getOrDefault(name, "");
  }

  /// Whether a clause of an `Accept` header allows `offered`.
  public boolean allows(String offered) {
    return type.equals("*/*")
        || type.equals(offered)
        || (type.endsWith("/*") && offered.startsWith(type.substring(0, type.length() - 1)));
  }

  private static String unquoted(String value) {
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }
}
