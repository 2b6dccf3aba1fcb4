package dev.troupe.apiserver.read;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.apiserver.encoding.ListMeta;
import dev.troupe.apiserver.options.Selection;
import dev.troupe.runtime.collection.Snapshot.Position;
import dev.troupe.runtime.collection.reading.ListCursor;

/// Where a page of a list ends, and what is said of the pages behind it.
///
/// @param continueToken begins the next page; empty if there is none
/// @param remaining how many items follow; 0 if that is not known
public record PageEnd(String continueToken, long remaining) {

  /// Nothing follows.
  public static final PageEnd OF_THE_LIST = new PageEnd("", 0);

  /// Something follows.
  ///
  /// @param last the last item that was looked at
  /// @param taken how many items the page has
  public static PageEnd behind(ListCursor list, ResourceKey last, Selection selection, long taken) {
    var token =
        new ContinueToken(list.version(), new Position(last.namespace(), last.name())).text();
    return new PageEnd(token, selection.everything() ? list.count() - taken : 0);
  }

  /// The metadata of a page.
  public ListMeta meta(long version) {
    return new ListMeta(version, continueToken, remaining);
  }
}
