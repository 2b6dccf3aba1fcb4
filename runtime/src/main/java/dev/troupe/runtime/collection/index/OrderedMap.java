package dev.troupe.runtime.collection.index;

import dev.troupe.runtime.collection.Sought;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An immutable map in the order of (namespace, name): a B+tree of nodes up to 32 wide, of which a
/// change copies one path and shares the rest.
///
/// Values know their own key. All instances may be read by any thread.
final class OrderedMap<V extends Located> {

  private static final int WIDTH = Node.WIDTH;

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
  ///
  /// @param wanted what cannot have it is left out; null for everything
  Iterator<V> from(String namespace, String name, @Nullable Sought wanted) {
    return new Walk<>(root, namespace, name, wanted);
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
}
