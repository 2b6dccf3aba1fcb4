package dev.troupe.controllers.scheduling.demand;

import java.util.Map;

/// What terms and rules about other pods see of a pod. Pods of one controller are mostly alike, so
/// that a term need be held against one of them only.
public record Likeness(String namespace, Map<String, String> labels, boolean terminating) {}
