package dev.troupe.resources.kind.config;

import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;

public final class ConfigMapKind implements Kind {

  private static final Validation RULES = new ConfigMapValidation();
  private static final TableBuilder TABLE =
      ShortTable.of(
          new ShortTable.Fact(
              Column.number("Data", "The number of data items."),
              object -> KeyedData.size(object, "data") + KeyedData.size(object, "binaryData")));

  @Override
  public Validation rules() {
    return RULES;
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }
}
