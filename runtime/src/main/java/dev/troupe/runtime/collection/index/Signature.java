package dev.troupe.runtime.collection.index;

import dev.troupe.runtime.collection.Sought;
import java.util.Arrays;

/// What the values below a node have, so far as it takes to pass over those that have not what is
/// wanted. It may see something where there is nothing, never the other way round.
///
/// A leaf knows which of its items have a trait, the node above it whether any below has; further
/// up everything is looked at. Made when it is asked for the first time and never changed, as nodes
/// are: a change of the map leaves those of all but one path to the next state.
sealed interface Signature {

  int ALL = -1;

  /// @return a bit for each item; 0 if there is nothing that could be wanted
  int having(Sought wanted);

  static Signature of(Node node) {
    if (node.leaf) {
      return Leaf.of(node);
    }
    return ((Node) node.items[0]).leaf ? Above.of(node) : new Anything();
  }

  /// @param traits in order: 27 bits of a trait, and in the last 5 the item that has it
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Leaf(int[] traits) implements Signature {

    private static final int POSITION = Node.WIDTH - 1;

    private static Leaf of(Node node) {
      var found = new Found();
      for (int item = 0; item < node.items.length; item++) {
        int position = item;
        node.items[item].traits(trait -> found.add((trait & ~POSITION) | position));
      }
      return new Leaf(found.sorted());
    }

    @Override
    public int having(Sought wanted) {
      int having = ALL;
      for (int[] alternatives : wanted.conditions()) {
        int one = 0;
        for (int trait : alternatives) {
          one |= having(trait & ~POSITION);
        }
        having &= one;
      }
      return having;
    }

    private int having(int trait) {
      int at = Arrays.binarySearch(traits, trait);
      int mask = 0;
      for (int i = at >= 0 ? at : -at - 1;
          i < traits.length && (traits[i] & ~POSITION) == trait;
          i++) {
        mask |= 1 << (traits[i] & POSITION);
      }
      return mask;
    }
  }

  /// @param bits two of which are set for each trait; their number is a power of two
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Above(long[] bits) implements Signature {

    private static final int BITS_EACH = 8;

    private static Above of(Node node) {
      var found = new Found();
      for (var item : node.items) {
        int last = Leaf.POSITION; // none has these bits
        for (int each : ((Leaf) ((Node) item).signature()).traits) {
          int trait = each & ~Leaf.POSITION;
          if (trait != last) {
            found.add(trait);
            last = trait;
          }
        }
      }
      int words = Math.max(1, found.count * BITS_EACH / Long.SIZE);
      var above = new Above(new long[Integer.highestOneBit(words)]);
      for (int i = 0; i < found.count; i++) {
        above.set(first(found.numbers[i]));
        above.set(second(found.numbers[i]));
      }
      return above;
    }

    @Override
    public int having(Sought wanted) {
      for (int[] alternatives : wanted.conditions()) {
        if (Arrays.stream(alternatives).map(trait -> trait & ~Leaf.POSITION).noneMatch(this::has)) {
          return 0;
        }
      }
      return ALL;
    }

    private boolean has(int trait) {
      return isSet(first(trait)) && isSet(second(trait));
    }

    private static int first(int trait) {
      return trait >>> 5;
    }

    private static int second(int trait) {
      return (trait * 0x9E3779B1) >>> 5;
    }

    private void set(int bit) {
      bits[word(bit)] |= 1L << bit;
    }

    private boolean isSet(int bit) {
      return ((bits[word(bit)] >>> bit) & 1) != 0;
    }

    private int word(int bit) {
      return (bit >>> 6) & (bits.length - 1);
    }
  }

  /// Too much is below to tell.
  record Anything() implements Signature {

    @Override
    public int having(Sought wanted) {
      return ALL;
    }
  }

  /// Numbers that are gathered.
  final class Found {

    private int[] numbers = new int[256];
    private int count;

    private void add(int number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number;
    }

    private int[] sorted() {
      int[] sorted = Arrays.copyOf(numbers, count);
      Arrays.sort(sorted);
      return sorted;
    }
  }
}
