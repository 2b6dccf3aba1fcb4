package dev.troupe.clusterconfig.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.testkit.process.Api;
import dev.troupe.testkit.process.Api.Answer;
import dev.troupe.testkit.process.TroupeProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `resourceVersion` means in each request, with collections of one partition and of several:
/// the same. Others write all the while, and what they see is held against what the API promises.
@ParameterizedClass(name = "{0} partitions")
@MethodSource("partitions")
@SuppressWarnings("NullAway.Init") // set before each invocation of the class
class ResourceVersionMatrixIT {

  private static final long SEED = Long.getLong("troupe.seed", 20261129L);
  private static final Duration WRITERS_PAUSE = Duration.ofMillis(10);
  private static final List<String> NAMESPACES =
      IntStream.range(0, 20).mapToObj("m-%02d"::formatted).toList();

  /// Far enough ahead that no clock comes there.
  private static final long AN_HOUR = 3_600_000L << 16;

  /// Written if something is wrong: all that clients did and saw.
  private static final Path HISTORY = Path.of("target", "matrix-history.jsonl");

  @TempDir private static Path directory;
  private static TroupeProcess troupe;
  private static Api api;
  private static Workload others;

  private final int partitions;

  ResourceVersionMatrixIT(int partitions) {
    this.partitions = partitions;
  }

  /// One partition is what all other tests run on.
  static IntStream partitions() {
    return System.getProperty("thorough") == null ? IntStream.of(3) : IntStream.of(1, 3, 8);
  }

  @BeforeParameterizedClassInvocation
  static void start(int partitions) {
    troupe =
        TroupeProcess.up(
            directory.resolve("data-" + partitions),
            0,
            Map.of("JDK_JAVA_OPTIONS", "-Dtroupe.runtime.partitions.default=" + partitions));
    api = troupe.api();
    for (var namespace : NAMESPACES) {
      created("/api/v1/namespaces", "{\"metadata\": {\"name\": \"%s\"}}".formatted(namespace));
    }
    others = new Workload(troupe.kubeconfig(), HISTORY, SEED, NAMESPACES, WRITERS_PAUSE);
    others.start();
  }

  @AfterParameterizedClassInvocation
  static void stop(int partitions) throws InterruptedException {
    try {
      others.end();
      others.verify(partitions + " partitions, seed " + SEED);
    } finally {
      troupe.close();
    }
  }

  /// Where objects are read, and where they are written.
  private enum Place {
    EVERYWHERE("/api/v1/configmaps"),
    NAMESPACE("/api/v1/namespaces/m-07/configmaps"),
    CLUSTER("/apis/scheduling.k8s.io/v1/priorityclasses");

    private final String path;

    Place(String path) {
      this.path = path;
    }

    /// The collection that an object of this number is written to.
    private String of(int number) {
      return this == EVERYWHERE
          ? "/api/v1/namespaces/" + NAMESPACES.get(number % NAMESPACES.size()) + "/configmaps"
          : path;
    }
  }

  /// The objects of one test in one place.
  private record Scene(Place place, String row) {

    private Scene(Place place, String test, int partitions) {
      this(place, test + "-" + partitions + "-" + place.name().toLowerCase(Locale.ROOT));
    }

    private String name(int number) {
      return row + "-" + number;
    }

    private String path(int number) {
      return place.of(number) + "/" + name(number);
    }

    private JsonNode create(int number) {
      return created(
          place.of(number),
          """
          {"metadata": {"name": "%s", "labels": {"row": "%s"}}%s}
          """
              .formatted(name(number), row, place == Place.CLUSTER ? ", \"value\": 1" : ""));
    }

    private JsonNode change(int number, String value) {
      return answered(
          200,
          api.patch(
              path(number), "{\"metadata\":{\"annotations\":{\"value\":\"" + value + "\"}}}"));
    }

    private JsonNode delete(int number) {
      return answered(200, api.delete(path(number)));
    }

    /// A list of these objects; `more` are further parameters.
    private Answer list(String more) {
      return api.get(place.path + "?labelSelector=row%3D" + row + more);
    }

    private JsonNode listed(String more) {
      return answered(200, list(more));
    }

    private Watch watch(String more) throws IOException {
      var query = "?watch=true&labelSelector=row%3D" + row + more;
      return new Watch(
          new BufferedReader(
              new InputStreamReader(api.watch(place.path + query), StandardCharsets.UTF_8)));
    }
  }

  /// What a watch shows.
  private record Watch(BufferedReader lines) implements AutoCloseable {

    private JsonNode next() throws IOException {
      var line = lines.readLine();
      assertThat(line).as("the next event").isNotNull();
      return Api.JSON.readTree(line);
    }

    private List<JsonNode> next(int count) throws IOException {
      var events = new ArrayList<JsonNode>();
      while (events.size() < count) {
        events.add(next());
      }
      return events;
    }

    private List<JsonNode> untilTheEnd() throws IOException {
      return lines.lines().map(Api.JSON::readTree).toList();
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private List<Scene> scenes(String test) {
    return List.of(
        new Scene(Place.EVERYWHERE, test, partitions),
        new Scene(Place.NAMESPACE, test, partitions),
        new Scene(Place.CLUSTER, test, partitions));
  }

  @Test
  void getShowsWhatWasAcknowledged() {
    for (var scene : scenes("get")) {
      long before = 0;
      for (int i = 0; i < 30; i++) {
        long version = version(scene.create(i));
        assertThat(version(answered(200, api.get(scene.path(i))))).isEqualTo(version);
        for (long least : List.of(0L, before, version)) {
          var got = answered(200, api.get(scene.path(i) + "?resourceVersion=" + least));
          assertThat(version(got)).isEqualTo(version);
        }
        before = version;
      }
      // What has not changed is read at the version of what has.
      assertThat(api.get(scene.path(0) + "?resourceVersion=" + before).code()).isEqualTo(200);
    }
  }

  @Test
  void listShowsWhatWasAcknowledged() {
    for (var scene : scenes("list")) {
      var names = new ArrayList<String>();
      for (int i = 0; i < 20; i++) {
        long version = version(scene.create(i));
        names.add(scene.name(i));
        for (var query :
            List.of(
                "",
                "&resourceVersion=0",
                "&resourceVersion=0&resourceVersionMatch=NotOlderThan",
                "&resourceVersion=" + version,
                "&resourceVersion=" + version + "&resourceVersionMatch=NotOlderThan")) {
          var list = scene.listed(query);
          assertThat(names(list)).as(query).containsExactlyInAnyOrderElementsOf(names);
          assertThat(version(list)).as(query).isGreaterThanOrEqualTo(version);
        }
      }
      assertThat(names(scene.listed("&resourceVersion=0&limit=3"))).hasSameSizeAs(names);
    }
  }

  /// Every write, wherever it went, is in the list at its version and at those behind it, and in
  /// none before.
  @Test
  void exactListHasWhatWasWrittenUpToItsVersion() {
    for (var scene : scenes("exact")) {
      var versions = new ArrayList<Long>();
      for (int i = 0; i < 12; i++) {
        versions.add(version(scene.create(i)));
      }
      long changed = version(scene.change(3, "new"));
      scene.delete(4);
      for (int i = 0; i < versions.size(); i++) {
        var list = exact(scene, versions.get(i));
        assertThat(names(list)).hasSize(i + 1);
        assertThat(list).isEqualTo(scene.listed("&limit=500&resourceVersion=" + versions.get(i)));
      }
      var list = exact(scene, changed);
      assertThat(names(list)).hasSize(12);
      assertThat(list.toString()).contains("\"new\"");
      assertThat(names(scene.listed(""))).hasSize(11);
    }
  }

  private static JsonNode exact(Scene scene, long version) {
    var list = scene.listed("&resourceVersionMatch=Exact&resourceVersion=" + version);
    assertThat(version(list)).isEqualTo(version);
    return list;
  }

  /// Nothing of the history has been removed: it is known that there was nothing.
  @Test
  void stateBeforeTheFirstWriteIsEmpty() {
    for (var scene : scenes("before")) {
      scene.create(0);

      assertThat(names(exact(scene, 1))).isEmpty();
    }
  }

  @Test
  void versionThatIsNotThereYetIsRefused() {
    for (var scene : scenes("ahead")) {
      scene.create(0);
      var ahead = "resourceVersion=" + (version(scene.listed("")) + AN_HOUR);
      for (var answer :
          List.of(
              api.get(scene.path(0) + "?" + ahead),
              scene.list("&" + ahead),
              scene.list("&limit=5&" + ahead),
              scene.list("&resourceVersionMatch=Exact&" + ahead),
              scene.list("&resourceVersionMatch=NotOlderThan&" + ahead),
              scene.list("&watch=true&" + ahead))) {
        var refused = answered(504, answer);
        assertThat(refused.path("reason").asString()).isEqualTo("Timeout");
        assertThat(refused.at("/details/causes/0/reason").asString())
            .isEqualTo("ResourceVersionTooLarge");
        assertThat(refused.at("/details/retryAfterSeconds").asInt()).isEqualTo(1);
      }
    }
  }

  @Test
  void optionsThatContradictEachOtherAreRefused() {
    for (var scene : scenes("contradiction")) {
      for (var query :
          List.of(
              "&resourceVersionMatch=Exact",
              "&resourceVersionMatch=NotOlderThan",
              "&resourceVersionMatch=Exact&resourceVersion=0",
              "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=0",
              "&watch=true&sendInitialEvents=true",
              "&watch=true&resourceVersionMatch=NotOlderThan&resourceVersion=0")) {
        assertThat(scene.list(query).code()).as(query).isEqualTo(422);
      }
    }
  }

  /// Pages of everything, while others write, are together the list at the version of the first.
  @Test
  void pagesAreTogetherTheListOfTheirVersion() {
    for (var scene : scenes("pages")) {
      for (int i = 0; i < 25; i++) {
        scene.create(i);
      }
      var path = scene.place().path;
      var first = answered(200, api.get(path + "?limit=7"));
      var whole =
          answered(
              200, api.get(path + "?resourceVersionMatch=Exact&resourceVersion=" + version(first)));
      int size = whole.get("items").size();
      var items = new ArrayList<JsonNode>();
      var page = first;
      for (; !page.at("/metadata/continue").asString("").isEmpty(); page = next(path, page)) {
        assertThat(page.get("items")).hasSize(7);
        items.addAll(page.get("items").values());
        assertThat(page.at("/metadata/remainingItemCount").asInt()).isEqualTo(size - items.size());
        scene.change(items.size() % 25, "page " + items.size());
      }
      items.addAll(page.get("items").values());
      assertThat(items).isEqualTo(List.copyOf(whole.get("items").values()));
      assertThat(page.at("/metadata/remainingItemCount").isMissingNode()).isTrue();
    }
  }

  private static JsonNode next(String path, JsonNode page) {
    var next =
        answered(
            200, api.get(path + "?limit=7&continue=" + page.at("/metadata/continue").asString()));
    assertThat(version(next)).isEqualTo(version(page));
    return next;
  }

  /// Whoever was told by another server that his token has expired.
  @Test
  void tokenThatGoesOnWithWhatIsThereNowDoes() {
    for (var scene : scenes("token")) {
      for (int i = 0; i < 25; i++) {
        scene.create(i);
      }
      var path = scene.place().path;
      var first = answered(200, api.get(path + "?limit=7"));
      var token = Api.JSON.readTree(decoded(first.at("/metadata/continue").asString()));
      var fresh = ((ObjectNode) token.deepCopy()).put("rv", -1);

      var rest = answered(200, api.get(path + "?continue=" + encoded(fresh.toString())));

      assertThat(version(rest)).isGreaterThanOrEqualTo(version(first));
      assertThat(rest.get("items").size() + 7).isGreaterThanOrEqualTo(25);
      var both =
          api.get(
              path
                  + "?limit=7&resourceVersion="
                  + version(first)
                  + "&continue="
                  + first.at("/metadata/continue").asString());
      assertThat(both.code()).isEqualTo(400);
    }
  }

  @Test
  void watchFromAVersionShowsWhatCameBehindIt() throws IOException {
    for (var scene : scenes("watch")) {
      scene.create(0);
      long from = version(scene.listed(""));
      var expected = new ArrayList<String>();
      for (int i = 1; i < 25; i++) {
        expected.add("ADDED " + scene.name(i) + " " + version(scene.create(i)));
      }
      expected.add("MODIFIED " + scene.name(0) + " " + version(scene.change(0, "new")));

      long middle;
      try (var watch = scene.watch("&timeoutSeconds=20&resourceVersion=" + from)) {
        var events = watch.next(expected.size());
        assertThat(texts(events)).isEqualTo(expected);
        middle = version(events.get(10).get("object"));
      }
      // Whichever partition the version is of.
      try (var watch = scene.watch("&timeoutSeconds=20&resourceVersion=" + middle)) {
        assertThat(texts(watch.next(expected.size() - 11)))
            .isEqualTo(expected.subList(11, expected.size()));
      }
    }
  }

  @Test
  void watchFromNowBeginsWithWhatIsThere() throws IOException {
    for (var scene : scenes("now")) {
      var there = createAll(scene);
      for (var from : List.of("", "&resourceVersion=0")) {
        try (var watch = scene.watch("&timeoutSeconds=20" + from)) {
          assertThat(texts(watch.next(there.size()))).containsExactlyInAnyOrderElementsOf(there);
          int number = there.size();
          there.add("ADDED " + scene.name(number) + " " + version(scene.create(number)));
          assertThat(texts(watch.next(1))).containsExactly(there.getLast());
        }
      }
    }
  }

  @Test
  void initialEventsEndWithABookmark() throws IOException {
    for (var scene : scenes("initial")) {
      var there = createAll(scene);
      long newest = version(scene.listed(""));
      for (var from : List.of("", "&resourceVersion=0", "&resourceVersion=" + newest)) {
        try (var watch =
            scene.watch(
                "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"
                    + "&allowWatchBookmarks=true&timeoutSeconds=20"
                    + from)) {
          assertThat(texts(watch.next(there.size()))).containsExactlyInAnyOrderElementsOf(there);
          var end = watch.next();
          assertThat(end.get("type").asString()).isEqualTo("BOOKMARK");
          assertThat(end.at("/object/metadata/annotations/k8s.io~1initial-events-end").asString())
              .isEqualTo("true");
          assertThat(version(end.get("object"))).isGreaterThanOrEqualTo(newest);
          long changed = version(scene.change(0, "after " + from));
          assertThat(texts(watch.next(1)))
              .containsExactly("MODIFIED " + scene.name(0) + " " + changed);
          there.set(0, "ADDED " + scene.name(0) + " " + changed);
        }
      }
    }
  }

  /// A watch goes on from a bookmark, with everything that comes behind it and nothing before.
  @Test
  void watchGoesOnFromABookmark() throws IOException {
    var watches = new HashMap<Scene, Watch>();
    var created = new HashMap<Scene, Long>();
    for (var scene : scenes("bookmark")) {
      long version = version(scene.create(0));
      created.put(scene, version);
      watches.put(
          scene,
          scene.watch("&allowWatchBookmarks=true&timeoutSeconds=1&resourceVersion=" + version));
    }
    for (var scene : created.keySet()) {
      long bookmark;
      try (var watch = requireNonNull(watches.get(scene))) {
        var events = watch.untilTheEnd();
        assertThat(events).hasSize(1);
        assertThat(events.getFirst().get("type").asString()).isEqualTo("BOOKMARK");
        bookmark = version(events.getFirst().get("object"));
      }
      assertThat(bookmark).isGreaterThanOrEqualTo(created.get(scene));
      var expected = new ArrayList<String>();
      for (int i = 1; i < 20; i++) {
        expected.add("ADDED " + scene.name(i) + " " + version(scene.create(i)));
      }

      try (var watch = scene.watch("&timeoutSeconds=20&resourceVersion=" + bookmark)) {
        assertThat(texts(watch.next(expected.size()))).isEqualTo(expected);
      }
    }
  }

  /// What a watch from now shows of so many new objects.
  private static List<String> createAll(Scene scene) {
    var events = new ArrayList<String>();
    for (int i = 0; i < 25; i++) {
      events.add("ADDED " + scene.name(i) + " " + version(scene.create(i)));
    }
    return events;
  }

  private static JsonNode created(String collection, String body) {
    return answered(201, api.post(collection, body));
  }

  private static JsonNode answered(int code, Answer answer) {
    assertThat(answer.code()).as(String.valueOf(answer.body())).isEqualTo(code);
    return answer.body();
  }

  private static long version(JsonNode object) {
    return Long.parseLong(object.at("/metadata/resourceVersion").asString());
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asString();
  }

  private static List<String> names(JsonNode list) {
    return list.get("items").values().stream().map(ResourceVersionMatrixIT::name).toList();
  }

  private static List<String> texts(List<JsonNode> events) {
    return events.stream()
        .map(event ->
            event.get("type").asString()
                + " "
                + name(event.get("object"))
                + " "
                + version(event.get("object")))
        .toList();
  }

  private static String decoded(String token) {
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
  }

  private static String encoded(String token) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(token.getBytes(StandardCharsets.UTF_8));
  }
}
