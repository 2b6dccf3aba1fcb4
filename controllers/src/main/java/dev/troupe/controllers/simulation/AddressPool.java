package dev.troupe.controllers.simulation;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// The pod addresses of one node: all of its range but the first two and the last. One that is
/// given back is used again only after all others.
final class AddressPool {

  private final int base;
  private final int size;
  private final Set<Integer> taken = new HashSet<>();
  private int next;

  /// @param cidr as in `10.244.1.0/24`
  AddressPool(String cidr) {
    int slash = cidr.indexOf('/');
    int hostBits = 32 - Integer.parseInt(cidr.substring(slash + 1));
    this.base = Addresses.parse(cidr.substring(0, slash)) + 2;
    this.size = (1 << hostBits) - 3;
  }

  Optional<String> take() {
    for (int tried = 0; tried < size; tried++) {
      int candidate = next;
      next = (next + 1) % size;
      if (taken.add(candidate)) {
        return Optional.of(Addresses.format(base + candidate));
      }
    }
    return Optional.empty();
  }

  /// Notes an address as taken that a pod has already.
  void claim(String address) {
    int offset = Addresses.parse(address) - base;
    if (offset >= 0 && offset < size && taken.add(offset) && offset >= next) {
      next = (offset + 1) % size;
    }
  }

  void free(String address) {
    taken.remove(Addresses.parse(address) - base);
  }
}
