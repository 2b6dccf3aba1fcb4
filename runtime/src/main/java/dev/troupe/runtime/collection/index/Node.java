package dev.troupe.runtime.collection.index;

import dev.troupe.runtime.collection.Sought;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Values (of a leaf) or nodes. A node stands where its first value stands.
final class Node implements Located {

  static final int WIDTH = 32;

  final boolean leaf;
  final Located[] items;
  private final String namespace;
  private final String name;

  /// What of the values below is wanted can be found with it; null until somebody wants something.
  private volatile @Nullable Signature signature;

  /// How many values are below; 0 until somebody wants to know. Who counts at the same time finds
  /// the same.
  private int counted;

  /// What they weigh together; below 0 until somebody wants to know.
  private volatile long weight = -1;

  Node(boolean leaf, Located... items) {
    this.leaf = leaf;
    this.items = items;
    this.namespace = items[0].namespace();
    this.name = items[0].name();
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long weight() {
    long known = weight;
    if (known < 0) {
      known = 0;
      for (var item : items) {
        known += item.weight();
      }
      weight = known;
    }
    return known;
  }

  /// Which of its items may have, or lead to something that has, what is wanted: a bit for each.
  int having(Sought wanted) {
    return signature().having(wanted);
  }

  Signature signature() {
    var known = signature;
    if (known == null) {
      known = Signature.of(this);
      signature = known;
    }
    return known;
  }

  @Override
  public void traits(IntConsumer each) {
    for (var item : items) {
      item.traits(each);
    }
  }

  int count() {
    if (counted == 0) {
      int count = 0;
      for (var item : items) {
        count += leaf ? 1 : ((Node) item).count();
      }
      counted = count;
    }
    return counted;
  }

  /// The index of the item at this place, or `-(insertion point) - 1`.
  int find(String wantedNamespace, String wantedName) {
    int low = 0;
    int high = items.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = items[middle].compareTo(wantedNamespace, wantedName);
      if (order < 0) {
        low = middle + 1;
      } else if (order > 0) {
        high = middle - 1;
      } else {
        return middle;
      }
    }
    return -low - 1;
  }

  /// With `some` in the place of `count` items.
  Node replaced(int at, int count, Located... some) {
    var copy = new Located[items.length - count + some.length];
    System.arraycopy(items, 0, copy, 0, at);
    System.arraycopy(some, 0, copy, at, some.length);
    System.arraycopy(items, at + count, copy, at + some.length, items.length - at - count);
    return new Node(leaf, copy);
  }

  /// With one item more; two nodes if it does not fit into one. At the end only the last moves on,
  /// so that names that ascend leave full nodes behind.
  Node[] inserted(int at, Located item) {
    var wider = replaced(at, 0, item).items;
    if (wider.length <= WIDTH) {
      return new Node[] {new Node(leaf, wider)};
    }
    int cut = at == items.length ? items.length : wider.length / 2;
    return new Node[] {
      new Node(leaf, Arrays.copyOfRange(wider, 0, cut)),
      new Node(leaf, Arrays.copyOfRange(wider, cut, wider.length))
    };
  }

  Node joined(Node right) {
    return replaced(items.length, 0, right.items);
  }
}
