package dev.troupe.apiserver.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.apiserver.server.ThreeServers.Spread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What lists and watches mean is the same whichever member is asked, one that has everything, one
/// that has some of it or one that has nothing, and into however many partitions a collection is
/// split. `ResourceVersionMatrixIT` asks the same of a member that is alone, while others write.
@ParameterizedClass(name = "{0}")
@EnumSource(Spread.class)
@Timeout(120)
@SuppressWarnings("NullAway.Init") // set before each invocation of the class
class ThroughAnyMemberTest {

  private static final List<String> NAMESPACES =
      IntStream.range(0, 12).mapToObj("t-%02d"::formatted).toList();

  /// So many objects a collection has from the beginning, labelled `base=yes`.
  private static final int OBJECTS = 24;

  private static final String BASE = "&labelSelector=base%3Dyes";

  /// Far enough ahead that no clock comes there.
  private static final long AN_HOUR = 3_600_000L << 16;

  private static final String MERGE = "application/merge-patch+json";
  private static final String TABLE =
      "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  private static final List<String> FORMS =
      List.of(
          "application/json",
          TABLE,
          "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io",
          "application/yaml");

  /// What differs from request to request. The bodies say how long they are.
  private static final List<String> OF_THE_MOMENT =
      List.of("date", "audit-id", ":status", "content-length");

  private static final Pattern AGE = Pattern.compile("\"(\\d+[smh])+\"");
  private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern VERSION = Pattern.compile("\\b1\\d{17}\\b");
  private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\dT[0-9:.]+Z");
  private static final Pattern TOKEN = Pattern.compile("\"continue\":\"[^\"]+\"");

  /// Collections, by the number of their partitions.
  private enum Split {
    ONE("serviceaccounts", 1),
    THREE("configmaps", 3),
    EIGHT("secrets", 8);

    private final String plural;
    private final long partitions;

    Split(String plural, long partitions) {
      this.plural = plural;
      this.partitions = partitions;
    }

    private String everywhere() {
      return "/api/v1/" + plural;
    }

    private String in(String namespace) {
      return "/api/v1/namespaces/" + namespace + "/" + plural;
    }

    /// What is asked for: everything, and one namespace.
    private List<String> paths() {
      return List.of(everywhere(), in(NAMESPACES.get(7)));
    }

    /// The collection that an object of this number is written to.
    private String of(int number) {
      return in(NAMESPACES.get(number % NAMESPACES.size()));
    }
  }

  private static ThreeServers servers;

  @BeforeParameterizedClassInvocation
  static void start(Spread spread) throws Exception {
    servers = ThreeServers.start(spread, ApiServerSettings.Limits.DEFAULT);
    for (var namespace : NAMESPACES) {
      created(0, "/api/v1/namespaces", "{\"metadata\":{\"name\":\"%s\"}}".formatted(namespace));
    }
    for (var split : Split.values()) {
      for (int i = 0; i < OBJECTS; i++) {
        create(i, split, i, "base", "yes");
        // What was before can be forgotten.
        change(i, split, i, "base", "yes");
      }
    }
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    var _ = CountedLetters.take();
    servers.close();
  }

  private final Spread spread;

  ThroughAnyMemberTest(Spread spread) {
    this.spread = spread;
  }

  @Test
  void partitionsAreWhereThisTestWantsThem() {
    for (var split : Split.values()) {
      var held = servers.held(split.plural);
      assertThat(held.stream().mapToLong(Long::longValue).sum()).isEqualTo(split.partitions);
      if (spread == Spread.ALL_AT_FIRST) {
        assertThat(held.getFirst()).isEqualTo(split.partitions);
      } else {
        assertThat(held).allMatch(some -> some >= split.partitions / 3);
      }
    }
  }

  // Lists

  @Test
  void listsOfOneMomentAreTheSameByteForByte() {
    for (var split : Split.values()) {
      for (var path : List.of(split.everywhere(), split.in("t-07"), split.in("nowhere"))) {
        var exact = path + "?resourceVersionMatch=Exact&resourceVersion=" + newest(path);
        for (var query :
            List.of(
                "",
                "&limit=7",
                "&limit=1000",
                "&labelSelector=parity%3Dodd",
                "&labelSelector=parity+in+(odd%2Ceven)&limit=3",
                "&fieldSelector=metadata.name%3Do-07",
                "&fieldSelector=metadata.namespace%3Dt-07&limit=1")) {
          same(exact + query);
        }
        for (var form : FORMS) {
          same(exact, "Accept", form);
          same(exact + "&limit=3", "Accept", form);
        }
      }
    }
  }

  /// Into however many partitions a collection is split.
  @Test
  void listsAreTheSameOfOnePartitionAndOfMany() {
    var expected = IntStream.range(0, OBJECTS).boxed().sorted(ORDER).toList();
    for (var split : Split.values()) {
      for (var server : servers.all()) {
        var list = got(server, split.everywhere() + "?limit=10" + BASE);
        assertThat(names(list)).isEqualTo(named(expected.subList(0, 10)));
        assertThat(list.path("metadata").has("remainingItemCount")).isFalse();
        var rest =
            got(server, split.everywhere() + "?continue=" + token(list) + "&limit=14" + BASE);
        assertThat(names(rest)).isEqualTo(named(expected.subList(10, OBJECTS)));
        assertThat(version(rest)).isEqualTo(version(list));
        var all = got(server, split.everywhere() + "?limit=10&resourceVersion=0" + BASE);
        assertThat(names(all)).isEqualTo(named(expected));
        assertThat(all.path("metadata").has("continue")).isFalse();
      }
    }
  }

  private static final Comparator<Integer> ORDER =
      Comparator.comparing((Integer number) -> NAMESPACES.get(number % NAMESPACES.size()))
          .thenComparing(ThroughAnyMemberTest::name);

  private static String name(int number) {
    return "o-%02d".formatted(number);
  }

  private static List<String> named(List<Integer> numbers) {
    return numbers.stream().map(ThroughAnyMemberTest::name).toList();
  }

  @Test
  void whatIsAcknowledgedIsInTheNextListThroughAnybody() {
    for (var split : Split.values()) {
      for (int i = 0; i < 6; i++) {
        long version = version(create(i, split, 100 + i, "row", "acknowledged"));
        for (var server : servers.all()) {
          for (var path : List.of(split.everywhere(), split.of(100 + i))) {
            for (var query :
                List.of(
                    "",
                    "&resourceVersion=0",
                    "&resourceVersion=" + version,
                    "&resourceVersionMatch=NotOlderThan&resourceVersion=" + version,
                    "&resourceVersionMatch=Exact&resourceVersion=" + version)) {
              var list = got(server, path + "?labelSelector=row%3Dacknowledged" + query);
              assertThat(names(list)).as(query).contains(name(100 + i));
              assertThat(version(list)).as(query).isGreaterThanOrEqualTo(version);
            }
          }
        }
      }
    }
  }

  /// Each page at another member, while others write.
  @Test
  void pagesGoOnAtAnotherMember() {
    for (var split : Split.values()) {
      pages(split, split.everywhere(), "", 5);
      pages(split, split.everywhere(), "&labelSelector=parity%3Dodd", 5);
      pages(split, split.in("t-07"), "", 1);
    }
  }

  private static void pages(Split split, String path, String query, int limit) {
    var page = got(server(0), path + "?limit=" + limit + query);
    long version = version(page);
    var exact = path + "?resourceVersionMatch=Exact&resourceVersion=" + version + query;
    var whole = List.copyOf(same(exact).path("items").values());
    var items = new ArrayList<>(page.path("items").values());
    for (int i = 1; !token(page).isEmpty(); i++) {
      assertThat(page.path("items")).hasSize(limit);
      var remaining = page.at("/metadata/remainingItemCount");
      assertThat(remaining.asInt(0)).isEqualTo(query.isEmpty() ? whole.size() - items.size() : 0);
      change(i + 1, split, items.size() % OBJECTS, "page", "p-" + i);
      page = got(server(i), path + "?limit=" + limit + query + "&continue=" + token(page));
      assertThat(version(page)).isEqualTo(version);
      items.addAll(page.path("items").values());
    }
    assertThat(page.path("metadata").has("remainingItemCount")).isFalse();
    assertThat(items).isEqualTo(whole);
  }

  @Test
  void versionThatIsNotThereYetIsRefusedEverywhere() {
    for (var split : Split.values()) {
      var asked = new ArrayList<String>();
      for (var path : split.paths()) {
        var ahead = "?resourceVersion=" + (newest(path) + AN_HOUR);
        asked.add(path + ahead);
        asked.add(path + ahead + "&limit=5");
        asked.add(path + ahead + "&resourceVersionMatch=Exact");
        asked.add(path + ahead + "&resourceVersionMatch=NotOlderThan");
        asked.add(path + ahead + "&watch=true");
        asked.add(
            path
                + ahead
                + "&watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                + "&allowWatchBookmarks=true");
      }
      asked.add(
          split.of(3) + "/" + name(3) + "?resourceVersion=" + (newest(split.of(3)) + AN_HOUR));
      for (var path : asked) {
        var refused = same(path);
        assertThat(refused.path("code").asInt()).isEqualTo(504);
        assertThat(refused.path("reason").asString("")).isEqualTo("Timeout");
        assertThat(refused.at("/details/causes/0/reason").asString(""))
            .isEqualTo("ResourceVersionTooLarge");
        assertThat(refused.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatIsForgottenHasExpiredEverywhere() {
    servers.prune();
    for (var split : Split.values()) {
      for (var path : split.paths()) {
        var old = same(path + "?resourceVersionMatch=Exact&resourceVersion=1");
        assertThat(old.path("code").asInt()).isEqualTo(410);
        assertThat(old.path("reason").asString("")).isEqualTo("Expired");

        var watched = same(path + "?watch=true&timeoutSeconds=20&resourceVersion=1");
        assertThat(watched.path("type").asString("")).isEqualTo("ERROR");
        assertThat(watched.at("/object/code").asInt()).isEqualTo(410);
        assertThat(watched.at("/object/reason").asString("")).isEqualTo("Expired");

        var expired = same(path + "?limit=5&continue=" + aged(token(first(path))));
        assertThat(expired.path("code").asInt()).isEqualTo(410);
        assertThat(expired.path("reason").asString("")).isEqualTo("Expired");
        int all = got(server(0), path).path("items").size();
        for (var server : servers.all()) {
          var rest = got(server, path + "?continue=" + token(expired));
          assertThat(rest.path("items")).hasSize(all - 1);
        }
      }
    }
  }

  private static JsonNode first(String path) {
    return got(server(1), path + "?limit=1");
  }

  /// The same token of a version that is long past.
  private static String aged(String token) {
    var content = (ObjectNode) TestServer.JSON.readTree(Base64.getUrlDecoder().decode(token));
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(content.put("rv", 1).toString().getBytes(UTF_8));
  }

  // Watches

  @Test
  void changesAreTheSameByteForByte() throws IOException {
    for (var split : Split.values()) {
      for (var path : split.paths()) {
        var watched =
            path
                + "?watch=true&timeoutSeconds=20&labelSelector=row%3Dsame&resourceVersion="
                + newest(path);
        var before = streams(watched);
        var expected = new HashMap<String, List<Long>>();
        for (int i = 0; i < NAMESPACES.size(); i++) {
          int number = 207 + i;
          var versions = comeAndGo(i, split, number);
          if (path.equals(split.everywhere()) || path.equals(split.of(number))) {
            expected.put(name(number), versions);
          }
        }
        var shown = sameLines(before, 4 * expected.size());
        assertThat(versions(shown)).isSorted().doesNotHaveDuplicates();
        expected.forEach((name, versions) -> {
          var own = shown.stream().filter(event -> name(event).equals(name)).toList();
          assertThat(types(own)).containsExactly("ADDED", "DELETED", "ADDED", "DELETED");
          assertThat(versions(own).subList(0, 3)).isEqualTo(versions);
        });
        // Whoever comes now is shown the same.
        assertThat(sameLines(streams(watched), shown.size())).isEqualTo(shown);
        var _ = sameLines(streams(watched, "Accept", TABLE), shown.size());
      }
    }
  }

  /// An object comes, leaves what is selected, comes back and goes.
  ///
  /// @return the versions but for the last
  private static List<Long> comeAndGo(int through, Split split, int number) {
    var versions =
        List.of(
            version(create(through, split, number, "row", "same")),
            version(change(through + 1, split, number, "row", "other")),
            version(change(through + 2, split, number, "row", "same")));
    var path = split.of(number) + "/" + name(number);
    assertThat(send(server(through), "DELETE", path, "").statusCode()).isEqualTo(200);
    return versions;
  }

  @Test
  void watchGoesOnAtAnotherMemberFromABookmark() {
    var begun = new LinkedHashMap<String, List<CompletableFuture<HttpResponse<byte[]>>>>();
    for (var split : Split.values()) {
      for (var path : split.paths()) {
        var watch =
            "?watch=true&allowWatchBookmarks=true&timeoutSeconds=1"
                + "&labelSelector=row%3Dbookmark&resourceVersion="
                + newest(path);
        begun.put(
            path,
            servers.all().stream()
                .map(server -> servers.send(server, "GET", path + watch, ""))
                .toList());
      }
    }
    var bookmarks = new HashMap<String, List<Long>>();
    begun.forEach((path, ended) ->
        bookmarks.put(path, ended.stream().map(end -> bookmark(json(end.join()))).toList()));
    for (var split : Split.values()) {
      var versions = new ArrayList<Long>();
      for (int i = 0; i < 6; i++) {
        versions.add(version(create(i, split, 307 + i, "row", "bookmark")));
      }
      for (var path : split.paths()) {
        var expected =
            path.equals(split.everywhere())
                ? versions.stream().sorted().toList()
                : versions.subList(0, 1);
        var from = bookmarks.getOrDefault(path, List.of());
        assertThat(from).hasSize(3);
        for (int i = 0; i < from.size(); i++) {
          var query = "?watch=true&timeoutSeconds=20&labelSelector=row%3Dbookmark&resourceVersion=";
          var watch = servers.stream(server(i + 1), path + query + from.get(i));
          assertThat(versions(lines(watch, expected.size()))).isEqualTo(expected);
        }
      }
    }
  }

  private static long bookmark(JsonNode event) {
    assertThat(event.path("type").asString("")).isEqualTo("BOOKMARK");
    return version(event.path("object"));
  }

  @Test
  void initialEventsAreTheSameAndEndWithABookmark() throws IOException {
    for (var split : Split.values()) {
      for (var path : split.paths()) {
        int there = names(got(server(0), path + "?limit=100" + BASE)).size();
        long newest = newest(path);
        for (var from : List.of("", "&resourceVersion=0", "&resourceVersion=" + newest)) {
          var watches =
              streams(
                  path
                      + "?watch=true&timeoutSeconds=20&sendInitialEvents=true"
                      + "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true"
                      + BASE
                      + from);
          var initial = sameLinesOf(watches, there);
          assertThat(types(initial)).containsOnly("ADDED");
          for (var watch : watches) {
            var end = lines(watch, 1).getFirst();
            assertThat(bookmark(end)).isGreaterThanOrEqualTo(newest);
            assertThat(
                    end.at("/object/metadata/annotations/k8s.io~1initial-events-end").asString(""))
                .isEqualTo("true");
          }
          long changed = version(change(1, split, 7, "after", "a" + from.length()));
          assertThat(versions(sameLines(watches, 1))).containsExactly(changed);
        }
      }
    }
  }

  // Deletions of many

  @Test
  void deletionOfManyIsTheSame() {
    var answers = new ArrayList<String>();
    for (var server : servers.all()) {
      for (int i = 0; i < 15; i++) {
        created(
            i,
            "/api/v1/nodes",
            "{\"metadata\":{\"name\":\"d-%02d\",\"labels\":{\"third\":\"%d\"}}}"
                .formatted(i, i % 3));
      }
      var selected = "/api/v1/nodes?labelSelector=third%3D1";
      var first = send(server, "DELETE", selected + "&limit=2", "");
      assertThat(names(json(first))).containsExactly("d-01", "d-04");
      var rest = send(server, "DELETE", selected + "&continue=" + token(json(first)), "");
      assertThat(names(json(rest))).containsExactly("d-07", "d-10", "d-13");
      var two = send(server, "DELETE", "/api/v1/nodes?limit=2", "");
      assertThat(names(json(two))).containsExactly("d-00", "d-02");
      assertThat(json(two).at("/metadata/remainingItemCount").asInt()).isEqualTo(8);
      var all = send(server, "DELETE", "/api/v1/nodes", "");
      assertThat(names(json(all))).hasSize(8);
      var none = send(server, "DELETE", "/api/v1/nodes", "");
      for (var answer : List.of(first, rest, two, all, none)) {
        assertThat(answer.statusCode()).isEqualTo(200);
        answers.add(withoutWhatIsNew(shown(answer)));
      }
    }
    assertThat(answers.subList(5, 10)).isEqualTo(answers.subList(0, 5));
    assertThat(answers.subList(10, 15)).isEqualTo(answers.subList(0, 5));
  }

  private static String withoutWhatIsNew(String answer) {
    var text = answer;
    for (var pattern : List.of(UID, VERSION, TIME, TOKEN)) {
      text = pattern.matcher(text).replaceAll("~");
    }
    return text;
  }

  // What is done through any of them

  private static ApiServer server(int number) {
    return servers.all().get(number % servers.all().size());
  }

  private static HttpResponse<byte[]> send(
      ApiServer server, String method, String path, String body, String... headers) {
    return servers.send(server, method, path, body, headers).join();
  }

  /// @param through the number of the member that is asked
  private static JsonNode created(int through, String path, String body) {
    var response = send(server(through), "POST", path, body);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(201);
    return json(response);
  }

  private static JsonNode create(int through, Split split, int number, String label, String value) {
    var body =
        "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"%s\":\"%s\",\"parity\":\"%s\"}}}"
            .formatted(name(number), label, value, number % 2 == 0 ? "even" : "odd");
    return created(through, split.of(number), body);
  }

  private static JsonNode change(int through, Split split, int number, String label, String value) {
    var body =
        "{\"metadata\":{\"labels\":{\"%s\":\"%s\"},\"annotations\":{\"changed\":\"yes\"}}}"
            .formatted(label, value);
    var path = split.of(number) + "/" + name(number);
    var response = send(server(through), "PATCH", path, body, "Content-Type", MERGE);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
    return json(response);
  }

  private static JsonNode got(ApiServer server, String path) {
    var response = send(server, "GET", path, "");
    assertThat(response.statusCode()).as(path + ": " + text(response)).isEqualTo(200);
    return json(response);
  }

  private static long newest(String path) {
    return version(got(server(0), path + "?limit=1"));
  }

  /// All members answer this alike.
  private static JsonNode same(String path, String... headers) {
    var answers =
        servers.all().stream()
            .map(server -> servers.send(server, "GET", path, "", headers))
            .map(CompletableFuture::join)
            .toList();
    assertThat(answers.stream().map(ThroughAnyMemberTest::shown).distinct().toList())
        .as("%s %s", path, List.of(headers))
        .hasSize(1);
    return List.of(headers).isEmpty()
        ? json(answers.getFirst())
        : TestServer.JSON.createObjectNode();
  }

  private static String shown(HttpResponse<byte[]> response) {
    var headers = new TreeMap<>(response.headers().map());
    OF_THE_MOMENT.forEach(headers::remove);
    var body = AGE.matcher(text(response)).replaceAll("\"~\"");
    return response.statusCode() + "\n" + headers + "\n" + body;
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), ISO_8859_1);
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    return TestServer.JSON.readTree(response.body());
  }

  private static List<BufferedReader> streams(String path, String... headers) {
    return servers.all().stream().map(server -> servers.stream(server, path, headers)).toList();
  }

  /// The next of each, which are the same; nothing more is read of them.
  private static List<JsonNode> sameLines(List<BufferedReader> streams, int count)
      throws IOException {
    var lines = sameLinesOf(streams, count);
    for (var stream : streams) {
      stream.close();
    }
    return lines;
  }

  private static List<JsonNode> sameLinesOf(List<BufferedReader> streams, int count) {
    var all =
        streams.stream()
            .map(stream -> texts(stream, count).stream().map(AGE::matcher))
            .map(lines -> lines.map(line -> line.replaceAll("\"~\"")).toList())
            .toList();
    assertThat(all.stream().distinct().toList()).hasSize(1);
    return all.getFirst().stream().map(TestServer.JSON::readTree).toList();
  }

  private static List<JsonNode> lines(BufferedReader stream, int count) {
    return texts(stream, count).stream().map(TestServer.JSON::readTree).toList();
  }

  private static List<String> texts(BufferedReader stream, int count) {
    var lines = new ArrayList<String>();
    try {
      for (var line = stream.readLine(); line != null; line = stream.readLine()) {
        lines.add(line);
        if (lines.size() == count) {
          return lines;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("of " + count + " events only these come: " + lines);
  }

  // What is in it

  private static long version(JsonNode object) {
    return Long.parseLong(object.at("/metadata/resourceVersion").asString(""));
  }

  private static String name(JsonNode event) {
    return event.at("/object/metadata/name").asString("");
  }

  private static List<String> types(List<JsonNode> events) {
    return events.stream().map(event -> event.path("type").asString("")).toList();
  }

  private static List<Long> versions(List<JsonNode> events) {
    return events.stream().map(event -> version(event.path("object"))).toList();
  }

  private static String token(JsonNode page) {
    return page.at("/metadata/continue").asString("");
  }

  private static List<String> names(JsonNode list) {
    return list.path("items").values().stream()
        .map(item -> item.at("/metadata/name").asString(""))
        .toList();
  }
}
