package dev.troupe.runtime.placing;

import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/// One shard for each entity: what is placed, moved and fails over is one of them by itself.
final class OneForEach<M> extends ShardingMessageExtractor<ShardingEnvelope<M>, M> {

  @Override
  public String entityId(ShardingEnvelope<M> envelope) {
    return envelope.entityId();
  }

  @Override
  public String shardId(String entityId) {
    return entityId;
  }

  @Override
  public M unwrapMessage(ShardingEnvelope<M> envelope) {
    return envelope.message();
  }
}
