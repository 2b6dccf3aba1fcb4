package dev.troupe.resources.kind;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of an object that is deleted.
public sealed interface Ending {

  Ending FREE = new Free();

  /// It goes when it has no finalizers: mostly at once.
  record Free() implements Ending {}

  /// Whoever runs it is given time before it goes.
  record Graceful(Grace grace) implements Ending {}

  /// It is marked and stays until whoever removes its content has let it go.
  record Emptied(Consumer<ObjectNode> mark) implements Ending {}

  /// How many seconds an object is given.
  @FunctionalInterface
  interface Grace {

    /// @param wanted what the deletion asks for; null if it leaves that to the object
    long of(ObjectNode object, @Nullable Long wanted);
  }
}
