package dev.troupe.resources.kind.config;

import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;

public final class ServiceAccountKind implements Kind {

  private static final Validation RULES = new ServiceAccountValidation();
  private static final TableBuilder TABLE =
      ShortTable.of(
          new ShortTable.Fact(
              Column.number("Secrets", "The number of secrets that pods of the account may use."),
              object -> KeyedData.size(object, "secrets")));

  @Override
  public Validation rules() {
    return RULES;
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }

  @Override
  public boolean answersDeleted() {
    return true;
  }
}
