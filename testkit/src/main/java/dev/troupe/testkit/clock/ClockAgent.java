package dev.troupe.testkit.clock;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Path;
import java.util.Arrays;

/// Makes the clock of the JVM that it is loaded into as wrong as a file says.
public final class ClockAgent {

  private static final String SAMPLE = "java/util/Date.class";

  private ClockAgent() {}

  /// Before the program begins.
  ///
  /// @param file by how many milliseconds the clock is ahead
  public static void premain(String file, Instrumentation instrumentation)
      throws IOException, UnmodifiableClassException {
    ShiftedClock.follow(Path.of(file));
    var transformer = new ClockTransformer();
    warm(transformer);
    instrumentation.addTransformer(transformer, true);
    var loaded =
        Arrays.stream(instrumentation.getAllLoadedClasses())
            .filter(each -> each.getName().startsWith("java.") && !each.isArray())
            .filter(instrumentation::isModifiableClass)
            .toArray(Class<?>[]::new);
    instrumentation.retransformClasses(loaded);
  }

  /// Loads all that it takes to transform a class, which nobody can do while one is transformed.
  private static void warm(ClockTransformer transformer) throws IOException {
    try (var sample = ClassLoader.getSystemResourceAsStream(SAMPLE)) {
      if (sample != null) {
        if (transformer.transform(null, SAMPLE, null, null, sample.readAllBytes()) == null) {
          throw new IllegalStateException("the clock of this JVM cannot be made wrong");
        }
      }
    }
  }
}
