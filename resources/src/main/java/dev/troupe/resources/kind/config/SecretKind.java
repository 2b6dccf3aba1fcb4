package dev.troupe.resources.kind.config;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;

public final class SecretKind implements Kind {

  private static final Defaults DEFAULTS = new SecretDefaults();
  private static final Validation RULES = new SecretValidation();
  private static final TableBuilder TABLE =
      ShortTable.of(
          new ShortTable.Fact(
              Column.text("Type", "Used to facilitate programmatic handling of secret data."),
              object -> Json.text(object, "type")),
          new ShortTable.Fact(
              Column.number("Data", "The number of data items."),
              object -> KeyedData.size(object, "data")));

  @Override
  public Defaults defaults() {
    return DEFAULTS;
  }

  @Override
  public Validation rules() {
    return RULES;
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }
}
