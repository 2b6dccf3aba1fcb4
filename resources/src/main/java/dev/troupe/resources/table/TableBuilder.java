package dev.troupe.resources.table;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Makes table rows of the objects of one type.
public interface TableBuilder {

  List<Column> columns();

  /// One cell per column: strings, numbers where the column says `integer`, or any JSON.
  ///
  /// @param object in the stored version
  List<Object> cells(ObjectNode object, Instant now);
}
