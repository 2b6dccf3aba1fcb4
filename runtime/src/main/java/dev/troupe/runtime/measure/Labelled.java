package dev.troupe.runtime.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/// One thing for each combination of labels that has come up, of which there are only so many: what
/// comes after them is kept together.
///
/// @param <T> is safe for use by several threads
final class Labelled<T> {

  static final int MOST = 200;
  private static final String OTHER = "other";

  private final List<String> names;
  private final Supplier<T> fresh;
  private final Map<List<String>, T> all = new ConcurrentHashMap<>();

  Labelled(List<String> names, Supplier<T> fresh) {
    this.names = List.copyOf(names);
    this.fresh = fresh;
  }

  T at(List<String> values) {
    var known = all.get(values);
    if (known != null) {
      return known;
    }
    if (values.size() != names.size()) {
      throw new IllegalArgumentException(values + " for " + names);
    }
    var kept = all.size() < MOST ? values : Collections.nCopies(names.size(), OTHER);
    return all.computeIfAbsent(kept, _ -> fresh.get());
  }

  <S> List<S> map(BiFunction<Map<String, String>, T, S> shown) {
    var samples = new ArrayList<S>();
    all.forEach((values, each) -> {
      var labels = new LinkedHashMap<String, String>();
      for (int i = 0; i < names.size(); i++) {
        labels.put(names.get(i), values.get(i));
      }
      samples.add(shown.apply(labels, each));
    });
    return samples;
  }
}
