package dev.troupe.resources.kind.pod;

import dev.troupe.resources.defaults.Defaults;
import dev.troupe.resources.json.Json;
import dev.troupe.resources.kind.Ending;
import dev.troupe.resources.kind.Kind;
import dev.troupe.resources.kind.Sponsor;
import dev.troupe.resources.kind.priority.PodPriority;
import dev.troupe.resources.table.TableBuilder;
import dev.troupe.resources.validation.Validation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

public final class PodKind implements Kind {

  private static final Defaults DEFAULTS = new PodDefaults();
  private static final Validation RULES = new PodValidation();
  private static final TableBuilder TABLE = new PodTable();
  private static final List<Sponsor> SPONSORS = List.of(new PodPriority(), new PodAccount());
  private static final Ending ENDING = new Ending.Graceful(PodKind::grace);

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

  @Override
  public Optional<String> admit(ObjectNode pod) {
    var spec = Json.object(pod, "spec");
    var forbidden = PodAdmission.runtime(spec);
    if (forbidden.isEmpty()) {
      PodAdmission.complete(pod);
    }
    return forbidden;
  }

  @Override
  public List<Sponsor> sponsors() {
    return SPONSORS;
  }

  @Override
  public void admitChange(ObjectNode pod, ObjectNode current) {
    PodAdmission.completeChange(pod, current);
  }

  @Override
  public Ending ending() {
    return ENDING;
  }

  /// A pod that runs nowhere, or has run, needs no grace.
  private static long grace(ObjectNode pod, @Nullable Long wanted) {
    var spec = Json.object(pod, "spec");
    var phase = Json.text(Json.object(pod, "status"), "phase");
    boolean runsNowhere = Json.text(spec, "nodeName").isEmpty();
    if (runsNowhere || phase.equals("Failed") || phase.equals("Succeeded")) {
      return 0;
    }
    long period = wanted != null ? wanted : Json.number(spec, "terminationGracePeriodSeconds", 0);
    return period < 0 ? 1 : period;
  }

  @Override
  public boolean answersDeleted() {
    return true;
  }
}
