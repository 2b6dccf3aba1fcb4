package dev.troupe.api.controller;

import dev.troupe.api.resource.ResourceKey;

/// What only the platform itself can do; `runtime` carries these out.
public sealed interface PlatformActivity extends Activity {

  /// Makes every partition that can hold the namespace refuse creates that carry its uid, durably.
  record CloseNamespace(String namespace, String uid) implements PlatformActivity {
    @Override
    public String id() {
      return "close/" + uid;
    }
  }

  /// Deletes (background) what is in the namespace, the pods first and the rest when they are gone,
  /// and reports what remains of what it has come to.
  ///
  /// The result is JSON:
  /// `{"remaining":{"pods.":2},"finalizers":{"example.com/f":1},"failures":["…"]}`. `round` makes
  /// each call a new one.
  record SweepNamespace(String namespace, String uid, int round) implements PlatformActivity {
    @Override
    public String id() {
      return "sweep/" + uid;
    }
  }

  /// Reads an owner from its partition, not from a view. The result is `present` if it lives with
  /// this uid, else `absent`.
  record ReadOwner(ResourceKey owner, String uid) implements PlatformActivity {
    @Override
    public String id() {
      return "owner/" + uid;
    }
  }
}
