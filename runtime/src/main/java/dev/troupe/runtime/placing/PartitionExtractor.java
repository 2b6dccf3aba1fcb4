package dev.troupe.runtime.placing;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/// One partition per shard: what is placed, moved and fails over is a partition.
final class PartitionExtractor
    extends ShardingMessageExtractor<ShardingEnvelope<PartitionMessage>, PartitionMessage> {

  @Override
  public String entityId(ShardingEnvelope<PartitionMessage> envelope) {
    return envelope.entityId();
  }

  @Override
  public String shardId(String entityId) {
    return entityId;
  }

  @Override
  public PartitionMessage unwrapMessage(ShardingEnvelope<PartitionMessage> envelope) {
    return envelope.message();
  }
}
