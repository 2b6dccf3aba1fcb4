/// Watches through a whole server: how late events come, how many a second, and what a watcher
/// costs; beside etcd's watches.
@NullMarked
package dev.troupe.benchmarks.watch;

import org.jspecify.annotations.NullMarked;
