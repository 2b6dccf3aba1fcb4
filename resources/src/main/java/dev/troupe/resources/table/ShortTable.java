package dev.troupe.resources.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// Name, a few facts, age.
public record ShortTable(List<Column> columns, List<Function<ObjectNode, Object>> facts)
    implements TableBuilder {

  public static final ShortTable NAME_AND_AGE = of();

  /// A column and what stands in it.
  public record Fact(Column column, Function<ObjectNode, Object> cell) {}

  public static ShortTable of(Fact... facts) {
    var middle = Stream.of(facts).map(Fact::column);
    return new ShortTable(
        Stream.of(Stream.of(Column.objectName()), middle, Stream.of(Column.age()))
            .flatMap(columns -> columns)
            .toList(),
        Stream.of(facts).map(Fact::cell).toList());
  }

  @Override
  public List<Object> cells(ObjectNode object, Instant now) {
    var cells = new ArrayList<Object>();
    cells.add(Cells.name(object));
    facts.forEach(fact -> cells.add(fact.apply(object)));
    cells.add(Cells.age(object, now));
    return cells;
  }
}
