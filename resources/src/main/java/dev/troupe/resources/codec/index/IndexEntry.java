package dev.troupe.resources.codec.index;

import java.util.List;
import java.util.Map;

/// What is known of an object without decoding it again.
///
/// @param resourceVersion empty if the object has none
/// @param fields the selectable fields of the type by their selector names, beside name and
///   namespace; one that the object does not have is there with its zero value
/// @param ownerUids the uids of all owner references
public record IndexEntry(
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    Map<String, String> labels,
    Map<String, String> fields,
    List<String> ownerUids) {}
