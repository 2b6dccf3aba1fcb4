package dev.troupe.apiserver.read;

import dev.troupe.apiserver.options.Selection;
import dev.troupe.runtime.resource.StoredResource;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// What the selected of a list contain: first of those that have been gathered, then of the others,
/// which are looked at when they are asked for.
final class Remaining implements Iterator<byte[]> {

  private final Iterator<byte[]> gathered;
  private final Iterator<StoredResource> others;
  private final Selection selection;
  private final boolean everything;
  private byte @Nullable [] next;

  Remaining(Iterator<byte[]> gathered, Iterator<StoredResource> others, Selection selection) {
    this.gathered = gathered;
    this.others = others;
    this.selection = selection;
    this.everything = selection.everything();
  }

  @Override
  public boolean hasNext() {
    if (next != null || gathered.hasNext()) {
      return true;
    }
    while (others.hasNext()) {
      if (everything) {
        return true;
      }
      var found = others.next();
      if (selection.matches(found)) {
        next = found.json();
        return true;
      }
    }
    return false;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    byte[] found = next;
    if (found != null) {
      next = null;
      return found;
    }
    return gathered.hasNext() ? gathered.next() : others.next().json();
  }
}
