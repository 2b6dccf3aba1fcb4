package dev.troupe.runtime.member;

import dev.troupe.runtime.collection.PartitionCommand;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;

/// One partition per shard: what is placed, moved and fails over is a partition.
final class PartitionExtractor
    extends ShardingMessageExtractor<ShardingEnvelope<PartitionCommand>, PartitionCommand> {

  @Override
  public String entityId(ShardingEnvelope<PartitionCommand> envelope) {
    return envelope.entityId();
  }

  @Override
  public String shardId(String entityId) {
    return entityId;
  }

  @Override
  public PartitionCommand unwrapMessage(ShardingEnvelope<PartitionCommand> envelope) {
    return envelope.message();
  }
}
