package dev.troupe.clusterconfig.command.status;

import static java.util.stream.Collectors.toMap;

import dev.troupe.clusterconfig.command.client.AskedMember;
import dev.troupe.clusterconfig.ensemble.Seat;
import dev.troupe.clusterconfig.ensemble.logic.RollingSight;
import dev.troupe.clusterconfig.ensemble.logic.SpreadCounts;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// What the members of a machine have answered. Each knows best what it has itself, so what all of
/// them tell is put together.
public record EnsembleAnswers(List<SeatState> seats) {

  /// Of two that tell of the same, the first that has it is believed, and then the later one.
  private static final Comparator<JsonNode> KNOWN =
      Comparator.comparing((JsonNode row) -> row.path("serving").asBoolean())
          .thenComparing(row -> row.path("running").asBoolean())
          .thenComparing(row -> row.has("owner"))
          .thenComparingLong(row -> row.path("epoch").asLong());

  /// @param asked empty if it does not run
  public record SeatState(Seat seat, Optional<AskedMember> asked) {

    /// Whether it says who holds what.
    boolean tells() {
      return asked.filter(member -> member.overview() != null).isPresent();
    }
  }

  /// One that says who holds what.
  Optional<SeatState> teller() {
    return seats.stream().filter(SeatState::tells).findFirst();
  }

  /// The members as one of them sees them.
  JsonNode members() {
    return seen("members");
  }

  /// Part of the overview that one of them gives, which has asked the others.
  JsonNode seen(String what) {
    return teller()
        .flatMap(SeatState::asked)
        .map(member -> member.seen(what))
        .orElseGet(JsonMapper.shared()::createArrayNode);
  }

  /// What is known of a member's store: from itself, or from one whom it has told.
  Optional<JsonNode> store(SeatState state) {
    return Stream.concat(Stream.of(state), seats.stream())
        .flatMap(told -> told.asked().stream())
        .flatMap(told -> told.seen("members").valueStream())
        .filter(row -> isOf(row.path("address").asString(""), state.seat()) && row.has("store"))
        .map(row -> row.path("store"))
        .findFirst();
  }

  private static boolean isOf(String address, Seat seat) {
    return address.endsWith(":" + seat.port());
  }

  JsonNode partitions() {
    return together("partitions", "partition");
  }

  JsonNode controllers() {
    return together("controllers", "controller");
  }

  private ArrayNode together(String what, String key) {
    var rows = new TreeMap<String, JsonNode>();
    for (var state : seats) {
      for (var row : state.asked().map(member -> member.seen(what)).orElseGet(this::nothing)) {
        rows.merge(sorted(row.path(key).asString("")), row, BinaryOperator.maxBy(KNOWN));
      }
    }
    return JsonMapper.shared().createArrayNode().addAll(rows.values());
  }

  private JsonNode nothing() {
    return JsonMapper.shared().createArrayNode();
  }

  /// `pods#2` comes before `pods#10`.
  private static String sorted(String name) {
    int number = name.lastIndexOf('#') + 1;
    return number == 0
        ? name
        : name.substring(0, number)
            + " ".repeat(Math.max(0, 4 - (name.length() - number)))
            + name.substring(number);
  }

  /// How a member is called whose address is told.
  String name(String address) {
    return seats.stream()
        .map(SeatState::seat)
        .filter(seat -> isOf(address, seat))
        .map(Seat::name)
        .findFirst()
        .orElse(address);
  }

  public RollingSight sight() {
    return new RollingSight(
        seats.stream().collect(toMap(state -> state.seat().name(), EnsembleAnswers::one)),
        teller().map(_ -> counts()));
  }

  private static RollingSight.One one(SeatState state) {
    return state
        .asked()
        .map(member ->
            new RollingSight.One(OptionalLong.of(member.instance().pid()), member.ready()))
        .orElseGet(() -> new RollingSight.One(OptionalLong.empty(), false));
  }

  private SpreadCounts counts() {
    Map<String, Integer> counts = new TreeMap<>();
    seats.forEach(state -> counts.put(state.seat().name(), 0));
    int unserved = 0;
    for (var partition : partitions()) {
      if (partition.path("serving").asBoolean()) {
        counts.merge(name(partition.path("owner").asString("")), 1, Integer::sum);
      } else {
        unserved++;
      }
    }
    return new SpreadCounts(counts, unserved);
  }
}
