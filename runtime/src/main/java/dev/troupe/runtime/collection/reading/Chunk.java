package dev.troupe.runtime.collection.reading;

import dev.troupe.runtime.resource.StoredResource;
import java.util.Iterator;

/// A piece of a list.
///
/// @param items in their order, taken once; there may be none
/// @param last whether nothing comes behind it
public record Chunk(Iterator<StoredResource> items, boolean last) {}
