package dev.troupe.runtime.gateway;

import dev.troupe.runtime.gateway.message.GatewayMessage;

/// Somebody here who waits for the answer of another member: told one of these, once.
interface Awaited {

  void answered(GatewayMessage.OfAPartition answer);

  /// The other member is gone, or has been silent for too long: nobody knows what it has done.
  void lost();
}
