package dev.troupe.clusterconfig.conformance;

/// Small objects, as YAML.
final class Bodies {

  private Bodies() {}

  static String configMap(String name) {
    return labelled(name, "suite: conformance");
  }

  /// An object of only metadata and data, with labels such as `app: web`.
  static String labelled(String name, String labels) {
    return """
    metadata:
      name: %s
      labels:
        %s
    """
        .formatted(name, labels);
  }

  static String service(String name, String selector) {
    return """
    metadata:
      name: %s
      labels:
        suite: conformance
    spec:
      selector:
        %s
      ports:
      - name: http
        port: 80
    """
        .formatted(name, selector);
  }

  /// A pod of one container; `more` is further content of its specification, in flow style.
  static String pod(String name, String more) {
    return """
    {metadata: {name: %s, labels: {app: %s, suite: conformance}},
     spec: %s}
    """
        .formatted(name, name, withContainer(more));
  }

  /// A deployment or replica set whose pods have the label `app`; `more` is further content of its
  /// specification, in flow style.
  static String workload(String name, int replicas, String more) {
    return """
    {metadata: {name: %1$s, labels: {suite: conformance}},
     spec: {replicas: %2$d, selector: {matchLabels: {app: %1$s}}, %3$s
      template: {metadata: {labels: {app: %1$s}}, spec: %4$s}}}
    """
        .formatted(name, replicas, more.isEmpty() ? "" : more + ",", withContainer("{}"));
  }

  private static String withContainer(String more) {
    var inner = more.strip();
    var rest = inner.substring(1, inner.length() - 1).strip();
    return rest.contains("containers:")
        ? inner
        : "{containers: [{name: main, image: 'main:1'}]"
            + (rest.isEmpty() ? "" : ", " + rest)
            + "}";
  }
}
