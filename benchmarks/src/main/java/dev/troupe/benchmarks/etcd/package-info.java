/// An etcd of the benchmark's own, as the peer that Troupe is measured against.
@NullMarked
package dev.troupe.benchmarks.etcd;

import org.jspecify.annotations.NullMarked;
