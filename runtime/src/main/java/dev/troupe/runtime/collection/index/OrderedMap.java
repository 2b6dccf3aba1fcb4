package dev.troupe.runtime.collection.index;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// An immutable map in the order of (namespace, name): a B+tree of nodes up to 32 wide, of which a
/// change copies one path and shares the rest.
///
/// Values know their own key. All instances may be read by any thread.
final class OrderedMap<V extends Located> {

  private static final int WIDTH = 32;

  /// Narrower than this, a node is joined with its neighbour if both fit into one.
  private static final int NARROW = WIDTH / 4;

  private final @Nullable Node root;
  private final int size;

  private OrderedMap(@Nullable Node root, int size) {
    this.root = root;
    this.size = size;
  }

  static <V extends Located> OrderedMap<V> empty() {
    return new OrderedMap<>(null, 0);
  }

  /// @param values in order, without repetition
  static <V extends Located> OrderedMap<V> of(List<V> values) {
    if (values.isEmpty()) {
      return empty();
    }
    var level = slice(values.toArray(new Located[0]));
    while (level.length > 1) {
      level = slice(level);
    }
    return new OrderedMap<>(level[0], values.size());
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // only values of type V are put in
  @Nullable V get(String namespace, String name) {
    var node = root;
    while (node != null) {
      int at = node.find(namespace, name);
      if (node.leaf) {
        return at >= 0 ? (V) node.items[at] : null;
      }
      node = at == -1 ? null : (Node) node.items[at >= 0 ? at : -at - 2];
    }
    return null;
  }

  /// With `value` in its place, instead of what was there.
  OrderedMap<V> with(V value) {
    if (root == null) {
      return new OrderedMap<>(new Node(true, value), 1);
    }
    boolean known = get(value.namespace(), value.name()) != null;
    var parts = with(root, value);
    return new OrderedMap<>(
        parts.length == 1 ? parts[0] : new Node(false, parts), known ? size : size + 1);
  }

  /// Without the value of this name; the same map if there is none.
  OrderedMap<V> without(String namespace, String name) {
    if (root == null || get(namespace, name) == null) {
      return this;
    }
    var rest = without(root, namespace, name);
    while (rest != null && !rest.leaf && rest.items.length == 1) {
      rest = (Node) rest.items[0];
    }
    return new OrderedMap<>(rest, size - 1);
  }

  /// All values at or behind a place, in order.
  Iterator<V> from(String namespace, String name) {
    return new Walk<>(root, namespace, name);
  }

  /// How many values there are at or behind a place.
  int countFrom(String namespace, String name) {
    int count = 0;
    var node = root;
    while (node != null) {
      int at = node.find(namespace, name);
      if (node.leaf) {
        return count + node.items.length - (at >= 0 ? at : -at - 1);
      }
      int child = at >= 0 ? at : Math.max(0, -at - 2);
      for (int behind = child + 1; behind < node.items.length; behind++) {
        count += ((Node) node.items[behind]).count();
      }
      node = (Node) node.items[child];
    }
    return count;
  }

  /// How much the values at or behind a place weigh together.
  long weightFrom(String namespace, String name) {
    long weight = 0;
    var node = root;
    while (node != null) {
      int at = node.find(namespace, name);
      int first = node.leaf ? (at >= 0 ? at : -at - 1) : (at >= 0 ? at : Math.max(0, -at - 2));
      for (int i = node.leaf ? first : first + 1; i < node.items.length; i++) {
        weight += node.items[i].weight();
      }
      node = node.leaf ? null : (Node) node.items[first];
    }
    return weight;
  }

  private static Node[] with(Node node, Located value) {
    int at = node.find(value.namespace(), value.name());
    if (node.leaf) {
      return at >= 0 ? new Node[] {node.replaced(at, 1, value)} : node.inserted(-at - 1, value);
    }
    int child = at >= 0 ? at : Math.max(0, -at - 2);
    var parts = with((Node) node.items[child], value);
    var replaced = node.replaced(child, 1, parts[0]);
    return parts.length == 1 ? new Node[] {replaced} : replaced.inserted(child + 1, parts[1]);
  }

  /// The value is there.
  private static @Nullable Node without(Node node, String namespace, String name) {
    int at = node.find(namespace, name);
    if (node.leaf) {
      return node.items.length == 1 ? null : node.replaced(at, 1);
    }
    int child = at >= 0 ? at : -at - 2;
    var rest = without((Node) node.items[child], namespace, name);
    if (rest == null) {
      return node.items.length == 1 ? null : node.replaced(child, 1);
    }
    if (rest.items.length < NARROW && node.items.length > 1) {
      int left = child == 0 ? 0 : child - 1;
      var one = child == 0 ? rest : (Node) node.items[left];
      var other = child == 0 ? (Node) node.items[1] : rest;
      if (one.items.length + other.items.length <= WIDTH) {
        return node.replaced(left, 2, one.joined(other));
      }
    }
    return node.replaced(child, 1, rest);
  }

  private static Node[] slice(Located[] items) {
    boolean leaf = !(items[0] instanceof Node);
    var nodes = new Node[(items.length + WIDTH - 1) / WIDTH];
    for (int i = 0; i < nodes.length; i++) {
      int from = (int) ((long) items.length * i / nodes.length);
      int to = (int) ((long) items.length * (i + 1) / nodes.length);
      nodes[i] = new Node(leaf, Arrays.copyOfRange(items, from, to, Located[].class));
    }
    return nodes;
  }

  /// Values (of a leaf) or nodes. A node stands where its first value stands.
  private static final class Node implements Located {

    private final boolean leaf;
    private final Located[] items;
    private final String namespace;
    private final String name;

    /// How many values are below; 0 until somebody wants to know. Who counts at the same time finds
    /// the same.
    private int counted;

    /// What they weigh together; below 0 until somebody wants to know.
    private volatile long weight = -1;

    private Node(boolean leaf, Located... items) {
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

    private int count() {
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
    private int find(String wantedNamespace, String wantedName) {
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
    private Node replaced(int at, int count, Located... some) {
      var copy = new Located[items.length - count + some.length];
      System.arraycopy(items, 0, copy, 0, at);
      System.arraycopy(some, 0, copy, at, some.length);
      System.arraycopy(items, at + count, copy, at + some.length, items.length - at - count);
      return new Node(leaf, copy);
    }

    /// With one item more; two nodes if it does not fit into one. At the end only the last moves
    /// on, so that names that ascend leave full nodes behind.
    private Node[] inserted(int at, Located item) {
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

    private Node joined(Node right) {
      return replaced(items.length, 0, right.items);
    }
  }

  private static final class Walk<V extends Located> implements Iterator<V> {

    private static final int DEPTH = 12;

    private final @Nullable Node[] path = new @Nullable Node[DEPTH];
    private final int[] next = new int[DEPTH];
    private int depth = -1;

    private Walk(@Nullable Node root, String namespace, String name) {
      var node = root;
      while (node != null) {
        int at = node.find(namespace, name);
        depth++;
        path[depth] = node;
        if (node.leaf) {
          next[depth] = at >= 0 ? at : -at - 1;
          node = null;
        } else {
          int child = at >= 0 ? at : Math.max(0, -at - 2);
          next[depth] = child + 1;
          node = (Node) node.items[child];
        }
      }
      settle();
    }

    @Override
    public boolean hasNext() {
      return depth >= 0;
    }

    @Override
    @SuppressWarnings("unchecked") // only values of type V are put in
    public V next() {
      var leaf = depth < 0 ? null : path[depth];
      if (leaf == null) {
        throw new NoSuchElementException();
      }
      var value = (V) leaf.items[next[depth]];
      next[depth]++;
      settle();
      return value;
    }

    /// Moves to the leaf that has the next value; to depth -1 if there is none.
    private void settle() {
      while (depth >= 0) {
        var node = path[depth];
        if (node == null || next[depth] >= node.items.length) {
          path[depth] = null;
          depth--;
        } else if (node.leaf) {
          return;
        } else {
          var child = (Node) node.items[next[depth]];
          next[depth]++;
          depth++;
          path[depth] = child;
          next[depth] = 0;
        }
      }
    }
  }
}
