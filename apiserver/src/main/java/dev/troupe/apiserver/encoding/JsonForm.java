package dev.troupe.apiserver.encoding;

import java.util.Iterator;
import tools.jackson.databind.node.ObjectNode;

/// A form that is written as compact JSON, and from which others can be made.
sealed interface JsonForm extends ObjectForm permits JsonForm.OneKind, TableForm {

  /// A list without its items.
  ObjectNode listStart(ListMeta meta);

  /// The name of a list's items.
  String listField();

  /// An item of a list.
  byte[] listItem(byte[] stored);

  @Override
  default Iterator<byte[]> list(Iterator<byte[]> stored, ListMeta meta) {
    return ListParts.compact(listStart(meta), listField(), stored, this::listItem);
  }

  /// Objects stay objects of one kind, so that they can be written as something else than JSON.
  sealed interface OneKind extends JsonForm permits WholeForm, MetadataForm {

    /// @return not to be modified
    ObjectNode tree(byte[] stored);

    String apiVersion();

    String kind();

    /// The long name of the schema that objects agree with.
    String schema();
  }
}
