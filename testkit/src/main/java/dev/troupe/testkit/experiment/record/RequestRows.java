package dev.troupe.testkit.experiment.record;

import dev.troupe.testkit.experiment.record.RequestTable.Asker;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Requests as JSON: who asked for what, why requests failed, and then the requests as rows that
/// point into these two lists.
final class RequestRows {

  private static final String ASKERS = "askers";
  private static final String FAULTS = "faults";
  private static final String ROWS = "rows";
  private static final int ROW = 6;

  private RequestRows() {}

  static void write(JsonGenerator json, RequestTable requests) {
    json.writeStartObject();
    json.writePOJOProperty(ASKERS, requests.askers());
    json.writePOJOProperty(FAULTS, requests.faults());
    json.writeName(ROWS);
    json.writeStartArray();
    for (int request = 0; request < requests.size(); request++) {
      json.writeArray(requests.row(request), 0, ROW);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /// Reads the object that the parser stands at the beginning of.
  static RequestTable read(JsonParser json) {
    require(json.currentToken() == JsonToken.START_OBJECT, "requests are no object");
    var askers = List.<Asker>of();
    var faults = List.<String>of();
    var log = new RequestLog();
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      switch (name) {
        case ASKERS -> askers = list(json, Asker[].class);
        case FAULTS -> faults = list(json, String[].class);
        case ROWS -> readRows(json, askers, faults, log);
        default -> json.skipChildren();
      }
    }
    require(log.dropped() == 0, "it has more requests than there is room for");
    return log.table();
  }

  private static <T> List<T> list(JsonParser json, Class<T[]> type) {
    require(json.currentToken() == JsonToken.START_ARRAY, "a list is no array");
    var list = Arrays.asList(json.readValueAs(type));
    require(!list.contains(null), "a list has an empty place");
    return list;
  }

  private static void readRows(
      JsonParser json, List<Asker> askers, List<String> faults, RequestLog log) {
    var row = new long[ROW];
    require(json.currentToken() == JsonToken.START_ARRAY, "rows are no array");
    while (json.nextToken() == JsonToken.START_ARRAY) {
      for (int column = 0; column < ROW; column++) {
        require(json.nextToken() == JsonToken.VALUE_NUMBER_INT, "a row has too few numbers");
        row[column] = json.getLongValue();
      }
      require(json.nextToken() == JsonToken.END_ARRAY, "a row has too many numbers");
      var asker = at(askers, row[3]);
      log.add(
          asker.client(),
          asker.verb(),
          asker.partition(),
          Math.clamp(row[4], -1, Integer.MAX_VALUE),
          row[0],
          sum(row[0], row[1]),
          sum(sum(row[0], row[1]), row[2]),
          at(faults, row[5]));
    }
    require(json.currentToken() == JsonToken.END_ARRAY, "rows hold something else");
  }

  private static long sum(long one, long other) {
    require(one >= 0 && other >= 0 && one + other >= 0, "a row has a time that cannot be");
    return one + other;
  }

  private static <T> T at(List<T> list, long place) {
    require(place >= 0 && place < list.size(), "a row points behind the end of a list");
    return list.get((int) place);
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
