package dev.troupe.resources.subresource;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// All subresources that are known.
public final class Subresources {

  public static final Whole WHOLE = new Whole();
  public static final Status STATUS = new Status();
  public static final Finalize FINALIZE = new Finalize();
  public static final Scale SCALE = new Scale();
  public static final Binding BINDING = new Binding();
  public static final Eviction EVICTION = new Eviction();
  public static final Log LOG = new Log();

  public static final List<Subresource> ALL =
      List.of(WHOLE, STATUS, FINALIZE, SCALE, BINDING, EVICTION, LOG);

  private static final Map<String, Subresource> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Subresource::name, Function.identity()));

  private Subresources() {}

  /// @param name as it is in a path; empty for the whole
  public static Subresource named(String name) {
    var known = BY_NAME.get(name);
    return known == null ? new Subresource.Unknown(name) : known;
  }
}
