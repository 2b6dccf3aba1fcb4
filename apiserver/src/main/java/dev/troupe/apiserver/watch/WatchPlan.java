package dev.troupe.apiserver.watch;

import dev.troupe.api.resource.TypeRef;
import dev.troupe.apiserver.encoding.ObjectForm;
import dev.troupe.runtime.collection.reading.Pull;
import java.time.Duration;

/// What a watch sends.
///
/// @param initial is sent first, as added; empty if the client has it already
/// @param initialEnd whether a bookmark says where the initial objects end
/// @param after the position from which changes follow
/// @param lifetime after which the watch ends
record WatchPlan(
    TypeRef type,
    EventFilter filter,
    ObjectForm form,
    Pull initial,
    boolean initialEnd,
    long after,
    boolean bookmarks,
    Duration lifetime) {}
