package dev.troupe.api.controller;

/// An external effect that a plan asks for: a record, keyed by its class and [#id()].
///
/// It runs at least once, always with the same key, and again only if the record differs from the
/// last one that succeeded.
public interface Activity {

  /// Tells activities of one class apart within the plans of one object.
  String id();
}
