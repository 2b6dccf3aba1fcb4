package dev.troupe.persistence.postgresql.append;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows, column by column: each is one array parameter of a statement.
public final class ParameterColumns {

  private final String[] types;
  private final List<List<Object>> values = new ArrayList<>();

  /// @param types as PostgreSQL calls them
  ParameterColumns(String... types) {
    this.types = types;
    for (var _ : types) {
      values.add(new ArrayList<>());
    }
  }

  void row(Object... row) {
    for (int column = 0; column < row.length; column++) {
      values.get(column).add(row[column]);
    }
  }

  /// @return the parameter that follows
  int bind(Connection connection, PreparedStatement statement, int from) throws SQLException {
    for (int column = 0; column < types.length; column++) {
      var array = connection.createArrayOf(types[column], array(column));
      statement.setArray(from + column, array);
    }
    return from + types.length;
  }

  /// As arrays of the classes that the driver sends in binary form.
  private Object[] array(int column) {
    var all = values.get(column);
    return switch (types[column]) {
      case "int" -> all.toArray(Integer[]::new);
      case "bigint" -> all.toArray(Long[]::new);
      case "smallint" -> all.toArray(Short[]::new);
      case "boolean" -> all.toArray(Boolean[]::new);
      case "bytea" -> all.toArray(byte[][]::new);
      default -> all.toArray(String[]::new);
    };
  }
}
