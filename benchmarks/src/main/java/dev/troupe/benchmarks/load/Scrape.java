package dev.troupe.benchmarks.load;

/// An answer in the text format of Prometheus.
public record Scrape(String text) {

  /// @throws IllegalStateException if there is no such metric without labels
  public double value(String name) {
    return text.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no metric is called " + name));
  }
}
