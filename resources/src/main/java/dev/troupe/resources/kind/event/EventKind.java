package dev.troupe.resources.kind.event;

import dev.troupe.resources.conversion.Spelling;
import dev.troupe.resources.kind.HistoryLimit;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;

public final class EventKind implements Kind {

  private static final Validation RULES = new EventValidation();
  private static final TableBuilder TABLE = new EventTable();
  private static final Spelling SPELLING = new EventSpelling();

  @Override
  public Validation rules() {
    return RULES;
  }

  @Override
  public TableBuilder table() {
    return TABLE;
  }

  @Override
  public Spelling spelling() {
    return SPELLING;
  }

  @Override
  public HistoryLimit history() {
    return HistoryLimit.SHORT;
  }
}
