package dev.troupe.resources.kind.node;

import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.HistoryLimit;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.Column;
import dev.troupe.resources.table.ShortTable;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;

public final class LeaseKind implements Kind {

  private static final Validation RULES = new LeaseValidation();
  private static final TableBuilder TABLE =
      ShortTable.of(
          new ShortTable.Fact(
              Column.text("Holder", "Who holds the lease."),
              object -> Json.text(object.get("spec"), "holderIdentity")));

  @Override
  public Validation rules() {
    return RULES;
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }

  @Override
  public HistoryLimit history() {
    return HistoryLimit.SHORT;
  }
}
