package dev.troupe.controllers.garbagecollection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.controllers.garbagecollection.OwnerTypes.OwnerType;
import dev.troupe.controllers.objects.Owners;
import dev.troupe.resources.registry.ResourceRegistry;
import dev.troupe.testkit.World;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of an object, by its scope and by what its owner references name and what is there.
class OwnershipTableTest {

  private static final String HOLD = "example.com/hold";

  private final World world =
      World.builder().with(new GarbageCollectionController(OwnershipTableTest::type)).start();

  @ParameterizedTest(name = "{0}, {1} {2}, names {3} with {4} uid: {5}, {6}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # dependent     | there is        | that    | reference  | uid     | then  | warned
          # Both in a namespace.
          ConfigMap here/d | Secret here/o   | lives   | v1 Secret o            | its     | stays | no
          ConfigMap here/d | Secret here/o   | lives   | v1 Secret o            | another | goes  | no
          ConfigMap here/d | Secret here/o   | lives   | v1 Secret other        | its     | goes  | no
          ConfigMap here/d | Secret here/o   | lives   | v1 ConfigMap o         | its     | goes  | no
          ConfigMap here/d | Secret here/o   | lives   | v1 Node o              | its     | goes  | no
          ConfigMap here/d | Secret here/o   | ends    | v1 Secret o            | its     | stays | no
          ConfigMap here/d | Secret here/o   | waits   | v1 Secret o            | its     | goes  | no
          ConfigMap here/d | Secret here/o   | orphans | v1 Secret o            | its     | stays | no
          ConfigMap here/d | nothing         |         | v1 Secret o            | another | goes  | no
          # The owner in another namespace.
          ConfigMap here/d | Secret there/o  | lives   | v1 Secret o            | its     | goes  | OwnerRefInvalidNamespace
          ConfigMap here/d | Secret there/o  | lives   | v1 Node o              | its     | goes  | OwnerRefInvalidNamespace
          # The owner in no namespace.
          ConfigMap here/d | Node /o         | lives   | v1 Node o              | its     | stays | no
          ConfigMap here/d | Node /o         | lives   | v1 Node o              | another | goes  | no
          ConfigMap here/d | Node /o         | lives   | v1 Node other          | its     | goes  | no
          ConfigMap here/d | Node /o         | lives   | v1 Secret o            | its     | goes  | no
          ConfigMap here/d | Node /o         | ends    | v1 Node o              | its     | stays | no
          ConfigMap here/d | Node /o         | waits   | v1 Node o              | its     | goes  | no
          ConfigMap here/d | nothing         |         | v1 Node o              | another | goes  | no
          # Neither in a namespace.
          Node /d          | Node /o         | lives   | v1 Node o              | its     | stays | no
          Node /d          | Node /o         | lives   | v1 Node o              | another | goes  | no
          Node /d          | Node /o         | lives   | v1 Namespace o         | its     | goes  | no
          Node /d          | Node /o         | waits   | v1 Node o              | its     | goes  | no
          Node /d          | nothing         |         | v1 Node o              | another | goes  | no
          # The dependent in none, but the owner in one: it can be neither found nor missed.
          Node /d          | Secret here/o   | lives   | v1 Secret o            | its     | stays | OwnerRefInvalidNamespace
          Node /d          | Secret here/o   | lives   | v1 Secret o            | another | stays | no
          Node /d          | Secret here/o   | ends    | v1 Secret o            | its     | stays | OwnerRefInvalidNamespace
          Node /d          | Secret here/o   | orphans | v1 Secret o            | its     | stays | OwnerRefInvalidNamespace
          Node /d          | Secret here/o   | lives   | v1 Node o              | its     | goes  | OwnerRefInvalidNamespace
          Node /d          | Node /o         | lives   | v1 Secret o            | its     | stays | no
          Node /d          | nothing         |         | v1 Secret o            | another | stays | no
          # Kinds, groups and versions that are not served.
          ConfigMap here/d | Secret here/o   | lives   | v1 Mystery o           | its     | stays | no
          ConfigMap here/d | nothing         |         | example.com/v1 Thing o | another | stays | no
          ConfigMap here/d | nothing         |         | v2 Secret o            | another | stays | no
          ConfigMap here/d | nothing         |         | apps/v1 Secret o       | another | stays | no
          Node /d          | nothing         |         | v1 Mystery o           | another | stays | no
          """)
  void dependentOfOne(
      String dependent,
      String owner,
      @Nullable String state,
      String reference,
      String uid,
      String then,
      String warned) {
    if (state != null) {
      world.place(inState(object(owner, "uid-of-owner"), state)).settle();
    }
    var named = reference.split(" ");
    var object = object(dependent, "uid-of-dependent");
    object
        .getMetadata()
        .setOwnerReferences(
            List.of(
                reference(
                    named[0],
                    named[1],
                    named[2],
                    uid.equals("its") ? "uid-of-owner" : "uid-of-another")));
    world.place(object).settle();

    assertThat(present(object)).isEqualTo(then.equals("stays"));
    assertThat(world.list(Event.class))
        .extracting(Event::getReason)
        .isEqualTo(warned.equals("no") ? List.of() : List.of(warned));
  }

  @ParameterizedTest(name = "{0}, then {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # dependent     | then the owner  | reference   | warned
          Node /d         | Secret here/o   | v1 Secret o | OwnerRefInvalidNamespace
          Node /d         | Node /o         | v1 Secret o | no
          Node /d         | Node /o         | v1 Node o   | no
          """)
  void ownerThatIsSeenLater(String dependent, String owner, String reference, String warned) {
    var named = reference.split(" ");
    var object = object(dependent, "uid-of-dependent");
    object
        .getMetadata()
        .setOwnerReferences(List.of(reference(named[0], named[1], named[2], "uid-of-owner")));
    object.getMetadata().setFinalizers(List.of(HOLD));
    world.place(object).settle();
    world.place(object(owner, "uid-of-owner")).settle();

    assertThat(present(object)).isTrue();
    assertThat(world.list(Event.class))
        .extracting(Event::getReason)
        .isEqualTo(warned.equals("no") ? List.of() : List.of(warned));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # owners                  | owners that it keeps
          living, absent            | living
          living, waiting           | living
          living, elsewhere         | living
          living, cluster           | living, cluster
          cluster, absent           | cluster
          living, absent, waiting   | living
          living, unserved          | living, unserved
          living, absent, unserved  | living, absent, unserved
          absent, unserved          | absent, unserved
          waiting, unserved         | waiting, unserved
          absent, waiting           |
          absent, elsewhere         |
          waiting, elsewhere        |
          """)
  void dependentOfSeveral(String owners, @Nullable String kept) {
    world.place(object("Secret here/living", "uid-living"));
    world.place(object("Secret there/elsewhere", "uid-elsewhere"));
    world.place(object("Node /cluster", "uid-cluster"));
    var waiting = inState(object("Secret here/waiting", "uid-waiting"), "waits");
    waiting.getMetadata().getFinalizers().add(HOLD);
    var object = object("ConfigMap here/d", "uid-of-dependent");
    object
        .getMetadata()
        .setOwnerReferences(
            Arrays.stream(owners.split(", ")).map(OwnershipTableTest::named).toList());
    world.place(object).place(waiting).settle();

    assertThat(names(world.get(ConfigMap.class, "here", "d"))).isEqualTo(kept);
  }

  @ParameterizedTest(name = "owner {0}, finalizer {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # owner | finalizer of its own | waits for its dependents by
          absent  |                      |
          absent  | orphan               | orphan
          absent  | foregroundDeletion   | foregroundDeletion
          waiting |                      | foregroundDeletion
          waiting | orphan               | foregroundDeletion
          waiting | foregroundDeletion   | foregroundDeletion
          """)
  void dependentThatHasDependents(
      String owner, @Nullable String finalizer, @Nullable String waitsBy) {
    var middle = object("ConfigMap here/middle", "uid-middle");
    middle.getMetadata().setOwnerReferences(List.of(named(owner)));
    middle
        .getMetadata()
        .setFinalizers(finalizer == null ? List.of(HOLD) : List.of(HOLD, finalizer));
    var below = object("ConfigMap here/below", "uid-below");
    below.getMetadata().setFinalizers(List.of(HOLD));
    below
        .getMetadata()
        .setOwnerReferences(List.of(reference("v1", "ConfigMap", "middle", "uid-middle")));
    if (owner.equals("waiting")) {
      world.place(object("Secret here/waiting", "uid-waiting"));
    }
    world.place(below).place(inState(object("Secret here/waiting", "uid-waiting"), "waits"));
    world.place(middle).settle();

    assertThat(world.get(ConfigMap.class, "here", "middle").orElseThrow().getMetadata())
        .satisfies(m -> assertThat(m.getDeletionTimestamp()).isNotNull())
        .satisfies(m ->
            assertThat(m.getFinalizers())
                .containsExactlyInAnyOrderElementsOf(
                    waitsBy == null ? List.of(HOLD) : List.of(HOLD, waitsBy)));
  }

  @ParameterizedTest(name = "{0}, a deleted with {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # who owns whom           | a is deleted with  | what is left
          a>a                       | foregroundDeletion |
          a>b b>a                   | foregroundDeletion |
          a>b b>c c>a               | foregroundDeletion |
          a>b b>c c>d d>e e>a       | foregroundDeletion |
          a>b b>c c>b               | foregroundDeletion | b, c
          a>b b>c c>a c>d d>c       | foregroundDeletion | c, d
          a>a a>b                   | foregroundDeletion |
          a>b b>a a>held            | foregroundDeletion | a, held
          a>b b>a b>held            | foregroundDeletion | b, held
          x>b a>b b>a               | foregroundDeletion | b, x
          a>a                       | orphan             |
          a>b b>a                   | orphan             | b
          """)
  void circles(String edges, String finalizer, @Nullable String left) {
    var owned = new TreeMap<String, List<OwnerReference>>();
    for (var edge : edges.split(" ")) {
      var ends = edge.split(">");
      owned.computeIfAbsent(ends[0], _ -> new ArrayList<>());
      owned
          .computeIfAbsent(ends[1], _ -> new ArrayList<>())
          .add(reference("v1", "ConfigMap", ends[0], "uid-" + ends[0]));
    }
    owned.forEach((name, owners) -> world.place(node(name, owners)));
    world.settle();
    var first = node("a", owned.getOrDefault("a", List.of()));
    first.getMetadata().setDeletionTimestamp(world.now().toString());
    first.getMetadata().setFinalizers(List.of(finalizer));
    world.place(first).settle().advance(Duration.ofSeconds(3));

    assertThat(world.list(ConfigMap.class))
        .extracting(m -> m.getMetadata().getName())
        .isEqualTo(left == null ? List.of() : Arrays.asList(left.split(", ")));
  }

  private static ConfigMap node(String name, List<OwnerReference> owners) {
    var map = (ConfigMap) object("ConfigMap here/" + name, "uid-" + name);
    map.getMetadata().setOwnerReferences(owners);
    map.getMetadata().setFinalizers(name.equals("held") ? List.of(HOLD) : List.of());
    return map;
  }

  private boolean present(HasMetadata object) {
    var metadata = object.getMetadata();
    return world
        .get(
            object.getClass(),
            Optional.ofNullable(metadata.getNamespace()).orElse(""),
            metadata.getName())
        .isPresent();
  }

  private static @Nullable String names(Optional<ConfigMap> object) {
    return object
        .map(o -> String.join(", ", Owners.of(o).stream().map(OwnerReference::getName).toList()))
        .orElse(null);
  }

  private static OwnerReference named(String owner) {
    var kind = Map.of("cluster", "Node", "unserved", "Mystery").getOrDefault(owner, "Secret");
    return reference("v1", kind, owner, "uid-" + owner);
  }

  private static OwnerReference reference(String apiVersion, String kind, String name, String uid) {
    return new OwnerReferenceBuilder()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName(name)
        .withUid(uid)
        .withBlockOwnerDeletion(true)
        .build();
  }

  private HasMetadata inState(HasMetadata object, String state) {
    var finalizers =
        Map.of("ends", HOLD, "waits", Owned.FOREGROUND, "orphans", Owned.ORPHAN).get(state);
    if (finalizers != null) {
      object.getMetadata().setDeletionTimestamp(world.now().toString());
      object.getMetadata().setFinalizers(new ArrayList<>(List.of(finalizers)));
    }
    return object;
  }

  /// @param text as in `Secret here/name`, or `Node /name`
  private static HasMetadata object(String text, String uid) {
    var parts = text.split("[ /]");
    HasMetadata object =
        switch (parts[0]) {
          case "Secret" -> new SecretBuilder().withNewMetadata().endMetadata().build();
          case "ConfigMap" -> new ConfigMapBuilder().withNewMetadata().endMetadata().build();
          default -> new NodeBuilder().withNewMetadata().endMetadata().build();
        };
    object.getMetadata().setNamespace(parts[1].isEmpty() ? null : parts[1]);
    object.getMetadata().setName(parts[2]);
    object.getMetadata().setUid(uid);
    return object;
  }

  private static Optional<OwnerType> type(String apiVersion, String kind) {
    return ResourceRegistry.standard()
        .kind(apiVersion, kind)
        .map(type -> new OwnerType(type.ref(), type.namespaced(), type.kind().isDefined()));
  }
}
