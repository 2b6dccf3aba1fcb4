package dev.troupe.runtime.collection.logic;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.runtime.resource.logic.Flight;
import dev.troupe.runtime.resource.logic.Order;
import dev.troupe.runtime.version.VersionClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/// What [PartitionLogic] wants done. Nothing is answered from within: results come later, as calls
/// of the methods that are named.
public interface PartitionEffects {

  /// Opens the next epoch: `opened` or `openFailed`.
  void open();

  /// Reads the newest event of every resource: `loaded` or `openFailed`.
  ///
  /// @param wanted the resources whose newest event is to be handed over with the index
  void load(long epoch, Set<ResourceKey> wanted);

  /// The epoch begins: children may be woken, and take versions from the clock.
  void begin(long epoch, VersionClock<Flight> clock);

  /// The epoch is over: its children stop, whatever they are doing.
  void end(long epoch);

  /// Starts a child for a resource, which finds its state in the index: `decided`, `persisted`,
  /// `notStored`, `failed` and `terminated`.
  void wake(long child, ResourceKey key);

  void decide(long child, Order order);

  /// Stops a child that has nothing to do.
  void stop(long child);

  /// Stores facts with the partition: `kept`, `keepRefused` or `keepFailed`.
  void keep(long epoch, long id, Map<String, byte[]> facts);

  /// Calls `retry` after a while.
  void retryAfter(Duration delay);

  /// Closes the epoch cleanly: `gone` comes next.
  void close(long epoch);

  /// Something that an operator may want to know.
  void report(String what);
}
