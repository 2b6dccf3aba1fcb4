package dev.troupe.runtime.collection;

import dev.troupe.runtime.collection.protocol.PartitionMessage;
import dev.troupe.runtime.handover.Handover;
import dev.troupe.runtime.resource.ResourceOwner;
import dev.troupe.runtime.resource.StoredResource;
import dev.troupe.runtime.resource.logic.ResourceEffect;
import dev.troupe.runtime.store.EventRecord;
import dev.troupe.runtime.store.EventStore;
import org.apache.pekko.actor.typed.ActorRef;

/// Tells a partition what becomes of the writes of its children, who call on their threads.
record PartitionNews(Handover handover, ActorRef<PartitionMessage> partition)
    implements ResourceOwner {

  @Override
  public void decided(long epoch, ResourceEffect.Answer answer) {
    tell(new PartitionMessage.Decided(epoch, answer));
  }

  @Override
  public void stored(long epoch, EventRecord event, StoredResource resource) {
    tell(new PartitionMessage.Stored(epoch, event, resource));
  }

  @Override
  public void refused(long epoch, long version, EventStore.Outcome why) {
    tell(new PartitionMessage.Refused(epoch, version, why));
  }

  @Override
  public void fenced(long epoch) {
    tell(new PartitionMessage.Fenced(epoch));
  }

  @Override
  public void failed(long epoch, String why) {
    tell(new PartitionMessage.Failed(epoch, why));
  }

  void tell(PartitionMessage news) {
    handover.tell(() -> partition.tell(news));
  }
}
