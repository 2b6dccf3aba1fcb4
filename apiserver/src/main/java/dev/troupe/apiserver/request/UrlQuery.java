package dev.troupe.apiserver.request;

import dev.troupe.apiserver.status.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a URL. Where one is given several times, the first counts, as in Kubernetes.
public record UrlQuery(Map<String, List<String>> parameters) {

  private static final UrlQuery NONE = new UrlQuery(Map.of());

  /// @param text what follows the question mark; null if there is none
  public static UrlQuery parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return NONE;
    }
    var parameters = new LinkedHashMap<String, List<String>>();
    for (int from = 0; from <= text.length(); ) {
      int and = text.indexOf('&', from);
      int to = and < 0 ? text.length() : and;
      if (to > from) {
        put(parameters, text.substring(from, to));
      }
      from = to + 1;
    }
    return new UrlQuery(parameters);
  }

  private static void put(Map<String, List<String>> parameters, String pair) {
    int equals = pair.indexOf('=');
    String name = PercentDecoder.query(equals < 0 ? pair : pair.substring(0, equals));
    String value = equals < 0 ? "" : PercentDecoder.query(pair.substring(equals + 1));
    parameters.computeIfAbsent(name, _ -> new ArrayList<>(1)).add(value);
  }

  public boolean has(String name) {
    return parameters.containsKey(name);
  }

  /// The value, or an empty string if the parameter is absent.
  public String text(String name) {
    List<String> values = parameters.get(name);
    return values == null ? "" : values.getFirst();
  }

  public List<String> all(String name) {
    return parameters.getOrDefault(name, List.of());
  }

  /// Absent, `false` and `0` are false; everything else is true.
  public boolean flag(String name) {
    List<String> values = parameters.get(name);
    return values != null
        && !values.getFirst().equals("0")
        && !values.getFirst().equalsIgnoreCase("false");
  }

  /// Null if the parameter is absent or empty.
  public @Nullable Boolean optionalFlag(String name) {
    return text(name).isEmpty() ? null : Boolean.valueOf(flag(name));
  }

  /// Null if the parameter is absent or empty.
  public @Nullable Long number(String name) {
    String value = text(name);
    if (value.isEmpty()) {
      return null;
    }
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException _) {
      throw RefusedException.badRequest(
          name + ": strconv.ParseInt: parsing \"" + value + "\": " + whatIsWrong(value));
    }
  }

  /// What is wrong with a number: its form, or its size.
  public static String whatIsWrong(String number) {
    return number.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
  }
}
