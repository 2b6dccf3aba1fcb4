package dev.troupe.resources.conversion;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What others have converted so far. Who needs more than that says what with [Wanting], and begins
/// anew when it is known: so what is decided stays a function that waits for nobody.
public final class KnownConversions implements Converter {

  private record Known(ObjectNode object, String apiVersion, @Nullable ObjectNode converted) {}

  private final List<Known> all = new ArrayList<>();

  /// An object is needed in a version, and it is not known how it looks there.
  public static final class Wanting extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ObjectNode object;
    private final String apiVersion;

    Wanting(ObjectNode object, String apiVersion) {
      super("wanted in " + apiVersion, null, false, false);
      this.object = object;
      this.apiVersion = apiVersion;
    }

    public ObjectNode object() {
      return object;
    }

    public String apiVersion() {
      return apiVersion;
    }
  }

  /// @throws Wanting if it is not known
  @Override
  public @Nullable ObjectNode convert(ObjectNode object, String apiVersion) {
    if (Converter.isIn(object, apiVersion)) {
      return object;
    }
    for (var known : all) {
      if (known.apiVersion().equals(apiVersion) && known.object().equals(object)) {
        return known.converted();
      }
    }
    throw new Wanting(object.deepCopy(), apiVersion);
  }

  /// @param converted null if nobody can say
  public void learn(Wanting wanted, @Nullable ObjectNode converted) {
    all.add(new Known(wanted.object(), wanted.apiVersion(), converted));
  }

  /// How many are known.
  public int count() {
    return all.size();
  }
}
