package dev.troupe.runtime.collection;

import dev.troupe.runtime.measure.Trail;
import java.util.concurrent.Flow;

/// The subscription of a watch, which can tell how far behind whoever watches is.
public interface WatchSubscription extends Flow.Subscription {

  /// What there is for the watch beyond what has been taken. May be asked on any thread.
  ///
  /// @param position everything up to this version has been taken
  Trail.Behind behind(long position);
}
