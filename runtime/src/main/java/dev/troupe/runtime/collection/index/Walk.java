package dev.troupe.runtime.collection.index;

import dev.troupe.runtime.collection.Sought;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Goes through the values of a tree in their order, from a place on.
final class Walk<V extends Located> implements Iterator<V> {

  private static final int DEPTH = 12;

  private final @Nullable Node[] path = new @Nullable Node[DEPTH];
  private final int[] next = new int[DEPTH];
  private final @Nullable Sought wanted;
  private int depth = -1;

  /// Of the items of the present leaf those that may be wanted.
  private int having = -1;

  /// @param wanted what cannot have it is left out; null for everything
  Walk(@Nullable Node root, String namespace, String name, @Nullable Sought wanted) {
    this.wanted = wanted;
    var node = root;
    while (node != null) {
      int at = node.find(namespace, name);
      depth++;
      path[depth] = node;
      if (node.leaf) {
        next[depth] = at >= 0 ? at : -at - 1;
        having = having(node);
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
        leave();
      } else if (node.leaf) {
        int ahead = having >>> next[depth];
        if (ahead != 0) {
          next[depth] += Integer.numberOfTrailingZeros(ahead);
          return;
        }
        leave();
      } else {
        enter((Node) node.items[next[depth]++]);
      }
    }
  }

  private void leave() {
    path[depth] = null;
    depth--;
  }

  private void enter(Node child) {
    int some = having(child);
    if (some != 0) {
      depth++;
      path[depth] = child;
      next[depth] = 0;
      having = some;
    }
  }

  private int having(Node node) {
    return wanted == null ? -1 : node.having(wanted);
  }
}
