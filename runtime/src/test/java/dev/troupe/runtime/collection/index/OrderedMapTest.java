package dev.troupe.runtime.collection.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/// Holds the map against a sorted map of the JDK.
class OrderedMapTest {

  private record Place(String namespace, String name, int value) implements Located {

    @Override
    public void traits(IntConsumer each) {}

    @Override
    public long weight() {
      return value;
    }
  }

  @Test
  void behavesLikeASortedMapUnderAnyChanges() {
    for (int seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      var expected = new TreeMap<String, Place>();
      OrderedMap<Place> map = OrderedMap.empty();
      int names = 1 + random.nextInt(3_000);
      for (int step = 0; step < 6_000; step++) {
        var place = new Place("n" + random.nextInt(3), "r" + random.nextInt(names), step);
        boolean removing = random.nextInt(step < 3_000 ? 4 : 2) == 0;
        if (removing) {
          map = map.without(place.namespace(), place.name());
          expected.remove(path(place));
        } else {
          map = map.with(place);
          expected.put(path(place), place);
        }
        if (step % 300 == 0) {
          assertThat(map.countFrom(place.namespace(), place.name()))
              .isEqualTo(expected.tailMap(path(place), true).size());
          assertThat(map.weightFrom(place.namespace(), place.name()))
              .isEqualTo(
                  expected.tailMap(path(place), true).values().stream()
                      .mapToLong(Place::weight)
                      .sum());
        }
      }
      assertThat(map.size()).isEqualTo(expected.size());
      assertThat(list(map.from("", "", null))).containsExactlyElementsOf(expected.values());
      var somewhere = new Place("n1", "r" + random.nextInt(names), 0);
      assertThat(list(map.from(somewhere.namespace(), somewhere.name(), null)))
          .containsExactlyElementsOf(expected.tailMap(path(somewhere), true).values());
      assertThat(map.get("n1", somewhere.name())).isEqualTo(expected.get(path(somewhere)));
    }
  }

  @Test
  void oldMapIsUntouchedByAChange() {
    var before = OrderedMap.of(places(100));
    var after = before.with(new Place("n", "r0050x", 0)).without("n", "r00007");

    assertThat(list(before.from("", "", null))).containsExactlyElementsOf(places(100));
    assertThat(after.size()).isEqualTo(100);
  }

  @Test
  void mapMadeAtOnceEqualsOneThatGrew() {
    for (int size : new int[] {0, 1, 32, 33, 1_024, 1_025, 40_000}) {
      OrderedMap<Place> grown = OrderedMap.empty();
      for (var place : places(size)) {
        grown = grown.with(place);
      }

      assertThat(list(OrderedMap.of(places(size)).from("", "", null)))
          .containsExactlyElementsOf(list(grown.from("", "", null)));
    }
  }

  @Test
  void emptiedMapIsEmpty() {
    var map = OrderedMap.of(places(2_000));
    for (var place : places(2_000)) {
      map = map.without(place.namespace(), place.name());
    }

    assertThat(map.size()).isZero();
    assertThat(map.from("", "", null).hasNext()).isFalse();
  }

  private static List<Place> places(int count) {
    var places = new ArrayList<Place>();
    for (int i = 0; i < count; i++) {
      places.add(new Place("n", "r%05d".formatted(i), i));
    }
    return places;
  }

  private static String path(Place place) {
    return place.namespace() + " " + place.name();
  }

  private static <T> List<T> list(Iterator<T> values) {
    var list = new ArrayList<T>();
    values.forEachRemaining(list::add);
    return list;
  }
}
