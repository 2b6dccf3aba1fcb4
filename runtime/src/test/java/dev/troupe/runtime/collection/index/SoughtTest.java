package dev.troupe.runtime.collection.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;
import dev.troupe.resources.selector.FieldSelector;
import dev.troupe.resources.selector.LabelSelector;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.Sought;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.store.EventRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds what is found by what is wanted against a walk over everything.
class SoughtTest {

  private static final List<String> LABELS =
      List.of(
          "app=a7",
          "app=a7,tier=t1",
          "app in (a3, a4, nobody)",
          "app=a1,app!=a2",
          "app!=a3",
          "app",
          "tier=t0,!other",
          "tier>1",
          "app=nobody",
          "",
          "tier in (t0, t1, t2)");
  private static final List<String> FIELDS =
      List.of("", "spec.nodeName=n3", "spec.nodeName=", "metadata.name=r17", "spec.nodeName!=n3");
  private static final Map<String, String> SELECTABLE =
      Map.of("spec.nodeName", "spec.nodeName", "metadata.name", "metadata.name");

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void atEveryMomentAllThatMatchAreFound(int seed) {
    var random = new Random(seed);
    var index = Index.EMPTY;
    int names = 1 + random.nextInt(4_000);
    var past = new ArrayList<Root>();
    for (int step = 1; step <= 6_000; step++) {
      var type = random.nextInt(4) == 0 ? EventRecord.Type.DELETED : EventRecord.Type.UPDATED;
      index = index.with(entry(random, "r" + random.nextInt(names), type, step));
      if (step % 500 == 0) {
        past.add(new Root(index, step, 0));
        past.forEach(root -> check(root, random));
      }
    }
  }

  private static void check(Root root, Random random) {
    var labels = LabelSelector.parse(LABELS.get(random.nextInt(LABELS.size())));
    var fields = FieldSelector.parse(FIELDS.get(random.nextInt(FIELDS.size())), SELECTABLE);
    var namespace = random.nextBoolean() ? null : "n" + random.nextInt(3);
    var after = random.nextBoolean() ? null : new Position("n1", "r" + random.nextInt(4_000));

    assertThat(matching(root.iterate(namespace, after, Sought.by(labels, fields)), labels, fields))
        .as("%s and %s", labels, fields)
        .isEqualTo(matching(root.iterate(namespace, after), labels, fields));
  }

  private static List<StoredResource> matching(
      Iterator<StoredResource> found, LabelSelector labels, FieldSelector fields) {
    var matching = new ArrayList<StoredResource>();
    found.forEachRemaining(each -> {
      if (labels.matches(each.labels())
          && fields.matches(each.key().namespace(), each.key().name(), each.fields())) {
        matching.add(each);
      }
    });
    return matching;
  }

  @Test
  void littleIsLookedAtBesideWhatIsFound() {
    var random = new Random(7);
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < 50_000; i++) {
      entries.add(entry(random, "r%05d".formatted(i), EventRecord.Type.CREATED, i));
    }
    var root = new Root(Index.of(entries), 1, 0);

    assertThat(count(root, "one=u4711", "")).isBetween(1, 10);
    assertThat(count(root, "one=u9", "spec.nodeName=n3")).isLessThan(10);
    assertThat(count(root, "", "metadata.name=r00017")).isBetween(1, 10);
    assertThat(count(root, "app=a1", "")).isLessThan(50_000 / 10 * 2);
    assertThat(count(root, "app!=a1", "")).isEqualTo(50_000);
  }

  private static int count(Root root, String labels, String fields) {
    var wanted = Sought.by(LabelSelector.parse(labels), FieldSelector.parse(fields, SELECTABLE));
    int count = 0;
    for (var all = root.iterate(null, null, wanted); all.hasNext(); all.next()) {
      count++;
    }
    return count;
  }

  private static Entry entry(Random random, String name, EventRecord.Type type, int number) {
    var key = new ResourceKey(TypeRef.core("pods"), "n" + random.nextInt(3), name);
    var labels =
        Map.of(
            "app", "a" + random.nextInt(10),
            "tier", "t" + random.nextInt(3),
            "one", "u" + number);
    var fields = fields(random.nextInt(6));
    var resource =
        new StoredResource(key, "u" + number, number, new byte[0], labels, fields, List.of());
    return new Entry(resource, type, number, "", 0);
  }

  /// What was stored by others may have no such field.
  private static Map<String, String> fields(int node) {
    return switch (node) {
      case 5 -> Map.of();
      case 0 -> Map.of("spec.nodeName", "");
      default -> Map.of("spec.nodeName", "n" + node);
    };
  }
}
