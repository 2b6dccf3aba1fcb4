package dev.troupe.benchmarks.list;

import dev.troupe.benchmarks.client.ApiClient;

/// A way to list a collection.
enum ListVariety {
  WHOLE("whole", "", ApiClient.JSON, true),
  CACHED("whole, resourceVersion=0", "?resourceVersion=0", ApiClient.JSON, true),
  PAGES("pages of " + ListVariety.PAGE, "?limit=" + ListVariety.PAGE, ApiClient.JSON, true),
  SELECTED("one in a hundred, by label", "?labelSelector=part%3Dp7", ApiClient.JSON, false),
  TABLE("table", "", "application/json;as=Table;v=v1;g=meta.k8s.io", false);

  static final int PAGE = 500;

  final String title;
  final String query;
  final String accept;

  /// Whether etcd can be asked for the same.
  final boolean range;

  ListVariety(String title, String query, String accept, boolean range) {
    this.title = title;
    this.query = query;
    this.accept = accept;
    this.range = range;
  }
}
