package dev.troupe.runtime.gateway.logic;

/// How much of what goes in parts may be on its way at once.
///
/// @param largest how many bytes one parcel may have
/// @param sentToOne how many bytes of parcels wait to be sent to one member
/// @param sentToAll the same to all of them together
/// @param receivedOfOne how many parcels of one member are received at the same time; of the others
///   that it has only the first part is here
/// @param receivedOfAll the same of all of them together
/// @param knownOfOne how many of one member are known; what comes beyond is dropped
public record ParcelLimits(
    int largest,
    long sentToOne,
    long sentToAll,
    int receivedOfOne,
    int receivedOfAll,
    int knownOfOne) {

  private static final int MEBIBYTE = 1 << 20;

  /// @param object how many bytes an object may have; both members must agree on it
  public static ParcelLimits of(int object) {
    int largest = Math.addExact(Math.multiplyExact(2, object), 2 * MEBIBYTE);
    return new ParcelLimits(largest, 2L * largest, 4L * largest, 2, 4, 32);
  }
}
