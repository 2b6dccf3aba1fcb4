package dev.troupe.api.controller;

import dev.troupe.api.resource.ResourceKey;
import dev.troupe.api.resource.TypeRef;

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

  /// Makes every partition of a defined type refuse creates for as long as the definition with this
  /// uid is the one of the type, durably, then deletes (background) all its objects and reports
  /// what remains: the result is that of [SweepNamespace]. `round` makes each call a new one.
  record SweepCollection(TypeRef type, String uid, int round) implements PlatformActivity {
    @Override
    public String id() {
      return "collection/" + uid;
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
