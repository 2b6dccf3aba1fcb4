package dev.troupe.apiserver.encoding;

import tools.jackson.databind.node.ObjectNode;

/// A form in which objects stay objects of one kind, so that they can be written in other formats
/// than JSON.
sealed interface TreeForm extends ObjectForm permits WholeForm, MetadataForm {

  /// @return not to be modified
  ObjectNode tree(byte[] stored);

  String apiVersion();

  String kind();

  /// The long name of the schema that objects agree with.
  String schema();
}
