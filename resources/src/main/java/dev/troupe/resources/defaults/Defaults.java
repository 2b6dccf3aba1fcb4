package dev.troupe.resources.defaults;

import tools.jackson.databind.node.ObjectNode;

/// Fills in what an object of one kind leaves open.
@FunctionalInterface
public interface Defaults {

  Defaults NONE = _ -> {};

  /// @param object conformed to its schema; modified
  void complete(ObjectNode object);
}
