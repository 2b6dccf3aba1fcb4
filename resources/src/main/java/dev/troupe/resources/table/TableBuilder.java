package dev.troupe.resources.table;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Makes table rows of the objects of one type.
public interface TableBuilder {

  List<Column> columns();

  /// One cell per column: strings, and numbers where the column says `integer`.
  ///
  /// @param object in the stored version
  List<Object> cells(ObjectNode object, Instant now);
}
