package dev.troupe.clusterconfig.command.status;

import dev.troupe.clusterconfig.command.client.AskedMember;
import dev.troupe.clusterconfig.command.data.DataDirectory;
import dev.troupe.clusterconfig.ensemble.Ensemble;
import dev.troupe.clusterconfig.ensemble.EnsembleDatabase;
import dev.troupe.clusterconfig.instance.Instance;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Shows the members of one machine, who watches over them, and who holds what.
public final class EnsembleStatus {

  private static final JsonNodeFactory NOTHING = JsonNodeFactory.instance;

  private final DataDirectory data;
  private final Ensemble ensemble;
  private final PrintWriter out;

  public EnsembleStatus(DataDirectory data, Ensemble ensemble, PrintWriter out) {
    this.data = data;
    this.ensemble = ensemble;
    this.out = out;
  }

  /// @param until when members are not waited for any more
  /// @return whether a member answers
  public boolean show(boolean asJson, Instant until) {
    var watcher = data.instance().running();
    try (var inquiry = new EnsembleInquiry(data, ensemble)) {
      var answers = inquiry.ask(until);
      if (asJson) {
        out.println(json(watcher, answers).toPrettyString());
      } else {
        print(watcher, answers);
      }
      return answers.teller().isPresent();
    }
  }

  private void print(Optional<Instance> watcher, EnsembleAnswers answers) {
    if (isAllGone(watcher, answers)) {
      out.printf("nothing runs on %s; start it with: %s%n", data.root(), up());
      return;
    }
    watcher.ifPresentOrElse(this::printWatcher, () -> printUnwatched(answers));
    printDatabase();
    out.println();
    memberTable(answers).print(out);
    answers.seats().forEach(this::explain);
    out.println();
    if (answers.teller().isPresent()) {
      printOverview(answers);
    } else {
      out.println("no member's API answers, so who holds what is not known");
    }
  }

  private boolean isAllGone(Optional<Instance> watcher, EnsembleAnswers answers) {
    return watcher.isEmpty()
        && answers.seats().stream().allMatch(state -> state.asked().isEmpty())
        && EnsembleDatabase.of(data.ensemble(), ensemble).pid().isEmpty();
  }

  private String up() {
    return "./troupe up --members %d%s".formatted(ensemble.seats().size(), data.option());
  }

  private void printWatcher(Instance watcher) {
    out.printf(
        "%s for all members, of which pid %d takes care since %s%n",
        watcher.server().orElse("not served yet"), watcher.pid(), watcher.processStart());
  }

  private void printUnwatched(EnsembleAnswers answers) {
    out.printf(
        "Nobody takes care of the members, and the kubeconfig leads nowhere. To go on: %s%n", up());
    answers
        .teller()
        .ifPresent(
            teller -> out.printf("Until then: kubectl --server %s …%n", teller.seat().server()));
  }

  private void printDatabase() {
    var database = EnsembleDatabase.of(data.ensemble(), ensemble);
    out.printf("Database: %s%n", database.words());
  }

  private TextTable memberTable(EnsembleAnswers answers) {
    var table = new TextTable(OverviewTables.SEATS.toArray(String[]::new));
    answers.seats().forEach(state -> addTo(table, answers, state));
    return table;
  }

  private void addTo(TextTable table, EnsembleAnswers answers, EnsembleAnswers.SeatState state) {
    var seat = state.seat();
    var store = OverviewTables.store(answers.store(state).orElseGet(NOTHING::objectNode));
    table.row(
        seat.name(),
        state.asked().map(AskedMember::state).orElseGet(() -> phase(state)),
        OverviewTables.yes(state.asked().filter(AskedMember::ready).isPresent()),
        seat.server(),
        "127.0.0.1:" + seat.port(),
        state.asked().map(member -> Long.toString(member.instance().pid())).orElse("-"),
        state.asked().map(member -> member.instance().processStart().toString()).orElse("-"),
        store.get(0),
        store.get(1),
        store.get(2));
  }

  private String phase(EnsembleAnswers.SeatState state) {
    return state
        .asked()
        .map(AskedMember::phase)
        .orElseGet(() -> data.ensemble().isHeld(state.seat()) ? "stopped" : "ended");
  }

  private void explain(EnsembleAnswers.SeatState state) {
    var name = state.seat().name();
    switch (phase(state)) {
      case "frozen" ->
          out.printf(
              "%s was stopped by a signal; it goes on with: kill -CONT %d%n",
              name, state.asked().orElseThrow().instance().pid());
      case "silent" ->
          out.printf(
              "%s does not answer: it may have much to do; ask again, or see %s%n",
              name, data.ensemble().log(state.seat()));
      case "stopped" ->
          out.printf(
              "%s was stopped by `troupe down --member`; it is started with: ./troupe restart"
                  + " --member %s%s%n",
              name, number(name), data.option());
      case "ended" ->
          out.printf("%s does not run; see %s%n", name, data.ensemble().log(state.seat()));
      default ->
          state
              .asked()
              .ifPresent(member ->
                  member
                      .problems()
                      .forEach(problem -> out.printf("%s is not ready: %s%n", name, problem)));
    }
  }

  private static String number(String name) {
    return name.substring(name.lastIndexOf('-') + 1);
  }

  private void printOverview(EnsembleAnswers answers) {
    var tables = new OverviewTables(answers::name);
    tables.partitions(answers.partitions()).print(out);
    out.println();
    tables.controllers(answers.controllers()).print(out);
    tables.troubles(answers.controllers()).forEach(out::println);
    tables
        .lags(answers::seen)
        .forEach(table -> {
          out.println();
          table.print(out);
        });
  }

  private ObjectNode json(Optional<Instance> watcher, EnsembleAnswers answers) {
    var status = JsonMapper.shared().createObjectNode().put("data", data.root().toString());
    watcher.ifPresent(instance -> {
      instance.server().ifPresent(server -> status.put("server", server));
      status
          .putObject("supervisor")
          .put("pid", instance.pid())
          .put("phase", instance.phase().name().toLowerCase(Locale.ROOT))
          .put("since", instance.processStart().toString());
    });
    var database = EnsembleDatabase.of(data.ensemble(), ensemble);
    var described = status.putObject("database").put("url", database.url());
    database.pid().ifPresent(pid -> described.put("pid", pid));
    var members = status.putArray("members");
    answers.seats().forEach(state -> describe(state, answers, members.addObject()));
    if (answers.teller().isPresent()) {
      status.set("partitions", answers.partitions());
      status.set("controllers", answers.controllers());
      status.set("promises", answers.seen("promises"));
      status.set("streams", answers.seen("streams"));
    }
    return status;
  }

  private void describe(EnsembleAnswers.SeatState state, EnsembleAnswers answers, ObjectNode json) {
    var seat = state.seat();
    var address = "127.0.0.1:" + seat.port();
    json.put("name", seat.name())
        .put("phase", phase(state))
        .put("ready", state.asked().filter(AskedMember::ready).isPresent())
        .put("answers", state.tells())
        .put("server", seat.server())
        .put("address", address)
        .put("log", data.ensemble().log(seat).toString());
    state
        .asked()
        .map(AskedMember::instance)
        .ifPresent(instance ->
            json.put("pid", instance.pid()).put("since", instance.processStart().toString()));
    status(answers.members(), address, json);
    answers.store(state).ifPresent(store -> json.set("store", store));
  }

  /// What the cluster thinks of it.
  private static void status(JsonNode members, String address, ObjectNode json) {
    for (var seen : members) {
      if (seen.path("address").asString("").equals(address)) {
        json.set("status", seen.path("status"));
      }
    }
  }
}
